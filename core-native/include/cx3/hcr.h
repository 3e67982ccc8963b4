/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * Questions to the running firmware through the command registers of the tools (nv-config 2): what
 * it can do, its default settings, and the settings it keeps in flash (TLVs). It answers on a BAR,
 * on config space and on a virtual card; in recovery mode no firmware runs: CX3_NOT_SUPPORTED.
 *
 * Each call takes the lock of the interface, CR 0xf03bc, and gives it back on every way out.
 * Between two commands a call stops with CX3_CANCELLED after cx3_device_cancel; once firmware was
 * told to change something, its answer is still read.
 */
#ifndef CX3_HCR_H
#define CX3_HCR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cx3/device.h"

#define CX3_HCR_DEV_CAP_BYTES	 256u
#define CX3_HCR_DEF_GLOBAL_BYTES 8u  /* of QUERY_DEF_PARAMS for the whole card */
#define CX3_HCR_DEF_PORT_BYTES	 16u /* and for a port: as far as settings are in them */
#define CX3_HCR_MAILBOX_BYTES	 288u
#define CX3_NV_MAX_BYTES	 128u /* data of one TLV; always a multiple of 4 */

/*
 * QUERY_DEV_CAP, 256 bytes as they lie in the mailbox: words are big-endian. Only the quadwords
 * with what settings need are read, since each costs a command: 0x38 (largest function), 0x48 (size
 * of BAR2), 0xc0 (which settings there are), 0xc8 (greatest size of BAR2) [source, verified]; all
 * other bytes are 0.
 */
int cx3_hcr_query_dev_cap(struct cx3_device *device, uint8_t out[CX3_HCR_DEV_CAP_BYTES],
			  struct cx3_error *err);

/*
 * QUERY_DEF_PARAMS: the default settings of the running firmware. port 0 = of the whole card, 1 and
 * 2 = of a port; len_bytes at most CX3_HCR_MAILBOX_BYTES.
 */
int cx3_hcr_query_def_params(struct cx3_device *device, unsigned port, uint8_t *out,
			     size_t len_bytes, struct cx3_error *err);

/*
 * One stored TLV: what counts from the next boot on. len_bytes must be that of the type (nv-config
 * 1.1). *stored false and zeros in data: nothing is stored, the default counts. modifier 0 = whole
 * card, 1 and 2 = port. What the current boot runs with, firmware does not tell.
 */
int cx3_nv_get(struct cx3_device *device, uint16_t type, uint8_t modifier, uint8_t *data,
	       size_t len_bytes, bool *stored, struct cx3_error *err);
int cx3_nv_set(struct cx3_device *device, uint16_t type, uint8_t modifier, const uint8_t *data,
	       size_t len_bytes, struct cx3_error *err);

/* Drops one TLV, also when there is none. The stock tool never asks for this (nv-config 2.4), so
 * firmware may not know it. */
int cx3_nv_invalidate(struct cx3_device *device, uint16_t type, uint8_t modifier,
		      struct cx3_error *err);
/* Drops all TLVs, those of other tools and of the option ROM, too. */
int cx3_nv_invalidate_all(struct cx3_device *device, struct cx3_error *err);

/* Value of the lock 0xf03bc, 0 = free; what is free is held only for the question. */
int cx3_hcr_lock_state(struct cx3_device *device, uint32_t *value, struct cx3_error *err);
/* Frees the lock whoever holds it. Only on explicit request of the user. */
int cx3_hcr_clear_lock(struct cx3_device *device, struct cx3_error *err);

#endif
