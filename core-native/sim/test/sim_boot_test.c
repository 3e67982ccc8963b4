/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* The boot code: what it starts, what it refuses, which of two it takes. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "check.h"
#include "fixture.h"
#include "tiny_image.h"

static const struct tiny_options PLAIN = {.failsafe = true,
					  .chunk_log2 = 16,
					  .major = 2,
					  .minor = 42,
					  .subminor = 5000,
					  .full_crc = true,
					  .second_boot2 = true,
					  .hw_id = 0x1f7,
					  .ddr_bytes = 0x18000};

/* Static: the images are too big for a stack under a sanitizer to be nice about. */
static struct tiny_image image, other;

static void crc_is_that_of_the_published_vectors(struct check *c)
{
	CHECK_EQ(c, tiny_crc16((const uint8_t *)"", 0), 0x0955);
	CHECK_EQ(c, tiny_crc16((const uint8_t *)"MTFW", 4), 0x9747);
	CHECK_EQ(c, tiny_crc16((const uint8_t *)"12345678", 8), 0xb2ad);
}

static void boot(struct card *card, const struct tiny_image *in_slot, unsigned slot)
{
	card_new(card, "W25Q16BV", 1);
	tiny_store(card->sim, in_slot, slot);
	cx3_sim_power_cycle(card->sim, &card->err);
}

static void check_running(struct check *c, struct card *card, uint32_t address)
{
	uint8_t vpd[64];
	size_t len = sizeof(vpd);
	uint32_t id = 0;

	CHECK_EQ(c, card_info(card).booted, true);
	CHECK_EQ(c, card_info(card).boot_address, address);
	CHECK_EQ(c, card_info(card).fw_subminor, 5000);
	CHECK_EQ(c, reg_read(card, 0x1f064), 0x00020000);
	CHECK_EQ(c, reg_read(card, 0x1f068), 42u << 16 | 5000);
	CHECK_EQ(c, reg_read(card, 0x1f06c), 0x56341200);
	CHECK_EQ(c, reg_read(card, 0x1f070), 0x20160106);
	CHECK_EQ(c, reg_read(card, 0x1f148), 0x40000000);
	CHECK_EQ(c, reg_read(card, 0x1f164), 0x20000000);
	CHECK_EQ(c, reg_read(card, 0x41270), 0);
	CHECK_EQ(c, cx3_sim_config_read(card->sim, 0, &id, 4, &card->err), CX3_OK);
	CHECK_EQ(c, id, 0x100715b3);
	CHECK_EQ(c, cx3_sim_vpd(card->sim, vpd, &len, &card->err), CX3_OK);
	CHECK_EQ(c, len, 8);
}

static void check_recovery(struct check *c, struct card *card)
{
	uint8_t vpd[64];
	size_t len = sizeof(vpd);
	uint32_t id = 0;

	CHECK_EQ(c, card_info(card).booted, false);
	CHECK_EQ(c, reg_read(card, 0x1f064), 0);
	CHECK(c, reg_read(card, 0x41270) > 0xfff00000);
	CHECK_EQ(c, cx3_sim_config_read(card->sim, 0, &id, 4, &card->err), CX3_OK);
	CHECK_EQ(c, id, 0x01f815b3);
	CHECK_EQ(c, cx3_sim_vpd(card->sim, vpd, &len, &card->err), CX3_NOT_SUPPORTED);
}

static void a_good_image_starts_from_either_slot(struct check *c)
{
	tiny_make(&image, &PLAIN);
	for (unsigned slot = 0; slot < 2; slot++) {
		struct card card;

		boot(&card, &image, slot);
		check_running(c, &card, slot << 16);
		card_free(&card);
	}
}

static void other_forms_of_a_good_image_start(struct check *c)
{
	struct tiny_options options[4] = {PLAIN, PLAIN, PLAIN, PLAIN};

	options[0].failsafe = false;
	options[1].chunk_log2 = 19;
	options[2].second_boot2 = false;
	options[3].full_crc = false;
	options[3].hw_id = 0;
	for (unsigned i = 0; i < 4; i++) {
		struct card card;

		tiny_make(&image, &options[i]);
		boot(&card, &image, 0);
		check_running(c, &card, 0);
		card_free(&card);
	}
}

