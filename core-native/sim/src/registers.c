/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* CR space of the card: flash-access 1.1, 1.7, 3 and 7. What is not here reads 0 and forgets what
 * is written. */
#include "card.h"
#include "firmware.h"

#define CR_SIZE_BYTES 0x100000u

#define REG_VERSION_FIRST   0x1f064u
#define REG_VERSION_LAST    0x1f070u
#define REG_PORT1_TYPE	    0x1f148u
#define REG_PORT2_TYPE	    0x1f164u
#define REG_RECOVERY_STATE  0x41270u
#define REG_BOOT_ADDRESS    0xf0000u
#define REG_RESET	    0xf0010u
#define REG_ID		    0xf0014u
#define REG_SEMAPHORE_FIRST 0xf0300u
#define REG_SEMAPHORE_LAST  0xf03fcu
#define REG_GATEWAY_FIRST   0xf0400u
#define REG_GATEWAY_LAST    0xf041cu
#define REG_RECOVERY_LINK   0xf3834u

/* "Above 0xfff00000" is all that is known; the healthy value is unknown and chosen. */
#define RECOVERY_STATE_VALUE 0xfff10000u
#define PORT_TYPE_SHIFT	     29

static uint32_t take_semaphore(struct sim_state *st, uint32_t reg)
{
	uint32_t *semaphore = &st->semaphore[(reg >> 2) % SIM_SEMAPHORES];
	uint32_t old = *semaphore;

	*semaphore = 1;
	return old;
}

static void write_semaphore(struct sim_state *st, uint32_t reg, uint32_t value)
{
	struct sim_fault *fault = &st->fault;

	st->semaphore[(reg >> 2) % SIM_SEMAPHORES] = value;
	/* Someone freed or overwrote the stranger's lock: it is nobody's now. */
	if (fault->kind == CX3_SIM_FAULT_LOCK_HELD && fault->value == reg)
		fault->struck = 0;
}

static uint32_t port_type(const struct sim_state *st, unsigned port)
{
	return st->booted ? sim_firmware_port_type(st, port) << PORT_TYPE_SHIFT : 0;
}

static uint32_t read_value(struct cx3_sim *sim, uint32_t reg)
{
	struct sim_state *st = sim->state;

	if (reg >= REG_SEMAPHORE_FIRST && reg <= REG_SEMAPHORE_LAST)
		return take_semaphore(st, reg);
	if (reg >= REG_GATEWAY_FIRST && reg <= REG_GATEWAY_LAST)
		return sim_gateway_read(sim, reg);
	if (sim_firmware_has(sim, reg))
		return sim_firmware_read(sim, reg);
	if (reg >= REG_VERSION_FIRST && reg <= REG_VERSION_LAST)
		return st->booted ? st->running_version[(reg - REG_VERSION_FIRST) / 4 % 4] : 0;
	switch (reg) {
	case REG_ID:
		return (st->hw_id & 0xffff) | (st->hw_revision & 0xff) << 16;
	case REG_PORT1_TYPE:
		return port_type(st, 0);
	case REG_PORT2_TYPE:
		return port_type(st, 1);
	case REG_RECOVERY_STATE:
		return st->booted ? 0 : RECOVERY_STATE_VALUE;
	case REG_BOOT_ADDRESS:
		return st->boot_register;
	case REG_RECOVERY_LINK:
		return st->recovery_register;
	default:
		return 0;
	}
}

static void write_value(struct cx3_sim *sim, uint32_t reg, uint32_t value)
{
	struct sim_state *st = sim->state;

	if (reg >= REG_SEMAPHORE_FIRST && reg <= REG_SEMAPHORE_LAST) {
		write_semaphore(st, reg, value);
		return;
	}
	if (reg >= REG_GATEWAY_FIRST && reg <= REG_GATEWAY_LAST) {
		sim_gateway_write(sim, reg, value);
		return;
	}
	if (sim_firmware_has(sim, reg)) {
		sim_firmware_write(sim, reg, value);
		return;
	}
	switch (reg) {
	case REG_BOOT_ADDRESS:
		st->boot_register = value;
		break;
	case REG_RECOVERY_LINK:
		st->recovery_register = value;
		break;
	case REG_RESET:
		if (value & 1)
			sim_reset(sim);
		break;
	default:
		break;
	}
}

