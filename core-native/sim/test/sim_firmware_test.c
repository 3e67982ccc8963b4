/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* The command interface of the running firmware: words, mailbox, answers, what is refused. */
#include <string.h>

#include "check.h"
#include "firmware.h"

static void without_an_image_there_is_no_command_interface(struct check *c)
{
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	reg_write(&card, HCR_COMMAND, HCR_GO | 3);
	CHECK_EQ(c, reg_read(&card, HCR_COMMAND), 0);
	reg_write(&card, CR_MAILBOX, 0x0badb00f);
	CHECK_EQ(c, reg_read(&card, CR_MAILBOX), 0);
	CHECK_EQ(c, card_info(&card).applied.vfs, 0);
	card_free(&card);
}

static void go_is_seen_until_the_command_is_done(struct check *c)
{
	struct card card;

	firmware_new(&card, "W25Q16BV", &FIRMWARE);
	reg_write(&card, HCR_COMMAND, 3);
	CHECK_EQ(c, reg_read(&card, HCR_COMMAND), 3);
	reg_write(&card, HCR_COMMAND, HCR_GO | 3);
	CHECK_EQ(c, reg_read(&card, HCR_COMMAND), HCR_GO | 3);
	cx3_sim_sleep_us(card.sim, 100);
	CHECK_EQ(c, reg_read(&card, HCR_COMMAND), 3);
	CHECK_EQ(c, card_info(&card).violations, 0);
	reg_write(&card, HCR_COMMAND, HCR_GO | 3);
	reg_write(&card, HCR, 1);
	CHECK_EQ(c, card_info(&card).violations, 1);
	card_free(&card);
}

static void a_quadword_has_its_lower_word_in_the_low_half(struct check *c)
{
	uint32_t words[4];
	struct card card;

	firmware_new(&card, "W25Q16BV", &FIRMWARE);
	CHECK_EQ(c, hcr(&card, 0x70, 2, 0x90240101, 0x08040000), 0);
	mailbox_read(&card, words, 4);
	CHECK_EQ(c, words[2], 0x08040000);
	CHECK_EQ(c, words[3], 0x90240101);
	CHECK_EQ(c, hcr(&card, 0x70, 70, 1, 2), 0);
	CHECK_EQ(c, hcr(&card, 0x70, 72, 1, 2), 3);
	CHECK_EQ(c, hcr(&card, 0x71, 3, 0, 0), 3);
	CHECK_EQ(c, hcr(&card, 0x71, 0xfffffffe, 0, 0), 3);
	card_free(&card);
}

static void unknown_commands_and_ports_are_refused(struct check *c)
{
	struct card card;

	firmware_new(&card, "W25Q16BV", &FIRMWARE);
	CHECK_EQ(c, hcr(&card, 0x60, 1, 0, 0), 2);
	CHECK_EQ(c, hcr(&card, 0, 0, 0, 0), 2);
	CHECK_EQ(c, hcr(&card, 0x2073, 0, 0, 0), 0);
	CHECK_EQ(c, hcr(&card, 0x3073, 0, 0, 0), 3);
	CHECK_EQ(c, hcr(&card, 0x3b, 1, 0, 0), 3);
	card_free(&card);
	firmware_new_model(&card, "W25Q16BV", "mcx311a-xcat", 0, &FIRMWARE);
	CHECK_EQ(c, hcr(&card, 0x1073, 0, 0, 0), 0);
	CHECK_EQ(c, hcr(&card, 0x2073, 0, 0, 0), 3);
	card_free(&card);
}

struct exchange {
	const char *what;
	unsigned count;
	uint32_t request[8], answer[8];
};

