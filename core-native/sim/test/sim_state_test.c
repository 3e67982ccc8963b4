/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* The file behind a card: making, sharing, dying, and files that lie. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "check.h"
#include "fixture.h"

#define STATE_BYTES  0x10000
#define STATE_FIELDS 2300 /* bytes behind the head that are fields and not VPD or room */
#define FLIP_ROUNDS  400

static const uint8_t ZEROES[256];

static struct cx3_sim_model good_model(void)
{
	const struct cx3_sim_model model = {.vendor_id = 0x15b3,
					    .device_id = 0x1003,
					    .hw_id = 0x1f5,
					    .chip = "M25P80",
					    .banks = 1,
					    .model_name = "test"};

	return model;
}

static void an_existing_file_is_kept(struct check *c)
{
	struct cx3_sim_model model = good_model();
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	CHECK_EQ(c, cx3_sim_create(card.path, &model, &card.err), CX3_IO);
	CHECK(c, strstr(card.err.what, "exists already"));
	card_reopen(&card);
	CHECK_STR(c, card_info(&card).model.chip, "W25Q16BV");
	/* And nothing else is left in the folder: it can be removed after the card. */
	cx3_sim_close(card.sim);
	unlink(card.path);
	CHECK_EQ(c, rmdir(card.folder), 0);
}

static void models_that_no_card_has_are_refused(struct check *c)
{
	struct cx3_sim_model wrong[7];
	struct cx3_error err;

	for (size_t i = 0; i < 7; i++)
		wrong[i] = good_model();
	memset(wrong[0].chip, 'x', sizeof(wrong[0].chip));
	strcpy(wrong[1].chip, "W25Q99");
	wrong[2].banks = 0;
	wrong[3].banks = 3;
	wrong[4].bank_size_bytes = 0x300000;
	wrong[5].vpd_len_bytes = 4097;
	wrong[6].hw_id = 0xffff;
	for (size_t i = 0; i < 7; i++)
		CHECK_EQ(c, cx3_sim_create("/nowhere/card", &wrong[i], &err), CX3_INVALID_ARGUMENT);
	wrong[0] = good_model();
	CHECK_EQ(c, cx3_sim_create("/nowhere/card", &wrong[0], &err), CX3_IO);
	CHECK_EQ(c, cx3_sim_create("/nowhere/card", &wrong[0], NULL), CX3_IO);
}

static void links_folders_and_strange_files_are_refused(struct check *c)
{
	char path[128];
	struct cx3_sim *sim;
	struct cx3_error err;
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	snprintf(path, sizeof(path), "%s/link", card.folder);
	CHECK_EQ(c, symlink(card.path, path), 0);
	CHECK_EQ(c, cx3_sim_open(path, &sim, &err), CX3_IO);
	CHECK(c, !sim);
	unlink(path);
	CHECK_EQ(c, mkfifo(path, 0600), 0);
	CHECK_EQ(c, cx3_sim_open(path, &sim, &err), CX3_SIM_STATE_CORRUPT);
	unlink(path);
	CHECK_EQ(c, cx3_sim_open(path, &sim, &err), CX3_NOT_FOUND);
	CHECK_EQ(c, cx3_sim_open(card.folder, &sim, &err), CX3_IO);
	card_free(&card);
}

static void the_state_is_the_same_after_reopening(struct check *c)
{
	struct card card;
	uint64_t now_us;

	card_new(&card, "W25Q16BV", 2);
	reg_read(&card, SEM_PROGRAMMING);
	reg_write(&card, 0xf0000, 0x08000000);
	nor_program(&card, 1, 0, ZEROES, 256);
	card_fault(&card, CX3_SIM_FAULT_STUCK_CHIP, 5, 0, 0);
	now_us = cx3_sim_now_us(card.sim);
	card_reopen(&card);
	CHECK_EQ(c, cx3_sim_now_us(card.sim), now_us);
	CHECK_EQ(c, reg_read(&card, SEM_PROGRAMMING), 1);
	CHECK_EQ(c, reg_read(&card, 0xf0000), 0x08000000);
	CHECK_EQ(c, peek(&card, 0x200000), 0x00);
	CHECK_EQ(c, card_info(&card).fault.kind, CX3_SIM_FAULT_STUCK_CHIP);
	CHECK_EQ(c, card_info(&card).fault.at, 5);
	card_free(&card);
}

/* Runs body in a child process, which ends with its result. */
static pid_t in_child(int (*body)(const char *path), const char *path)
{
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (!pid)
		_exit(body(path));
	return pid;
}

static int die_in_mid_page(const char *path)
{
	struct cx3_error err;
	struct cx3_sim *sim;

	if (cx3_sim_open(path, &sim, &err))
		return 1;
	cx3_sim_write32(sim, GW_COMMAND, 0x40062004, &err);
	cx3_sim_write32(sim, GW_ADDRESS, 0x1000, &err);
	cx3_sim_write32(sim, GW_COMMAND, 0x4002243c, &err); /* 16 zeroes, CS stays low */
	raise(SIGKILL);
	return 1;
}

