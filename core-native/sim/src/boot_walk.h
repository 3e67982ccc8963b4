/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* The boot code's look at one place of the flash. */
#ifndef CX3_SIM_BOOT_WALK_H
#define CX3_SIM_BOOT_WALK_H

#include <stdbool.h>
#include <stdint.h>

struct cx3_sim;

struct sim_image_facts {
	uint32_t version[4]; /* as the registers from 0x1f064 on show it */
	uint64_t node_guid;
	bool failsafe;
	unsigned chunk_log2;
	/* Where its settings are, tag 19; config_sectors 0 = nowhere. */
	uint32_t config_sectors, config_pad, config_sector_bytes;
};

/* Whether a bootable image starts at physical address start. */
bool sim_image_boots(const struct cx3_sim *sim, uint64_t start, struct sim_image_facts *facts);

#endif
