/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* Protection bits of each family (flash-access 5.4), for program and erase alike. */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "fixture.h"

struct protected_range {
	const char *chip;
	uint8_t status1;
	uint8_t opcode2; /* second write: its opcode and value, 0 = none */
	uint8_t value2;
	uint64_t first, last; /* of the protected range; first > last = nothing */
};

/* Worked out by hand: 2^(BP - 1) units from one end. */
static const struct protected_range RANGES[] = {
	{"W25Q16BV", 0x00, 0, 0, 1, 0},
	{"W25Q16BV", 0x04, 0, 0, 0x1f0000, 0x1fffff},
	{"W25Q16BV", 0x0c, 0, 0, 0x1c0000, 0x1fffff},
	{"W25Q16BV", 0x1c, 0, 0, 0x000000, 0x1fffff},
	{"W25Q16BV", 0x24, 0, 0, 0x000000, 0x00ffff},
	{"W25Q16BV", 0x44, 0, 0, 0x1ff000, 0x1fffff},
	{"W25Q16BV", 0x70, 0, 0, 0x000000, 0x007fff},
	{"W25Q16BV", 0x74, 0, 0, 0x000000, 0x007fff}, /* 32 KiB are the most */
	{"W25Q64BV", 0x08, 0, 0, 0x7e0000, 0x7fffff},
	{"W25Q128JV", 0x04, 0, 0, 0xfc0000, 0xffffff},
	{"W25X16", 0x28, 0, 0, 0x000000, 0x01ffff},
	{"M25P16", 0x04, 0, 0, 0x1f0000, 0x1fffff},
	{"M25PX16", 0x24, 0, 0, 0x000000, 0x00ffff},
	{"N25Q032", 0x04, 0, 0, 0x3f0000, 0x3fffff},
	{"N25Q032", 0x2c, 0, 0, 0x000000, 0x03ffff},
	{"S25FL116K", 0x64, 0, 0, 0x000000, 0x000fff},
	{"MX25L1606E", 0x04, 0, 0, 0x1f0000, 0x1fffff},
	{"IS25LP016", 0x04, 0, 0, 0x1f0000, 0x1fffff},
	{"IS25LP016", 0x04, 0x42, 0x02, 0x000000, 0x00ffff},
	{"AT25DF161", 0x3c, 0, 0, 0x000000, 0x1fffff},
	{"S25FL032P", 0x08, 0, 0, 0x3e0000, 0x3fffff},
	{"GD25LB128", 0x04, 0, 0, 0xff0000, 0xffffff},
};

/* Whether a program and an erase at this address go through. */
static void try_both(struct card *card, uint64_t address, bool *programmed, bool *erased)
{
	const uint8_t zeroes[16] = {0};
	uint32_t start = (uint32_t)(address & ~0xfull);
	bool has_4k = strcmp(card_info(card).model.chip, "M25P16") != 0 &&
		      strcmp(card_info(card).model.chip, "S25FL032P") != 0;

	fill(card, start, 0xff, 16);
	nor_program(card, 0, start, zeroes, 16);
	*programmed = peek(card, address) == 0x00;
	fill(card, start, 0x00, 16);
	nor_erase(card, 0, has_4k ? 0x20 : 0xd8, start);
	*erased = peek(card, address) == 0xff;
}

static void check_place(struct check *c, struct card *card, uint64_t address, bool expected)
{
	bool programmed, erased;

	try_both(card, address, &programmed, &erased);
	if (programmed != expected || erased != expected)
		printf("    %s at 0x%llx: programmed %d, erased %d\n", card_info(card).model.chip,
		       (unsigned long long)address, programmed, erased);
	CHECK_EQ(c, programmed, expected);
	CHECK_EQ(c, erased, expected);
}