static void a_process_killed_in_mid_page_leaves_cs_held(struct check *c)
{
	struct card card;
	int status = 0;

	card_new(&card, "W25Q16BV", 1);
	waitpid(in_child(die_in_mid_page, card.path), &status, 0);
	CHECK(c, WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	CHECK_EQ(c, peek(&card, 0x1000), 0xff);
	card_reopen(&card); /* alone now: the lock is made anew, the card is as it was */
	gateway(&card, 0x40002410);
	CHECK_EQ(c, card_info(&card).violations, 0);
	CHECK_EQ(c, spi_wait(&card, 0), 0x00);
	CHECK_EQ(c, peek(&card, 0x1000), 0x00);
	CHECK_EQ(c, peek(&card, 0x101f), 0x00);
	CHECK_EQ(c, peek(&card, 0x1020), 0xff);
	card_free(&card);
}

#define CONTESTS 20000

/* Exit code 0; how often it got the semaphore first is counted in the card: register 0xf3834. */
static int contend(const char *path)
{
	struct cx3_error err;
	struct cx3_sim *sim;
	uint32_t value, won = 0;

	if (cx3_sim_open(path, &sim, &err))
		return 1;
	while (won < CONTESTS) {
		uint32_t count = 0;

		if (cx3_sim_read32(sim, SEM_GATEWAY, &value, &err) || value)
			continue;
		/* Ours: a read and a write that a second owner would disturb. */
		cx3_sim_read32(sim, 0xf3834, &count, &err);
		cx3_sim_write32(sim, 0xf3834, count + 1, &err);
		cx3_sim_write32(sim, SEM_GATEWAY, 0, &err);
		won++;
	}
	cx3_sim_close(sim);
	return 0;
}

static void check_contention(struct check *c, struct card *card)
{
	pid_t first = in_child(contend, card->path);
	pid_t second = in_child(contend, card->path);
	int status[2] = {1, 1};

	waitpid(first, &status[0], 0);
	waitpid(second, &status[1], 0);
	CHECK_EQ(c, status[0], 0);
	CHECK_EQ(c, status[1], 0);
	CHECK_EQ(c, reg_read(card, 0xf3834), 2 * CONTESTS);
}

static void of_two_processes_only_one_has_a_semaphore(struct check *c)
{
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	check_contention(c, &card);
	card_free(&card);
}

static int read_for_ever(const char *path)
{
	struct cx3_error err;
	struct cx3_sim *sim;
	uint32_t value;

	if (cx3_sim_open(path, &sim, &err))
		return 1;
	for (;;)
		cx3_sim_read32(sim, 0xf0014, &value, &err);
}

/* Most of these deaths are inside of the lock, which must not stay locked. */
static void processes_killed_inside_of_an_access_do_not_block_the_card(struct check *c)
{
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	for (int i = 0; i < 20; i++) {
		const struct timespec pause = {.tv_nsec = 2000000 + i * 77777};
		pid_t pid = in_child(read_for_ever, card.path);
		int status;

		nanosleep(&pause, NULL);
		kill(pid, SIGKILL);
		waitpid(pid, &status, 0);
		CHECK_EQ(c, reg_read(&card, 0xf0014), 0x1f7);
	}
	CHECK(c, card_info(&card).reads > 20);
	check_contention(c, &card); /* the lock still locks */
	card_free(&card);
}

static void a_cut_off_file_is_not_a_card(struct check *c)
{
	static const off_t LENGTHS[] = {0, 1, 100, 4096, 0xffff, 0x10000, 0x20000, 0x20fffe};
	struct cx3_error err;
	struct cx3_sim *sim;

	for (size_t i = 0; i < sizeof(LENGTHS) / sizeof(LENGTHS[0]); i++) {
		struct card card;

		card_new(&card, "W25Q16BV", 1);
		cx3_sim_close(card.sim);
		card.sim = NULL;
		CHECK_EQ(c, truncate(card.path, LENGTHS[i]), 0);
		CHECK_EQ(c, cx3_sim_open(card.path, &sim, &err), CX3_SIM_STATE_CORRUPT);
		CHECK(c, !sim);
		card_free(&card);
	}
}

static uint64_t next_random(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return *state >> 16;
}

/* Everything a host or an operator can do; what comes out does not matter here, only that it comes.
 */
static void use_everything(struct cx3_sim *sim)
{
	static const uint32_t COMMANDS[] = {0x409f2215, 0x40052215, 0x4003243d, 0x40062004,
					    0x4002241c, 0x40062004, 0x40d8200c, 0x409f2a15};
	static uint8_t config[4096];
	struct cx3_sim_fault none = {.kind = CX3_SIM_FAULT_NONE};
	struct cx3_sim_info info;
	struct cx3_error err;
	uint32_t value;
	size_t len = sizeof(config);

	cx3_sim_get_info(sim, &info);
	for (uint32_t reg = 0x1f060; reg < 0x1f180; reg += 4)
		cx3_sim_read32(sim, reg, &value, &err);
	for (uint32_t reg = 0xf0300; reg < 0xf0430; reg += 4)
		cx3_sim_read32(sim, reg, &value, &err);
	for (size_t i = 0; i < sizeof(COMMANDS) / sizeof(COMMANDS[0]); i++)
		cx3_sim_write32(sim, GW_COMMAND, COMMANDS[i], &err);
	cx3_sim_sleep_us(sim, 10000000);
	cx3_sim_config_read(sim, 0, config, sizeof(config), &err);
	cx3_sim_vpd(sim, config, &len, &err);
	cx3_sim_chip_reset(sim, &err);
	cx3_sim_set_fault(sim, &none, &err);
	cx3_sim_power_cycle(sim, &err);
	cx3_sim_peek(sim, info.flash_size_bytes - 1, config, 1, &err);
}

static uint64_t seed_of_this_run(void)
{
	const char *given = getenv("CX3_SEED");

	return given ? strtoull(given, NULL, 0) : (uint64_t)time(NULL);
}

/* Nobody who waits by the clock of such a card would ever stop waiting. */
static void a_clock_at_the_end_of_time_is_refused(struct check *c)
{
	struct cx3_sim *again = NULL;
	struct cx3_error err;
	struct card card;

	card_new(&card, "M25P80", 1);
	cx3_sim_sleep_us(card.sim, UINT64_MAX);
	CHECK_EQ(c, cx3_sim_open(card.path, &again, &err), CX3_SIM_STATE_CORRUPT);
	CHECK(c, strstr(err.what, "now_ns") != NULL);
	card_free(&card);
}

/* Under the sanitizers, a state file with any field damaged is refused or works; it never crashes.
 */
static void flipped_bytes_in_the_state_are_refused_or_harmless(struct check *c)
{
	uint64_t seed = seed_of_this_run(), random = seed;
	unsigned refused = 0;
	struct card card;
	static uint8_t good[STATE_BYTES];
	int fd;

	printf("     CX3_SEED=%llu\n", (unsigned long long)seed);
	card_new(&card, "M25P80", 1);
	cx3_sim_close(card.sim);
	card.sim = NULL;
	fd = open(card.path, O_RDWR);
	CHECK_EQ(c, pread(fd, good, sizeof(good), 0), sizeof(good));
	for (int round = 0; round < FLIP_ROUNDS; round++) {
		uint8_t bad[STATE_BYTES];
		struct cx3_error err;
		struct cx3_sim *sim;
		int rc;

		memcpy(bad, good, sizeof(bad));
		for (uint64_t i = 0; i <= next_random(&random) % 3; i++) {
			/* All but the first rounds spare the magic and what names the version. */
			size_t at = (round < 20 ? 0 : 24) + next_random(&random) % STATE_FIELDS;

			bad[at] = round % 2 ? (uint8_t)next_random(&random)
					    : (uint8_t)(bad[at] ^ 1u << next_random(&random) % 8);
		}
		CHECK_EQ(c, pwrite(fd, bad, sizeof(bad), 0), sizeof(bad));
		rc = cx3_sim_open(card.path, &sim, &err);
		if (rc) {
			CHECK_EQ(c, rc, CX3_SIM_STATE_CORRUPT);
			refused++;
			continue;
		}
		use_everything(sim);
		cx3_sim_close(sim);
	}
	close(fd);
	printf("     %u of %d damaged states were refused\n", refused, FLIP_ROUNDS);
	CHECK(c, refused > 10 && refused < FLIP_ROUNDS);
	card_free(&card);
}

static void a_file_of_noise_is_not_a_card(struct check *c)
{
	uint64_t random = 1;
	struct cx3_error err;
	struct cx3_sim *sim;
	struct card card;
	int fd;

	card_new(&card, "M25P80", 1);
	cx3_sim_close(card.sim);
	card.sim = NULL;
	fd = open(card.path, O_RDWR);
	for (int i = 0; i < STATE_BYTES; i++) {
		const uint8_t byte = (uint8_t)next_random(&random);

		/* The head stays, so that all the rest is looked at. */
		CHECK_EQ(c, pwrite(fd, &byte, 1, 24 + i), 1);
	}
	close(fd);
	CHECK_EQ(c, cx3_sim_open(card.path, &sim, &err), CX3_SIM_STATE_CORRUPT);
	card_free(&card);
}

int main(void)
{
	struct check check = {0};

	CASE(&check, an_existing_file_is_kept);
	CASE(&check, models_that_no_card_has_are_refused);
	CASE(&check, links_folders_and_strange_files_are_refused);
	CASE(&check, the_state_is_the_same_after_reopening);
	CASE(&check, a_process_killed_in_mid_page_leaves_cs_held);
	CASE(&check, processes_killed_inside_of_an_access_do_not_block_the_card);
	CASE(&check, of_two_processes_only_one_has_a_semaphore);
	CASE(&check, a_cut_off_file_is_not_a_card);
	CASE(&check, a_clock_at_the_end_of_time_is_refused);
	CASE(&check, flipped_bytes_in_the_state_are_refused_or_harmless);
	CASE(&check, a_file_of_noise_is_not_a_card);
	return check_report(&check);
}
