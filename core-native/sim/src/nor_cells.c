/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* The cells behind the pins: programming only clears bits, erasing fills with ones, and both take
 * time. */
#include <string.h>

#include "card.h"
#include "random.h"

#define SECTOR_BYTES		 0x10000u
#define SUBSECTOR_BYTES		 0x1000u
#define MAX_PROTECTED_SUBSECTORS 8u

uint8_t *sim_nor_cells(struct cx3_sim *sim, unsigned bank)
{
	return sim->data + (size_t)(bank % sim->banks) * sim->bank_bytes;
}

/* Target of the pending operation, with the bounds made sure of: the state may have been damaged.
 */
static uint8_t *pending_cells(struct cx3_sim *sim, unsigned bank, uint32_t *len_bytes)
{
	struct sim_nor *nor = &sim->state->nor[bank % SIM_MAX_BANKS];
	uint32_t len = nor->pending_len_bytes == SECTOR_BYTES	   ? SECTOR_BYTES
		       : nor->pending_len_bytes == SUBSECTOR_BYTES ? SUBSECTOR_BYTES
								   : SIM_PAGE_BYTES;

	*len_bytes = len;
	return sim_nor_cells(sim, bank) +
	       (nor->pending_address & (sim->bank_bytes - 1) & ~(len - 1));
}

static void spoil_bit(uint8_t *cells, uint8_t old, uint32_t wrong_bit)
{
	uint32_t bit = (wrong_bit - 1) % (SIM_PAGE_BYTES * 8);
	uint8_t mask = (uint8_t)(1u << bit % 8);
	uint8_t *cell = &cells[bit / 8];

	/* A cell that was 0 before cannot come out as 1 without an erase. */
	if (*cell & mask)
		*cell &= (uint8_t)~mask;
	else if (old & mask)
		*cell |= mask;
}

static void finish_program(struct cx3_sim *sim, unsigned bank)
{
	struct sim_nor *nor = &sim->state->nor[bank];
	uint32_t len;
	uint8_t *cells = pending_cells(sim, bank, &len);
	uint32_t wrong_bit = nor->pending_wrong_bit;
	uint8_t old = wrong_bit ? cells[(wrong_bit - 1) % (SIM_PAGE_BYTES * 8) / 8] : 0;

	for (uint32_t i = 0; i < SIM_PAGE_BYTES; i++)
		cells[i] &= nor->pending_page[i];
	if (wrong_bit)
		spoil_bit(cells, old, wrong_bit);
}

static void finish(struct cx3_sim *sim, unsigned bank)
{
	struct sim_nor *nor = &sim->state->nor[bank];
	uint32_t len;
	uint8_t *cells;

	switch (nor->pending) {
	case SIM_NOR_PROGRAM:
		finish_program(sim, bank);
		break;
	case SIM_NOR_ERASE:
		cells = pending_cells(sim, bank, &len);
		memset(cells, 0xff, len);
		break;
	case SIM_NOR_STATUS:
		memcpy(nor->status, nor->pending_status, sizeof(nor->status));
		nor->function = nor->pending_function;
		nor->nv_config = nor->pending_nv_config;
		break;
	default:
		break;
	}
	nor->pending = SIM_NOR_NOTHING;
	nor->latch = 0;
}

void sim_nor_settle(struct cx3_sim *sim, unsigned bank)
{
	struct sim_nor *nor = &sim->state->nor[bank % SIM_MAX_BANKS];

	if (nor->pending != SIM_NOR_NOTHING && nor->busy_until_ns != SIM_NEVER &&
	    sim->state->now_ns >= nor->busy_until_ns)
		finish(sim, bank % SIM_MAX_BANKS);
}

void sim_nor_finish(struct cx3_sim *sim, unsigned bank)
{
	struct sim_nor *nor = &sim->state->nor[bank % SIM_MAX_BANKS];

	if (nor->pending == SIM_NOR_NOTHING)
		return;
	if (nor->busy_until_ns == SIM_NEVER) {
		nor->busy_until_ns = sim->state->now_ns;
	} else if (nor->busy_until_ns > sim->state->now_ns) {
		sim_advance_ns(sim, nor->busy_until_ns - sim->state->now_ns);
	}
	sim_nor_settle(sim, bank);
}

bool sim_nor_busy(struct cx3_sim *sim, unsigned bank)
{
	struct sim_nor *nor = &sim->state->nor[bank % SIM_MAX_BANKS];

	sim_nor_settle(sim, bank);
	return nor->pending != SIM_NOR_NOTHING;
}

