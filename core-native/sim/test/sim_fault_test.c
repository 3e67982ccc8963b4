/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* Each fault as a host sees it, and that the card works again afterwards. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "fixture.h"

static const uint8_t ZEROES[256];

/* The next program works. */
static bool card_works(struct card *card, uint32_t address)
{
	fill(card, address, 0xff, 16);
	nor_program(card, 0, address, ZEROES, 16);
	return peek(card, address) == 0x00;
}

static void a_power_cut_tears_the_page_and_stops_every_access(struct check *c)
{
	struct card card;
	uint8_t page[256];
	unsigned zeroes = 0, ones = 0;
	uint32_t value;

	card_new(&card, "W25Q16BV", 1);
	card_fault(&card, CX3_SIM_FAULT_POWER_CUT_AT_OP, 2, 0, 0);
	nor_program(&card, 0, 0x1000, ZEROES, 256);
	CHECK_EQ(c, peek(&card, 0x1000), 0x00);
	spi_write_enable(&card, 0);
	CHECK_EQ(c, spi_program(&card, 0, 0x1100, ZEROES, 256), CX3_POWER_CUT);
	CHECK_EQ(c, card_info(&card).powered, false);
	CHECK_EQ(c, cx3_sim_read32(card.sim, 0xf0014, &value, &card.err), CX3_POWER_CUT);
	CHECK_EQ(c, cx3_sim_write32(card.sim, 0xe0000, 0, &card.err), CX3_POWER_CUT);
	CHECK_EQ(c, cx3_sim_config_read(card.sim, 0, &value, 4, &card.err), CX3_POWER_CUT);
	cx3_sim_peek(card.sim, 0x1100, page, sizeof(page), NULL);
	for (size_t i = 0; i < sizeof(page); i++) {
		for (int bit = 0; bit < 8; bit++)
			*(page[i] >> bit & 1 ? &ones : &zeroes) += 1;
	}
	CHECK(c, zeroes > 500 && ones > 500);
	cx3_sim_power_cycle(card.sim, &card.err);
	CHECK_EQ(c, card_info(&card).fault.kind, CX3_SIM_FAULT_NONE);
	CHECK_EQ(c, card_info(&card).semaphores_held[1], 0);
	CHECK(c, card_works(&card, 0x2000));
	card_free(&card);
}

static void a_power_cut_in_an_erase_leaves_anything_in_that_unit_only(struct check *c)
{
	for (uint64_t seed = 0; seed < 12; seed++) {
		struct cx3_sim_fault fault = {
			.kind = CX3_SIM_FAULT_POWER_CUT_AT_OP, .at = 1, .seed = seed};
		struct card card;
		uint8_t sector[0x1000];
		unsigned changed = 0;

		card_new(&card, "W25Q16BV", 1);
		fill(&card, 0x1000, 0x5a, 0x3000);
		cx3_sim_set_fault(card.sim, &fault, NULL);
		spi_write_enable(&card, 0);
		CHECK_EQ(c, spi_erase(&card, 0, 0x20, 0x2000), CX3_POWER_CUT);
		cx3_sim_peek(card.sim, 0x2000, sector, sizeof(sector), NULL);
		for (size_t i = 0; i < sizeof(sector); i++)
			changed += sector[i] != 0x5a;
		CHECK(c, changed > 1000);
		CHECK_EQ(c, peek(&card, 0x1fff), 0x5a);
		CHECK_EQ(c, peek(&card, 0x3000), 0x5a);
		card_free(&card);
	}
}

/* A short life of a card that ends in the cut; what is left is the trace. */
static void torn_content(uint64_t seed, bool at_access, uint8_t *content, size_t len_bytes,
			 struct cx3_sim_info *info)
{
	struct cx3_sim_fault fault = {.kind = at_access ? CX3_SIM_FAULT_POWER_CUT_AT_ACCESS
							: CX3_SIM_FAULT_POWER_CUT_AT_OP,
				      .at = at_access ? 230 : 3,
				      .seed = seed};
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	cx3_sim_set_fault(card.sim, &fault, NULL);
	for (uint32_t page = 0; page < 4 && card_info(&card).powered; page++)
		nor_program(&card, 0, page * 256, ZEROES, 256);
	cx3_sim_peek(card.sim, 0, content, len_bytes, NULL);
	*info = card_info(&card);
	card_free(&card);
}

