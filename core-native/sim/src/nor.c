/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * One SPI NOR chip at its pins: chip select falls, bytes go in and out, chip select rises and only
 * then a write command starts. Opcodes: flash-access 4.3 and 10; behaviour as the data sheets of
 * these families have it [datasheet].
 */
#include <string.h>

#include "card.h"

#define OP_WRITE_STATUS	   0x01u
#define OP_PROGRAM	   0x02u
#define OP_READ		   0x03u
#define OP_WRITE_DISABLE   0x04u
#define OP_READ_STATUS	   0x05u
#define OP_WRITE_ENABLE	   0x06u
#define OP_WRITE_STATUS3   0x11u
#define OP_READ_STATUS3	   0x15u
#define OP_ERASE_4K	   0x20u
#define OP_ERASE_4K_LONG   0x21u
#define OP_WRITE_STATUS2   0x31u
#define OP_READ_STATUS2	   0x35u
#define OP_WRITE_FUNCTION  0x42u
#define OP_READ_FUNCTION   0x48u
#define OP_READ_ID	   0x9fu
#define OP_READ_SIGNATURE  0xabu
#define OP_WRITE_NV_CONFIG 0xb1u
#define OP_READ_NV_CONFIG  0xb5u
#define OP_ERASE_64K	   0xd8u

#define STATUS_BUSY  0x01u
#define STATUS_LATCH 0x02u

#define SECTOR_BYTES	0x10000u
#define SUBSECTOR_BYTES 0x1000u

/* First wait of a page program, whatever its length [datasheet, W25Q: about 20 us + 2.5 us per
 * byte]. */
#define PROGRAM_BASE_US 20u

static bool bank_absent(const struct cx3_sim *sim, unsigned bank)
{
	return bank >= sim->banks || sim->state->fault.kind == CX3_SIM_FAULT_NO_CHIP;
}

static bool chip_knows(const struct sim_chip *chip, uint32_t opcode)
{
	switch (opcode) {
	case OP_PROGRAM:
	case OP_READ:
	case OP_WRITE_STATUS:
	case OP_WRITE_ENABLE:
	case OP_WRITE_DISABLE:
	case OP_READ_STATUS:
		return true;
	case OP_READ_ID:
		return !(chip->flags & SIM_CHIP_NO_ID);
	case OP_READ_SIGNATURE:
		return chip->signature != 0xff;
	case OP_ERASE_4K:
		return chip->flags & SIM_CHIP_ERASE_4K;
	case OP_ERASE_4K_LONG:
		return chip->flags & SIM_CHIP_ERASE_4K_LONG;
	case OP_ERASE_64K:
		return chip->flags & SIM_CHIP_ERASE_64K;
	case OP_READ_STATUS2:
	case OP_WRITE_STATUS2:
		return chip->flags & SIM_CHIP_STATUS2;
	case OP_READ_STATUS3:
		return chip->flags & (SIM_CHIP_STATUS3 | SIM_CHIP_CONFIG_15);
	case OP_WRITE_STATUS3:
		return chip->flags & SIM_CHIP_STATUS3;
	case OP_READ_FUNCTION:
	case OP_WRITE_FUNCTION:
		return chip->flags & SIM_CHIP_FUNCTION_48;
	case OP_READ_NV_CONFIG:
	case OP_WRITE_NV_CONFIG:
		return chip->flags & SIM_CHIP_NV_CONFIG;
	default:
		return false;
	}
}

static bool needs_latch(uint32_t opcode)
{
	switch (opcode) {
	case OP_PROGRAM:
	case OP_ERASE_4K:
	case OP_ERASE_4K_LONG:
	case OP_ERASE_64K:
	case OP_WRITE_STATUS:
	case OP_WRITE_STATUS2:
	case OP_WRITE_STATUS3:
	case OP_WRITE_FUNCTION:
	case OP_WRITE_NV_CONFIG:
		return true;
	default:
		return false;
	}
}

static bool reads_status(uint32_t opcode)
{
	return opcode == OP_READ_STATUS || opcode == OP_READ_STATUS2 || opcode == OP_READ_STATUS3;
}