/* A page: some of the bits that should fall have fallen. */
static void tear_program(uint8_t *cells, const uint8_t *page, uint64_t *random)
{
	for (uint32_t i = 0; i < SIM_PAGE_BYTES; i++)
		cells[i] &= (uint8_t)(page[i] | sim_random(random));
}

/*
 * An erase unit: cells anywhere between programmed and erased. Three shapes, picked by the seed:
 * noise all over, bits that have only begun to rise, and a part that is already blank in front of
 * noise.
 */
static void tear_erase(uint8_t *cells, uint32_t len_bytes, uint64_t *random)
{
	uint32_t shape = sim_random(random) % 3;
	uint32_t blank = shape == 2 ? sim_random(random) % len_bytes : 0;

	for (uint32_t i = 0; i < len_bytes; i++) {
		uint8_t noise = (uint8_t)sim_random(random);

		if (i < blank)
			cells[i] = 0xff;
		else if (shape == 1)
			cells[i] |= noise;
		else
			cells[i] = noise;
	}
}

void sim_nor_tear(struct cx3_sim *sim, unsigned bank, uint64_t seed)
{
	struct sim_nor *nor = &sim->state->nor[bank % SIM_MAX_BANKS];
	uint64_t random = seed ^ ((uint64_t)nor->pending_address << 8) ^ bank;
	uint32_t len;
	uint8_t *cells;

	sim_nor_settle(sim, bank);
	switch (nor->pending) {
	case SIM_NOR_PROGRAM:
		cells = pending_cells(sim, bank, &len);
		tear_program(cells, nor->pending_page, &random);
		break;
	case SIM_NOR_ERASE:
		cells = pending_cells(sim, bank, &len);
		tear_erase(cells, len, &random);
		break;
	case SIM_NOR_STATUS:
		if (sim_random(&random) & 1)
			memcpy(nor->status, nor->pending_status, sizeof(nor->status));
		break;
	default:
		break;
	}
	nor->pending = SIM_NOR_NOTHING;
	nor->latch = 0;
	nor->busy_until_ns = 0;
}

static bool protects_bottom(const struct sim_chip *chip, const struct sim_nor *nor)
{
	if (chip->flags & SIM_CHIP_TB_BIT5)
		return nor->status[0] & 0x20;
	if (chip->flags & SIM_CHIP_TB_BIT6)
		return nor->status[0] & 0x40;
	if (chip->flags & SIM_CHIP_TB_CONFIG)
		return nor->status[1] & 0x08;
	if (chip->flags & SIM_CHIP_TB_FUNCTION)
		return nor->function & 0x02;
	return false;
}

/* flash-access 5.4: 2^(BP - 1) sectors from one end; all bits set protect everything [datasheet].
 */
static uint64_t protected_bytes(const struct cx3_sim *sim, const struct sim_nor *nor)
{
	const struct sim_chip *chip = sim->chip;
	unsigned mask = chip->flags & SIM_CHIP_BP4 ? 0xfu : 0x7u;
	unsigned bp = nor->status[0] >> 2 & mask;
	uint64_t bytes;

	if (!bp)
		return 0;
	if (bp == mask || (chip->flags & SIM_CHIP_PROTECT_ALL))
		return sim->bank_bytes;
	if ((chip->flags & SIM_CHIP_SUBSECTORS) && (nor->status[0] & 0x40)) {
		uint32_t units = 1u << (bp - 1);

		if (units > MAX_PROTECTED_SUBSECTORS)
			units = MAX_PROTECTED_SUBSECTORS;
		return (uint64_t)units * SUBSECTOR_BYTES;
	}
	bytes = (uint64_t)SECTOR_BYTES << (bp - 1 + (chip->flags & SIM_CHIP_SCALE_4 ? 2 : 0));
	return bytes < sim->bank_bytes ? bytes : sim->bank_bytes;
}

bool sim_nor_protected(const struct cx3_sim *sim, unsigned bank, uint32_t address,
		       uint32_t len_bytes)
{
	const struct sim_nor *nor = &sim->state->nor[bank % SIM_MAX_BANKS];
	uint64_t bytes = protected_bytes(sim, nor);

	if (!bytes)
		return false;
	if (protects_bottom(sim->chip, nor))
		return address < bytes;
	return (uint64_t)address + len_bytes > sim->bank_bytes - bytes;
}