static void the_same_seed_gives_the_same_torn_content(struct check *c)
{
	for (int at_access = 0; at_access < 2; at_access++) {
		uint8_t first[1024], again[1024], other[1024];
		struct cx3_sim_info info[3];

		torn_content(7, at_access, first, sizeof(first), &info[0]);
		torn_content(7, at_access, again, sizeof(again), &info[1]);
		torn_content(8, at_access, other, sizeof(other), &info[2]);
		CHECK_EQ(c, info[0].powered, false);
		CHECK_EQ(c, memcmp(first, again, sizeof(first)), 0);
		CHECK_EQ(c, info[0].reads, info[1].reads);
		CHECK_EQ(c, info[0].now_us, info[1].now_us);
		/* A cut between two operations tears nothing, so only this one must differ. */
		if (!at_access)
			CHECK(c, memcmp(first, other, sizeof(first)) != 0);
	}
}

static void a_power_cut_at_an_access_tears_what_the_chip_is_busy_with(struct check *c)
{
	struct card card;
	uint32_t value;

	card_new(&card, "W25Q16BV", 1);
	fill(&card, 0, 0x00, 0x1000);
	spi_write_enable(&card, 0);
	spi_erase(&card, 0, 0x20, 0);
	card_fault(&card, CX3_SIM_FAULT_POWER_CUT_AT_ACCESS, 3, 0, 0);
	CHECK_EQ(c, cx3_sim_read32(card.sim, 0xf0014, &value, &card.err), CX3_OK);
	CHECK_EQ(c, cx3_sim_write32(card.sim, 0xe0000, 0, &card.err), CX3_OK);
	CHECK_EQ(c, cx3_sim_read32(card.sim, 0xf0014, &value, &card.err), CX3_POWER_CUT);
	value = 0;
	for (uint32_t i = 0; i < 0x1000; i++)
		value += peek(&card, i) == 0xff;
	CHECK(c, value < 0x1000);
	card_free(&card);
}

static void a_stuck_gateway_stays_busy_until_its_count_or_a_power_cycle(struct check *c)
{
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	card_fault(&card, CX3_SIM_FAULT_STUCK_GATEWAY, 2, 3, 0);
	CHECK_EQ(c, spi_id(&card, 0), 0xef401500);
	reg_write(&card, GW_COMMAND, 0x40052215);
	for (int i = 0; i < 3; i++)
		CHECK_EQ(c, reg_read(&card, GW_COMMAND), 0x40052215);
	CHECK_EQ(c, reg_read(&card, GW_COMMAND), 0x00052215);
	CHECK(c, card_works(&card, 0));
	card_fault(&card, CX3_SIM_FAULT_STUCK_GATEWAY, 1, 0, 0);
	reg_write(&card, GW_COMMAND, 0x40052215);
	for (int i = 0; i < 10000; i++)
		CHECK_EQ(c, reg_read(&card, GW_COMMAND), 0x40052215);
	cx3_sim_power_cycle(card.sim, &card.err);
	CHECK(c, card_works(&card, 0));
	card_free(&card);
}

static void a_stuck_chip_stays_busy_until_its_count_or_a_power_cycle(struct check *c)
{
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	card_fault(&card, CX3_SIM_FAULT_STUCK_CHIP, 2, 5, 0);
	CHECK(c, card_works(&card, 0));
	spi_write_enable(&card, 0);
	spi_program(&card, 0, 0x100, ZEROES, 16);
	cx3_sim_sleep_us(card.sim, 60000000);
	for (int i = 0; i < 5; i++)
		CHECK_EQ(c, spi_status(&card, 0) & 1, 1);
	CHECK_EQ(c, spi_status(&card, 0), 0);
	CHECK_EQ(c, peek(&card, 0x100), 0x00);
	card_fault(&card, CX3_SIM_FAULT_STUCK_CHIP, 1, 0, 0);
	spi_write_enable(&card, 0);
	spi_program(&card, 0, 0x200, ZEROES, 16);
	for (int i = 0; i < 10000; i++)
		CHECK_EQ(c, spi_status(&card, 0) & 1, 1);
	cx3_sim_power_cycle(card.sim, &card.err);
	CHECK(c, card_works(&card, 0));
	card_free(&card);
}

