/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* CR space behind config space: 0x58/0x5c or the vendor capability (flash-access 1.6). No flush on
 * this way. */
#include "bus/config.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bus/answer.h"
#include "bus/error.h"
#include "bus/host_clock.h"
#include "bus/stock_lock.h"
#include "card/registers.h"
#include "pci/sysfs.h"

#define CONFIG_ADDRESS 0x58u
#define CONFIG_DATA    0x5cu
/* What the address register reads when it cannot be read. [source] */
#define ADDRESS_IS_WRITE_ONLY 0xbadacce5u

struct config_bus {
	struct cx3_config_space space;
	char device_dir[CX3_PATH_BYTES];
	struct cx3_stock_lock lock;
	bool write_only_address;
	uint32_t capability; /* 0 = none */
};

static int config_failed(const struct cx3_config_space *space, int sys_errno, struct cx3_error *err)
{
	return cx3_sysfs_refused(space->device_dir, "access to config space", sys_errno, err);
}

int cx3_config_read32(const struct cx3_config_space *space, uint32_t offset, uint32_t *value,
		      struct cx3_error *err)
{
	uint32_t raw;
	ssize_t n;

	errno = 0;
	n = pread(space->fd, &raw, sizeof(raw), (off_t)offset);
	if (n != (ssize_t)sizeof(raw))
		return config_failed(space, n < 0 ? errno : EIO, err);
	*value = le32toh(raw);
	return CX3_OK;
}

int cx3_config_write32(const struct cx3_config_space *space, uint32_t offset, uint32_t value,
		       struct cx3_error *err)
{
	uint32_t raw = htole32(value);
	ssize_t n;

	errno = 0;
	n = pwrite(space->fd, &raw, sizeof(raw), (off_t)offset);
	if (n != (ssize_t)sizeof(raw))
		return config_failed(space, n < 0 ? errno : EIO, err);
	return CX3_OK;
}

static int pair(struct config_bus *bus, bool write, uint32_t cr_address, uint32_t *value,
		struct cx3_error *err)
{
	const struct cx3_config_space *space = &bus->space;
	int status;

	if (!write) {
		status = cx3_config_write32(space, CONFIG_ADDRESS,
					    cr_address | (bus->write_only_address ? 1 : 0), err);
		return status == CX3_OK ? cx3_config_read32(space, CONFIG_DATA, value, err)
					: status;
	}
	if (bus->write_only_address) {
		status = cx3_config_write32(space, CONFIG_DATA, *value, err);
		return status == CX3_OK ? cx3_config_write32(space, CONFIG_ADDRESS, cr_address, err)
					: status;
	}
	status = cx3_config_write32(space, CONFIG_ADDRESS, cr_address, err);
	return status == CX3_OK ? cx3_config_write32(space, CONFIG_DATA, *value, err) : status;
}

static int access_cr(struct config_bus *bus, bool write, uint32_t cr_address, uint32_t *value,
		     struct cx3_error *err)
{
	int status;

	if (cr_address % 4 != 0 || cr_address >= CX3_CR_SIZE_BYTES) {
		cx3_fail(err, CX3_OUT_OF_RANGE, "registers are multiples of 4 below 0x%x",
			 CX3_CR_SIZE_BYTES);
		return cx3_error_register(err, CX3_OUT_OF_RANGE, cr_address, 0);
	}
	status = cx3_stock_lock_take(&bus->lock, err);
	if (status != CX3_OK)
		return status;
	if (bus->capability)
		status = cx3_vendor_capability_access(&bus->space, bus->capability, write,
						      cr_address, value, err);
	else
		status = pair(bus, write, cr_address, value, err);
	cx3_stock_lock_release(&bus->lock);
	return status;
}

static int config_bus_read32(void *ctx, uint32_t cr_address, uint32_t *value, struct cx3_error *err)
{
	return access_cr(ctx, false, cr_address, value, err);
}

static int config_bus_write32(void *ctx, uint32_t cr_address, uint32_t value, struct cx3_error *err)
{
	return access_cr(ctx, true, cr_address, &value, err);
}

