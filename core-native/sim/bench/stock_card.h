/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * The card as the stock tool uses it by way of BAR0: its flush, its locks, its gateway commands and
 * its waits, access by access (flash-access 1.5, 3.2, 4 and 8.1). Everything that fails ends the
 * program: a replay that goes on after an error measures nothing.
 */
#ifndef CX3_BENCH_STOCK_CARD_H
#define CX3_BENCH_STOCK_CARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cx3/sim.h"

#define STOCK_BLOCK_BYTES  16u
#define STOCK_PAGE_BYTES   256u
#define STOCK_SECTOR_BYTES 0x10000u

struct stock_card {
	struct cx3_sim *sim;
	bool unordered;	     /* a write since the last flush: the next read needs one */
	bool keeps_gateway;  /* from the first change on; before, each command takes its lock */
	uint64_t busy_polls; /* status reads that found the chip busy */
};

_Noreturn void stock_die(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Opens, reads what the tool reads then, takes the programming lock, asks for the chip. */
void stock_open(struct stock_card *card, const char *path);
/* Gives both locks back, owned or not. */
void stock_close(struct stock_card *card);

void stock_keep_gateway(struct stock_card *card);
void stock_read_running_version(struct stock_card *card);
void stock_set_boot_address(struct stock_card *card, uint32_t address);

/* Every read of the stock tool is made of these. */
void stock_read_block(struct stock_card *card, uint32_t address, uint8_t block[STOCK_BLOCK_BYTES]);
/* So many blocks within a page with chip select held, and the wait until the chip has done it. */
void stock_program(struct stock_card *card, uint32_t address, const uint8_t *data, unsigned blocks);
void stock_erase_sector(struct stock_card *card, uint32_t address);

#endif
