/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* The fault plan: one fault at a time, counted down by what the card does. */
#include "card.h"

#define SEMAPHORE_FIRST 0xf0300u
#define SEMAPHORE_LAST	0xf03fcu
#define CR_LOCKED_VALUE 0xbad0cafeu

#define HCR_OPCODE_SHIFT 8
#define HCR_VALUE_MAX	 0xfffffu
#define NV_STATUS_MAX	 0x7fu

/* True from the at-th call on. */
static bool reached(struct sim_fault *fault)
{
	if (fault->at > 1) {
		fault->at--;
		return false;
	}
	return true;
}

/* After a fault that strikes a limited number of times has struck once. */
static void spend(struct sim_fault *fault)
{
	if (!fault->forever && (!fault->count || !--fault->count))
		fault->kind = CX3_SIM_FAULT_NONE;
}

void sim_fault_on_access(struct cx3_sim *sim)
{
	struct sim_fault *fault = &sim->state->fault;

	if (fault->kind == CX3_SIM_FAULT_POWER_CUT_AT_ACCESS && reached(fault)) {
		fault->struck = 1;
		sim_power_cut(sim);
	}
}

bool sim_fault_masks_registers(struct cx3_sim *sim, uint32_t *value)
{
	struct sim_fault *fault = &sim->state->fault;

	if (fault->kind != CX3_SIM_FAULT_CR_LOCKED && fault->kind != CX3_SIM_FAULT_ALL_ONES)
		return false;
	if (!reached(fault))
		return false;
	*value = fault->kind == CX3_SIM_FAULT_CR_LOCKED ? CR_LOCKED_VALUE : 0xffffffffu;
	spend(fault);
	return true;
}

bool sim_fault_gateway_stuck(struct cx3_sim *sim)
{
	struct sim_state *st = sim->state;
	struct sim_fault *fault = &st->fault;

	if (fault->kind != CX3_SIM_FAULT_STUCK_GATEWAY || fault->struck || !reached(fault))
		return false;
	st->gw_stuck = 1;
	st->gw_stuck_reads = fault->count;
	fault->struck = 1;
	return true;
}

bool sim_fault_hcr_stuck(struct cx3_sim *sim)
{
	struct sim_firmware *fw = &sim->state->firmware;
	struct sim_fault *fault = &sim->state->fault;

	if (fault->kind != CX3_SIM_FAULT_STUCK_HCR || fault->struck || !reached(fault))
		return false;
	fw->stuck = 1;
	fw->stuck_reads = fault->count;
	fault->struck = 1;
	return true;
}

uint8_t sim_fault_hcr_status(struct cx3_sim *sim, uint32_t opcode)
{
	struct sim_fault *fault = &sim->state->fault;
	uint32_t only = fault->value >> HCR_OPCODE_SHIFT;

	if (fault->kind != CX3_SIM_FAULT_HCR_STATUS || (only && only != opcode) || !reached(fault))
		return 0;
	spend(fault);
	return (uint8_t)fault->value;
}

uint8_t sim_fault_nv_status(struct cx3_sim *sim)
{
	struct sim_fault *fault = &sim->state->fault;

	if (fault->kind != CX3_SIM_FAULT_NV_STATUS || !reached(fault))
		return 0;
	spend(fault);
	return (uint8_t)(fault->value & NV_STATUS_MAX);
}

enum sim_op_fate sim_fault_flash_op(struct cx3_sim *sim, unsigned bank, bool program)
{
	struct sim_fault *fault = &sim->state->fault;
	struct sim_nor *nor = &sim->state->nor[bank];

	switch (fault->kind) {
	case CX3_SIM_FAULT_POWER_CUT_AT_OP:
		if (!reached(fault))
			return SIM_OP_GOES_ON;
		fault->struck = 1;
		return SIM_OP_CUT;
	case CX3_SIM_FAULT_STUCK_CHIP:
		if (fault->struck || !reached(fault))
			return SIM_OP_GOES_ON;
		fault->struck = 1;
		nor->stuck_reads = fault->count;
		return SIM_OP_STUCK;
	case CX3_SIM_FAULT_WRONG_BIT:
		if (!program || !reached(fault))
			return SIM_OP_GOES_ON;
		nor->pending_wrong_bit = 1 + fault->value;
		spend(fault);
		return SIM_OP_GOES_ON;
	default:
		return SIM_OP_GOES_ON;
	}
}

void sim_fault_power_cycle(struct cx3_sim *sim)
{
	struct sim_fault *fault = &sim->state->fault;

	switch (fault->kind) {
	case CX3_SIM_FAULT_POWER_CUT_AT_OP:
	case CX3_SIM_FAULT_POWER_CUT_AT_ACCESS:
	case CX3_SIM_FAULT_LOCK_HELD:
		fault->kind = CX3_SIM_FAULT_NONE;
		break;
	case CX3_SIM_FAULT_STUCK_GATEWAY:
	case CX3_SIM_FAULT_STUCK_CHIP:
	case CX3_SIM_FAULT_STUCK_HCR:
		if (fault->struck)
			fault->kind = CX3_SIM_FAULT_NONE;
		break;
	default:
		break;
	}
}