static unsigned address_bytes(uint32_t opcode)
{
	return opcode == OP_ERASE_4K_LONG ? 4 : 3;
}

void sim_nor_select(struct cx3_sim *sim, unsigned bank)
{
	struct sim_nor *nor = &sim->state->nor[bank % SIM_MAX_BANKS];

	nor->opcode = 0;
	nor->bytes_in = 0;
	nor->address = 0;
	nor->ignoring = 0;
	memset(nor->in, 0, sizeof(nor->in));
	memset(nor->page, 0xff, sizeof(nor->page));
}

static void start_transaction(struct cx3_sim *sim, unsigned bank, uint8_t opcode)
{
	struct sim_nor *nor = &sim->state->nor[bank];

	nor->opcode = opcode;
	if (sim_nor_busy(sim, bank) && !reads_status(opcode)) {
		sim_violation(sim, "command %02x while chip %u is busy", opcode, bank);
		nor->ignoring = 1;
	} else if (!chip_knows(sim->chip, opcode)) {
		nor->ignoring = 1;
	} else if (needs_latch(opcode) && !nor->latch) {
		sim_violation(sim, "command %02x without write enable on chip %u", opcode, bank);
		nor->ignoring = 1;
	}
}

static uint8_t id_byte(const struct cx3_sim *sim, uint32_t index)
{
	const struct sim_fault *fault = &sim->state->fault;

	if (index >= sizeof(sim->chip->id))
		return 0;
	if (fault->kind == CX3_SIM_FAULT_UNKNOWN_CHIP)
		return index < 3 ? (uint8_t)(fault->value >> (16 - 8 * index)) : 0;
	return sim->chip->id[index];
}

static uint8_t status_byte(struct cx3_sim *sim, unsigned bank)
{
	struct sim_nor *nor = &sim->state->nor[bank];
	uint8_t status;

	/* Only a status read lets a stuck chip count down, so the number of polls is what the fault
	 * says. */
	if (nor->busy_until_ns == SIM_NEVER && nor->stuck_reads && !--nor->stuck_reads) {
		nor->busy_until_ns = sim->state->now_ns;
		status = STATUS_BUSY;
	} else {
		status = sim_nor_busy(sim, bank) ? STATUS_BUSY : 0;
	}
	if (nor->latch)
		status |= STATUS_LATCH;
	return (uint8_t)(status | (nor->status[0] & ~(STATUS_BUSY | STATUS_LATCH)));
}

static uint8_t take_address(struct sim_nor *nor, uint8_t in)
{
	nor->address = nor->address << 8 | in;
	return 0xff;
}

static uint8_t data_byte(struct cx3_sim *sim, unsigned bank, uint32_t index, uint8_t in)
{
	struct sim_nor *nor = &sim->state->nor[bank];

	switch (nor->opcode) {
	case OP_READ_ID:
		return id_byte(sim, index);
	case OP_READ_SIGNATURE:
		/* Parts send dummy bytes first; the gateway's answer has the byte in front
		 * [source]. */
		return sim->state->fault.kind == CX3_SIM_FAULT_UNKNOWN_CHIP ? 0xff
									    : sim->chip->signature;
	case OP_READ_STATUS2:
		return nor->status[1];
	case OP_READ_STATUS3:
		return sim->chip->flags & SIM_CHIP_CONFIG_15 ? nor->status[1] : nor->status[2];
	case OP_READ_FUNCTION:
		return nor->function;
	case OP_READ_NV_CONFIG:
		return (uint8_t)(nor->nv_config >> (index % 2 ? 8 : 0));
	case OP_READ:
		if (index < 3)
			return take_address(nor, in);
		return sim_nor_cells(sim, bank)[nor->address++ & (sim->bank_bytes - 1)];
	case OP_PROGRAM:
		if (index < 3)
			return take_address(nor, in);
		if ((sim->chip->flags & SIM_CHIP_BYTE_PROGRAM) && index > 3) {
			if (index == 4)
				sim_violation(sim,
					      "more than one byte in a byte program on chip %u",
					      bank);
			return 0xff;
		}
		nor->page[(nor->address + index - 3) % SIM_PAGE_BYTES] = in;
		return 0xff;
	case OP_ERASE_4K:
	case OP_ERASE_64K:
	case OP_ERASE_4K_LONG:
		if (index < address_bytes(nor->opcode))
			return take_address(nor, in);
		return 0xff;
	default:
		if (index < sizeof(nor->in))
			nor->in[index] = in;
		return 0xff;
	}
}

