/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* NOR physics, for every chip of the simulator. */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "fixture.h"

#define TIMED_POLL_US 100

/* Ids of the data sheets, written down again; erase units of flash-access 5.2. */
struct expected_chip {
	const char *name;
	uint32_t id; /* as DATA0 shows it, without the last byte */
	uint64_t bytes;
	bool erases_4k, erases_64k, programs_bytes;
};

static const struct expected_chip EXPECTED[] = {
	{"W25Q80BV", 0xef4014, 0x100000, true, true, false},
	{"W25Q16BV", 0xef4015, 0x200000, true, true, false},
	{"W25Q32BV", 0xef4016, 0x400000, true, true, false},
	{"W25Q64BV", 0xef4017, 0x800000, true, true, false},
	{"W25Q128BV", 0xef4018, 0x1000000, true, true, false},
	{"W25X16", 0xef3015, 0x200000, true, false, false},
	{"W25X32", 0xef3016, 0x400000, true, false, false},
	{"W25Q128JV", 0xef7018, 0x1000000, true, true, false},
	{"W25Q256JV", 0xef7019, 0x2000000, true, true, false},
	{"M25P80", 0x202014, 0x100000, false, true, false},
	{"M25P16", 0x202015, 0x200000, false, true, false},
	{"M25P32", 0x202016, 0x400000, false, true, false},
	{"M25P16-NOID", 0xffffff, 0x200000, false, true, false},
	{"M25PX16", 0x207115, 0x200000, true, true, false},
	{"M25PX32", 0x207116, 0x400000, true, true, false},
	{"N25Q032", 0x20ba16, 0x400000, true, true, false},
	{"N25Q064", 0x20ba17, 0x800000, true, true, false},
	{"N25Q128", 0x20ba18, 0x1000000, true, true, false},
	{"SST25VF016B", 0xbf2541, 0x200000, false, true, true},
	{"SST25VF032B", 0xbf254a, 0x400000, false, true, true},
	{"AT25DF161", 0x1f4602, 0x200000, true, false, false},
	{"AT25DF321", 0x1f4700, 0x400000, true, false, false},
	{"S25FL032P", 0x010216, 0x400000, false, true, false},
	{"S25FL116K", 0x014015, 0x200000, true, true, false},
	{"S25FL132K", 0x014016, 0x400000, true, true, false},
	{"S25FL128L", 0x016018, 0x1000000, true, true, false},
	{"MX25L1606E", 0xc22015, 0x200000, true, true, false},
	{"MX25L3206E", 0xc22016, 0x400000, true, true, false},
	{"MX25L25635", 0xc22019, 0x2000000, true, true, false},
	{"MX25U25635", 0xc22519, 0x2000000, true, true, false},
	{"IS25LP016", 0x9d6015, 0x200000, true, true, false},
	{"IS25LP032", 0x9d6016, 0x400000, true, true, false},
	{"IS25WP256", 0x9d6019, 0x2000000, true, true, false},
	{"GD25LB128", 0xc84018, 0x1000000, true, true, false},
	{"GD25LB256", 0xc84019, 0x2000000, true, true, false},
};

#define EXPECTED_COUNT (sizeof(EXPECTED) / sizeof(EXPECTED[0]))

static void every_chip_of_the_simulator_is_expected_here(struct check *c)
{
	const char *const *names = cx3_sim_chip_names();
	size_t i = 0;

	for (; names[i]; i++) {
		CHECK(c, i < EXPECTED_COUNT);
		CHECK_STR(c, names[i], EXPECTED[i].name);
	}
	CHECK_EQ(c, i, EXPECTED_COUNT);
}

/* One byte for parts that program bytes, else 16. */
static void program_some(struct card *card, const struct expected_chip *chip, uint32_t address,
			 uint8_t value)
{
	uint8_t data[16];

	memset(data, value, sizeof(data));
	spi_write_enable(card, 0);
	if (chip->programs_bytes) {
		reg_write(card, GW_DATA0, (uint32_t)value << 24);
		reg_write(card, GW_ADDRESS, address);
		gateway(card, 0x4002201c);
	} else {
		spi_program(card, 0, address, data, sizeof(data));
	}
}