static void a_wrong_bit_comes_as_often_as_told(struct check *c)
{
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	card_fault(&card, CX3_SIM_FAULT_WRONG_BIT, 2, 1, 8 * 3 + 5);
	for (uint32_t page = 0; page < 3; page++)
		nor_program(&card, 0, page * 256, ZEROES, 256);
	CHECK_EQ(c, peek(&card, 0x003), 0x00);
	CHECK_EQ(c, peek(&card, 0x103), 0x20);
	CHECK_EQ(c, peek(&card, 0x203), 0x00);
	CHECK_EQ(c, card_info(&card).fault.kind, CX3_SIM_FAULT_NONE);
	/* A bit that should stay 1 falls. */
	card_fault(&card, CX3_SIM_FAULT_WRONG_BIT, 1, 0, 8 * 200);
	nor_program(&card, 0, 0x1000, ZEROES, 16);
	nor_program(&card, 0, 0x1100, ZEROES, 16);
	CHECK_EQ(c, peek(&card, 0x10c8), 0xfe);
	CHECK_EQ(c, peek(&card, 0x11c8), 0xfe);
	card_free(&card);
}

static void a_stranger_holds_a_lock_until_his_time_or_for_ever(struct check *c)
{
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	card_fault(&card, CX3_SIM_FAULT_LOCK_HELD, cx3_sim_now_us(card.sim) + 5000, 0,
		   SEM_PROGRAMMING);
	CHECK_EQ(c, reg_read(&card, SEM_PROGRAMMING), 1);
	cx3_sim_sleep_us(card.sim, 4000);
	CHECK_EQ(c, reg_read(&card, SEM_PROGRAMMING), 1);
	cx3_sim_sleep_us(card.sim, 1000);
	CHECK_EQ(c, reg_read(&card, SEM_PROGRAMMING), 0);
	CHECK_EQ(c, reg_read(&card, SEM_PROGRAMMING), 1);
	card_fault(&card, CX3_SIM_FAULT_LOCK_HELD, 0, 0, SEM_GATEWAY);
	cx3_sim_sleep_us(card.sim, 3600000000u);
	CHECK_EQ(c, reg_read(&card, SEM_GATEWAY), 1);
	reg_write(&card, SEM_GATEWAY, 0);
	CHECK_EQ(c, reg_read(&card, SEM_GATEWAY), 0);
	card_free(&card);
}

static void a_lock_taken_after_the_stranger_was_thrown_out_is_not_freed_by_him(struct check *c)
{
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	card_fault(&card, CX3_SIM_FAULT_LOCK_HELD, cx3_sim_now_us(card.sim) + 5000, 0,
		   SEM_PROGRAMMING);
	reg_write(&card, SEM_PROGRAMMING, 0);
	CHECK_EQ(c, reg_read(&card, SEM_PROGRAMMING), 0);
	cx3_sim_sleep_us(card.sim, 10000);
	CHECK_EQ(c, reg_read(&card, SEM_PROGRAMMING), 1);
	card_free(&card);
}

static void protection_is_there_until_it_is_taken_away(struct check *c)
{
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	card_fault(&card, CX3_SIM_FAULT_PROTECTION, 0, 0, 0x1c);
	CHECK_EQ(c, spi_status(&card, 0), 0x1c);
	CHECK(c, !card_works(&card, 0));
	cx3_sim_power_cycle(card.sim, &card.err);
	CHECK_EQ(c, spi_status(&card, 0), 0x1c);
	card_fault(&card, CX3_SIM_FAULT_NONE, 0, 0, 0);
	CHECK_EQ(c, spi_status(&card, 0), 0x00);
	CHECK(c, card_works(&card, 0));
	card_free(&card);
}

