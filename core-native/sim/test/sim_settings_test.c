/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* Settings in flash: they survive, they count after a reset, and what the store cannot take it
 * says. */
#include <string.h>

#include "check.h"
#include "stored_settings.h"

static void a_setting_survives_reset_and_power_cycle(struct check *c)
{
	uint32_t value = 0x80000005, found;
	struct card card;

	firmware_new(&card, "W25Q16BV", &FIRMWARE);
	CHECK_EQ(c, nv_get(&card, 0x11, 0, &found, 1), STORED_ABSENT);
	CHECK_EQ(c, nv_set(&card, 0x11, 0, &value, 1), 0);
	CHECK_EQ(c, nv_get(&card, 0x11, 0, &found, 1), 0);
	CHECK_EQ(c, found, value);
	cx3_sim_chip_reset(card.sim, &card.err);
	CHECK_EQ(c, nv_get(&card, 0x11, 0, &found, 1), 0);
	CHECK_EQ(c, found, value);
	cx3_sim_power_cycle(card.sim, &card.err);
	card_reopen(&card);
	CHECK_EQ(c, nv_get(&card, 0x11, 0, &found, 1), 0);
	CHECK_EQ(c, found, value);
	CHECK_EQ(c, nv_drop(&card, 0x11, 0), 0);
	CHECK_EQ(c, nv_drop(&card, 0x11, 0), STORED_ABSENT);
	CHECK_EQ(c, nv_get(&card, 0x11, 0, &found, 1), STORED_ABSENT);
	CHECK_EQ(c, card_info(&card).violations, 0);
	card_free(&card);
}

static void settings_count_from_the_next_reset_on(struct check *c)
{
	uint32_t sriov = 5, ib = 1, bar = 4, no_rom = 0, id = 0;
	struct cx3_sim_applied applied;
	struct card card;

	firmware_new(&card, "W25Q16BV", &FIRMWARE);
	CHECK_EQ(c, reg_read(&card, 0x1f148), 2u << 29);
	CHECK_EQ(c, nv_set(&card, 0x11, 0, &sriov, 1), 0);
	CHECK_EQ(c, nv_set(&card, 0x12, 1, &ib, 1), 0);
	CHECK_EQ(c, nv_set(&card, 0x13, 0, &bar, 1), 0);
	CHECK_EQ(c, nv_set(&card, 0x2021, 2, &no_rom, 1), 0);
	applied = card_info(&card).applied;
	CHECK_EQ(c, applied.vfs, 8);
	CHECK_EQ(c, applied.log_bar_size, 3);
	CHECK_EQ(c, applied.option_rom[1], true);
	CHECK_EQ(c, reg_read(&card, 0x1f148), 2u << 29);
	CHECK_EQ(c, cx3_sim_bar2_bytes(card.sim), 8u << 20);
	cx3_sim_chip_reset(card.sim, &card.err);
	applied = card_info(&card).applied;
	CHECK_EQ(c, applied.sriov, false);
	CHECK_EQ(c, applied.vfs, 5);
	CHECK_EQ(c, applied.log_bar_size, 4);
	CHECK_EQ(c, applied.link_type[0], 1);
	CHECK_EQ(c, applied.link_type[1], 3);
	CHECK_EQ(c, applied.option_rom[0], true);
	CHECK_EQ(c, applied.option_rom[1], false);
	CHECK_EQ(c, reg_read(&card, 0x1f148), 1u << 29);
	CHECK_EQ(c, cx3_sim_bar2_bytes(card.sim), 16u << 20);
	CHECK_EQ(c, cx3_sim_config_read(card.sim, 8, &id, 4, &card.err), CX3_OK);
	CHECK_EQ(c, id >> 16, 0x0280);
	CHECK_EQ(c, nv_drop_all(&card), 0);
	cx3_sim_chip_reset(card.sim, &card.err);
	applied = card_info(&card).applied;
	CHECK_EQ(c, applied.vfs, 8);
	CHECK_EQ(c, applied.log_bar_size, 3);
	CHECK_EQ(c, reg_read(&card, 0x1f148), 2u << 29);
	card_free(&card);
}

static void only_the_config_area_is_written(struct check *c)
{
	static uint8_t before[STORED_FLASH_BYTES], after[STORED_FLASH_BYTES];
	uint64_t random = 3;
	struct card card;

	firmware_new(&card, "W25Q16BV", &FIRMWARE);
	cx3_sim_peek(card.sim, 0, before, sizeof(before), &card.err);
	for (unsigned n = 0; n < 600; n++) {
		uint32_t words[STORED_WORDS];

		stored_invent(n % STORED_COUNT, &random, words);
		CHECK_EQ(c, stored_put(&card, n % STORED_COUNT, words), 0);
	}
	/* 255 changes fit in an area; the first two moves found a blank one. */
	CHECK_EQ(c, card_info(&card).erases, 1);
	cx3_sim_peek(card.sim, 0, after, sizeof(after), &card.err);
	for (unsigned home = 0; home < 2; home++) {
		CHECK(c, memcmp(before + stored_area_at(home), after + stored_area_at(home),
				STORED_AREA_BYTES) != 0);
		memcpy(before + stored_area_at(home), after + stored_area_at(home),
		       STORED_AREA_BYTES);
	}
	CHECK_EQ(c, memcmp(before, after, sizeof(before)), 0);
	card_free(&card);
}

