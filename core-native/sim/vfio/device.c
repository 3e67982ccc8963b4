/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "device.h"

#include <errno.h>
#include <string.h>
#include <time.h>

#include "log.h"
#include "wire.h"

#define CR_BYTES     0x100000u
#define CONFIG_BYTES 4096u
/* What the doorbell page shows to who takes it for CR space [source]. */
#define DOORBELL_VALUE 0xbadacce5u

static uint64_t wall_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void vfio_device_start(struct vfio_device *device, struct cx3_sim *sim, struct vfio_log *log,
		       uint32_t time_scale)
{
	memset(device, 0, sizeof(*device));
	device->sim = sim;
	device->log = log;
	device->time_scale = time_scale;
	device->wall_start_ns = wall_ns();
	device->card_start_us = cx3_sim_now_us(sim);
}

/*
 * The driver in the guest sleeps by its own clock while a chip is busy, so the clock of the card
 * goes along. It may be ahead: accesses and the operator move it, too.
 */
static void follow_the_wall(struct vfio_device *device)
{
	uint64_t passed_us, now_us;

	if (!device->time_scale)
		return;
	passed_us = (wall_ns() - device->wall_start_ns) / 1000 * device->time_scale;
	now_us = cx3_sim_now_us(device->sim);
	if (device->card_start_us + passed_us > now_us)
		cx3_sim_sleep_us(device->sim, device->card_start_us + passed_us - now_us);
}

uint64_t vfio_region_bytes(struct vfio_device *device, uint32_t region)
{
	switch (region) {
	case VFIO_REGION_BAR0:
		return CR_BYTES;
	case VFIO_REGION_BAR2:
		return cx3_sim_bar2_bytes(device->sim);
	case VFIO_REGION_CONFIG:
		return CONFIG_BYTES;
	default:
		return 0;
	}
}

static int check_range(struct vfio_device *device, uint32_t region, uint64_t offset,
		       uint32_t len_bytes)
{
	uint64_t size_bytes = vfio_region_bytes(device, region);

	return len_bytes && offset <= size_bytes && len_bytes <= size_bytes - offset ? 0 : EINVAL;
}

/* Registers are big-endian on the bus (flash-access 1.4). */
static void put_register(uint8_t bytes[4], uint32_t value)
{
	for (unsigned i = 0; i < 4; i++)
		bytes[i] = (uint8_t)(value >> (24 - 8 * i));
}

static uint32_t get_register(const uint8_t bytes[4])
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 |
	       bytes[3];
}

static void read_registers(struct vfio_device *device, uint32_t offset, uint8_t *out,
			   uint32_t len_bytes)
{
	if (offset % 4 || len_bytes % 4)
		device->counters.odd_accesses++;
	for (uint32_t done = 0; done < len_bytes;) {
		uint32_t reg = (offset + done) & ~3u, skip = (offset + done) & 3u;
		uint32_t value = 0xffffffffu;
		uint8_t bytes[4];

		device->counters.bar0_reads++;
		if (cx3_sim_read32(device->sim, reg, &value, NULL))
			value = 0xffffffffu;
		vfio_log_register(device->log, 'R', reg, value);
		put_register(bytes, value);
		while (skip < 4 && done < len_bytes)
			out[done++] = bytes[skip++];
	}
}

static void write_registers(struct vfio_device *device, uint32_t offset, const uint8_t *data,
			    uint32_t len_bytes)
{
	if (offset % 4 || len_bytes % 4) {
		/* What a card does with a part of a register is not known. */
		device->counters.odd_accesses++;
		return;
	}
	for (uint32_t done = 0; done < len_bytes; done += 4) {
		uint32_t value = get_register(data + done);

		device->counters.bar0_writes++;
		vfio_log_register(device->log, 'W', offset + done, value);
		(void)cx3_sim_write32(device->sim, offset + done, value, NULL);
	}
}

static void read_doorbells(uint64_t offset, uint8_t *out, uint32_t len_bytes)
{
	uint8_t bytes[4];

	put_register(bytes, DOORBELL_VALUE);
	for (uint32_t i = 0; i < len_bytes; i++)
		out[i] = bytes[(offset + i) % 4];
}

int vfio_region_read(struct vfio_device *device, uint32_t region, uint64_t offset, uint8_t *out,
		     uint32_t len_bytes)
{
	int rc = check_range(device, region, offset, len_bytes);

	if (rc)
		return rc;
	follow_the_wall(device);
	switch (region) {
	case VFIO_REGION_BAR0:
		read_registers(device, (uint32_t)offset, out, len_bytes);
		break;
	case VFIO_REGION_BAR2:
		device->counters.bar2_reads++;
		read_doorbells(offset, out, len_bytes);
		break;
	default:
		device->counters.config_reads++;
		if (cx3_sim_config_read(device->sim, (uint32_t)offset, out, len_bytes, NULL))
			memset(out, 0xff, len_bytes);
		vfio_log_config(device->log, 'R', (uint32_t)offset, out, len_bytes);
		break;
	}
	return 0;
}

int vfio_region_write(struct vfio_device *device, uint32_t region, uint64_t offset,
		      const uint8_t *data, uint32_t len_bytes)
{
	int rc = check_range(device, region, offset, len_bytes);

	if (rc)
		return rc;
	follow_the_wall(device);
	switch (region) {
	case VFIO_REGION_BAR0:
		write_registers(device, (uint32_t)offset, data, len_bytes);
		break;
	case VFIO_REGION_BAR2:
		device->counters.bar2_writes++; /* no doorbell is answered */
		break;
	default:
		device->counters.config_writes++;
		vfio_log_config(device->log, 'W', (uint32_t)offset, data, len_bytes);
		(void)cx3_sim_config_write(device->sim, (uint32_t)offset, data, len_bytes, NULL);
		break;
	}
	return 0;
}

void vfio_device_reset(struct vfio_device *device)
{
	follow_the_wall(device);
	device->counters.resets++;
	vfio_log_event(device->log, "reset");
	(void)cx3_sim_chip_reset(device->sim, NULL);
}
