/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* The card as a machine sees it: regions of bytes, a reset, and a clock that follows the wall. */
#ifndef CX3_VFIO_DEVICE_H
#define CX3_VFIO_DEVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cx3/sim.h"

struct vfio_log;

/* Accesses as they came over the bus; what they meant to the card is in cx3_sim_info. */
struct vfio_counters {
	uint64_t clients;
	uint64_t messages;
	uint64_t rejected_messages; /* answered with an error, or the end of a client */
	uint64_t bar0_reads, bar0_writes;
	uint64_t bar2_reads, bar2_writes;
	uint64_t config_reads, config_writes;
	uint64_t odd_accesses; /* to BAR0, not an aligned dword; odd writes are lost */
	uint64_t resets;
};

struct vfio_device {
	struct cx3_sim *sim;
	struct vfio_log *log; /* NULL = none */
	/* So much simulated time passes in a second of the wall, at least; 0 = the clock of the
	 * card stands still between accesses. */
	uint32_t time_scale;
	uint64_t wall_start_ns, card_start_us;
	struct vfio_counters counters;
};

void vfio_device_start(struct vfio_device *device, struct cx3_sim *sim, struct vfio_log *log,
		       uint32_t time_scale);

/* Bytes of a region, 0 = there is none. */
uint64_t vfio_region_bytes(struct vfio_device *device, uint32_t region);

/*
 * Return 0 or an errno: EINVAL when the range lies outside of the region. A card without power, or
 * away in a reset, gives ones and loses what is written, as a bus does.
 */
int vfio_region_read(struct vfio_device *device, uint32_t region, uint64_t offset, uint8_t *out,
		     uint32_t len_bytes);
int vfio_region_write(struct vfio_device *device, uint32_t region, uint64_t offset,
		      const uint8_t *data, uint32_t len_bytes);

/* Reset of the slot, as a machine does it at its start: the card is there again when this returns.
 */
void vfio_device_reset(struct vfio_device *device);

#endif