/* nv-config 2.5 */
static const struct exchange EXCHANGES[] = {
	{"get, nothing stored",
	 8,
	 {0x08040000, 0x90240101, 0, 0, 0x18040000, 0x00040011, 0, 0},
	 {0x08040800, 0x90248101, 0, 0, 0x18040000, 0x00040011, 0, 0}},
	{"set",
	 8,
	 {0x08040000, 0x90240201, 0, 0, 0x18040000, 0x00040011, 0, 0x80000008},
	 {0x08040000, 0x90248201, 0, 0, 0x18040000, 0x00040011, 0, 0x80000008}},
	{"get, stored",
	 8,
	 {0x08040000, 0x90240101, 0, 0, 0x18040000, 0x00040011, 0, 0},
	 {0x08040000, 0x90248101, 0, 0, 0x18040000, 0x00040011, 0, 0x80000008}},
	{"reset",
	 7,
	 {0x08040000, 0x90290201, 0, 0, 0x18030000, 0, 0},
	 {0x08040000, 0x90298201, 0, 0, 0x18030000, 0, 0}},
	{"get after reset",
	 8,
	 {0x08040000, 0x90240101, 0, 0, 0x18040000, 0x00040011, 0, 0},
	 {0x08040800, 0x90248101, 0, 0, 0x18040000, 0x00040011, 0, 0}},
	{"unknown TLV",
	 8,
	 {0x08040000, 0x90240101, 0, 0, 0x18040000, 0x00040999, 0, 0},
	 {0x08040300, 0x90248101, 0, 0, 0x18040000, 0x00040999, 0, 0}},
	{"port that is none",
	 8,
	 {0x08040000, 0x90240101, 0, 0, 0x18040000, 0x00040012, 0x00030000, 0},
	 {0x08040700, 0x90248101, 0, 0, 0x18040000, 0x00040012, 0x00030000, 0}},
	{"too short",
	 8,
	 {0x08040000, 0x90240101, 0, 0, 0x18040000, 0x00040010, 0x00010000, 0},
	 {0x08042400, 0x90248101, 0, 0, 0x18040000, 0x00040010, 0x00010000, 0}},
	{"too long",
	 8,
	 {0x08040000, 0x90240101, 0, 0, 0x18050000, 0x00080011, 0, 0},
	 {0x08040700, 0x90248101, 0, 0, 0x18050000, 0x00080011, 0, 0}},
	{"another register",
	 8,
	 {0x08040000, 0x90010101, 0, 0, 0x18040000, 0x00040011, 0, 0},
	 {0x08040400, 0x90018101, 0, 0, 0x18040000, 0x00040011, 0, 0}},
	{"another class",
	 8,
	 {0x08040000, 0x90240102, 0, 0, 0x18040000, 0x00040011, 0, 0},
	 {0x08040500, 0x90248102, 0, 0, 0x18040000, 0x00040011, 0, 0}},
	{"another method",
	 8,
	 {0x08040000, 0x90290101, 0, 0, 0x18030000, 0, 0, 0},
	 {0x08040600, 0x90298101, 0, 0, 0x18030000, 0, 0, 0}},
};

static void exchange_all(struct check *c, struct card *card, bool in_cr_space)
{
	for (size_t i = 0; i < sizeof(EXCHANGES) / sizeof(EXCHANGES[0]); i++) {
		const struct exchange *x = &EXCHANGES[i];
		uint32_t found[8];

		if (in_cr_space) {
			for (unsigned w = 0; w < x->count; w++)
				reg_write(card, CR_MAILBOX + 4 * w, x->request[w]);
		} else {
			mailbox_write(card, x->request, x->count);
		}
		CHECK_EQ(c, hcr(card, 0x3b, in_cr_space, 0, 0), 0);
		mailbox_read(card, found, x->count);
		for (unsigned w = 0; w < x->count; w++) {
			if (in_cr_space)
				found[w] = reg_read(card, CR_MAILBOX + 4 * w);
			if (found[w] != x->answer[w])
				printf("    %s, word %u\n", x->what, w);
			CHECK_EQ(c, found[w], x->answer[w]);
		}
	}
}

static void packets_are_answered_byte_by_byte_as_on_a_card(struct check *c)
{
	struct card card;

	firmware_new(&card, "W25Q16BV", &FIRMWARE);
	exchange_all(c, &card, false);
	card_free(&card);
}