static void check_chip(struct check *c, struct card *card, const struct expected_chip *chip)
{
	uint32_t address = 0x20000;
	uint8_t before[16] = {0};
	struct cx3_sim_info info;

	CHECK_EQ(c, spi_id(card, 0) >> 8, chip->id);
	CHECK_EQ(c, card_info(card).flash_size_bytes, chip->bytes);

	/* Programming: busy, then only cleared bits. */
	program_some(card, chip, address, 0xf0);
	CHECK_EQ(c, spi_status(card, 0), 0x03);
	CHECK_EQ(c, spi_wait(card, 0), 0x00);
	program_some(card, chip, address, 0x3c);
	spi_wait(card, 0);
	spi_read(card, 0, address, before, 16);
	CHECK_EQ(c, before[0], 0x30);
	CHECK_EQ(c, before[1], chip->programs_bytes ? 0xff : 0x30);

	/* Each erase opcode works or is ignored. */
	nor_erase(card, 0, 0x20, address + 0x123);
	CHECK_EQ(c, peek(card, address), chip->erases_4k ? 0xff : 0x30);
	spi_write_enable(card, 0); /* an ignored command leaves the latch */
	gateway(card, 0x40042004);
	fill(card, address - 1, 0x00, 0x10002);
	nor_erase(card, 0, 0xd8, address + 0xffff);
	CHECK_EQ(c, peek(card, address), chip->erases_64k ? 0xff : 0x00);
	CHECK_EQ(c, peek(card, address + 0xffff), chip->erases_64k ? 0xff : 0x00);
	CHECK_EQ(c, peek(card, address - 1), 0x00);
	CHECK_EQ(c, peek(card, address + 0x10000), 0x00);

	info = card_info(card);
	CHECK_EQ(c, info.violations, 0);
	CHECK_EQ(c, info.programs, 2);
	CHECK_EQ(c, info.erases, chip->erases_4k + chip->erases_64k);
}

static void every_chip_has_its_id_programs_and_erases(struct check *c)
{
	for (size_t i = 0; i < EXPECTED_COUNT; i++) {
		struct card card;

		card_new(&card, EXPECTED[i].name, 1);
		check_chip(c, &card, &EXPECTED[i]);
		card_free(&card);
		if (c->failed)
			printf("    with %s\n", EXPECTED[i].name);
	}
}

static void a_program_wraps_inside_its_page(struct check *c)
{
	struct card card;
	uint8_t data[32];

	card_new(&card, "W25Q16BV", 1);
	memset(data, 0x11, 16);
	memset(data + 16, 0x22, 16);
	nor_program(&card, 0, 0x10f0, data, sizeof(data));
	CHECK_EQ(c, peek(&card, 0x10f0), 0x11);
	CHECK_EQ(c, peek(&card, 0x10ff), 0x11);
	CHECK_EQ(c, peek(&card, 0x1000), 0x22);
	CHECK_EQ(c, peek(&card, 0x100f), 0x22);
	CHECK_EQ(c, peek(&card, 0x1100), 0xff);
	card_free(&card);
}

static void a_program_starts_when_cs_rises_and_not_before(struct check *c)
{
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	spi_write_enable(&card, 0);
	reg_write(&card, GW_ADDRESS, 0);
	gateway(&card, 0x4002243c); /* zeroes, CS stays low */
	CHECK_EQ(c, card_info(&card).programs, 0);
	CHECK_EQ(c, peek(&card, 0), 0xff);
	gateway(&card, 0x40002410);
	CHECK_EQ(c, card_info(&card).programs, 1);
	CHECK_EQ(c, peek(&card, 0), 0x00);
	CHECK_EQ(c, peek(&card, 31), 0x00);
	CHECK_EQ(c, peek(&card, 32), 0xff);
	card_free(&card);
}

static void nothing_is_written_without_the_latch_and_it_serves_once(struct check *c)
{
	const uint8_t zeroes[16] = {0};
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	spi_program(&card, 0, 0, zeroes, 16);
	spi_erase(&card, 0, 0x20, 0);
	CHECK_EQ(c, peek(&card, 0), 0xff);
	CHECK_EQ(c, card_info(&card).violations, 2);
	CHECK_STR(c, card_info(&card).last_violation, "command 20 without write enable on chip 0");
	nor_program(&card, 0, 0, zeroes, 16);
	spi_program(&card, 0, 0x100, zeroes, 16);
	CHECK_EQ(c, peek(&card, 0), 0x00);
	CHECK_EQ(c, peek(&card, 0x100), 0xff);
	CHECK_EQ(c, card_info(&card).violations, 3);
	spi_write_enable(&card, 0);
	CHECK_EQ(c, spi_status(&card, 0), 0x02);
	gateway(&card, 0x40042004); /* write disable */
	CHECK_EQ(c, spi_status(&card, 0), 0x00);
	card_free(&card);
}

