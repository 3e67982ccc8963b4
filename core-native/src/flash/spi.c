/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "flash/spi.h"

#include "bus/error.h"
#include "flash/gateway.h"
#include "flash/signals.h"

#define FOUR_BYTES    CX3_GW_SIZE(2)
#define SIXTEEN_BYTES CX3_GW_SIZE(4)
#define BLOCK_WORDS   4u

/* Polls in one typical time: late by at most an eighth of it. */
#define POLLS_PER_TYPICAL 8u
#define MIN_POLL_US	  10u

int cx3_spi_read_register(struct cx3_flash *flash, unsigned bank, enum cx3_spi_opcode opcode,
			  uint32_t *word, struct cx3_error *err)
{
	struct cx3_gateway_command command = {
		.flags = CX3_GW_OPCODE(opcode) | CX3_GW_DATA_PHASE | CX3_GW_READ | FOUR_BYTES,
		.bank = bank,
		.words_out = word,
		.words_out_count = 1,
	};

	return cx3_gateway_run(flash, &command, err);
}

int cx3_spi_read_status(struct cx3_flash *flash, unsigned bank, uint8_t *value,
			struct cx3_error *err)
{
	uint32_t word;
	int status = cx3_spi_read_register(flash, bank, CX3_SPI_READ_STATUS1, &word, err);

	if (status == CX3_OK)
		*value = (uint8_t)(word >> 24);
	return status;
}

int cx3_spi_command(struct cx3_flash *flash, unsigned bank, enum cx3_spi_opcode opcode,
		    struct cx3_error *err)
{
	struct cx3_gateway_command command = {.flags = CX3_GW_OPCODE(opcode), .bank = bank};

	return cx3_gateway_run(flash, &command, err);
}

int cx3_spi_write_register(struct cx3_flash *flash, unsigned bank, enum cx3_spi_opcode opcode,
			   unsigned len_bytes, uint16_t value, struct cx3_error *err)
{
	uint32_t word = (uint32_t)value << (len_bytes == 1 ? 24 : 16);
	struct cx3_gateway_command command = {
		.flags = CX3_GW_OPCODE(opcode) | CX3_GW_DATA_PHASE | CX3_GW_SIZE(len_bytes - 1),
		.bank = bank,
		.words_in = &word,
		.words_in_count = 1,
	};
	int status;

	if (len_bytes < 1 || len_bytes > 2)
		return cx3_fail(err, CX3_INVALID_ARGUMENT, "chip registers have 1 or 2 bytes");
	status = cx3_spi_command(flash, bank, CX3_SPI_WRITE_ENABLE, err);
	if (status == CX3_OK)
		status = cx3_gateway_run(flash, &command, err);
	if (status != CX3_OK)
		return status;
	return cx3_spi_wait_ready(flash, bank, flash->chip->write_status.typical_us,
				  flash->chip->write_status.max_us, 0, err);
}

static void unpack(uint8_t *bytes, const uint32_t words[BLOCK_WORDS])
{
	unsigned i;

	for (i = 0; i < CX3_BLOCK_BYTES; i++)
		bytes[i] = (uint8_t)(words[i / 4] >> (24 - 8 * (i % 4)));
}

static void pack(uint32_t words[BLOCK_WORDS], const uint8_t *bytes)
{
	unsigned i;

	for (i = 0; i < BLOCK_WORDS; i++)
		words[i] = (uint32_t)bytes[4 * i] << 24 | (uint32_t)bytes[4 * i + 1] << 16 |
			   (uint32_t)bytes[4 * i + 2] << 8 | bytes[4 * i + 3];
}

/* Phases of the n-th of so many blocks: the first carries opcode and address, all but the last hold
 * chip select. */
static uint32_t block_flags(enum cx3_spi_opcode opcode, unsigned n, unsigned blocks, bool held)
{
	uint32_t flags = CX3_GW_DATA_PHASE | SIXTEEN_BYTES;

	if (!held || n == 0)
		flags |= CX3_GW_OPCODE(opcode) | CX3_GW_ADDRESS_PHASE;
	if (held && n + 1 < blocks)
		flags |= CX3_GW_HOLD;
	return flags;
}

