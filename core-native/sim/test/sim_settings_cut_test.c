/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* Settings in flash when things go wrong: a power cut at any flash operation, a killed process,
 * damaged states; each setting is old or new. */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "check.h"
#include "stored_settings.h"

enum change { CHANGE_SET, CHANGE_SET_NEW, CHANGE_DROP, CHANGE_DROP_ALL };

/* Content before, and how full the log is. */
struct scene {
	const char *name;
	enum change change;
	unsigned changes_before;
	unsigned dirty; /* area with old content that is not a log, counted from 1 */
};

static uint8_t change_it(struct card *card, enum change change, struct stored_content *content)
{
	static const uint32_t value[STORED_WORDS] = {0x80000021, 2, 3, 4, 5, 6, 7, 8};
	const unsigned i = change == CHANGE_SET_NEW ? STORED_COUNT - 1 : 0;

	switch (change) {
	case CHANGE_SET:
	case CHANGE_SET_NEW:
		memset(content->words[i], 0, sizeof(content->words[i]));
		memcpy(content->words[i], value, STORED[i].words * 4);
		content->there[i] = true;
		return stored_put(card, i, value);
	case CHANGE_DROP:
		content->there[i] = false;
		memset(content->words[i], 0, sizeof(content->words[i]));
		return nv_drop(card, STORED[i].type, STORED[i].modifier);
	default:
		memset(content, 0, sizeof(*content));
		return nv_drop_all(card);
	}
}

static void snapshot(struct card *card, uint8_t areas[2][STORED_AREA_BYTES])
{
	for (unsigned home = 0; home < 2; home++)
		cx3_sim_peek(card->sim, stored_area_at(home), areas[home], STORED_AREA_BYTES,
			     &card->err);
}

static void restore(struct card *card, uint8_t areas[2][STORED_AREA_BYTES])
{
	for (unsigned home = 0; home < 2; home++)
		cx3_sim_poke(card->sim, stored_area_at(home), areas[home], STORED_AREA_BYTES,
			     &card->err);
}

/* The power goes at each operation in turn, and once more at each of the operations of a second
 * try. */
static void cut_everywhere(struct check *c, struct card *card, const struct scene *scene,
			   unsigned *cuts)
{
	static uint8_t areas[2][STORED_AREA_BYTES];
	struct stored_content old, want, found;

	snapshot(card, areas);
	stored_read(card, &old);
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
				stored_read(card, &found);
				CHECK(c, stored_same(&found, &old) || stored_same(&found, &want));
				(*cuts)++;
				cut.at = 1 + at % 3;
				cut.seed = seed + 100;
				cx3_sim_set_fault(card->sim, &cut, &card->err);
				change_it(card, scene->change, &want);
			}
			cut.kind = CX3_SIM_FAULT_NONE;
			cx3_sim_set_fault(card->sim, &cut, &card->err);
			cx3_sim_power_cycle(card->sim, &card->err);
			stored_read(card, &found);
			CHECK(c,
			      stored_same(&found, &want) || (!whole && stored_same(&found, &old)));
			/* Dropping what is gone already is refused, and all the same. */
			change_it(card, scene->change, &want);
			stored_read(card, &found);
			CHECK(c, stored_same(&found, &want));
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
				fill(&card, stored_area_at(SCENES[i].dirty - 1), 0x5a,
				     STORED_AREA_BYTES);
			for (unsigned n = 0; n < SCENES[i].changes_before; n++) {
				uint32_t words[STORED_WORDS];

				stored_invent(n % 20, &random, words);
				words[0] ^= n << 8;
				CHECK_EQ(c, stored_put(&card, n % 20, words), 0);
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
	struct stored_content want, maybe, found;
	struct card card;

	firmware_new(&card, chip, options);
	memset(&want, 0, sizeof(want));
	for (unsigned n = 0; n < 250; n++) {
		const unsigned i = stored_random(random) % 14, what = stored_random(random) % 32;
		struct cx3_sim_fault cut = {.kind = CX3_SIM_FAULT_POWER_CUT_AT_OP,
					    .at = 1 + stored_random(random) % 4,
					    .seed = stored_random(random)};
		const bool with_cut = stored_random(random) % 8 == 0;
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
			status = nv_drop(&card, STORED[i].type, STORED[i].modifier);
			if (status == STORED_ABSENT && !want.there[i])
				status = 0;
		} else {
			stored_invent(i, random, maybe.words[i]);
			maybe.there[i] = true;
			status = stored_put(&card, i, maybe.words[i]);
		}
		CHECK(c, status == 0 || (status == NO_POWER && with_cut));
		cut.kind = CX3_SIM_FAULT_NONE;
		cx3_sim_set_fault(card.sim, &cut, &card.err);
		if (status == NO_POWER || what > 28)
			cx3_sim_power_cycle(card.sim, &card.err);
		stored_read(&card, &found);
		CHECK(c, stored_same(&found, &maybe) ||
				 (status == NO_POWER && stored_same(&found, &want)));
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
	uint64_t seed = stored_seed(), random = seed;

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
		uint32_t words[STORED_WORDS];

		for (unsigned w = 0; w < STORED_WORDS; w++)
			words[w] = STORED[n % STORED_COUNT].type == 0x13 ? n % 6 : n;
		if (stored_put(card, n % STORED_COUNT, words))
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
		struct stored_content found;
		pid_t pid = fork();

		CHECK(c, pid >= 0);
		if (!pid) {
			card_reopen(&card);
			set_for_ever(&card);
		}
		nanosleep(&pause, NULL);
		kill(pid, SIGKILL);
		CHECK_EQ(c, waitpid(pid, NULL, 0), pid);
		stored_read(&card, &found);
		for (unsigned s = 0; s < STORED_COUNT; s++) {
			for (unsigned w = 1; found.there[s] && w < STORED[s].words; w++)
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
	uint64_t seed = stored_seed(), random = seed;
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
		uint32_t words[STORED_WORDS];
		int rc;

		memcpy(bad, good, sizeof(bad));
		for (unsigned i = 0; i <= stored_random(&random) % 4; i++)
			bad[FIRMWARE_FIRST + stored_random(&random) % FIRMWARE_BYTES] =
				(uint8_t)(stored_random(&random) % 3 ? stored_random(&random)
								     : stored_random(&random) % 4);
		for (size_t i = 0; i < sizeof(log); i++)
			log[i] = (uint8_t)(round % 2 ? stored_random(&random) : 0xff);
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

	CASE(&check, a_power_cut_at_any_operation_leaves_old_or_new_and_nothing_else);
	CASE(&check, any_life_keeps_its_settings);
	CASE(&check, processes_killed_in_the_middle_of_a_set_leave_whole_settings);
	CASE(&check, damaged_states_and_logs_are_refused_or_harmless);
	return check_report(&check);
}
