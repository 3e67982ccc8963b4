/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * Chip reset as mlx4_core does it (flash-access 7): take the gateway lock, so that no flash update
 * is cut in half, write 1, wait, poll config space until the card answers, restore the config
 * header.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "bus/config.h"
#include "bus/error.h"
#include "card/device.h"
#include "card/registers.h"
#include "card/semaphore.h"

#define GATEWAY_LOCK_TIMEOUT_US 10000000u
#define GATEWAY_LOCK_POLL_US	1000u
#define RESET_WAIT_US		1000000u
#define ANSWER_TIMEOUT_US	2000000u
#define ANSWER_POLL_US		1000u

/* 256 bytes but for dwords 22 and 23: reading 0x5c would read a register, perhaps take a semaphore.
 */
#define HEADER_DWORDS 16
#define COMMAND_DWORD 1
#define VENDOR_MASK   0xffffu

/* PCI Express capability (id 0x10): device control at +8, link control at +0x10. [PCIe
 * specification] */
#define CAPABILITY_POINTER     0x34u
#define CAPABILITY_EXPRESS     0x10u
#define EXPRESS_DEVICE_CONTROL 0x08u
#define EXPRESS_LINK_CONTROL   0x10u
#define MAX_CAPABILITIES       48
#define CONTROL_MASK	       0xffffu

struct saved_header {
	uint32_t dwords[HEADER_DWORDS];
	uint32_t express; /* offset, 0 = none */
	uint32_t device_control, link_control;
};

static int find_express(const struct cx3_config_space *space, struct saved_header *saved,
			struct cx3_error *err)
{
	uint32_t offset = saved->dwords[CAPABILITY_POINTER / 4] & 0xfc, dword;
	int i, status;

	saved->express = 0;
	for (i = 0; i < MAX_CAPABILITIES && offset >= 0x40; i++) {
		status = cx3_config_read32(space, offset, &dword, err);
		if (status != CX3_OK)
			return status;
		if ((dword & 0xff) == CAPABILITY_EXPRESS) {
			saved->express = offset;
			return CX3_OK;
		}
		offset = dword >> 8 & 0xfc;
	}
	return CX3_OK;
}

static int save_header(const struct cx3_config_space *space, struct saved_header *saved,
		       struct cx3_error *err)
{
	uint32_t i;
	int status;

	for (i = 0; i < HEADER_DWORDS; i++) {
		status = cx3_config_read32(space, 4 * i, &saved->dwords[i], err);
		if (status != CX3_OK)
			return status;
	}
	/* Else the restore would write ones into every register of the header. */
	if (saved->dwords[0] == CX3_VALUE_ALL_ONES)
		return cx3_fail(err, CX3_ALL_ONES,
				"config space reads all ones: the card is off the bus; nothing was "
				"reset");
	status = find_express(space, saved, err);
	if (status != CX3_OK || !saved->express)
		return status;
	status = cx3_config_read32(space, saved->express + EXPRESS_DEVICE_CONTROL,
				   &saved->device_control, err);
	if (status != CX3_OK)
		return status;
	return cx3_config_read32(space, saved->express + EXPRESS_LINK_CONTROL, &saved->link_control,
				 err);
}

/* Express controls first and the command register last, as the kernel driver does. Status bits are
 * write-1-to-clear. */
static int restore_header(const struct cx3_config_space *space, const struct saved_header *saved,
			  struct cx3_error *err)
{
	int status = CX3_OK;
	uint32_t i;

	if (saved->express) {
		status = cx3_config_write32(space, saved->express + EXPRESS_DEVICE_CONTROL,
					    saved->device_control & CONTROL_MASK, err);
		if (status == CX3_OK)
			status = cx3_config_write32(space, saved->express + EXPRESS_LINK_CONTROL,
						    saved->link_control & CONTROL_MASK, err);
	}
	for (i = 0; i < HEADER_DWORDS && status == CX3_OK; i++) {
		if (i != COMMAND_DWORD)
			status = cx3_config_write32(space, 4 * i, saved->dwords[i], err);
	}
	if (status == CX3_OK)
		status = cx3_config_write32(space, 4 * COMMAND_DWORD,
					    saved->dwords[COMMAND_DWORD] & CONTROL_MASK, err);
	return status;
}

/* Vendor and device id, from the virtual card or from config space. */
static int read_id(struct cx3_device *device, const struct cx3_config_space *space, uint32_t *dword,
		   struct cx3_error *err)
{
	uint8_t bytes[4] = {0xff, 0xff, 0xff, 0xff};
	int status;

