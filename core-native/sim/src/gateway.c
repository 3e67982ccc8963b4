/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* The flash gateway, 0xf0400..0xf041f (flash-access 4): turns command words into bytes on the SPI
 * wires. */
#include "card.h"

#define REG_COMMAND 0xf0400u
#define REG_ADDRESS 0xf0404u
#define REG_DATA0   0xf0410u
#define REG_DATA3   0xf041cu

#define CMD_READ	  (1u << 0)
#define CMD_OPCODE_PHASE  (1u << 2)
#define CMD_ADDRESS_PHASE (1u << 3)
#define CMD_DATA_PHASE	  (1u << 4)
#define CMD_HOLD	  (1u << 5)
#define CMD_ENABLE	  (1u << 13)
#define CMD_LONG_ADDRESS  (1u << 14)
#define CMD_GO		  (1u << 30)
#define CMD_KNOWN	  0x40ff6f3du /* all bits with a meaning on this chip generation */
#define MAX_SIZE_LOG2	  4u

static bool gateway_busy(const struct sim_state *st)
{
	return st->gw_busy_reads || st->gw_stuck;
}

static uint32_t read_command(struct sim_state *st)
{
	uint32_t busy = gateway_busy(st) ? CMD_GO : 0;

	if (st->gw_stuck) {
		if (st->gw_stuck_reads && !--st->gw_stuck_reads)
			st->gw_stuck = 0;
	} else if (st->gw_busy_reads) {
		st->gw_busy_reads--;
	}
	return (st->gw_command & ~CMD_GO) | busy;
}

uint32_t sim_gateway_read(struct cx3_sim *sim, uint32_t reg)
{
	struct sim_state *st = sim->state;

	if (reg == REG_COMMAND)
		return read_command(st);
	if (reg == REG_ADDRESS)
		return st->gw_address;
	if (reg >= REG_DATA0 && reg <= REG_DATA3) {
		if (gateway_busy(st))
			sim_violation(sim, "data register %05x read while the gateway is busy",
				      reg);
		return st->gw_data[(reg - REG_DATA0) / 4 % 4];
	}
	return 0;
}

void sim_gateway_raise_cs(struct cx3_sim *sim)
{
	struct sim_state *st = sim->state;

	if (!st->cs_held)
		return;
	st->cs_held = 0;
	sim_nor_deselect(sim, st->cs_bank % SIM_MAX_BANKS);
}

static uint8_t wire(struct cx3_sim *sim, unsigned bank, uint8_t out)
{
	sim_advance_ns(sim, sim->state->spi_byte_ns);
	return sim_nor_transfer(sim, bank, out);
}

static void data_phase(struct cx3_sim *sim, unsigned bank, bool on_wire)
{
	struct sim_state *st = sim->state;
	uint32_t command = st->gw_command;
	uint32_t size_log2 = command >> 8 & 7;
	uint32_t len;

	if (size_log2 > MAX_SIZE_LOG2)
		size_log2 = MAX_SIZE_LOG2;
	len = 1u << size_log2;
	for (uint32_t i = 0; i < len; i++) {
		uint32_t *word = &st->gw_data[i / 4 % 4];
		unsigned shift = 24 - 8 * (i % 4);

		if (command & CMD_READ) {
			uint8_t in = on_wire ? wire(sim, bank, 0xff) : 0xff;

			if (i % 4 == 0)
				*word = 0;
			*word |= (uint32_t)in << shift;
		} else if (on_wire) {
			wire(sim, bank, (uint8_t)(*word >> shift));
		}
	}
}

static void check_command(struct cx3_sim *sim, uint32_t command)
{
	if (command & ~CMD_KNOWN)
		sim_violation(sim, "gateway command %08x has unknown bits", command);
	if (command & CMD_LONG_ADDRESS)
		sim_violation(sim, "gateway command %08x has bit 14 (4-byte address) set", command);
	if ((command & CMD_DATA_PHASE) && (command >> 8 & 7) > MAX_SIZE_LOG2)
		sim_violation(sim, "gateway command %08x asks for more than 16 bytes", command);
}

static void perform(struct cx3_sim *sim)
{
	struct sim_state *st = sim->state;
	uint32_t command = st->gw_command;
	unsigned bank = command >> 11 & 1;
	unsigned address_bytes = command & CMD_LONG_ADDRESS ? 4 : 3;
	bool on_wire = true;

	check_command(sim, command);
	if (st->cs_held && st->cs_bank != bank) {
		sim_violation(sim, "other chip select while CS is held");
		sim_gateway_raise_cs(sim);
	}
	if (command & CMD_OPCODE_PHASE) {
		if (st->cs_held) {
			sim_violation(sim, "opcode %02x while CS is held", command >> 16 & 0xff);
			if (st->opcode_raises_cs)
				sim_gateway_raise_cs(sim);
		}
		if (!st->cs_held)
			sim_nor_select(sim, bank);
		wire(sim, bank, (uint8_t)(command >> 16));
	} else if (!st->cs_held) {
		sim_violation(sim, "gateway command %08x goes on without CS", command);
		on_wire = false;
	}
	if ((command & CMD_ADDRESS_PHASE) && on_wire) {
		for (unsigned i = address_bytes; i-- > 0;)
			wire(sim, bank, (uint8_t)(st->gw_address >> (8 * i)));
	}
	if (command & CMD_DATA_PHASE)
		data_phase(sim, bank, on_wire);
	if (!on_wire)
		return;
	st->cs_held = 1;
	st->cs_bank = bank;
	if (!(command & CMD_HOLD) || ((command & CMD_READ) && !st->held_read_streams))
		sim_gateway_raise_cs(sim);
}

static void write_command(struct cx3_sim *sim, uint32_t value)
{
	struct sim_state *st = sim->state;

	if (!(value & CMD_GO))
		return;
	if (gateway_busy(st)) {
		sim_violation(sim, "gateway command %08x while the gateway is busy", value);
		return;
	}
	st->gw_command = value;
	if (sim_fault_gateway_stuck(sim))
		return;
	st->gw_busy_reads = st->gateway_busy_reads;
	if (!(value & CMD_ENABLE)) {
		sim_violation(sim, "gateway command %08x has bit 13 (flash enable) clear", value);
		return;
	}
	st->spi_commands++;
	sim_advance_ns(sim, st->gateway_ns);
	perform(sim);
}

void sim_gateway_write(struct cx3_sim *sim, uint32_t reg, uint32_t value)
{
	struct sim_state *st = sim->state;

	if (reg == REG_COMMAND) {
		write_command(sim, value);
		return;
	}
	if (gateway_busy(st)) {
		sim_violation(sim, "gateway register %05x written while the gateway is busy", reg);
		return;
	}
	if (reg == REG_ADDRESS)
		st->gw_address = value;
	else if (reg >= REG_DATA0 && reg <= REG_DATA3)
		st->gw_data[(reg - REG_DATA0) / 4 % 4] = value;
}
