/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* Which image the card starts: after power-up by policy, after a reset first where register 0xf0000
 * says. */
#include <string.h>

#include "boot_walk.h"
#include "card.h"
#include "firmware.h"

#define FIRST_STEP 0x10000u
#define LAST_START 0x1000000u
#define MAX_STARTS 10

/* 0 and the powers of two from 64 KiB (fs2-image 1.2). */
static unsigned list_starts(const struct cx3_sim *sim, uint64_t *starts)
{
	uint64_t size_bytes = (uint64_t)sim->banks * sim->bank_bytes;
	unsigned count = 0;

	starts[count++] = 0;
	for (uint64_t start = FIRST_STEP; start <= LAST_START && start < size_bytes; start *= 2)
		starts[count++] = start;
	return count;
}

static void run(struct cx3_sim *sim, uint64_t start, const struct sim_image_facts *facts)
{
	struct sim_state *st = sim->state;

	memcpy(st->running_version, facts->version, sizeof(st->running_version));
	st->node_guid = facts->node_guid;
	st->boot_image = (uint32_t)start;
	/* So that a reset with no burn in between starts the same image again; the real value is
	 * unknown. */
	st->boot_register = (uint32_t)start << 8;
	st->booted = 1;
	sim_firmware_start(sim, facts);
}

static bool chips_answer(struct cx3_sim *sim)
{
	if (sim->state->fault.kind == CX3_SIM_FAULT_NO_CHIP)
		return false;
	for (unsigned bank = 0; bank < sim->banks; bank++) {
		if (sim->state->nor[bank].busy_until_ns == SIM_NEVER)
			return false;
	}
	return true;
}

/*
 * The boot code waits for a chip that is still busy. The host cannot see the card before
 * reset_until_ns, which is later, so the chip may as well be done at once; only the clock must not
 * run ahead.
 */
static void wait_for_chips(struct cx3_sim *sim)
{
	for (unsigned bank = 0; bank < sim->banks; bank++) {
		struct sim_nor *nor = &sim->state->nor[bank];

		if (nor->pending != SIM_NOR_NOTHING)
			nor->busy_until_ns = sim->state->now_ns;
		sim_nor_settle(sim, bank);
	}
}

void sim_boot(struct cx3_sim *sim, bool use_register)
{
	struct sim_state *st = sim->state;
	uint32_t wanted = st->boot_register >> 8;
	uint64_t starts[MAX_STARTS];
	unsigned count = list_starts(sim, starts);
	struct sim_image_facts facts;
	struct sim_image_facts chosen = {0};
	uint64_t chosen_start = 0;
	bool found = false;

	st->booted = 0;
	st->boot_image = 0;
	st->node_guid = 0;
	memset(st->running_version, 0, sizeof(st->running_version));
	memset(&st->firmware, 0, sizeof(st->firmware));
	if (!chips_answer(sim))
		return;
	wait_for_chips(sim);
	for (unsigned i = 0; i < count; i++) {
		if (!sim_image_boots(sim, starts[i], &facts))
			continue;
		if (use_register && starts[i] == wanted) {
			run(sim, starts[i], &facts);
			return;
		}
		if (!found || st->boot_policy == CX3_SIM_BOOT_HIGHEST) {
			chosen = facts;
			chosen_start = starts[i];
		}
		found = true;
	}
	if (found)
		run(sim, chosen_start, &chosen);
}
