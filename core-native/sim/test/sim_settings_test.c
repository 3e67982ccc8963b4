/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * Settings in flash: they survive, they count after a reset, and a power cut at any flash operation
 * leaves each of them old or new.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "check.h"
#include "firmware.h"

#define AREA_BYTES  0x10000u
#define FLASH_BYTES 0x200000u
#define SETTINGS    21
#define MAX_WORDS   8
#define ABSENT	    8

struct setting {
	uint32_t type, modifier;
	unsigned words;
};

static const struct setting ALL[SETTINGS] = {
	{0x11, 0, 1},	{0x12, 1, 1},	{0x12, 2, 1},	{0x10, 1, 2},	{0x10, 2, 2},
	{0x13, 0, 1},	{0x14, 0, 8},	{0x2001, 1, 1}, {0x2001, 2, 1}, {0x2021, 1, 1},
	{0x2021, 2, 1}, {0x2022, 1, 1}, {0x2022, 2, 1}, {0x2010, 1, 1}, {0x2010, 2, 1},
	{0x2020, 1, 1}, {0x2020, 2, 1}, {0x2023, 1, 1}, {0x2023, 2, 1}, {0x2100, 1, 3},
	{0x2100, 2, 3},
};

/* What is expected to be stored. */
struct content {
	bool there[SETTINGS];
	uint32_t words[SETTINGS][MAX_WORDS];
};

static uint64_t seed_of_this_run(void)
{
	const char *text = getenv("CX3_SEED");

	return text ? strtoull(text, NULL, 0) : 20260727;
}

static uint32_t next_random(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*state >> 33);
}

static void read_all(struct card *card, struct content *out)
{
	memset(out, 0, sizeof(*out));
	for (unsigned i = 0; i < SETTINGS; i++)
		out->there[i] = nv_get(card, ALL[i].type, ALL[i].modifier, out->words[i],
				       ALL[i].words) == 0;
}