static void a_busy_chip_answers_status_only(struct check *c)
{
	const uint8_t zeroes[16] = {0};
	struct card card;
	uint8_t data[16];

	card_new(&card, "W25Q16BV", 1);
	fill(&card, 0x40000, 0x55, 16);
	spi_write_enable(&card, 0);
	spi_erase(&card, 0, 0xd8, 0);
	spi_read(&card, 0, 0x40000, data, 16);
	CHECK_EQ(c, data[0], 0xff);
	spi_program(&card, 0, 0x40000, zeroes, 16);
	CHECK_EQ(c, spi_status(&card, 0), 0x03);
	CHECK_EQ(c, card_info(&card).violations, 2);
	CHECK_EQ(c, spi_wait(&card, 0), 0x00);
	spi_read(&card, 0, 0x40000, data, 16);
	CHECK_EQ(c, data[0], 0x55);
	card_free(&card);
}

static uint64_t time_of_erase_us(struct card *card, uint8_t opcode)
{
	uint64_t start_us;

	spi_write_enable(card, 0);
	spi_erase(card, 0, opcode, 0);
	start_us = cx3_sim_now_us(card->sim);
	while (spi_status(card, 0) & 1)
		cx3_sim_sleep_us(card->sim, TIMED_POLL_US);
	return cx3_sim_now_us(card->sim) - start_us;
}

static void chips_take_their_typical_or_their_maximum_time(struct check *c)
{
	struct card card;
	uint64_t us;

	card_new(&card, "W25Q16BV", 1);
	us = time_of_erase_us(&card, 0xd8);
	CHECK(c, us >= 149000 && us <= 151000);
	us = time_of_erase_us(&card, 0x20);
	CHECK(c, us >= 44000 && us <= 46000);
	cx3_sim_set_timing(card.sim, 0, true);
	us = time_of_erase_us(&card, 0xd8);
	CHECK(c, us >= 1999000 && us <= 2001000);
	card_free(&card);
}

static void an_absent_bank_reads_all_ones_and_banks_are_apart(struct check *c)
{
	const uint8_t zeroes[16] = {0};
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	CHECK_EQ(c, spi_id(&card, 1), 0xffffffff);
	CHECK_EQ(c, spi_status(&card, 1), 0xff);
	card_free(&card);
	card_new(&card, "W25Q16BV", 2);
	CHECK_EQ(c, card_info(&card).flash_size_bytes, 0x400000);
	CHECK_EQ(c, spi_id(&card, 1), 0xef401500);
	nor_program(&card, 1, 0x100, zeroes, 16);
	CHECK_EQ(c, peek(&card, 0x100), 0xff);
	CHECK_EQ(c, peek(&card, 0x200100), 0x00);
	spi_write_enable(&card, 0);
	spi_program(&card, 1, 0x200, zeroes, 16);
	CHECK_EQ(c, peek(&card, 0x200200), 0xff);
	CHECK_EQ(c, card_info(&card).violations, 1);
	card_free(&card);
}

static void a_chip_without_id_tells_its_signature(struct check *c)
{
	struct card card;

	card_new(&card, "M25P16-NOID", 1);
	CHECK_EQ(c, spi_id(&card, 0), 0xffffffff);
	gateway(&card, 0x40ab2215);
	CHECK_EQ(c, reg_read(&card, GW_DATA0) >> 24, 0x14);
	card_free(&card);
}

