/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* A virtual card in a folder of its own, and the gateway commands of flash-access 4.3 as a host
 * writes them. */
#ifndef CX3_SIM_FIXTURE_H
#define CX3_SIM_FIXTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cx3/sim.h"

#define GW_COMMAND	0xf0400u
#define GW_ADDRESS	0xf0404u
#define GW_DATA0	0xf0410u
#define SEM_PROGRAMMING 0xf03a0u
#define SEM_GATEWAY	0xf03fcu

struct card {
	char folder[64];
	char path[96];
	struct cx3_sim *sim;
	struct cx3_error err;
};

/* Makes and opens a card; ends the test program with a message when that fails. */
void card_new(struct card *card, const char *chip, unsigned banks);
void card_new_model(struct card *card, const char *chip, unsigned banks, const char *model_name,
		    uint8_t second_port);
void card_reopen(struct card *card);
void card_free(struct card *card);

struct cx3_sim_info card_info(struct card *card);
void card_fault(struct card *card, enum cx3_sim_fault_kind kind, uint64_t at, uint64_t count,
		uint32_t value);

/* Registers; a failure other than a power cut ends the program. After a cut a read gives
 * 0xdeadbeef. */
uint32_t reg_read(struct card *card, uint32_t reg);
int reg_write(struct card *card, uint32_t reg, uint32_t value);

/* One gateway command with its busy wait (bounded); returns the status of the bus. */
int gateway(struct card *card, uint32_t command);

void spi_write_enable(struct card *card, unsigned bank);
uint8_t spi_status(struct card *card, unsigned bank);
uint8_t spi_wait(struct card *card, unsigned bank); /* sleeps until not busy */
uint32_t spi_id(struct card *card, unsigned bank);
/* opcode, then len bytes of value from its top. */
void spi_write_status(struct card *card, uint8_t opcode, unsigned len, uint32_t value);
/* len 16 a command, opcode each. */
void spi_read(struct card *card, unsigned bank, uint32_t address, uint8_t *out, size_t len_bytes);
/* len must be a multiple of 16 and at most 256: held CS, then rise. No write enable, no wait. */
int spi_program(struct card *card, unsigned bank, uint32_t address, const uint8_t *data,
		size_t len_bytes);
int spi_erase(struct card *card, unsigned bank, uint8_t opcode, uint32_t address);

/* Write enable, the command, wait. */
void nor_program(struct card *card, unsigned bank, uint32_t address, const uint8_t *data,
		 size_t len_bytes);
void nor_erase(struct card *card, unsigned bank, uint8_t opcode, uint32_t address);

uint8_t peek(struct card *card, uint64_t address);
void fill(struct card *card, uint64_t address, uint8_t value, size_t len_bytes);

#endif
