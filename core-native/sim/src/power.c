/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* Power, reset, the simulated clock and the book of violations. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "card.h"

#define POWER_UP_NS                                                                                \
	1000000000u /* the finger on the switch: every chip has finished or died by then */
#define CONFIG_COMMAND		  4
#define COMMAND_MEMORY_AND_MASTER 0x06

int sim_no_power(struct cx3_error *err)
{
	return sim_fail(err, CX3_POWER_CUT,
			"the virtual card has no power; switch it on with a power cycle");
}

void sim_violation(struct cx3_sim *sim, const char *format, ...)
{
	struct sim_state *st = sim->state;
	va_list args;

	st->violations++;
	va_start(args, format);
	vsnprintf(st->last_violation, sizeof(st->last_violation), format, args);
	va_end(args);
}

void sim_advance_ns(struct cx3_sim *sim, uint64_t ns)
{
	struct sim_state *st = sim->state;
	struct sim_fault *fault = &st->fault;

	st->now_ns = ns >= SIM_NEVER - 1 - st->now_ns ? SIM_NEVER - 1 : st->now_ns + ns;
	if (fault->kind == CX3_SIM_FAULT_LOCK_HELD && fault->at && st->now_ns / 1000 >= fault->at) {
		if (fault->struck)
			st->semaphore[(fault->value >> 2) % SIM_SEMAPHORES] = 0;
		fault->kind = CX3_SIM_FAULT_NONE;
	}
}

/* What a reset of the PCI function takes: configuration space, and the gateways that live in it. */
static void clear_config(struct sim_state *st)
{
	st->config_address = 0;
	st->config_data = 0;
	st->vpd_address = 0;
	st->vpd_data = 0;
	st->power_control = 0;
	st->device_control = 0;
	st->link_control = 0;
	st->vendor_control = 0;
	st->vendor_owner = 0;
	st->vendor_address = 0;
	st->vendor_data = 0;
	st->vf_count = 0;
	st->vf_bar2 = 0;
	memset(st->config, 0, sizeof(st->config));
}

static void clear_registers(struct sim_state *st)
{
	memset(st->semaphore, 0, sizeof(st->semaphore));
	memset(st->gw_data, 0, sizeof(st->gw_data));
	st->gw_command = 0;
	st->gw_address = 0;
	st->gw_busy_reads = 0;
	st->gw_stuck = 0;
	st->gw_stuck_reads = 0;
	st->recovery_register = 0;
	clear_config(st);
}

/*
 * Function-level reset. Firmware, semaphores and flash are the chip's and not the function's, so
 * they stay [unknown of real cards].
 */
void sim_function_reset(struct cx3_sim *sim)
{
	clear_config(sim->state);
}

/* The clock goes on over a power cycle: it is the world's, not the card's. */
void sim_power_up(struct cx3_sim *sim)
{
	struct sim_state *st = sim->state;

	st->boot_pending = 1;
	for (unsigned bank = 0; bank < SIM_MAX_BANKS; bank++) {
		/* A chip that was busy has long finished; one that was stuck loses its work half
		 * done. */
		if (st->nor[bank].busy_until_ns == SIM_NEVER)
			sim_nor_tear(sim, bank, st->fault.seed);
		else
			sim_nor_finish(sim, bank);
	}
	sim_advance_ns(sim, POWER_UP_NS);
	sim_fault_power_cycle(sim);
	clear_registers(st);
	st->cs_held = 0;
	st->cs_bank = 0;
	st->boot_register = 0;
	st->reset_until_ns = 0;
	for (unsigned bank = 0; bank < SIM_MAX_BANKS; bank++)
		sim_nor_power_up(sim, bank);
	st->config[CONFIG_COMMAND] = COMMAND_MEMORY_AND_MASTER; /* as the BIOS leaves it */
	st->powered = 1;
	sim_boot(sim, false);
	st->boot_pending = 0;
}

void sim_power_cut(struct cx3_sim *sim)
{
	struct sim_state *st = sim->state;

	for (unsigned bank = 0; bank < SIM_MAX_BANKS; bank++)
		sim_nor_tear(sim, bank, st->fault.seed);
	st->cs_held = 0;
	st->powered = 0;
	st->booted = 0;
	memset(&st->firmware, 0, sizeof(st->firmware));
}

/*
 * The flash chips have no reset pin here: what they are busy with goes on, and the boot code waits
 * for it. That a reset frees the semaphores is inferred (flash-access 7); whether it raises CS is
 * unknown and an option.
 */
void sim_reset(struct cx3_sim *sim)
{
	struct sim_state *st = sim->state;
	uint64_t end_ns = st->now_ns + (uint64_t)st->reset_ms * 1000000;

	if (st->reset_raises_cs)
		sim_gateway_raise_cs(sim);
	if (!st->powered)
		return;
	st->boot_pending = 1;
	clear_registers(st);
	if (st->fault.kind == CX3_SIM_FAULT_LOCK_HELD)
		st->fault.kind = CX3_SIM_FAULT_NONE;
	for (unsigned bank = 0; bank < sim->banks; bank++) {
		uint64_t busy_ns = st->nor[bank].busy_until_ns;

		if (st->nor[bank].pending != SIM_NOR_NOTHING && busy_ns != SIM_NEVER &&
		    busy_ns > end_ns)
			end_ns = busy_ns;
	}
	st->reset_until_ns = end_ns;
	sim_boot(sim, true);
	st->boot_pending = 0;
}