static void what_is_stored_already_is_not_written_again(struct check *c)
{
	uint32_t value = 1;
	uint64_t programs;
	struct card card;

	firmware_new(&card, "W25Q16BV", &FIRMWARE);
	CHECK_EQ(c, nv_drop_all(&card), 0);
	CHECK_EQ(c, card_info(&card).programs, 0);
	CHECK_EQ(c, nv_set(&card, 0x11, 0, &value, 1), 0);
	programs = card_info(&card).programs;
	CHECK_EQ(c, programs, 2);
	CHECK_EQ(c, nv_set(&card, 0x11, 0, &value, 1), 0);
	CHECK_EQ(c, card_info(&card).programs, programs);
	value = 2;
	CHECK_EQ(c, nv_set(&card, 0x11, 0, &value, 1), 0);
	CHECK_EQ(c, card_info(&card).programs, programs + 1);
	card_free(&card);
}

static void flash_work_takes_the_time_of_the_chip(struct check *c)
{
	uint32_t value = 1;
	uint64_t start_us;
	struct card card;

	firmware_new(&card, "W25Q16BV", &FIRMWARE);
	fill(&card, stored_area_at(0), 0x55, 16);
	start_us = cx3_sim_now_us(card.sim);
	CHECK_EQ(c, nv_set(&card, 0x11, 0, &value, 1), 0);
	CHECK(c, cx3_sim_now_us(card.sim) - start_us > 150000);
	CHECK(c, cx3_sim_now_us(card.sim) - start_us < 200000);
	card_free(&card);
}

static void a_full_store_says_so_and_keeps_what_it_has(struct check *c)
{
	struct tiny_options options = FIRMWARE;
	struct stored_content want, found;
	uint64_t random = 5;
	struct card card;

	options.config_sector_log2_kib = 2;
	firmware_new(&card, "W25Q16BV", &options);
	memset(&want, 0, sizeof(want));
	for (unsigned i = 0; i < STORED_COUNT; i++) {
		stored_invent(i, &random, want.words[i]);
		want.there[i] = stored_put(&card, i, want.words[i]) == 0;
		CHECK_EQ(c, want.there[i], i < 15);
		if (!want.there[i])
			memset(want.words[i], 0, sizeof(want.words[i]));
	}
	stored_read(&card, &found);
	CHECK(c, stored_same(&want, &found));
	CHECK_EQ(c, stored_put(&card, 20, want.words[0]), 8);
	CHECK_EQ(c, nv_drop(&card, 0x11, 0), 0);
	CHECK_EQ(c, stored_put(&card, 20, want.words[0]), 0);
	card_free(&card);
}

static void foreign_content_is_a_corrupt_section_until_all_is_reset(struct check *c)
{
	uint32_t value = 1;
	struct card card;

	firmware_new(&card, "W25Q16BV", &FIRMWARE);
	fill(&card, stored_area_at(0), 0x00, 64);
	CHECK_EQ(c, nv_get(&card, 0x11, 0, &value, 1), STORED_ABSENT);
	fill(&card, stored_area_at(1) + 0x8000, 0x12, 64);
	CHECK_EQ(c, nv_get(&card, 0x11, 0, &value, 1), 0x22);
	CHECK_EQ(c, nv_set(&card, 0x11, 0, &value, 1), 0x22);
	CHECK_EQ(c, nv_drop(&card, 0x11, 0), 0x22);
	cx3_sim_chip_reset(card.sim, &card.err);
	CHECK_EQ(c, card_info(&card).applied.vfs, 8);
	CHECK_EQ(c, nv_drop_all(&card), 0);
	CHECK_EQ(c, nv_get(&card, 0x11, 0, &value, 1), STORED_ABSENT);
	CHECK_EQ(c, nv_set(&card, 0x11, 0, &value, 1), 0);
	card_free(&card);
}

/* As after a process that was killed, or a host that does not wait: what reads as blank is not. */
static void what_a_chip_is_at_is_ended_before_firmware_looks(struct check *c)
{
	const uint8_t foreign[16] = {0};
	uint32_t value = 7, found;
	struct card card;

	firmware_new(&card, "W25Q16BV", &FIRMWARE);
	spi_write_enable(&card, 0);
	spi_program(&card, 0, (uint32_t)stored_area_at(0) + 0x100, foreign, sizeof(foreign));
	CHECK_EQ(c, nv_set(&card, 0x11, 0, &value, 1), 0);
	CHECK_EQ(c, nv_get(&card, 0x11, 0, &found, 1), 0);
	CHECK_EQ(c, found, value);
	CHECK_EQ(c, card_info(&card).violations, 0);
	card_free(&card);
}