uint8_t sim_nor_transfer(struct cx3_sim *sim, unsigned bank, uint8_t in)
{
	struct sim_nor *nor = &sim->state->nor[bank % SIM_MAX_BANKS];
	uint32_t index;

	if (bank_absent(sim, bank))
		return 0xff;
	sim_nor_settle(sim, bank);
	if (nor->bytes_in == UINT32_MAX)
		nor->bytes_in = SUBSECTOR_BYTES; /* any number past every address phase */
	index = nor->bytes_in++;
	if (index == 0) {
		start_transaction(sim, bank, in);
		return 0xff;
	}
	if (nor->ignoring)
		return 0xff;
	/* Not through data_byte: one status read command is one poll, however many bytes it asks
	 * for. */
	if (nor->opcode == OP_READ_STATUS) {
		if (index == 1)
			nor->in[0] = status_byte(sim, bank);
		return nor->in[0];
	}
	return data_byte(sim, bank, index - 1, in);
}

static void start_busy(struct cx3_sim *sim, unsigned bank, enum sim_nor_pending what,
		       uint64_t time_us)
{
	struct sim_nor *nor = &sim->state->nor[bank];

	nor->pending = what;
	nor->busy_until_ns = sim->state->now_ns + time_us * 1000;
}

/* Counts the operation and lets the fault plan decide how it goes. */
static void start_flash_op(struct cx3_sim *sim, unsigned bank, enum sim_nor_pending what,
			   uint64_t time_us)
{
	struct sim_nor *nor = &sim->state->nor[bank];

	start_busy(sim, bank, what, time_us);
	switch (sim_fault_flash_op(sim, bank, what == SIM_NOR_PROGRAM)) {
	case SIM_OP_GOES_ON:
		break;
	case SIM_OP_STUCK:
		nor->busy_until_ns = SIM_NEVER;
		break;
	case SIM_OP_CUT:
		sim_power_cut(sim);
		break;
	}
}

static void start_program(struct cx3_sim *sim, unsigned bank)
{
	struct sim_nor *nor = &sim->state->nor[bank];
	const uint32_t *times = sim->chip->program_us;
	unsigned max = sim->state->max_times;
	uint32_t len = nor->bytes_in - 4;
	uint64_t time_us = times[max];

	if (sim_nor_protected(sim, bank, nor->address & (sim->bank_bytes - 1), 1)) {
		nor->latch = 0;
		return;
	}
	if (!(sim->chip->flags & SIM_CHIP_BYTE_PROGRAM)) {
		if (len > SIM_PAGE_BYTES)
			len = SIM_PAGE_BYTES;
		time_us = PROGRAM_BASE_US + (time_us - PROGRAM_BASE_US) * len / SIM_PAGE_BYTES;
	}
	sim->state->programs++;
	nor->pending_address = nor->address & (sim->bank_bytes - 1) & ~(SIM_PAGE_BYTES - 1);
	nor->pending_len_bytes = SIM_PAGE_BYTES;
	nor->pending_wrong_bit = 0;
	memcpy(nor->pending_page, nor->page, SIM_PAGE_BYTES);
	start_flash_op(sim, bank, SIM_NOR_PROGRAM, time_us);
}

static void start_erase(struct cx3_sim *sim, unsigned bank, uint32_t len_bytes,
			const uint32_t *times)
{
	struct sim_nor *nor = &sim->state->nor[bank];
	uint32_t address = nor->address & (sim->bank_bytes - 1) & ~(len_bytes - 1);

	if (sim_nor_protected(sim, bank, address, len_bytes)) {
		nor->latch = 0;
		return;
	}
	sim->state->erases++;
	nor->pending_address = address;
	nor->pending_len_bytes = len_bytes;
	nor->pending_wrong_bit = 0;
	start_flash_op(sim, bank, SIM_NOR_ERASE, times[sim->state->max_times]);
}

