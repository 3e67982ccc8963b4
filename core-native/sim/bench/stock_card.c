/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "stock_card.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define REG_RUNNING_VERSION 0x1f064u
#define REG_RECOVERY	    0x41270u
#define REG_BOOT_ADDRESS    0xf0000u
#define REG_DEVICE_ID	    0xf0014u
#define REG_FLUSH	    0xf0380u
#define REG_PROGRAMMING	    0xf03a0u
#define REG_GATEWAY_LOCK    0xf03fcu
#define REG_COMMAND	    0xf0400u
#define REG_ADDRESS	    0xf0404u
#define REG_DATA0	    0xf0410u

#define COMMAND_BUSY	(1u << 30)
#define READ_ID		0x409f2215u
#define READ_STATUS	0x40052215u
#define WRITE_ENABLE	0x40062004u
#define ERASE_SECTOR	0x40d8200cu
#define READ_BLOCK	0x4003241du
#define PROGRAM_ALONE	0x4002241cu
#define PROGRAM_FIRST	0x4002243cu
#define PROGRAM_NEXT	0x40002430u
#define PROGRAM_LAST	0x40002410u
#define STATUS_BUSY	(1u << 24)
#define WORDS		(STOCK_BLOCK_BYTES / 4)
#define ID_READS	6u /* per run */
#define BUSY_READS	5000u
#define PROGRAM_WAIT_US 10u /* and 1 us per byte */
#define PROGRAM_POLL_US 10u
#define PROGRAM_POLLS	30000u
#define ERASE_WAIT_US	20000u
#define ERASE_POLL_US	300u
#define ERASE_POLLS	10000u
#define NO_ADDRESS	UINT32_MAX

void stock_die(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fputs("stock-replay: ", stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	exit(1);
}

static uint32_t read_plain(struct stock_card *card, uint32_t reg)
{
	struct cx3_error err = {0};
	uint32_t value = 0;

	if (cx3_sim_read32(card->sim, reg, &value, &err))
		stock_die("read of %05x: %s", reg, err.what);
	return value;
}

static void reg_write(struct stock_card *card, uint32_t reg, uint32_t value)
{
	struct cx3_error err = {0};

	if (cx3_sim_write32(card->sim, reg, value, &err))
		stock_die("write of %05x: %s", reg, err.what);
	card->unordered = true;
}

static void flush(struct stock_card *card)
{
	reg_write(card, REG_FLUSH, 0);
	while (read_plain(card, REG_FLUSH))
		;
	card->unordered = false;
}

static uint32_t reg_read(struct stock_card *card, uint32_t reg)
{
	if (card->unordered)
		flush(card);
	return read_plain(card, reg);
}

static void take(struct stock_card *card, uint32_t semaphore)
{
	if (reg_read(card, semaphore))
		stock_die("semaphore %05x is taken", semaphore);
}

/* The address register is written for all but the commands without address and block. */
static void command(struct stock_card *card, uint32_t word, uint32_t address, const uint8_t *in,
		    uint32_t *out, unsigned words_out)
{
	unsigned reads = 0;

	if (!card->keeps_gateway)
		take(card, REG_GATEWAY_LOCK);
	for (unsigned i = 0; in && i < WORDS; i++, in += 4)
		reg_write(card, REG_DATA0 + 4 * i,
			  (uint32_t)in[0] << 24 | (uint32_t)in[1] << 16 | (uint32_t)in[2] << 8 |
				  in[3]);
	if (address != NO_ADDRESS)
		reg_write(card, REG_ADDRESS, address);
	reg_write(card, REG_COMMAND, word);
	while (reg_read(card, REG_COMMAND) & COMMAND_BUSY) {
		if (++reads == BUSY_READS)
			stock_die("the gateway stays busy");
	}
	for (unsigned i = 0; i < words_out; i++)
		out[i] = reg_read(card, REG_DATA0 + 4 * i);
	if (!card->keeps_gateway)
		reg_write(card, REG_GATEWAY_LOCK, 0);
}

void stock_open(struct stock_card *card, const char *path)
{
	struct cx3_error err = {0};
	uint32_t id;

	*card = (struct stock_card){0};
	if (cx3_sim_open(path, &card->sim, &err))
		stock_die("%s: %s", path, err.what);
	for (unsigned i = 0; i < ID_READS; i++)
		reg_read(card, REG_DEVICE_ID);
	flush(card);
	reg_read(card, REG_RECOVERY);
	take(card, REG_PROGRAMMING);
	command(card, READ_ID, NO_ADDRESS, NULL, &id, 1);
	/* Another chip has other units and waits, and the replay would be of nothing. */
	if (id >> 16 != 0xef40)
		stock_die("the chip has the id %08x: the replay is of a W25Q", id);
}

void stock_close(struct stock_card *card)
{
	reg_write(card, REG_PROGRAMMING, 0);
	reg_write(card, REG_GATEWAY_LOCK, 0);
	cx3_sim_close(card->sim);
	card->sim = NULL;
}

void stock_keep_gateway(struct stock_card *card)
{
	take(card, REG_GATEWAY_LOCK);
	card->keeps_gateway = true;
}

void stock_read_running_version(struct stock_card *card)
{
	for (unsigned i = 0; i < 4; i++)
		reg_read(card, REG_RUNNING_VERSION + 4 * i);
}

void stock_set_boot_address(struct stock_card *card, uint32_t address)
{
	reg_write(card, REG_BOOT_ADDRESS, address << 8);
}

void stock_read_block(struct stock_card *card, uint32_t address, uint8_t block[STOCK_BLOCK_BYTES])
{
	uint32_t words[WORDS];

	command(card, READ_BLOCK, address, NULL, words, WORDS);
	for (unsigned i = 0; i < STOCK_BLOCK_BYTES; i++)
		block[i] = (uint8_t)(words[i / 4] >> (24 - 8 * (i % 4)));
}

static void wait_ready(struct stock_card *card, uint64_t first_us, uint64_t poll_us, unsigned polls)
{
	uint32_t status;

	cx3_sim_sleep_us(card->sim, first_us);
	for (;;) {
		command(card, READ_STATUS, NO_ADDRESS, NULL, &status, 1);
		if (!(status & STATUS_BUSY))
			return;
		card->busy_polls++;
		if (polls-- == 0)
			stock_die("the chip stays busy");
		cx3_sim_sleep_us(card->sim, poll_us);
	}
}

static uint32_t program_word(unsigned n, unsigned blocks)
{
	if (blocks == 1)
		return PROGRAM_ALONE;
	if (n == 0)
		return PROGRAM_FIRST;
	return n + 1 < blocks ? PROGRAM_NEXT : PROGRAM_LAST;
}

void stock_program(struct stock_card *card, uint32_t address, const uint8_t *data, unsigned blocks)
{
	command(card, WRITE_ENABLE, NO_ADDRESS, NULL, NULL, 0);
	for (unsigned n = 0; n < blocks; n++)
		command(card, program_word(n, blocks), n ? 0 : address,
			data + n * STOCK_BLOCK_BYTES, NULL, 0);
	wait_ready(card, PROGRAM_WAIT_US + blocks * STOCK_BLOCK_BYTES, PROGRAM_POLL_US,
		   PROGRAM_POLLS);
}

void stock_erase_sector(struct stock_card *card, uint32_t address)
{
	command(card, WRITE_ENABLE, NO_ADDRESS, NULL, NULL, 0);
	command(card, ERASE_SECTOR, address, NULL, NULL, 0);
	wait_ready(card, ERASE_WAIT_US, ERASE_POLL_US, ERASE_POLLS);
}