static void an_image_without_a_config_area_stores_nothing(struct check *c)
{
	struct tiny_options options[2] = {FIRMWARE, FIRMWARE};
	uint32_t value = 1;

	options[0].config_sectors = 0;
	options[1].config_pad = 0x7fffffff;
	for (int i = 0; i < 2; i++) {
		struct card card;

		firmware_new(&card, "W25Q16BV", &options[i]);
		CHECK_EQ(c, nv_get(&card, 0x11, 0, &value, 1), STORED_ABSENT);
		CHECK_EQ(c, nv_set(&card, 0x11, 0, &value, 1), 0x20);
		CHECK_EQ(c, nv_drop_all(&card), 0x20);
		card_free(&card);
	}
}

/* Sectors of an area that the chip cannot erase by themselves. */
static void an_area_smaller_than_the_chip_can_erase_is_left_alone(struct check *c)
{
	struct tiny_options options = FIRMWARE;
	uint32_t value = 1;
	struct card card;

	options.config_sector_log2_kib = 2;
	firmware_new(&card, "M25P16", &options);
	CHECK_EQ(c, nv_set(&card, 0x11, 0, &value, 1), 0x20);
	CHECK_EQ(c, card_info(&card).erases + card_info(&card).programs, 0);
	card_free(&card);
}

static void firmware_waits_for_nobody_who_has_the_flash(struct check *c)
{
	uint32_t value = 1;
	struct card card;

	firmware_new(&card, "W25Q16BV", &FIRMWARE);
	CHECK_EQ(c, reg_read(&card, SEM_GATEWAY), 0);
	CHECK_EQ(c, nv_set(&card, 0x11, 0, &value, 1), 1);
	CHECK_EQ(c, nv_get(&card, 0x11, 0, &value, 1), STORED_ABSENT);
	reg_write(&card, SEM_GATEWAY, 0);
	CHECK_EQ(c, nv_set(&card, 0x11, 0, &value, 1), 0);
	card_free(&card);
}

static void chips_that_fail_are_an_internal_error_and_the_old_value_stays(struct check *c)
{
	static const struct {
		enum cx3_sim_fault_kind kind;
		uint32_t value;
		uint64_t count;
		uint8_t status;
	} FAULTS[] = {
		{CX3_SIM_FAULT_STUCK_CHIP, 0, 0, 0x70},	 {CX3_SIM_FAULT_PROTECTION, 0x1c, 0, 0x70},
		{CX3_SIM_FAULT_NO_CHIP, 0, 0, 0x70},	 {CX3_SIM_FAULT_WRONG_BIT, 8 * 17, 0, 0x70},
		{CX3_SIM_FAULT_WRONG_BIT, 8 * 17, 1, 0}, /* goes into the next page */
	};

	for (size_t i = 0; i < sizeof(FAULTS) / sizeof(FAULTS[0]); i++) {
		uint32_t old = 7, value = 0x80000003, found;
		struct card card;

		firmware_new(&card, "W25Q16BV", &FIRMWARE);
		CHECK_EQ(c, nv_set(&card, 0x11, 0, &old, 1), 0);
		card_fault(&card, FAULTS[i].kind, 1, FAULTS[i].count, FAULTS[i].value);
		CHECK_EQ(c, nv_set(&card, 0x11, 0, &value, 1), FAULTS[i].status);
		card_fault(&card, CX3_SIM_FAULT_NONE, 0, 0, 0);
		cx3_sim_power_cycle(card.sim, &card.err);
		CHECK_EQ(c, nv_get(&card, 0x11, 0, &found, 1), 0);
		/* The work of a chip that got stuck may still be done when it comes round. */
		if (FAULTS[i].status == 0x70 && FAULTS[i].kind != CX3_SIM_FAULT_STUCK_CHIP)
			CHECK_EQ(c, found, old);
		else
			CHECK(c, found == value || (found == old && FAULTS[i].status));
		CHECK_EQ(c, nv_set(&card, 0x11, 0, &value, 1), 0);
		CHECK_EQ(c, card_info(&card).violations, 0);
		card_free(&card);
	}
}

int main(void)
{
	struct check check = {0};

	CASE(&check, a_setting_survives_reset_and_power_cycle);
	CASE(&check, settings_count_from_the_next_reset_on);
	CASE(&check, only_the_config_area_is_written);
	CASE(&check, what_is_stored_already_is_not_written_again);
	CASE(&check, flash_work_takes_the_time_of_the_chip);
	CASE(&check, a_full_store_says_so_and_keeps_what_it_has);
	CASE(&check, foreign_content_is_a_corrupt_section_until_all_is_reset);
	CASE(&check, what_a_chip_is_at_is_ended_before_firmware_looks);
	CASE(&check, an_image_without_a_config_area_stores_nothing);
	CASE(&check, an_area_smaller_than_the_chip_can_erase_is_left_alone);
	CASE(&check, firmware_waits_for_nobody_who_has_the_flash);
	CASE(&check, chips_that_fail_are_an_internal_error_and_the_old_value_stays);
	return check_report(&check);
}
