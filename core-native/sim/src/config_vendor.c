/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * Another way to CR space: address spaces behind a ticket lock. Which spaces a real card offers is
 * unknown; here it is those without which the stock tool does not use the capability: 1 (extended
 * command) and 0xa (semaphore), which hold nothing, and 2 (CR).
 */
#include "config_vendor.h"

#define VENDOR_CONTROL	 (SIM_CAP_VENDOR + 0x04u)
#define VENDOR_COUNTER	 (SIM_CAP_VENDOR + 0x08u)
#define VENDOR_SEMAPHORE (SIM_CAP_VENDOR + 0x0cu)
#define VENDOR_ADDRESS	 (SIM_CAP_VENDOR + 0x10u)
#define VENDOR_DATA	 (SIM_CAP_VENDOR + 0x14u)

#define SPACE_MASK	       0xffffu
#define SPACE_EXTENDED_COMMAND 0x1u
#define SPACE_CR	       0x2u
#define SPACE_SEMAPHORE	       0xau
#define STATUS_SUPPORTED       0x20000000u /* [31:29], 0 = the space is not there */
#define FLAG		       0x80000000u
#define ADDRESS_MASK	       0x3fffffffu
#define CR_SIZE_BYTES	       0x100000u

bool sim_in_vendor_capability(uint32_t offset)
{
	return offset >= SIM_CAP_VENDOR && offset < SIM_CAP_VENDOR + SIM_CAP_VENDOR_BYTES;
}

static uint32_t control(const struct sim_state *st)
{
	uint32_t space = st->vendor_control & SPACE_MASK;
	bool supported =
		space == SPACE_EXTENDED_COMMAND || space == SPACE_CR || space == SPACE_SEMAPHORE;

	return space | (supported ? STATUS_SUPPORTED : 0);
}

uint32_t sim_vendor_read(struct cx3_sim *sim, uint32_t offset)
{
	struct sim_state *st = sim->state;

	switch (offset) {
	case SIM_CAP_VENDOR:
		return 0x09u | SIM_CAP_VENDOR_BYTES << 16; /* last capability */
	case VENDOR_CONTROL:
		return control(st);
	case VENDOR_COUNTER:
		/* 0 would mean "free" in the semaphore. */
		if (++st->vendor_ticket == 0)
			st->vendor_ticket = 1;
		return st->vendor_ticket;
	case VENDOR_SEMAPHORE:
		return st->vendor_owner;
	case VENDOR_ADDRESS:
		return st->vendor_address;
	default:
		return st->vendor_data;
	}
}

/* The flag says when it is done: 1 after a read, 0 after a write. Both are done at once here. */
static int order(struct cx3_sim *sim, uint32_t value, struct cx3_error *err)
{
	struct sim_state *st = sim->state;
	uint32_t reg = value & ADDRESS_MASK & ~3u;
	bool is_write = value & FLAG;
	bool is_register = (st->vendor_control & SPACE_MASK) == SPACE_CR && reg < CR_SIZE_BYTES;

	st->vendor_address = (value & ADDRESS_MASK) | (is_write ? 0 : FLAG);
	if (is_write)
		return is_register ? sim_register_write(sim, reg, st->vendor_data, err) : CX3_OK;
	st->vendor_data = 0;
	return is_register ? sim_register_read(sim, reg, &st->vendor_data, err) : CX3_OK;
}

int sim_vendor_write(struct cx3_sim *sim, uint32_t offset, uint32_t value, struct cx3_error *err)
{
	struct sim_state *st = sim->state;

	switch (offset) {
	case VENDOR_CONTROL:
		st->vendor_control = value & SPACE_MASK;
		break;
	case VENDOR_SEMAPHORE:
		/* Only a free semaphore is taken; anybody can free it. */
		if (!st->vendor_owner || !value)
			st->vendor_owner = value;
		break;
	case VENDOR_ADDRESS:
		return order(sim, value, err);
	case VENDOR_DATA:
		st->vendor_data = value;
		break;
	default:
		break;
	}
	return CX3_OK;
}