static void start_status_write(struct cx3_sim *sim, unsigned bank, uint32_t len)
{
	struct sim_nor *nor = &sim->state->nor[bank];
	const struct sim_chip *chip = sim->chip;

	memcpy(nor->pending_status, nor->status, sizeof(nor->status));
	nor->pending_function = nor->function;
	nor->pending_nv_config = nor->nv_config;
	switch (nor->opcode) {
	case OP_WRITE_STATUS:
		nor->pending_status[0] = (uint8_t)((nor->status[0] & ~chip->writable_status) |
						   (nor->in[0] & chip->writable_status));
		if (len == 2 && (chip->flags & SIM_CHIP_CONFIG_15))
			nor->pending_status[1] = nor->in[1] | (nor->status[1] & 0x08);
		else if (len == 2)
			nor->pending_status[1] = nor->in[1];
		else if (chip->flags & SIM_CHIP_CLEARS_PAIR)
			nor->pending_status[1] = 0;
		break;
	case OP_WRITE_STATUS2:
		nor->pending_status[1] = nor->in[0];
		break;
	case OP_WRITE_STATUS3:
		nor->pending_status[2] = nor->in[0];
		break;
	case OP_WRITE_FUNCTION:
		nor->pending_function |= nor->in[0];
		break;
	default:
		nor->pending_nv_config = nor->in[0] | (uint32_t)nor->in[1] << 8;
		break;
	}
	start_busy(sim, bank, SIM_NOR_STATUS, chip->status_us[sim->state->max_times]);
}

/* The chip acts only when CS rises after exactly the bytes that belong to the command. */
static void execute(struct cx3_sim *sim, unsigned bank)
{
	struct sim_nor *nor = &sim->state->nor[bank];
	const struct sim_chip *chip = sim->chip;
	uint32_t len = nor->bytes_in - 1;

	switch (nor->opcode) {
	case OP_WRITE_ENABLE:
		if (len == 0)
			nor->latch = 1;
		break;
	case OP_WRITE_DISABLE:
		if (len == 0)
			nor->latch = 0;
		break;
	case OP_PROGRAM:
		if (len > 3)
			start_program(sim, bank);
		break;
	case OP_ERASE_4K:
	case OP_ERASE_4K_LONG:
		if (len == address_bytes(nor->opcode))
			start_erase(sim, bank, SUBSECTOR_BYTES, chip->erase_4k_us);
		break;
	case OP_ERASE_64K:
		if (len == 3)
			start_erase(sim, bank, SECTOR_BYTES, chip->erase_64k_us);
		break;
	case OP_WRITE_STATUS:
		if (len == 1 ||
		    (len == 2 && (chip->flags & (SIM_CHIP_STATUS_PAIR | SIM_CHIP_CONFIG_15))))
			start_status_write(sim, bank, len);
		break;
	case OP_WRITE_STATUS2:
	case OP_WRITE_STATUS3:
	case OP_WRITE_FUNCTION:
		if (len == 1)
			start_status_write(sim, bank, len);
		break;
	case OP_WRITE_NV_CONFIG:
		if (len == 2)
			start_status_write(sim, bank, len);
		break;
	default:
		break;
	}
}

void sim_nor_deselect(struct cx3_sim *sim, unsigned bank)
{
	struct sim_nor *nor = &sim->state->nor[bank % SIM_MAX_BANKS];

	if (bank_absent(sim, bank))
		return;
	sim_nor_settle(sim, bank);
	if (nor->bytes_in && !nor->ignoring)
		execute(sim, bank);
	nor->bytes_in = 0;
	nor->opcode = 0;
}

void sim_nor_power_up(struct cx3_sim *sim, unsigned bank)
{
	struct sim_nor *nor = &sim->state->nor[bank % SIM_MAX_BANKS];

	sim_nor_select(sim, bank);
	nor->latch = 0;
	nor->pending = SIM_NOR_NOTHING;
	nor->busy_until_ns = 0;
	nor->stuck_reads = 0;
	if (sim->state->power_up_protected && sim->chip->power_up_status)
		nor->status[0] = sim->chip->power_up_status;
}
