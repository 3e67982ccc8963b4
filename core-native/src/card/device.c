/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "card/device.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bus/answer.h"
#include "bus/error.h"
#include "card/registers.h"
#include "card/semaphore.h"
#include "pci/card.h"

int cx3_device_check_cancel(struct cx3_device *device, struct cx3_error *err)
{
	if (!atomic_load(&device->cancelled))
		return CX3_OK;
	return cx3_fail(err, CX3_CANCELLED, "stopped at a safe point");
}

int cx3_device_identify(struct cx3_device *device, struct cx3_error *err)
{
	struct cx3_card *card = &device->card;
	uint32_t id;
	int status = cx3_cr_read32(device, CX3_REG_DEVICE_ID, &id, err);

	if (status == CX3_OK)
		status = cx3_check_answer(CX3_REG_DEVICE_ID, id, err);
	if (status != CX3_OK)
		return status;
	card->hw_id = (uint16_t)(id & 0xffff);
	card->hw_revision = (uint8_t)(id >> 16 & 0xff);
	if (card->hw_id != CX3_HW_ID_CX3 && card->hw_id != CX3_HW_ID_CX3_PRO) {
		cx3_fail(err, CX3_UNKNOWN_HARDWARE,
			 "0x1f5 is ConnectX-3, 0x1f7 ConnectX-3 Pro; 0xffff is a bus problem");
		return cx3_error_register(err, CX3_UNKNOWN_HARDWARE, CX3_REG_DEVICE_ID, id);
	}
	card->recovery_mode = card->device_id == card->hw_id + 1;
	return CX3_OK;
}

int cx3_device_read_sim_ids(struct cx3_device *device, struct cx3_error *err)
{
	struct cx3_card *card = &device->card;
	uint8_t config[0x30];
	int status;

	status = cx3_sim_config_read(device->sim, 0, config, sizeof(config), err);
	if (status != CX3_OK)
		return status;
	card->vendor_id = (uint16_t)(config[0] | config[1] << 8);
	card->device_id = (uint16_t)(config[2] | config[3] << 8);
	card->pci_revision = config[8];
	card->subsystem_vendor_id = (uint16_t)(config[0x2c] | config[0x2d] << 8);
	card->subsystem_id = (uint16_t)(config[0x2e] | config[0x2f] << 8);
	return CX3_OK;
}

int cx3_device_open_bus(struct cx3_bus *bus, struct cx3_device **out, struct cx3_error *err)
{
	struct cx3_device *device;
	int status;

	if (!bus || !bus->ops || !out)
		return cx3_fail(err, CX3_INVALID_ARGUMENT, "device: bus and result needed");
	device = calloc(1, sizeof(*device));
	if (!device)
		return cx3_fail(err, CX3_NO_MEMORY, "device");
	device->bus = *bus;
	device->flush_enabled = bus->needs_flush;
	device->lock.fd = -1;
	device->flush_lock.fd = -1;
	device->card.access = CX3_ACCESS_OTHER;
	atomic_init(&device->cancelled, false);
	device->opened_us = cx3_device_now_us(device);
	status = cx3_device_identify(device, err);
	if (status != CX3_OK) {
		free(device);
		return status;
	}
	bus->ops = NULL;
	bus->ctx = NULL;
	*out = device;
	return CX3_OK;
}

void cx3_device_close(struct cx3_device *device)
{
	enum cx3_lock_left left = CX3_LEFT_FREE;

	if (!device)
		return;
	if (cx3_semaphore_release_all(device, NULL) != CX3_OK)
		left = CX3_LEFT_TAKEN;
	else if (device->found_locked || !device->semaphores_seen)
		left = CX3_LEFT_AS_FOUND;
	cx3_bus_close(&device->bus);
	cx3_stock_lock_close(&device->flush_lock);
	cx3_lock_file_release(&device->lock, left);
	free(device);
}

const struct cx3_card *cx3_device_card(const struct cx3_device *device)
{
	return &device->card;
}

void cx3_device_cancel(struct cx3_device *device)
{
	if (device)
		atomic_store(&device->cancelled, true);
}

void cx3_device_counters(const struct cx3_device *device, struct cx3_counters *out)
{
	*out = device->counters;
	out->elapsed_us = cx3_device_now_us(device) - device->opened_us;
}

int cx3_device_running_version(struct cx3_device *device, struct cx3_running_version *out,
			       struct cx3_error *err)
{
	uint32_t words[4];
	int status, i;

	if (!device || !out)
		return cx3_fail(err, CX3_INVALID_ARGUMENT, "version: device and result needed");
	memset(out, 0, sizeof(*out));
	/* No firmware runs in recovery mode; the registers hold nothing of meaning then. */
	if (device->card.recovery_mode)
		return CX3_OK;
	for (i = 0; i < 4; i++) {
		status = cx3_cr_read32(device, CX3_REG_RUNNING_VERSION + 4 * (uint32_t)i, &words[i],
				       err);
		if (status == CX3_OK)
			status = cx3_check_answer(CX3_REG_RUNNING_VERSION + 4 * (uint32_t)i,
						  words[i], err);
		if (status != CX3_OK)
			return status;
	}
	out->major = (uint16_t)(words[0] >> 16);
	out->minor = (uint16_t)(words[1] >> 16);
	out->subminor = (uint16_t)(words[1] & 0xffff);
	out->second = (uint8_t)(words[2] >> 24);
	out->minute = (uint8_t)(words[2] >> 16 & 0xff);
	out->hour = (uint8_t)(words[2] >> 8 & 0xff);
	out->year = (uint16_t)(words[3] >> 16);
	out->month = (uint8_t)(words[3] >> 8 & 0xff);
	out->day = (uint8_t)(words[3] & 0xff);
	return CX3_OK;
}

int cx3_device_vpd(struct cx3_device *device, uint8_t *buffer, size_t *len_bytes,
		   struct cx3_error *err)
{
	long n;

	if (!device || !buffer || !len_bytes)
		return cx3_fail(err, CX3_INVALID_ARGUMENT, "VPD: device, buffer and length needed");
	if (device->card.recovery_mode)
		return cx3_fail(err, CX3_NOT_SUPPORTED,
				"VPD in recovery mode: no firmware answers");
	if (device->sim)
		return cx3_sim_vpd(device->sim, buffer, len_bytes, err);
	if (!device->device_dir[0] || !cx3_sysfs_exists(device->device_dir, "vpd"))
		return cx3_fail(err, CX3_NOT_SUPPORTED, "the kernel shows no VPD of this card");
	n = cx3_sysfs_read_at(device->device_dir, "vpd", 0, buffer, *len_bytes);
	if (n < 0)
		return cx3_fail_errno(err, CX3_IO, errno, "reading VPD");
	*len_bytes = (size_t)n;
	return CX3_OK;
}