static void any_flipped_bit_is_noticed(struct check *c)
{
	struct card card;
	uint32_t failures = 0;

	tiny_make(&image, &PLAIN);
	card_new(&card, "W25Q16BV", 1);
	/* All of the head of the image, then samples of the payload. */
	for (uint32_t at = 0; at < image.len_bytes; at += at < 0x200 ? 1 : 997) {
		image.bytes[at] ^= (uint8_t)(1u << at % 8);
		tiny_store(card.sim, &image, 0);
		cx3_sim_power_cycle(card.sim, &card.err);
		if (card_info(&card).booted) {
			printf("    boots with byte 0x%x changed\n", at);
			failures++;
		}
		image.bytes[at] ^= (uint8_t)(1u << at % 8);
	}
	CHECK_EQ(c, failures, 0);
	tiny_store(card.sim, &image, 0);
	cx3_sim_power_cycle(card.sim, &card.err);
	check_running(c, &card, 0);
	card_free(&card);
}

struct broken_word {
	const char *what;
	uint32_t at; /* 0 = of section, + offset */
	int section;
	uint32_t value;
};

static void broken_structure_does_not_boot_though_its_crc_is_right(struct check *c)
{
	static const struct broken_word BROKEN[] = {
		{"start word zeroed", 0x00, -1, 0},
		{"failsafe word with a wrong sum", 0x28, -1, 0xf6000008},
		{"info pointer with a wrong sum", 0x2c, -1, 0x01000000},
		{"no BOOT2 words", 0x3c, -1, 3},
		{"BOOT2 without end", 0x3c, -1, 0xffffffff},
		{"next goes back", 12, 1, 0x38},
		{"next goes to itself", 12, 2, 0},
		{"next is not aligned", 12, 1, 0x3fff2},
		{"next behind the flash", 12, 1, 0x7ffffffc},
		{"size without end", 4, 2, 0xffffffff},
	};

	for (size_t i = 0; i < sizeof(BROKEN) / sizeof(BROKEN[0]); i++) {
		const struct broken_word *broken = &BROKEN[i];
		uint32_t section, value = broken->value;
		struct card card;

		tiny_make(&image, &PLAIN);
		section = broken->section < 0 ? 0 : image.section[broken->section];
		if (!strcmp(broken->what, "next goes to itself"))
			value = section;
		tiny_set_word(&image, section + broken->at, value);
		if (section && broken->at == 12)
			tiny_crc(&image, section, 16 + tiny_word(&image, section + 4) * 4);
		tiny_seal(&image);
		boot(&card, &image, 0);
		if (card_info(&card).booted)
			printf("    boots: %s\n", broken->what);
		check_recovery(c, &card);
		card_free(&card);
	}
}

static void blank_guids_and_an_image_of_the_other_chip_do_not_boot(struct check *c)
{
	struct tiny_options options = PLAIN;
	struct card card;

	options.blank_guids = true;
	tiny_make(&image, &options);
	boot(&card, &image, 0);
	check_recovery(c, &card);
	card_free(&card);
	options = PLAIN;
	options.hw_id = 0x1f5;
	tiny_make(&image, &options);
	boot(&card, &image, 0);
	check_recovery(c, &card);
	card_free(&card);
}

static void an_image_at_an_illegal_start_does_not_boot(struct check *c)
{
	struct tiny_options options = PLAIN;
	struct card card;

	options.failsafe = false;
	tiny_make(&image, &options);
	card_new(&card, "W25Q16BV", 1);
	cx3_sim_poke(card.sim, 0x80000, image.bytes, image.len_bytes, &card.err);
	cx3_sim_power_cycle(card.sim, &card.err);
	check_recovery(c, &card);
	card_free(&card);
}

static void an_image_cut_off_by_the_end_of_the_flash_does_not_boot(struct check *c)
{
	struct tiny_options options = PLAIN;
	struct card card;

	options.failsafe = false;
	options.full_crc = false;
	tiny_make(&image, &options);
	tiny_set_word(&image, image.section[0] + 4, 0x100000 - 8);
	card_new(&card, "M25P80", 1);
	tiny_store(card.sim, &image, 0);
	cx3_sim_power_cycle(card.sim, &card.err);
	check_recovery(c, &card);
	card_free(&card);
}

