/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * The settings in flash. Their coding on real cards is not known; this one is ours, see
 * sim/README.md: two areas, one of them in use, each a log of pages that is only ever added to.
 */
#ifndef CX3_SIM_NV_STORE_H
#define CX3_SIM_NV_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cx3_sim;

#define SIM_NV_MAX_AREA_BYTES 0x10000u
#define SIM_NV_MAX_WORDS      32u
#define SIM_NV_HOMES	      2u

/* Status of a register access (nv-config 2.4). */
enum sim_nv_status {
	SIM_NV_OK = 0,
	SIM_NV_BUSY = 1,
	SIM_NV_UNKNOWN_TLV = 3,
	SIM_NV_NO_REGISTER = 4,
	SIM_NV_BAD_CLASS = 5,
	SIM_NV_BAD_METHOD = 6,
	SIM_NV_BAD_PARAMETER = 7,
	SIM_NV_NO_RESOURCE = 8, /* of a get: nothing is stored */
	SIM_NV_BAD_CONFIG = 0x20,
	SIM_NV_CORRUPT = 0x22,
	SIM_NV_TOO_SHORT = 0x24,
	SIM_NV_INTERNAL = 0x70,
};

/* nv_store.c; count words of data. Without power afterwards the result is of no meaning. */
enum sim_nv_status sim_nv_get(struct cx3_sim *sim, uint32_t type, unsigned modifier,
			      uint32_t *words, unsigned count);
enum sim_nv_status sim_nv_set(struct cx3_sim *sim, uint32_t type, unsigned modifier,
			      const uint32_t *words, unsigned count);
enum sim_nv_status sim_nv_drop(struct cx3_sim *sim, uint32_t type, unsigned modifier);
enum sim_nv_status sim_nv_drop_all(struct cx3_sim *sim);

/* nv_flash.c: where the areas lie, with everything checked that the state file says. */
struct sim_nv_place {
	uint32_t area_bytes, start;
	bool failsafe;
	unsigned chunk_log2;
	uint32_t erase_bytes;
	uint8_t erase_opcode, erase_address_bytes;
};

/* What three address bytes reach. */
uint64_t sim_nv_flash_bytes(const struct cx3_sim *sim);
/* false: the image has none, or one that cannot be erased by itself. */
bool sim_nv_place(const struct cx3_sim *sim, struct sim_nv_place *place);
/* Waits for what the chips are at, so that the cells tell what is stored; a stuck chip is left to
 * the next operation. */
void sim_nv_settle(struct cx3_sim *sim);
/* A page, as it is in the cells. */
const uint8_t *sim_nv_page(struct cx3_sim *sim, const struct sim_nv_place *place, unsigned home,
			   unsigned page);
/* From the start of a blank page on, read back. false: it did not stick, or the power is gone. */
bool sim_nv_program(struct cx3_sim *sim, const struct sim_nv_place *place, unsigned home,
		    unsigned page, const uint8_t *data, size_t len_bytes);
/* The whole area; units that are blank are left alone. */
bool sim_nv_erase(struct cx3_sim *sim, const struct sim_nv_place *place, unsigned home);
bool sim_nv_blank(struct cx3_sim *sim, const struct sim_nv_place *place, unsigned home,
		  unsigned first_page, unsigned pages);

#endif