static void the_mailbox_in_cr_space_is_an_option(struct check *c)
{
	struct cx3_sim_options options;
	struct card card;

	firmware_new(&card, "W25Q16BV", &FIRMWARE);
	options = card_info(&card).options;
	CHECK(c, options.cr_mailbox);
	options.cr_mailbox = false;
	CHECK_EQ(c, cx3_sim_set_options(card.sim, &options), CX3_OK);
	reg_write(&card, CR_MAILBOX, 0x0badb00f);
	CHECK_EQ(c, reg_read(&card, CR_MAILBOX), 0);
	options.cr_mailbox = true;
	CHECK_EQ(c, cx3_sim_set_options(card.sim, &options), CX3_OK);
	reg_write(&card, CR_MAILBOX, 0x0badb00f);
	CHECK_EQ(c, reg_read(&card, CR_MAILBOX), 0x0badb00f);
	reg_write(&card, CR_MAILBOX + 0x120, 1);
	CHECK_EQ(c, reg_read(&card, CR_MAILBOX + 0x120), 0);
	exchange_all(c, &card, true);
	card_free(&card);
}

static uint32_t dev_cap(struct card *card, unsigned byte)
{
	uint32_t words[64];

	hcr(card, 3, 0, 0, 0);
	mailbox_read(card, words, 64);
	return words[byte / 4];
}

static void defaults(struct card *card, uint32_t port, uint32_t words[7])
{
	hcr(card, port << 12 | 0x73, 0, 0, 0);
	mailbox_read(card, words, 7);
}

static void the_hp_card_has_the_profile_of_the_reports(struct check *c)
{
	uint32_t words[7];
	struct card card;

	firmware_new_model(&card, "W25Q16BV", "hp-764285-b21", 2, &FIRMWARE);
	CHECK_EQ(c, dev_cap(&card, 0xc0), 0x3d);
	CHECK_EQ(c, dev_cap(&card, 0x38) & 0xff, 128);
	CHECK_EQ(c, dev_cap(&card, 0x48) >> 16 & 0x3f, 4);
	CHECK_EQ(c, dev_cap(&card, 0xc8) >> 3 & 0x3f, 5);
	defaults(&card, 0, words);
	CHECK_EQ(c, words[0], 1u << 24 | 1u << 17 | 1u << 16);
	CHECK_EQ(c, words[1], 1u << 31 | 1u << 29 | 1u << 21 | 5u << 12 | 5u << 8 | 16);
	defaults(&card, 1, words);
	CHECK_EQ(c, words[0] >> 17 & 1, 1);
	CHECK_EQ(c, words[1], 1u << 29 | 3u << 25 | 1u << 16 | 1);
	CHECK_EQ(c, words[2], 1u << 28);
	CHECK_EQ(c, words[3], 0);
	defaults(&card, 2, words);
	CHECK_EQ(c, words[1], 1u << 29 | 1u << 27 | 3u << 25 | 1u << 16 | 1);
	CHECK_EQ(c, card_info(&card).applied.vfs, 16);
	CHECK_EQ(c, card_info(&card).applied.log_bar_size, 5);
	CHECK_EQ(c, card_info(&card).applied.sriov, true);
	CHECK_EQ(c, card_info(&card).applied.link_type[1], 3);
	CHECK_EQ(c, card_info(&card).applied.option_rom[0], true);
	card_free(&card);
}

static void other_models_have_the_profile_of_retail_firmware(struct check *c)
{
	uint32_t words[7];
	struct card card;

	firmware_new_model(&card, "W25Q16BV", "mcx311a-xcat", 0, &FIRMWARE);
	CHECK_EQ(c, dev_cap(&card, 0xc0), 0x29);
	CHECK_EQ(c, dev_cap(&card, 0x48) >> 16 & 0x3f, 2);
	defaults(&card, 0, words);
	CHECK_EQ(c, words[0], 1u << 24 | 1u << 17);
	CHECK_EQ(c, words[1] & 0xff, 8);
	CHECK_EQ(c, card_info(&card).applied.link_type[1], 0);
	card_free(&card);
	firmware_new_model(&card, "W25Q16BV", "mcx354a-fcbt", 2, &FIRMWARE);
	CHECK_EQ(c, dev_cap(&card, 0xc0), 0x39);
	card_free(&card);
}