static void a_held_read_streams_unless_told_otherwise(struct check *c)
{
	struct cx3_sim_options options;
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	fill(&card, 0x1000, 0x11, 16);
	fill(&card, 0x1010, 0x22, 16);
	reg_write(&card, GW_ADDRESS, 0x1000);
	gateway(&card, 0x4003243d);
	CHECK_EQ(c, reg_read(&card, GW_DATA0), 0x11111111);
	gateway(&card, 0x40002411);
	CHECK_EQ(c, reg_read(&card, GW_DATA0 + 12), 0x22222222);
	CHECK_EQ(c, card_info(&card).violations, 0);
	options = card_info(&card).options;
	options.held_read_streams = false;
	CHECK_EQ(c, cx3_sim_set_options(card.sim, &options), CX3_OK);
	gateway(&card, 0x4003243d);
	gateway(&card, 0x40002411);
	CHECK_EQ(c, reg_read(&card, GW_DATA0), 0xffffffff);
	CHECK_EQ(c, card_info(&card).violations, 1);
	card_free(&card);
}

static void an_opcode_while_cs_is_held_is_data_of_the_open_page(struct check *c)
{
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	spi_write_enable(&card, 0);
	reg_write(&card, GW_ADDRESS, 0);
	gateway(&card, 0x4002243c);
	gateway(&card, 0x40052215); /* status read: one more byte, then CS rises */
	CHECK_EQ(c, card_info(&card).violations, 1);
	CHECK_STR(c, card_info(&card).last_violation, "opcode 05 while CS is held");
	CHECK_EQ(c, spi_wait(&card, 0), 0x00);
	CHECK_EQ(c, peek(&card, 15), 0x00);
	CHECK_EQ(c, peek(&card, 16), 0x05);
	card_free(&card);
}

static void a_long_erase_needs_four_address_bytes(struct check *c)
{
	struct card card;

	card_new(&card, "W25Q256JV", 1);
	fill(&card, 0, 0x00, 0x1000);
	nor_erase(&card, 0, 0x21, 0);
	CHECK_EQ(c, peek(&card, 0), 0x00);
	gateway(&card, 0x40042004);
	nor_erase(&card, 0, 0x20, 0);
	CHECK_EQ(c, peek(&card, 0), 0xff);
	card_free(&card);
}

static void an_erase_with_a_byte_too_many_is_not_done(struct check *c)
{
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	fill(&card, 0, 0x00, 0x10000);
	for (uint32_t opcode = 0x20; opcode <= 0xd8; opcode += 0xd8 - 0x20) {
		spi_write_enable(&card, 0);
		reg_write(&card, GW_ADDRESS, 0);
		gateway(&card, 0x4000201c | opcode << 16); /* address and one data byte */
		CHECK_EQ(c, spi_wait(&card, 0), 0x02);
		CHECK_EQ(c, peek(&card, 0), 0x00);
	}
	CHECK_EQ(c, card_info(&card).erases, 0);
	card_free(&card);
}

static void more_than_one_byte_in_a_byte_program_is_a_violation(struct check *c)
{
	const uint8_t zeroes[16] = {0};
	struct card card;

	card_new(&card, "SST25VF016B", 1);
	nor_program(&card, 0, 0, zeroes, 16);
	CHECK_EQ(c, peek(&card, 0), 0x00);
	CHECK_EQ(c, peek(&card, 1), 0xff);
	CHECK_EQ(c, card_info(&card).violations, 1);
	card_free(&card);
}

int main(void)
{
	struct check check = {0};

	CASE(&check, every_chip_of_the_simulator_is_expected_here);
	CASE(&check, every_chip_has_its_id_programs_and_erases);
	CASE(&check, a_program_wraps_inside_its_page);
	CASE(&check, a_program_starts_when_cs_rises_and_not_before);
	CASE(&check, nothing_is_written_without_the_latch_and_it_serves_once);
	CASE(&check, a_busy_chip_answers_status_only);
	CASE(&check, chips_take_their_typical_or_their_maximum_time);
	CASE(&check, an_absent_bank_reads_all_ones_and_banks_are_apart);
	CASE(&check, a_chip_without_id_tells_its_signature);
	CASE(&check, a_held_read_streams_unless_told_otherwise);
	CASE(&check, an_opcode_while_cs_is_held_is_data_of_the_open_page);
	CASE(&check, a_long_erase_needs_four_address_bytes);
	CASE(&check, an_erase_with_a_byte_too_many_is_not_done);
	CASE(&check, more_than_one_byte_in_a_byte_program_is_a_violation);
	return check_report(&check);
}