static bool fault_valid(const struct cx3_sim_fault *fault)
{
	switch (fault->kind) {
	case CX3_SIM_FAULT_NONE:
	case CX3_SIM_FAULT_POWER_CUT_AT_OP:
	case CX3_SIM_FAULT_POWER_CUT_AT_ACCESS:
	case CX3_SIM_FAULT_STUCK_GATEWAY:
	case CX3_SIM_FAULT_STUCK_CHIP:
	case CX3_SIM_FAULT_NO_CHIP:
	case CX3_SIM_FAULT_CR_LOCKED:
	case CX3_SIM_FAULT_ALL_ONES:
	case CX3_SIM_FAULT_STUCK_HCR:
	case CX3_SIM_FAULT_OLD_PAYLOAD:
		return true;
	case CX3_SIM_FAULT_HCR_STATUS:
		return (fault->value & 0xff) && fault->value <= HCR_VALUE_MAX;
	case CX3_SIM_FAULT_NV_STATUS:
		return fault->value && fault->value <= NV_STATUS_MAX;
	case CX3_SIM_FAULT_WRONG_BIT:
		return fault->value < SIM_PAGE_BYTES * 8;
	case CX3_SIM_FAULT_LOCK_HELD:
		return fault->value >= SEMAPHORE_FIRST && fault->value <= SEMAPHORE_LAST &&
		       fault->value % 4 == 0;
	case CX3_SIM_FAULT_PROTECTION:
		return fault->value <= 0xff;
	case CX3_SIM_FAULT_UNKNOWN_CHIP:
		return fault->value <= 0xffffff;
	}
	return false;
}

/* Takes the old fault's traces away, as far as they are the fault's and not its consequence. */
static void withdraw(struct cx3_sim *sim)
{
	struct sim_state *st = sim->state;
	struct sim_fault *fault = &st->fault;

	if (fault->kind == CX3_SIM_FAULT_PROTECTION) {
		for (unsigned bank = 0; bank < sim->banks; bank++)
			st->nor[bank].status[0] = fault->saved_status[bank];
	} else if (fault->kind == CX3_SIM_FAULT_LOCK_HELD && fault->struck) {
		st->semaphore[(fault->value >> 2) % SIM_SEMAPHORES] = 0;
	} else if (fault->kind == CX3_SIM_FAULT_STUCK_GATEWAY) {
		st->gw_stuck = 0;
	} else if (fault->kind == CX3_SIM_FAULT_STUCK_HCR) {
		st->firmware.stuck = 0;
	} else if (fault->kind == CX3_SIM_FAULT_STUCK_CHIP) {
		for (unsigned bank = 0; bank < sim->banks; bank++) {
			if (st->nor[bank].busy_until_ns == SIM_NEVER)
				st->nor[bank].busy_until_ns = st->now_ns;
		}
	}
	fault->kind = CX3_SIM_FAULT_NONE;
}

static void apply(struct cx3_sim *sim, const struct cx3_sim_fault *from)
{
	struct sim_state *st = sim->state;
	struct sim_fault *fault = &st->fault;

	fault->value = from->value;
	fault->at = from->at ? from->at : from->kind != CX3_SIM_FAULT_LOCK_HELD;
	fault->count = from->count;
	fault->seed = from->seed;
	fault->struck = 0;
	fault->forever = !from->count;
	if (from->kind == CX3_SIM_FAULT_PROTECTION) {
		for (unsigned bank = 0; bank < sim->banks; bank++) {
			sim_nor_finish(sim, bank);
			fault->saved_status[bank] = st->nor[bank].status[0];
			st->nor[bank].status[0] = (uint8_t)from->value & sim->chip->writable_status;
		}
	} else if (from->kind == CX3_SIM_FAULT_LOCK_HELD) {
		st->semaphore[(from->value >> 2) % SIM_SEMAPHORES] = 1;
		fault->struck = 1;
	}
	fault->kind = from->kind;
	sim_advance_ns(sim, 0); /* a release time that has passed already */
}

int cx3_sim_set_fault(struct cx3_sim *sim, const struct cx3_sim_fault *fault, struct cx3_error *err)
{
	if (!sim || !fault)
		return sim_fail(err, CX3_INVALID_ARGUMENT, "no card or no fault given");
	if (!fault_valid(fault))
		return sim_fail(err, CX3_INVALID_ARGUMENT, "fault %d cannot have the value 0x%x",
				(int)fault->kind, fault->value);
	sim_lock(sim);
	withdraw(sim);
	apply(sim, fault);
	sim_unlock(sim);
	return CX3_OK;
}