static void of_two_good_images_the_policy_picks_one(struct check *c)
{
	struct tiny_options options = PLAIN;
	struct card card;

	tiny_make(&image, &PLAIN);
	options.subminor = 6000;
	tiny_make(&other, &options);
	card_new(&card, "W25Q16BV", 1);
	tiny_store(card.sim, &image, 0);
	tiny_store(card.sim, &other, 1);
	cx3_sim_power_cycle(card.sim, &card.err);
	CHECK_EQ(c, card_info(&card).fw_subminor, 5000);
	cx3_sim_set_boot_policy(card.sim, CX3_SIM_BOOT_HIGHEST);
	cx3_sim_power_cycle(card.sim, &card.err);
	CHECK_EQ(c, card_info(&card).fw_subminor, 6000);
	CHECK_EQ(c, card_info(&card).boot_address, 0x10000);
	fill(&card, 0x10000, 0, 4);
	cx3_sim_power_cycle(card.sim, &card.err);
	CHECK_EQ(c, card_info(&card).fw_subminor, 5000);
	card_free(&card);
}

static void a_reset_starts_where_the_boot_register_says(struct check *c)
{
	struct tiny_options options = PLAIN;
	struct card card;

	tiny_make(&image, &PLAIN);
	options.subminor = 6000;
	tiny_make(&other, &options);
	card_new(&card, "W25Q16BV", 1);
	tiny_store(card.sim, &image, 0);
	cx3_sim_power_cycle(card.sim, &card.err);
	tiny_store(card.sim, &other, 1);
	CHECK_EQ(c, cx3_sim_chip_reset(card.sim, &card.err), CX3_OK);
	CHECK_EQ(c, card_info(&card).fw_subminor, 5000);
	reg_write(&card, 0xf0000, 0x10000 << 8);
	reg_write(&card, 0xf0010, 1);
	cx3_sim_sleep_us(card.sim, 1000000);
	CHECK_EQ(c, card_info(&card).fw_subminor, 6000);
	/* A power cycle forgets the register. */
	cx3_sim_power_cycle(card.sim, &card.err);
	CHECK_EQ(c, card_info(&card).fw_subminor, 5000);
	/* No good image there: the policy decides. */
	fill(&card, 0x10000, 0, 4);
	reg_write(&card, 0xf0000, 0x10000 << 8);
	cx3_sim_chip_reset(card.sim, &card.err);
	CHECK_EQ(c, card_info(&card).fw_subminor, 5000);
	/* No image at all. */
	fill(&card, 0, 0, 4);
	reg_write(&card, 0xf0000, 0x10000 << 8);
	cx3_sim_power_cycle(card.sim, &card.err);
	check_recovery(c, &card);
	CHECK_EQ(c, reg_read(&card, 0xf0000), 0);
	card_free(&card);
}

static void cycle_for_ever(const char *path)
{
	struct cx3_error err;
	struct cx3_sim *sim;

	if (cx3_sim_open(path, &sim, &err))
		_exit(1);
	for (;;)
		cx3_sim_power_cycle(sim, &err);
}

/* Most of these deaths are inside of the boot code, which the next user of the card runs again. */
static void a_boot_cut_off_by_the_death_of_a_process_is_done_again(struct check *c)
{
	struct card card;

	tiny_make(&image, &PLAIN);
	boot(&card, &image, 0);
	for (int i = 0; i < 20; i++) {
		const struct timespec pause = {.tv_nsec = 3000000 + i * 77777};
		int status;
		pid_t pid;

		fflush(stdout);
		pid = fork();
		if (!pid)
			cycle_for_ever(card.path);
		nanosleep(&pause, NULL);
		kill(pid, SIGKILL);
		waitpid(pid, &status, 0);
		CHECK(c, WIFSIGNALED(status));
		check_running(c, &card, 0);
	}
	card_free(&card);
}

int main(void)
{
	struct check check = {0};

	CASE(&check, crc_is_that_of_the_published_vectors);
	CASE(&check, a_good_image_starts_from_either_slot);
	CASE(&check, other_forms_of_a_good_image_start);
	CASE(&check, any_flipped_bit_is_noticed);
	CASE(&check, broken_structure_does_not_boot_though_its_crc_is_right);
	CASE(&check, blank_guids_and_an_image_of_the_other_chip_do_not_boot);
	CASE(&check, an_image_at_an_illegal_start_does_not_boot);
	CASE(&check, an_image_cut_off_by_the_end_of_the_flash_does_not_boot);
	CASE(&check, of_two_good_images_the_policy_picks_one);
	CASE(&check, a_reset_starts_where_the_boot_register_says);
	CASE(&check, a_boot_cut_off_by_the_death_of_a_process_is_done_again);
	return check_report(&check);
}
