/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#ifndef CX3_BUS_CONFIG_H
#define CX3_BUS_CONFIG_H

#include "cx3/bus.h"

/* As cx3_bus_open_config, with another folder for the lock files of the stock tool; NULL = none. */
int cx3_bus_open_config_locked(const char *device_dir, const char *stock_lock_dir,
			       struct cx3_bus *out, struct cx3_error *err);

/* Dwords of config space, little-endian numbers, and what else the two ways of config access share.
 */
struct cx3_config_space {
	int fd;
	const char *device_dir; /* for the texts of errors */
};
int cx3_config_read32(const struct cx3_config_space *space, uint32_t offset, uint32_t *value,
		      struct cx3_error *err);
int cx3_config_write32(const struct cx3_config_space *space, uint32_t offset, uint32_t value,
		       struct cx3_error *err);

/*
 * Offset of the vendor capability (id 9) when CR space can be reached through it: it is long enough
 * and the spaces 1, 2 and 0xa all answer as supported; else 0. Takes and frees its semaphore.
 * (flash-access 1.6)
 */
uint32_t cx3_vendor_capability_find(const struct cx3_config_space *space);
/* One access: take, set space 2, access, release. All waits are bounded. */
int cx3_vendor_capability_access(const struct cx3_config_space *space, uint32_t cap, bool write,
				 uint32_t cr_address, uint32_t *value, struct cx3_error *err);

#endif
