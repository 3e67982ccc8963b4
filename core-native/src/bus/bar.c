/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* CR space in BAR0: 1 MiB of big-endian registers behind <device_dir>/resource0
 * (flash-access 1.3, 1.4). */
#include "cx3/bus.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bus/answer.h"
#include "bus/error.h"
#include "bus/host_clock.h"
#include "card/registers.h"
#include "pci/sysfs.h"

#define PCI_COMMAND_OFFSET 0x04u
#define PCI_COMMAND_MEMORY 0x0002u

struct bar {
	volatile uint32_t *words;
};

static int check_range(uint32_t cr_address, struct cx3_error *err)
{
	if (cr_address % 4 == 0 && cr_address < CX3_CR_SIZE_BYTES)
		return CX3_OK;
	cx3_fail(err, CX3_OUT_OF_RANGE, "registers are multiples of 4 below 0x%x",
		 CX3_CR_SIZE_BYTES);
	return cx3_error_register(err, CX3_OUT_OF_RANGE, cr_address, 0);
}

static int bar_read32(void *ctx, uint32_t cr_address, uint32_t *value, struct cx3_error *err)
{
	struct bar *bar = ctx;
	int status = check_range(cr_address, err);

	if (status != CX3_OK)
		return status;
	*value = be32toh(bar->words[cr_address / 4]);
	return CX3_OK;
}

static int bar_write32(void *ctx, uint32_t cr_address, uint32_t value, struct cx3_error *err)
{
	struct bar *bar = ctx;
	int status = check_range(cr_address, err);

	if (status != CX3_OK)
		return status;
	bar->words[cr_address / 4] = htobe32(value);
	return CX3_OK;
}

static void bar_close(void *ctx)
{
	struct bar *bar = ctx;

	munmap((void *)bar->words, CX3_CR_SIZE_BYTES);
	free(bar);
}

static const struct cx3_bus_ops bar_ops = {
	.read32 = bar_read32,
	.write32 = bar_write32,
	.now_us = cx3_host_now_us,
	.sleep_us = cx3_host_sleep_us,
	.close = bar_close,
};

/* The command register tells before any load whether the BAR answers at all. */
static int check_memory_decoding(const char *device_dir, struct cx3_error *err)
{
	uint8_t command[2];
	unsigned value;

	if (cx3_sysfs_read_at(device_dir, "config", PCI_COMMAND_OFFSET, command, 2) != 2)
		return CX3_OK; /* no config file: the read of the id below decides */
	value = command[0] | (unsigned)command[1] << 8;
	if (value == 0xffff)
		return cx3_fail(err, CX3_ALL_ONES,
				"config space of %s reads all ones: the card is off the bus; "
				"check the slot, then power the machine off and on",
				device_dir);
	if (value & PCI_COMMAND_MEMORY)
		return CX3_OK;
	cx3_fail(err, CX3_MEMORY_DECODING_OFF,
		 "bit 1 of the PCI command register is 0; write 1 to %.120s/enable, or use "
		 "pciconf:ADDRESS",
		 device_dir);
	return cx3_error_values(err, CX3_MEMORY_DECODING_OFF, PCI_COMMAND_MEMORY, value);
}

static int map(const char *device_dir, struct bar *bar, struct cx3_error *err)
{
	char path[CX3_PATH_BYTES];
	struct stat st;
	void *start;
	int fd, saved;

	if (snprintf(path, sizeof(path), "%s/resource0", device_dir) >= (int)sizeof(path))
		return cx3_fail(err, CX3_INVALID_ARGUMENT, "path of the device is too long");
	fd = open(path, O_RDWR | O_SYNC | O_CLOEXEC);
	if (fd < 0)
		return cx3_sysfs_refused(device_dir, "opening BAR0 (resource0)", errno, err);
	/* A load behind the end of a shorter file would be a bus error signal. */
	if (fstat(fd, &st) != 0 || st.st_size < (off_t)CX3_CR_SIZE_BYTES) {
		close(fd);
		return cx3_fail(err, CX3_IO, "BAR0 is smaller than 1 MiB; is this a ConnectX-3?");
	}
	start = mmap(NULL, CX3_CR_SIZE_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	saved = errno;
	close(fd);
	if (start == MAP_FAILED)
		return cx3_sysfs_refused(device_dir, "mapping BAR0 (resource0)", saved, err);
	bar->words = start;
	return CX3_OK;
}

int cx3_bus_open_bar(const char *device_dir, struct cx3_bus *out, struct cx3_error *err)
{
	struct bar *bar;
	uint32_t id;
	int status;

	if (!device_dir || !out)
		return cx3_fail(err, CX3_INVALID_ARGUMENT, "BAR0: folder and result needed");
	status = check_memory_decoding(device_dir, err);
	if (status != CX3_OK)
		return status;
	bar = calloc(1, sizeof(*bar));
	if (!bar)
		return cx3_fail(err, CX3_NO_MEMORY, "BAR0");
	status = map(device_dir, bar, err);
	if (status != CX3_OK) {
		free(bar);
		return status;
	}
	status = bar_read32(bar, CX3_REG_DEVICE_ID, &id, err);
	if (status == CX3_OK)
		status = cx3_check_answer(CX3_REG_DEVICE_ID, id, err);
	if (status != CX3_OK) {
		bar_close(bar);
		return status;
	}
	out->ops = &bar_ops;
	out->ctx = bar;
	out->needs_flush = true;
	return CX3_OK;
}