/* Cost, faults and power of one access. *value is the answer when the card does not see the access.
 */
static int begin_access(struct cx3_sim *sim, uint32_t cost_ns, bool *seen, uint32_t *value,
			struct cx3_error *err)
{
	struct sim_state *st = sim->state;

	if (!st->powered)
		return sim_no_power(err);
	sim_advance_ns(sim, cost_ns);
	sim_fault_on_access(sim);
	if (!st->powered)
		return sim_no_power(err);
	*seen = !sim_fault_masks_registers(sim, value);
	if (*seen && st->now_ns < st->reset_until_ns) {
		*seen = false;
		*value = 0xffffffffu;
	}
	return CX3_OK;
}

int sim_register_read(struct cx3_sim *sim, uint32_t reg, uint32_t *value, struct cx3_error *err)
{
	bool seen;
	uint32_t answer = 0;
	int rc = begin_access(sim, sim->state->read_ns, &seen, &answer, err);

	if (rc)
		return rc;
	sim->state->reads++;
	*value = seen ? read_value(sim, reg) : answer;
	/* Firmware may have lost it in the middle of its work. */
	return sim->state->powered ? CX3_OK : sim_no_power(err);
}

int sim_register_write(struct cx3_sim *sim, uint32_t reg, uint32_t value, struct cx3_error *err)
{
	bool seen;
	uint32_t ignored;
	int rc = begin_access(sim, sim->state->write_ns, &seen, &ignored, err);

	if (rc)
		return rc;
	sim->state->writes++;
	if (seen)
		write_value(sim, reg, value);
	return sim->state->powered ? CX3_OK : sim_no_power(err);
}

static int check_address(struct cx3_sim *sim, uint32_t reg, struct cx3_error *err)
{
	int rc;

	if (!sim)
		return sim_fail(err, CX3_INVALID_ARGUMENT, "no card given");
	if (reg < CR_SIZE_BYTES && reg % 4 == 0)
		return CX3_OK;
	rc = sim_fail(err, CX3_OUT_OF_RANGE,
		      "registers are multiples of 4 below 0x100000, not 0x%x", reg);
	if (err) {
		err->flags = CX3_ERROR_HAS_REGISTER;
		err->reg = reg;
	}
	return rc;
}

int cx3_sim_read32(struct cx3_sim *sim, uint32_t cr_address, uint32_t *value, struct cx3_error *err)
{
	int rc = check_address(sim, cr_address, err);

	if (rc)
		return rc;
	if (!value)
		return sim_fail(err, CX3_INVALID_ARGUMENT, "no room for the value given");
	sim_lock(sim);
	rc = sim_register_read(sim, cr_address, value, err);
	sim_unlock(sim);
	return rc;
}

int cx3_sim_write32(struct cx3_sim *sim, uint32_t cr_address, uint32_t value, struct cx3_error *err)
{
	int rc = check_address(sim, cr_address, err);

	if (rc)
		return rc;
	sim_lock(sim);
	rc = sim_register_write(sim, cr_address, value, err);
	sim_unlock(sim);
	return rc;
}

uint64_t cx3_sim_now_us(struct cx3_sim *sim)
{
	uint64_t now_us;

	sim_lock(sim);
	now_us = sim->state->now_ns / 1000;
	sim_unlock(sim);
	return now_us;
}

void cx3_sim_sleep_us(struct cx3_sim *sim, uint64_t us)
{
	sim_lock(sim);
	sim_advance_ns(sim, us > SIM_NEVER / 1000 ? SIM_NEVER : us * 1000);
	sim_unlock(sim);
}