int cx3_spi_read_blocks(struct cx3_flash *flash, unsigned bank, uint32_t address, uint8_t *buffer,
			unsigned blocks, bool held, struct cx3_error *err)
{
	uint32_t words[BLOCK_WORDS];
	struct cx3_gateway_command command = {
		.bank = bank,
		.words_out = words,
		.words_out_count = BLOCK_WORDS,
	};
	int status = CX3_OK;
	sigset_t saved;
	unsigned n;

	if (held)
		cx3_signals_hold(&saved);
	for (n = 0; n < blocks && status == CX3_OK; n++) {
		command.flags = block_flags(CX3_SPI_READ, n, blocks, held) | CX3_GW_READ;
		command.address = address + n * CX3_BLOCK_BYTES;
		status = cx3_gateway_run(flash, &command, err);
		if (status == CX3_OK)
			unpack(buffer + n * CX3_BLOCK_BYTES, words);
	}
	if (held)
		cx3_signals_restore(&saved);
	return status;
}

int cx3_spi_program_blocks(struct cx3_flash *flash, unsigned bank, uint32_t address,
			   const uint8_t *data, unsigned blocks, struct cx3_error *err)
{
	uint32_t words[BLOCK_WORDS];
	struct cx3_gateway_command command = {
		.bank = bank,
		.address = address,
		.words_in = words,
		.words_in_count = BLOCK_WORDS,
	};
	sigset_t saved;
	unsigned n;
	int status;

	cx3_signals_hold(&saved);
	status = cx3_spi_command(flash, bank, CX3_SPI_WRITE_ENABLE, err);
	for (n = 0; n < blocks && status == CX3_OK; n++) {
		pack(words, data + n * CX3_BLOCK_BYTES);
		command.flags = block_flags(CX3_SPI_PROGRAM, n, blocks, true);
		status = cx3_gateway_run(flash, &command, err);
	}
	cx3_signals_restore(&saved);
	return status;
}

int cx3_spi_program_byte(struct cx3_flash *flash, unsigned bank, uint32_t address, uint8_t value,
			 struct cx3_error *err)
{
	uint32_t word = (uint32_t)value << 24;
	struct cx3_gateway_command command = {
		.flags = CX3_GW_OPCODE(CX3_SPI_PROGRAM) | CX3_GW_ADDRESS_PHASE | CX3_GW_DATA_PHASE,
		.bank = bank,
		.address = address,
		.words_in = &word,
		.words_in_count = 1,
	};
	int status = cx3_spi_command(flash, bank, CX3_SPI_WRITE_ENABLE, err);

	return status == CX3_OK ? cx3_gateway_run(flash, &command, err) : status;
}

int cx3_spi_erase(struct cx3_flash *flash, unsigned bank, enum cx3_spi_opcode opcode,
		  uint32_t address, struct cx3_error *err)
{
	struct cx3_gateway_command command = {
		.flags = CX3_GW_OPCODE(opcode) | CX3_GW_ADDRESS_PHASE,
		.bank = bank,
		.address = address,
	};
	int status = cx3_spi_command(flash, bank, CX3_SPI_WRITE_ENABLE, err);

	return status == CX3_OK ? cx3_gateway_run(flash, &command, err) : status;
}

int cx3_spi_wait_ready(struct cx3_flash *flash, unsigned bank, uint64_t typical_us, uint64_t max_us,
		       uint64_t address, struct cx3_error *err)
{
	uint64_t poll_us = typical_us / POLLS_PER_TYPICAL;
	uint64_t deadline_us = cx3_device_now_us(flash->device) + 2 * max_us;
	uint8_t value;
	bool expired;
	int status;

	if (poll_us < MIN_POLL_US)
		poll_us = MIN_POLL_US;
	if (typical_us)
		cx3_device_sleep_us(flash->device, typical_us);
	for (;;) {
		/* The clock before the chip: who was stopped in between asks once more. */
		expired = cx3_device_now_us(flash->device) >= deadline_us;
		status = cx3_spi_read_status(flash, bank, &value, err);
		if (status != CX3_OK || !(value & CX3_SPI_STATUS_BUSY))
			return status;
		if (expired)
			break;
		cx3_device_sleep_us(flash->device, poll_us);
	}
	cx3_fail(err, CX3_FLASH_BUSY_TIMEOUT,
		 "status 0x%02x of bank %u after twice the longest time of the chip; "
		 "power the machine off and on",
		 value, bank);
	cx3_error_values(err, CX3_FLASH_BUSY_TIMEOUT, 0, value);
	return cx3_error_address(err, CX3_FLASH_BUSY_TIMEOUT, address);
}