static void chips_can_be_gone_or_unknown(struct check *c)
{
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	card_fault(&card, CX3_SIM_FAULT_NO_CHIP, 0, 0, 0);
	CHECK_EQ(c, spi_id(&card, 0), 0xffffffff);
	CHECK_EQ(c, spi_status(&card, 0), 0xff);
	card_fault(&card, CX3_SIM_FAULT_UNKNOWN_CHIP, 0, 0, 0xef9915);
	CHECK_EQ(c, spi_id(&card, 0), 0xef991500);
	cx3_sim_power_cycle(card.sim, &card.err);
	CHECK_EQ(c, spi_id(&card, 0), 0xef991500);
	card_fault(&card, CX3_SIM_FAULT_NONE, 0, 0, 0);
	CHECK_EQ(c, spi_id(&card, 0), 0xef401500);
	CHECK(c, card_works(&card, 0));
	card_free(&card);
}

static void cr_space_can_be_locked_or_gone(struct check *c)
{
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	card_fault(&card, CX3_SIM_FAULT_CR_LOCKED, 2, 0, 0);
	CHECK_EQ(c, reg_read(&card, 0xf0014), 0x1f7);
	CHECK_EQ(c, reg_read(&card, 0xf0014), 0xbad0cafe);
	CHECK_EQ(c, reg_read(&card, SEM_PROGRAMMING), 0xbad0cafe);
	CHECK_EQ(c, card_info(&card).semaphores_held[1], 0);
	card_fault(&card, CX3_SIM_FAULT_ALL_ONES, 0, 2, 0);
	CHECK_EQ(c, reg_read(&card, 0xf0014), 0xffffffff);
	CHECK_EQ(c, reg_read(&card, 0xf0014), 0xffffffff);
	CHECK_EQ(c, reg_read(&card, 0xf0014), 0x1f7);
	CHECK(c, card_works(&card, 0));
	card_free(&card);
}

static void faults_that_make_no_sense_are_refused(struct check *c)
{
	static const struct cx3_sim_fault WRONG[] = {
		{.kind = CX3_SIM_FAULT_WRONG_BIT, .value = 2048},
		{.kind = CX3_SIM_FAULT_LOCK_HELD, .value = 0xf0014},
		{.kind = CX3_SIM_FAULT_LOCK_HELD, .value = 0xf03a1},
		{.kind = CX3_SIM_FAULT_PROTECTION, .value = 0x100},
		{.kind = CX3_SIM_FAULT_UNKNOWN_CHIP, .value = 0x1000000},
		{.kind = (enum cx3_sim_fault_kind)99},
	};
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	for (size_t i = 0; i < sizeof(WRONG) / sizeof(WRONG[0]); i++)
		CHECK_EQ(c, cx3_sim_set_fault(card.sim, &WRONG[i], &card.err),
			 CX3_INVALID_ARGUMENT);
	CHECK_EQ(c, card_info(&card).fault.kind, CX3_SIM_FAULT_NONE);
	card_free(&card);
}

int main(void)
{
	struct check check = {0};

	CASE(&check, a_power_cut_tears_the_page_and_stops_every_access);
	CASE(&check, a_power_cut_in_an_erase_leaves_anything_in_that_unit_only);
	CASE(&check, the_same_seed_gives_the_same_torn_content);
	CASE(&check, a_power_cut_at_an_access_tears_what_the_chip_is_busy_with);
	CASE(&check, a_stuck_gateway_stays_busy_until_its_count_or_a_power_cycle);
	CASE(&check, a_stuck_chip_stays_busy_until_its_count_or_a_power_cycle);
	CASE(&check, a_wrong_bit_comes_as_often_as_told);
	CASE(&check, a_stranger_holds_a_lock_until_his_time_or_for_ever);
	CASE(&check, a_lock_taken_after_the_stranger_was_thrown_out_is_not_freed_by_him);
	CASE(&check, protection_is_there_until_it_is_taken_away);
	CASE(&check, chips_can_be_gone_or_unknown);
	CASE(&check, cr_space_can_be_locked_or_gone);
	CASE(&check, faults_that_make_no_sense_are_refused);
	return check_report(&check);
}
