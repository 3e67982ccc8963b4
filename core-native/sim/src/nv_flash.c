/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* Flash operations of the firmware: through the pins of the chips, so that they take their time and
 * can be torn like those of the gateway. */
#include <string.h>

#include "card.h"
#include "nv_store.h"

#define OP_PROGRAM	 0x02u
#define OP_WRITE_ENABLE	 0x06u
#define OP_ERASE_4K	 0x20u
#define OP_ERASE_4K_LONG 0x21u
#define OP_ERASE_64K	 0xd8u

#define SUBSECTOR_BYTES	  0x1000u
#define SECTOR_BYTES	  0x10000u
#define REACH_BYTES	  0x1000000u
#define CHUNK_LOG2_MIN	  16u
#define CHUNK_LOG2_MAX	  23u
#define STUCK_PATIENCE_NS 3000000000u

uint64_t sim_nv_flash_bytes(const struct cx3_sim *sim)
{
	if (sim->bank_bytes <= REACH_BYTES)
		return (uint64_t)sim->banks * sim->bank_bytes;
	return sim->banks == 1 ? REACH_BYTES : 0;
}

static uint64_t physical(const struct sim_nv_place *place, unsigned home, uint32_t offset)
{
	uint64_t logical = (uint64_t)place->start + offset;
	uint64_t chunk = 1ull << place->chunk_log2;

	if (!place->failsafe)
		return logical + (home ? place->area_bytes : 0);
	return (logical & (chunk - 1)) + (home ? chunk : 0) +
	       ((logical >> place->chunk_log2) << (place->chunk_log2 + 1));
}

static bool choose_erase(const struct cx3_sim *sim, struct sim_nv_place *place)
{
	const uint32_t flags = sim->chip->flags;
	const uint32_t both = place->start | place->area_bytes;

	place->erase_address_bytes = 3;
	if ((flags & SIM_CHIP_ERASE_64K) && both % SECTOR_BYTES == 0) {
		place->erase_bytes = SECTOR_BYTES;
		place->erase_opcode = OP_ERASE_64K;
	} else if ((flags & SIM_CHIP_ERASE_4K) && both % SUBSECTOR_BYTES == 0) {
		place->erase_bytes = SUBSECTOR_BYTES;
		place->erase_opcode = OP_ERASE_4K;
	} else if ((flags & SIM_CHIP_ERASE_4K_LONG) && both % SUBSECTOR_BYTES == 0) {
		place->erase_bytes = SUBSECTOR_BYTES;
		place->erase_opcode = OP_ERASE_4K_LONG;
		place->erase_address_bytes = 4;
	} else {
		return false;
	}
	return true;
}

bool sim_nv_place(const struct cx3_sim *sim, struct sim_nv_place *place)
{
	const struct sim_firmware *fw = &sim->state->firmware;
	const uint64_t flash = sim_nv_flash_bytes(sim);

	place->area_bytes = fw->area_bytes;
	place->start = fw->area_start;
	place->failsafe = fw->failsafe;
	place->chunk_log2 = fw->chunk_log2;
	if (!place->area_bytes || place->area_bytes > SIM_NV_MAX_AREA_BYTES ||
	    !choose_erase(sim, place))
		return false;
	if (place->failsafe &&
	    (place->chunk_log2 < CHUNK_LOG2_MIN || place->chunk_log2 > CHUNK_LOG2_MAX))
		return false;
	/* A unit never crosses the border of a chunk, so the ends tell. */
	for (uint32_t at = 0; at < place->area_bytes; at += place->erase_bytes) {
		if (physical(place, 1, at) + place->erase_bytes > flash)
			return false;
	}
	return true;
}

const uint8_t *sim_nv_page(struct cx3_sim *sim, const struct sim_nv_place *place, unsigned home,
			   unsigned page)
{
	return sim->data + physical(place, home, page * SIM_PAGE_BYTES);
}

bool sim_nv_blank(struct cx3_sim *sim, const struct sim_nv_place *place, unsigned home,
		  unsigned first_page, unsigned pages)
{
	for (unsigned page = first_page; page < first_page + pages; page++) {
		const uint8_t *bytes = sim_nv_page(sim, place, home, page);

		for (uint32_t i = 0; i < SIM_PAGE_BYTES; i++) {
			if (bytes[i] != 0xff)
				return false;
		}
	}
	return true;
}

static void send(struct cx3_sim *sim, unsigned bank, uint8_t byte)
{
	sim_advance_ns(sim, sim->state->spi_byte_ns);
	sim_nor_transfer(sim, bank, byte);
}

/* A chip that never ends is given up after a while and stays as it is. */
static bool wait_for_chip(struct cx3_sim *sim, unsigned bank)
{
	if (sim->state->nor[bank].busy_until_ns == SIM_NEVER) {
		sim_advance_ns(sim, STUCK_PATIENCE_NS);
		return false;
	}
	sim_nor_finish(sim, bank);
	return true;
}

void sim_nv_settle(struct cx3_sim *sim)
{
	for (unsigned bank = 0; bank < sim->banks; bank++) {
		if (sim->state->nor[bank].busy_until_ns != SIM_NEVER)
			sim_nor_finish(sim, bank);
	}
}

/* Write enable, the operation, the wait for its end. */
static bool operate(struct cx3_sim *sim, uint64_t address, uint8_t opcode, unsigned address_bytes,
		    const uint8_t *data, size_t len_bytes)
{
	const unsigned bank = (unsigned)(address / sim->bank_bytes) % SIM_MAX_BANKS;
	const uint32_t at = (uint32_t)(address % sim->bank_bytes);

	if (!wait_for_chip(sim, bank))
		return false;
	sim_nor_select(sim, bank);
	send(sim, bank, OP_WRITE_ENABLE);
	sim_nor_deselect(sim, bank);
	sim_nor_select(sim, bank);
	send(sim, bank, opcode);
	for (unsigned i = address_bytes; i-- > 0;)
		send(sim, bank, (uint8_t)(at >> (8 * i)));
	for (size_t i = 0; i < len_bytes; i++)
		send(sim, bank, data[i]);
	sim_nor_deselect(sim, bank);
	return sim->state->powered && wait_for_chip(sim, bank);
}

bool sim_nv_program(struct cx3_sim *sim, const struct sim_nv_place *place, unsigned home,
		    unsigned page, const uint8_t *data, size_t len_bytes)
{
	const uint64_t address = physical(place, home, page * SIM_PAGE_BYTES);
	const bool single = sim->chip->flags & SIM_CHIP_BYTE_PROGRAM;
	const size_t step = single ? 1 : len_bytes;

	for (size_t i = 0; i < len_bytes; i += step) {
		if (!operate(sim, address + i, OP_PROGRAM, 3, data + i, step))
			return false;
	}
	return memcmp(sim_nv_page(sim, place, home, page), data, len_bytes) == 0;
}

bool sim_nv_erase(struct cx3_sim *sim, const struct sim_nv_place *place, unsigned home)
{
	const unsigned unit_pages = place->erase_bytes / SIM_PAGE_BYTES;

	for (uint32_t at = 0; at < place->area_bytes; at += place->erase_bytes) {
		const unsigned page = at / SIM_PAGE_BYTES;

		if (sim_nv_blank(sim, place, home, page, unit_pages))
			continue;
		if (!operate(sim, physical(place, home, at), place->erase_opcode,
			     place->erase_address_bytes, NULL, 0) ||
		    !sim_nv_blank(sim, place, home, page, unit_pages))
			return false;
	}
	return true;
}