static void config_bus_close(void *ctx)
{
	struct config_bus *bus = ctx;
	uint32_t id;

	/*
	 * Else the address register stays on whatever was last, perhaps a semaphore, and a stray
	 * dump of config space would take it.
	 */
	access_cr(bus, false, CX3_REG_DEVICE_ID, &id, NULL);
	cx3_stock_lock_close(&bus->lock);
	close(bus->space.fd);
	free(bus);
}

static const struct cx3_bus_ops config_ops = {
	.read32 = config_bus_read32,
	.write32 = config_bus_write32,
	.now_us = cx3_host_now_us,
	.sleep_us = cx3_host_sleep_us,
	.close = config_bus_close,
};

/* Which way works: the vendor capability if whole, else 0x58/0x5c with a readable or a write-only
 * address. */
static int choose_way(struct config_bus *bus, struct cx3_error *err)
{
	uint32_t dword;
	int status = cx3_config_read32(&bus->space, 0, &dword, err);

	if (status != CX3_OK)
		return status;
	if (dword == CX3_VALUE_ALL_ONES)
		return cx3_fail(err, CX3_ALL_ONES,
				"config space reads all ones: the card is off the bus; check the "
				"slot, then power the machine off and on");
	status = cx3_stock_lock_take(&bus->lock, err);
	if (status != CX3_OK)
		return status;
	bus->capability = cx3_vendor_capability_find(&bus->space);
	if (!bus->capability) {
		status = cx3_config_write32(&bus->space, CONFIG_ADDRESS, CX3_REG_DEVICE_ID, err);
		if (status == CX3_OK)
			status = cx3_config_read32(&bus->space, CONFIG_ADDRESS, &dword, err);
		bus->write_only_address = status == CX3_OK && dword == ADDRESS_IS_WRITE_ONLY;
	}
	cx3_stock_lock_release(&bus->lock);
	return status;
}

int cx3_bus_open_config_locked(const char *device_dir, const char *stock_lock_dir,
			       struct cx3_bus *out, struct cx3_error *err)
{
	struct config_bus *bus = NULL;
	char path[CX3_PATH_BYTES];
	const char *address;
	uint32_t id;
	int status;

	if (!device_dir || !out || strlen(device_dir) >= sizeof(bus->device_dir) ||
	    snprintf(path, sizeof(path), "%s/config", device_dir) >= (int)sizeof(path))
		return cx3_fail(err, CX3_INVALID_ARGUMENT,
				"config space: folder and result needed");
	bus = calloc(1, sizeof(*bus));
	if (!bus)
		return cx3_fail(err, CX3_NO_MEMORY, "config space");
	strcpy(bus->device_dir, device_dir);
	bus->space.device_dir = bus->device_dir;
	bus->lock.fd = -1;
	bus->space.fd = open(path, O_RDWR | O_SYNC | O_CLOEXEC);
	if (bus->space.fd < 0) {
		status = cx3_sysfs_refused(device_dir, "opening config space", errno, err);
		goto fail;
	}
	address = strrchr(bus->device_dir, '/');
	cx3_stock_lock_open(&bus->lock, stock_lock_dir, address ? address + 1 : bus->device_dir,
			    "_config");
	status = choose_way(bus, err);
	if (status == CX3_OK)
		status = config_bus_read32(bus, CX3_REG_DEVICE_ID, &id, err);
	if (status == CX3_OK)
		status = cx3_check_answer(CX3_REG_DEVICE_ID, id, err);
	if (status != CX3_OK)
		goto fail;
	out->ops = &config_ops;
	out->ctx = bus;
	out->needs_flush = false;
	return CX3_OK;

fail:
	cx3_stock_lock_close(&bus->lock);
	if (bus->space.fd >= 0)
		close(bus->space.fd);
	free(bus);
	return status;
}

int cx3_bus_open_config(const char *device_dir, struct cx3_bus *out, struct cx3_error *err)
{
	return cx3_bus_open_config_locked(device_dir, CX3_STOCK_LOCK_DIR, out, err);
}