	if (!device->sim)
		return cx3_config_read32(space, 0, dword, err);
	status = cx3_sim_config_read(device->sim, 0, bytes, sizeof(bytes), err);
	*dword = bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
		 (uint32_t)bytes[3] << 24;
	return status;
}

static int wait_for_answer(struct cx3_device *device, const struct cx3_config_space *space,
			   struct cx3_error *err)
{
	uint64_t deadline_us = cx3_device_now_us(device) + ANSWER_TIMEOUT_US;
	uint32_t dword = 0;
	bool expired;
	int status;

	do {
		expired = cx3_device_now_us(device) >= deadline_us;
		status = read_id(device, space, &dword, err);
		if (status == CX3_OK && (dword & VENDOR_MASK) != VENDOR_MASK) {
			/* Another one when it went into recovery mode, or came out of it. */
			device->card.device_id = (uint16_t)(dword >> 16);
			return CX3_OK;
		}
		cx3_device_sleep_us(device, ANSWER_POLL_US);
	} while (!expired);
	cx3_fail(err, CX3_RESET_TIMEOUT, "power the machine off and on");
	return cx3_error_values(err, CX3_RESET_TIMEOUT, device->card.vendor_id,
				dword & VENDOR_MASK);
}

static int open_config(const struct cx3_device *device, struct cx3_config_space *space,
		       struct cx3_error *err)
{
	char path[CX3_PATH_BYTES];

	space->device_dir = device->device_dir;
	if (snprintf(path, sizeof(path), "%s/config", device->device_dir) >= (int)sizeof(path))
		return cx3_fail(err, CX3_INVALID_ARGUMENT, "path of the device is too long");
	space->fd = open(path, O_RDWR | O_SYNC | O_CLOEXEC);
	if (space->fd < 0)
		return cx3_sysfs_refused(device->device_dir, "opening config space", errno, err);
	return CX3_OK;
}

static int write_reset(struct cx3_device *device, struct cx3_error *err)
{
	int status = cx3_semaphore_take(device, CX3_REG_GATEWAY_LOCK, GATEWAY_LOCK_TIMEOUT_US,
					GATEWAY_LOCK_POLL_US, err);

	if (status != CX3_OK)
		return status;
	status = cx3_cr_write32(device, CX3_REG_RESET, 1, err);
	if (status != CX3_OK) {
		cx3_semaphore_release(device, CX3_REG_GATEWAY_LOCK, NULL);
		return status;
	}
	/* The reset clears all semaphores (inferred: mlx4_core never frees the one it took). */
	cx3_semaphore_forget_all(device);
	device->writes_pending = false;
	device->mailbox_probed = false;
	cx3_device_sleep_us(device, RESET_WAIT_US);
	return CX3_OK;
}

int cx3_device_reset(struct cx3_device *device, struct cx3_error *err)
{
	struct cx3_config_space space = {.fd = -1};
	struct saved_header saved;
	char driver[64];
	int status;

	if (!device)
		return cx3_fail(err, CX3_CLOSED, "no device");
	if (device->flash_open)
		return cx3_fail(err, CX3_INVALID_ARGUMENT,
				"close the flash session before a reset");
	if (device->sim) {
		status = write_reset(device, err);
		if (status == CX3_OK)
			status = wait_for_answer(device, NULL, err);
		if (status == CX3_OK)
			status = cx3_device_read_sim_ids(device, err);
		return status == CX3_OK ? cx3_device_identify(device, err) : status;
	}
	if (!device->device_dir[0])
		return cx3_fail(err, CX3_NOT_SUPPORTED, "reset needs config space of the card");
	/* Looked up again: a driver may have come since the card was opened. */
	if (cx3_sysfs_link_name(device->device_dir, "driver", driver, sizeof(driver)))
		return cx3_fail(err, CX3_DRIVER_BOUND,
				"unbind %s first: it would lose the card under its feet", driver);
	status = open_config(device, &space, err);
	if (status == CX3_OK)
		status = save_header(&space, &saved, err);
	if (status == CX3_OK)
		status = write_reset(device, err);
	if (status == CX3_OK)
		status = wait_for_answer(device, &space, err);
	if (status == CX3_OK)
		status = restore_header(&space, &saved, err);
	if (status == CX3_OK)
		status = cx3_device_identify(device, err);
	if (space.fd >= 0)
		close(space.fd);
	return status;
}