static void the_faults_of_firmware_come_as_often_as_told(struct check *c)
{
	uint32_t words[7], value;
	struct card card;

	firmware_new(&card, "W25Q16BV", &FIRMWARE);
	card_fault(&card, CX3_SIM_FAULT_HCR_STATUS, 2, 1, 0x73 << 8 | 9);
	CHECK_EQ(c, hcr(&card, 0x73, 0, 0, 0), 0);
	CHECK_EQ(c, hcr(&card, 0x03, 0, 0, 0), 0);
	CHECK_EQ(c, hcr(&card, 0x73, 0, 0, 0), 9);
	CHECK_EQ(c, hcr(&card, 0x73, 0, 0, 0), 0);
	card_fault(&card, CX3_SIM_FAULT_HCR_STATUS, 1, 0, 1);
	CHECK_EQ(c, hcr(&card, 0x73, 0, 0, 0), 1);
	CHECK_EQ(c, hcr(&card, 0x71, 0, 0, 0), 1);
	card_fault(&card, CX3_SIM_FAULT_NV_STATUS, 1, 2, 0x22);
	CHECK_EQ(c, nv_get(&card, 0x11, 0, &value, 1), 0x22);
	CHECK_EQ(c, nv_get(&card, 0x11, 0, &value, 1), 0x22);
	CHECK_EQ(c, nv_get(&card, 0x11, 0, &value, 1), 8);
	card_fault(&card, CX3_SIM_FAULT_OLD_PAYLOAD, 0, 0, 0);
	defaults(&card, 1, words);
	CHECK_EQ(c, words[0] >> 24, 0);
	card_fault(&card, CX3_SIM_FAULT_STUCK_HCR, 1, 4, 0);
	reg_write(&card, HCR_COMMAND, HCR_GO | 0x73);
	cx3_sim_sleep_us(card.sim, 60000000);
	for (int i = 0; i < 4; i++)
		CHECK_EQ(c, reg_read(&card, HCR_COMMAND), HCR_GO | 0x73);
	cx3_sim_sleep_us(card.sim, 100);
	CHECK_EQ(c, reg_read(&card, HCR_COMMAND), 0x73);
	card_fault(&card, CX3_SIM_FAULT_STUCK_HCR, 1, 0, 0);
	reg_write(&card, HCR_COMMAND, HCR_GO | 0x73);
	for (int i = 0; i < 1000; i++)
		CHECK_EQ(c, reg_read(&card, HCR_COMMAND), HCR_GO | 0x73);
	CHECK_EQ(c, cx3_sim_chip_reset(card.sim, &card.err), CX3_OK);
	CHECK_EQ(c, hcr(&card, 0x73, 0, 0, 0), 0);
	card_fault(&card, CX3_SIM_FAULT_STUCK_HCR, 1, 0, 0);
	reg_write(&card, HCR_COMMAND, HCR_GO | 0x73);
	card_fault(&card, CX3_SIM_FAULT_NONE, 0, 0, 0);
	CHECK_EQ(c, reg_read(&card, HCR_COMMAND), 4u << 24 | 0x73);
	CHECK_EQ(c, hcr(&card, 0x73, 0, 0, 0), 0);
	card_free(&card);
}

static void faults_that_firmware_cannot_have_are_refused(struct check *c)
{
	const struct cx3_sim_fault bad[] = {
		{.kind = CX3_SIM_FAULT_HCR_STATUS, .value = 0x7300},
		{.kind = CX3_SIM_FAULT_HCR_STATUS, .value = 0x100001},
		{.kind = CX3_SIM_FAULT_NV_STATUS, .value = 0},
		{.kind = CX3_SIM_FAULT_NV_STATUS, .value = 0x80},
	};
	struct card card;

	firmware_new(&card, "W25Q16BV", &FIRMWARE);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK_EQ(c, cx3_sim_set_fault(card.sim, &bad[i], &card.err), CX3_INVALID_ARGUMENT);
	card_free(&card);
}

int main(void)
{
	struct check check = {0};

	CASE(&check, without_an_image_there_is_no_command_interface);
	CASE(&check, go_is_seen_until_the_command_is_done);
	CASE(&check, a_quadword_has_its_lower_word_in_the_low_half);
	CASE(&check, unknown_commands_and_ports_are_refused);
	CASE(&check, packets_are_answered_byte_by_byte_as_on_a_card);
	CASE(&check, the_mailbox_in_cr_space_is_an_option);
	CASE(&check, the_hp_card_has_the_profile_of_the_reports);
	CASE(&check, other_models_have_the_profile_of_retail_firmware);
	CASE(&check, the_faults_of_firmware_come_as_often_as_told);
	CASE(&check, faults_that_firmware_cannot_have_are_refused);
	return check_report(&check);
}