static bool same(const struct content *a, const struct content *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

static uint8_t put(struct card *card, unsigned i, const uint32_t *words)
{
	return nv_set(card, ALL[i].type, ALL[i].modifier, words, ALL[i].words);
}

/* A value that differs with each call; a BAR size must be one. */
static void invent(unsigned i, uint64_t *random, uint32_t words[MAX_WORDS])
{
	memset(words, 0, MAX_WORDS * 4);
	for (unsigned w = 0; w < ALL[i].words; w++)
		words[w] = ALL[i].type == 0x13 ? next_random(random) % 6 : next_random(random);
}

static void a_setting_survives_reset_and_power_cycle(struct check *c)
{
	uint32_t value = 0x80000005, found;
	struct card card;

	firmware_new(&card, "W25Q16BV", &FIRMWARE);
	CHECK_EQ(c, nv_get(&card, 0x11, 0, &found, 1), ABSENT);
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
	CHECK_EQ(c, nv_drop(&card, 0x11, 0), ABSENT);
	CHECK_EQ(c, nv_get(&card, 0x11, 0, &found, 1), ABSENT);
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

/* Area 0 and 1, as nv-config 3.2 has them for an image of chunks of half the flash. */
static uint64_t area_at(unsigned home)
{
	return home ? FLASH_BYTES - AREA_BYTES : FLASH_BYTES / 2 - AREA_BYTES;
}

static void only_the_config_area_is_written(struct check *c)
{
	static uint8_t before[FLASH_BYTES], after[FLASH_BYTES];
	uint64_t random = 3;
	struct card card;

	firmware_new(&card, "W25Q16BV", &FIRMWARE);
	cx3_sim_peek(card.sim, 0, before, sizeof(before), &card.err);
	for (unsigned n = 0; n < 600; n++) {
		uint32_t words[MAX_WORDS];

		invent(n % SETTINGS, &random, words);
		CHECK_EQ(c, put(&card, n % SETTINGS, words), 0);
	}
	/* 255 changes fit in an area; the first two moves found a blank one. */
	CHECK_EQ(c, card_info(&card).erases, 1);
	cx3_sim_peek(card.sim, 0, after, sizeof(after), &card.err);
	for (unsigned home = 0; home < 2; home++) {
		CHECK(c, memcmp(before + area_at(home), after + area_at(home), AREA_BYTES) != 0);
		memcpy(before + area_at(home), after + area_at(home), AREA_BYTES);
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
	fill(&card, area_at(0), 0x55, 16);
	start_us = cx3_sim_now_us(card.sim);
	CHECK_EQ(c, nv_set(&card, 0x11, 0, &value, 1), 0);
	CHECK(c, cx3_sim_now_us(card.sim) - start_us > 150000);
	CHECK(c, cx3_sim_now_us(card.sim) - start_us < 200000);
	card_free(&card);
}

static void a_full_store_says_so_and_keeps_what_it_has(struct check *c)
{
	struct tiny_options options = FIRMWARE;
	struct content want, found;
	uint64_t random = 5;
	struct card card;

	options.config_sector_log2_kib = 2;
	firmware_new(&card, "W25Q16BV", &options);
	memset(&want, 0, sizeof(want));
	for (unsigned i = 0; i < SETTINGS; i++) {
		invent(i, &random, want.words[i]);
		want.there[i] = put(&card, i, want.words[i]) == 0;
		CHECK_EQ(c, want.there[i], i < 15);
		if (!want.there[i])
			memset(want.words[i], 0, sizeof(want.words[i]));
	}
	read_all(&card, &found);
	CHECK(c, same(&want, &found));
	CHECK_EQ(c, put(&card, 20, want.words[0]), 8);
	CHECK_EQ(c, nv_drop(&card, 0x11, 0), 0);
	CHECK_EQ(c, put(&card, 20, want.words[0]), 0);
	card_free(&card);
}

static void foreign_content_is_a_corrupt_section_until_all_is_reset(struct check *c)
{
	uint32_t value = 1;
	struct card card;

	firmware_new(&card, "W25Q16BV", &FIRMWARE);
	fill(&card, area_at(0), 0x00, 64);
	CHECK_EQ(c, nv_get(&card, 0x11, 0, &value, 1), ABSENT);
	fill(&card, area_at(1) + 0x8000, 0x12, 64);
	CHECK_EQ(c, nv_get(&card, 0x11, 0, &value, 1), 0x22);
	CHECK_EQ(c, nv_set(&card, 0x11, 0, &value, 1), 0x22);
	CHECK_EQ(c, nv_drop(&card, 0x11, 0), 0x22);
	cx3_sim_chip_reset(card.sim, &card.err);
	CHECK_EQ(c, card_info(&card).applied.vfs, 8);
	CHECK_EQ(c, nv_drop_all(&card), 0);
	CHECK_EQ(c, nv_get(&card, 0x11, 0, &value, 1), ABSENT);
	CHECK_EQ(c, nv_set(&card, 0x11, 0, &value, 1), 0);
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
		CHECK_EQ(c, nv_get(&card, 0x11, 0, &value, 1), ABSENT);
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
	CHECK_EQ(c, nv_get(&card, 0x11, 0, &value, 1), ABSENT);
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

enum change { CHANGE_SET, CHANGE_SET_NEW, CHANGE_DROP, CHANGE_DROP_ALL };

/* Content before, and how full the log is. */
struct scene {
	const char *name;
	enum change change;
	unsigned changes_before;
	unsigned dirty; /* area with old content that is not a log, counted from 1 */
};

static uint8_t change_it(struct card *card, enum change change, struct content *content)
{
	static const uint32_t value[MAX_WORDS] = {0x80000021, 2, 3, 4, 5, 6, 7, 8};
	const unsigned i = change == CHANGE_SET_NEW ? SETTINGS - 1 : 0;

	switch (change) {
	case CHANGE_SET:
	case CHANGE_SET_NEW:
		memset(content->words[i], 0, sizeof(content->words[i]));
		memcpy(content->words[i], value, ALL[i].words * 4);
		content->there[i] = true;
		return put(card, i, value);
	case CHANGE_DROP:
		content->there[i] = false;
		memset(content->words[i], 0, sizeof(content->words[i]));
		return nv_drop(card, ALL[i].type, ALL[i].modifier);
	default:
		memset(content, 0, sizeof(*content));
		return nv_drop_all(card);
	}
}

static void snapshot(struct card *card, uint8_t areas[2][AREA_BYTES])
{
	for (unsigned home = 0; home < 2; home++)
		cx3_sim_peek(card->sim, area_at(home), areas[home], AREA_BYTES, &card->err);
}

static void restore(struct card *card, uint8_t areas[2][AREA_BYTES])
{
	for (unsigned home = 0; home < 2; home++)
		cx3_sim_poke(card->sim, area_at(home), areas[home], AREA_BYTES, &card->err);
}

/* The power goes at each operation in turn, and once more at each of the operations of a second
 * try. */
static void cut_everywhere(struct check *c, struct card *card, const struct scene *scene,
			   unsigned *cuts)
{
	static uint8_t areas[2][AREA_BYTES];
	struct content old, want, found;

	snapshot(card, areas);
	read_all(card, &old);
	for (unsigned at = 1;; at++) {
		bool whole = false;

		for (uint64_t seed = 1; seed <= 3; seed++) {
			struct cx3_sim_fault cut = {
				.kind = CX3_SIM_FAULT_POWER_CUT_AT_OP, .at = at, .seed = seed};

			restore(card, areas);
			want = old;
			cx3_sim_set_fault(card->sim, &cut, &card->err);
			whole = change_it(card, scene->change, &want) != NO_POWER;
			CHECK_EQ(c, card_info(card).powered, whole);
			if (!whole) {
				/* A second cut on the way back. */
				cx3_sim_power_cycle(card->sim, &card->err);
				read_all(card, &found);
				CHECK(c, same(&found, &old) || same(&found, &want));
				(*cuts)++;
				cut.at = 1 + at % 3;
				cut.seed = seed + 100;
				cx3_sim_set_fault(card->sim, &cut, &card->err);
				change_it(card, scene->change, &want);
			}
			cut.kind = CX3_SIM_FAULT_NONE;
			cx3_sim_set_fault(card->sim, &cut, &card->err);
			cx3_sim_power_cycle(card->sim, &card->err);
			read_all(card, &found);
			CHECK(c, same(&found, &want) || (!whole && same(&found, &old)));
			/* Dropping what is gone already is refused, and all the same. */
			change_it(card, scene->change, &want);
			read_all(card, &found);
			CHECK(c, same(&found, &want));
		}
		if (whole)
			return;
	}
}

static void a_power_cut_at_any_operation_leaves_old_or_new_and_nothing_else(struct check *c)
{
	static const struct scene SCENES[] = {
		{"first set", CHANGE_SET, 0, 0},
		{"first set, old content in area 0", CHANGE_SET, 0, 1},
		{"first set, old content in area 1", CHANGE_SET, 0, 2},
		{"set", CHANGE_SET, 30, 0},
		{"new setting", CHANGE_SET_NEW, 19, 0},
		{"set that moves", CHANGE_SET, 255, 0},
		{"set that moves over an old log", CHANGE_SET, 255 + 235, 0},
		{"drop", CHANGE_DROP, 30, 0},
		{"drop that moves", CHANGE_DROP, 255, 0},
		{"reset", CHANGE_DROP_ALL, 30, 0},
		{"reset that moves", CHANGE_DROP_ALL, 255, 0},
		{"reset that moves over an old log", CHANGE_DROP_ALL, 255 + 235, 0},
	};
	static const char *const CHIPS[] = {"W25Q16BV", "AT25DF161"};
	unsigned cuts = 0;

	for (size_t i = 0; i < sizeof(SCENES) / sizeof(SCENES[0]) && !c->failed; i++) {
		for (size_t chip = 0; chip < 2 && !c->failed; chip++) {
			uint64_t random = i + 1;
			struct card card;

			firmware_new(&card, CHIPS[chip], &FIRMWARE);
			if (SCENES[i].dirty)
				fill(&card, area_at(SCENES[i].dirty - 1), 0x5a, AREA_BYTES);
			for (unsigned n = 0; n < SCENES[i].changes_before; n++) {
				uint32_t words[MAX_WORDS];

				invent(n % 20, &random, words);
				words[0] ^= n << 8;
				CHECK_EQ(c, put(&card, n % 20, words), 0);
			}
			cut_everywhere(c, &card, &SCENES[i], &cuts);
			if (c->failed)
				printf("    %s on %s\n", SCENES[i].name, CHIPS[chip]);
			card_free(&card);
		}
	}
	printf("     %u power cuts\n", cuts);
}

/* Sets, drops, resets, power cycles and cuts, as they come. */
static void random_life(struct check *c, const char *chip, const struct tiny_options *options,
			uint64_t *random)
{
	struct content want, maybe, found;
	struct card card;

	firmware_new(&card, chip, options);
	memset(&want, 0, sizeof(want));
	for (unsigned n = 0; n < 250; n++) {
		const unsigned i = next_random(random) % 14, what = next_random(random) % 32;
		struct cx3_sim_fault cut = {.kind = CX3_SIM_FAULT_POWER_CUT_AT_OP,
					    .at = 1 + next_random(random) % 4,
					    .seed = next_random(random)};
		const bool with_cut = next_random(random) % 8 == 0;
		uint8_t status;

		maybe = want;
		if (with_cut)
			cx3_sim_set_fault(card.sim, &cut, &card.err);
		if (what == 0) {
			memset(&maybe, 0, sizeof(maybe));
			status = nv_drop_all(&card);
		} else if (what < 4) {
			maybe.there[i] = false;
			memset(maybe.words[i], 0, sizeof(maybe.words[i]));
			status = nv_drop(&card, ALL[i].type, ALL[i].modifier);
			if (status == ABSENT && !want.there[i])
				status = 0;
		} else {
			invent(i, random, maybe.words[i]);
			maybe.there[i] = true;
			status = put(&card, i, maybe.words[i]);
		}
		CHECK(c, status == 0 || (status == NO_POWER && with_cut));
		cut.kind = CX3_SIM_FAULT_NONE;
		cx3_sim_set_fault(card.sim, &cut, &card.err);
		if (status == NO_POWER || what > 28)
			cx3_sim_power_cycle(card.sim, &card.err);
		read_all(&card, &found);
		CHECK(c, same(&found, &maybe) || (status == NO_POWER && same(&found, &want)));
		want = found;
	}
	CHECK_EQ(c, card_info(&card).violations, 0);
	card_free(&card);
}

static void any_life_keeps_its_settings(struct check *c)
{
	static const struct {
		const char *chip;
		bool failsafe;
		unsigned chunk_log2;
		uint32_t sectors, pad, sector_log2_kib;
	} LIVES[] = {
		{"W25Q16BV", true, 20, 1, 0, 6},   {"W25Q16BV", true, 16, 1, 0, 6},
		{"W25Q16BV", true, 16, 4, 3, 2},   {"W25Q16BV", false, 16, 2, 1, 2},
		{"M25P16", true, 19, 1, 0, 6},	   {"M25P16", false, 16, 2, 0, 6},
		{"AT25DF161", true, 20, 2, 0, 2},  {"SST25VF016B", true, 20, 1, 0, 6},
		{"MX25L25635", true, 23, 1, 0, 6},
	};
	uint64_t seed = seed_of_this_run(), random = seed;

	printf("     CX3_SEED=%llu\n", (unsigned long long)seed);
	for (size_t i = 0; i < sizeof(LIVES) / sizeof(LIVES[0]) && !c->failed; i++) {
		struct tiny_options options = FIRMWARE;

		options.failsafe = LIVES[i].failsafe;
		options.chunk_log2 = LIVES[i].chunk_log2;
		options.config_sectors = LIVES[i].sectors;
		options.config_pad = LIVES[i].pad;
		options.config_sector_log2_kib = LIVES[i].sector_log2_kib;
		random_life(c, LIVES[i].chip, &options, &random);
		if (c->failed)
			printf("    life %zu, %s\n", i, LIVES[i].chip);
	}
}

/* Setting i always gets words of one number, so that a mixture shows. */
static void set_for_ever(struct card *card)
{
	for (uint32_t n = 1;; n++) {
		uint32_t words[MAX_WORDS];

		for (unsigned w = 0; w < MAX_WORDS; w++)
			words[w] = ALL[n % SETTINGS].type == 0x13 ? n % 6 : n;
		if (put(card, n % SETTINGS, words))
			hcr(card, 0x73, 0, 0, 0);
	}
}

static void processes_killed_in_the_middle_of_a_set_leave_whole_settings(struct check *c)
{
	uint32_t value = 1;
	struct card card;

	firmware_new(&card, "W25Q16BV", &FIRMWARE);
	/* On a busy machine a child may be killed before it has begun. */
	for (int i = 0; i < 25 || (i < 500 && card_info(&card).programs <= 100); i++) {
		const struct timespec pause = {.tv_nsec = 3000000 + i * 77777};
		struct content found;
		pid_t pid = fork();

		CHECK(c, pid >= 0);
		if (!pid) {
			card_reopen(&card);
			set_for_ever(&card);
		}
		nanosleep(&pause, NULL);
		kill(pid, SIGKILL);
		CHECK_EQ(c, waitpid(pid, NULL, 0), pid);
		read_all(&card, &found);
		for (unsigned s = 0; s < SETTINGS; s++) {
			for (unsigned w = 1; found.there[s] && w < ALL[s].words; w++)
				CHECK_EQ(c, found.words[s][w], found.words[s][0]);
		}
		CHECK_EQ(c, nv_set(&card, 0x2010, 1, &value, 1), 0);
	}
	CHECK(c, card_info(&card).programs > 100);
	card_free(&card);
}

/* Under the sanitizers: whatever the state file and the logs say, firmware ends its commands. */
static void damaged_states_and_logs_are_refused_or_harmless(struct check *c)
{
	enum { STATE_BYTES = 0x10000, FIRMWARE_FIRST = 6300, FIRMWARE_BYTES = 750, ROUNDS = 300 };
	static uint8_t good[STATE_BYTES], bad[STATE_BYTES], log[0x1000];
	uint64_t seed = seed_of_this_run(), random = seed;
	struct tiny_options options = FIRMWARE;
	const uint32_t value = 5;
	unsigned refused = 0;
	struct card card;
	int fd;

	options.chunk_log2 = 19;
	firmware_new(&card, "W25Q80BV", &options);
	CHECK_EQ(c, nv_set(&card, 0x12, 1, &value, 1), 0);
	cx3_sim_close(card.sim);
	card.sim = NULL;
	fd = open(card.path, O_RDWR);
	CHECK_EQ(c, pread(fd, good, sizeof(good), 0), sizeof(good));
	for (int round = 0; round < ROUNDS; round++) {
		uint32_t words[MAX_WORDS];
		int rc;

		memcpy(bad, good, sizeof(bad));
		for (unsigned i = 0; i <= next_random(&random) % 4; i++)
			bad[FIRMWARE_FIRST + next_random(&random) % FIRMWARE_BYTES] =
				(uint8_t)(next_random(&random) % 3 ? next_random(&random)
								   : next_random(&random) % 4);
		for (size_t i = 0; i < sizeof(log); i++)
			log[i] = (uint8_t)(round % 2 ? next_random(&random) : 0xff);
		CHECK_EQ(c, pwrite(fd, bad, sizeof(bad), 0), sizeof(bad));
		CHECK_EQ(c, pwrite(fd, log, sizeof(log), STATE_BYTES + 0x70000 + round * 64),
			 sizeof(log));
		rc = cx3_sim_open(card.path, &card.sim, &card.err);
		if (rc) {
			CHECK_EQ(c, rc, CX3_SIM_STATE_CORRUPT);
			refused++;
			continue;
		}
		card_info(&card);
		nv_get(&card, 0x12, 1, words, 1);
		nv_set(&card, 0x11, 0, &value, 1);
		nv_drop(&card, 0x12, 1);
		nv_drop_all(&card);
		hcr(&card, 0x03, 0, 0, 0);
		hcr(&card, 0x2073, 0, 0, 0);
		cx3_sim_chip_reset(card.sim, &card.err);
		nv_get(&card, 0x12, 1, words, 1);
		cx3_sim_close(card.sim);
		card.sim = NULL;
	}
	close(fd);
	printf("     %u of %d damaged states were refused\n", refused, ROUNDS);
	CHECK(c, refused > 3 && refused < ROUNDS);
	card_free(&card);
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
	CASE(&check, an_image_without_a_config_area_stores_nothing);
	CASE(&check, an_area_smaller_than_the_chip_can_erase_is_left_alone);
	CASE(&check, firmware_waits_for_nobody_who_has_the_flash);
	CASE(&check, chips_that_fail_are_an_internal_error_and_the_old_value_stays);
	CASE(&check, a_power_cut_at_any_operation_leaves_old_or_new_and_nothing_else);
	CASE(&check, any_life_keeps_its_settings);
	CASE(&check, processes_killed_in_the_middle_of_a_set_leave_whole_settings);
	CASE(&check, damaged_states_and_logs_are_refused_or_harmless);
	return check_report(&check);
}