static void protected_ranges_refuse_program_and_erase(struct check *c)
{
	for (size_t i = 0; i < sizeof(RANGES) / sizeof(RANGES[0]); i++) {
		const struct protected_range *range = &RANGES[i];
		struct card card;
		uint64_t size;

		card_new(&card, range->chip, 1);
		size = card_info(&card).flash_size_bytes;
		spi_write_status(&card, 0x01, 1, (uint32_t)range->status1 << 24);
		if (range->opcode2)
			spi_write_status(&card, range->opcode2, 1, (uint32_t)range->value2 << 24);
		if (range->first > range->last) {
			check_place(c, &card, 0, true);
			check_place(c, &card, size - 1, true);
		} else {
			check_place(c, &card, range->first, false);
			check_place(c, &card, range->last, false);
			if (range->first)
				check_place(c, &card, range->first - 1, true);
			if (range->last < size - 1)
				check_place(c, &card, range->last + 1, true);
		}
		CHECK_EQ(c, card_info(&card).violations, 0);
		card_free(&card);
		if (c->failed)
			printf("    row %zu, status %02x\n", i, range->status1);
	}
}

static void macronix_counts_from_the_bottom_by_its_one_time_bit(struct check *c)
{
	struct card card;

	card_new(&card, "MX25L1606E", 1);
	spi_write_status(&card, 0x01, 2, 0x04080000);
	check_place(c, &card, 0, false);
	check_place(c, &card, 0x10000, true);
	spi_write_status(&card, 0x01, 2, 0x04000000); /* too late to take it back */
	check_place(c, &card, 0, false);
	card_free(&card);
}

static void protection_survives_a_power_cycle(struct check *c)
{
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	spi_write_status(&card, 0x01, 1, 0x04000000);
	cx3_sim_power_cycle(card.sim, &card.err);
	CHECK_EQ(c, spi_status(&card, 0), 0x04);
	check_place(c, &card, 0x1f0000, false);
	card_free(&card);
}

static void some_parts_start_protected_when_the_option_says_so(struct check *c)
{
	struct cx3_sim_options options;
	struct card card;

	card_new(&card, "SST25VF016B", 1);
	options = card_info(&card).options;
	CHECK_EQ(c, spi_status(&card, 0), 0x00);
	options.power_up_protected = true;
	cx3_sim_set_options(card.sim, &options);
	cx3_sim_power_cycle(card.sim, &card.err);
	CHECK_EQ(c, spi_status(&card, 0), 0x3c);
	card_free(&card);
}

static void status_registers_are_read_where_each_family_has_them(struct check *c)
{
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	spi_write_status(&card, 0x01, 2, 0x00020000); /* status 1 and 2 */
	gateway(&card, 0x40352215);
	CHECK_EQ(c, reg_read(&card, GW_DATA0) >> 24, 0x02);
	spi_write_status(&card, 0x01, 1, 0x00000000); /* zeroes status 2 of a BV part */
	gateway(&card, 0x40352215);
	CHECK_EQ(c, reg_read(&card, GW_DATA0) >> 24, 0x00);
	card_free(&card);
	card_new(&card, "N25Q032", 1);
	gateway(&card, 0x40b52215);
	CHECK_EQ(c, reg_read(&card, GW_DATA0) >> 16, 0xffff);
	spi_write_status(&card, 0xb1, 2, 0xf78f0000);
	gateway(&card, 0x40b52215);
	CHECK_EQ(c, reg_read(&card, GW_DATA0) >> 16, 0xf78f);
	card_free(&card);
	card_new(&card, "W25Q128JV", 1);
	spi_write_status(&card, 0x11, 1, 0x60000000);
	gateway(&card, 0x40152215);
	CHECK_EQ(c, reg_read(&card, GW_DATA0) >> 24, 0x60);
	spi_write_status(&card, 0x31, 1, 0x02000000);
	gateway(&card, 0x40352215);
	CHECK_EQ(c, reg_read(&card, GW_DATA0) >> 24, 0x02);
	card_free(&card);
	card_new(&card, "IS25LP016", 1);
	spi_write_status(&card, 0x42, 1, 0x02000000);
	spi_write_status(&card, 0x42, 1, 0x00000000);
	gateway(&card, 0x40482215);
	CHECK_EQ(c, reg_read(&card, GW_DATA0) >> 24, 0x02);
	card_free(&card);
}

int main(void)
{
	struct check check = {0};

	CASE(&check, protected_ranges_refuse_program_and_erase);
	CASE(&check, macronix_counts_from_the_bottom_by_its_one_time_bit);
	CASE(&check, protection_survives_a_power_cycle);
	CASE(&check, some_parts_start_protected_when_the_option_says_so);
	CASE(&check, status_registers_are_read_where_each_family_has_them);
	return check_report(&check);
}
