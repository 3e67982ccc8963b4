/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* PCI configuration space and the CR gateway behind it. */
#include <string.h>

#include "check.h"
#include "cx3/device.h"
#include "fixture.h"
#include "tiny_image.h"

static struct tiny_image image;

/* A card that runs, so that VPD is there. */
static void running_card(struct card *card)
{
	const struct tiny_options options = {.major = 2, .minor = 42, .subminor = 5000};

	tiny_make(&image, &options);
	card_new(card, "W25Q16BV", 1);
	tiny_store(card->sim, &image, 0);
	cx3_sim_power_cycle(card->sim, &card->err);
}

static uint32_t config_read(struct card *card, uint32_t offset)
{
	uint8_t b[4] = {0};

	cx3_sim_config_read(card->sim, offset, b, 4, &card->err);
	return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

static void config_write(struct card *card, uint32_t offset, uint32_t value)
{
	const uint8_t b[4] = {(uint8_t)value, (uint8_t)(value >> 8), (uint8_t)(value >> 16),
			      (uint8_t)(value >> 24)};

	cx3_sim_config_write(card->sim, offset, b, 4, &card->err);
}

static void identity_and_capabilities_are_those_of_a_card(struct check *c)
{
	static const uint8_t EXPECTED[] = {0x01, 0x03, 0x10};
	struct card card;
	uint32_t at, next;
	unsigned count = 0;

	running_card(&card);
	CHECK_EQ(c, config_read(&card, 0x00), 0x100715b3);
	CHECK_EQ(c, config_read(&card, 0x2c), 0x22f4103c);
	CHECK_EQ(c, config_read(&card, 0x04) >> 16 & 0x10, 0x10);
	for (at = config_read(&card, 0x34) & 0xff; at; at = next) {
		uint32_t head = config_read(&card, at);

		CHECK(c, count < sizeof(EXPECTED));
		CHECK_EQ(c, head & 0xff, EXPECTED[count]);
		next = head >> 8 & 0xff;
		count++;
	}
	CHECK_EQ(c, count, sizeof(EXPECTED));
	for (at = 0x100, count = 0; at && count < 16; at = config_read(&card, at) >> 20)
		count++;
	CHECK_EQ(c, count, 4);
	CHECK_EQ(c, config_read(&card, 0x14c), 0x00ffff00);
	CHECK_EQ(c, config_read(&card, 0x150), 0x0002c903);
	card_free(&card);
}

static void bars_tell_their_sizes(struct check *c)
{
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	config_write(&card, 0x10, 0xffffffff);
	config_write(&card, 0x14, 0xffffffff);
	config_write(&card, 0x18, 0xffffffff);
	CHECK_EQ(c, config_read(&card, 0x10), 0xfff00004);
	CHECK_EQ(c, config_read(&card, 0x14), 0xffffffff);
	CHECK_EQ(c, config_read(&card, 0x18), 0xff80000c);
	config_write(&card, 0x20, 0xffffffff);
	CHECK_EQ(c, config_read(&card, 0x20), 0);
	config_write(&card, 0x00, 0);
	CHECK_EQ(c, config_read(&card, 0x00), 0x01f815b3);
	card_free(&card);
}

static void the_mark_of_a_virtual_card_is_where_the_driver_looks(struct check *c)
{
	char mark[17] = "";
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	cx3_sim_config_read(card.sim, CX3_VIRTUAL_MARK_OFFSET, mark, 16, &card.err);
	CHECK_STR(c, mark, CX3_VIRTUAL_MARK);
	card_free(&card);
}

static void the_gateway_reads_and_writes_registers(struct check *c)
{
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	config_write(&card, 0x58, 0xf0014);
	CHECK_EQ(c, config_read(&card, 0x58), 0xf0014);
	CHECK_EQ(c, config_read(&card, 0x5c), 0x1f7);
	config_write(&card, 0x58, SEM_PROGRAMMING);
	CHECK_EQ(c, config_read(&card, 0x5c), 0);
	CHECK_EQ(c, config_read(&card, 0x5c), 1);
	config_write(&card, 0x5c, 0);
	CHECK_EQ(c, reg_read(&card, SEM_PROGRAMMING), 0);
	config_write(&card, 0x58, 0x100000);
	CHECK_EQ(c, config_read(&card, 0x5c), 0xffffffff);
	card_free(&card);
}

static void a_dump_of_config_space_takes_the_semaphore_that_is_addressed(struct check *c)
{
	uint8_t dump[256];
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	config_write(&card, 0x58, SEM_GATEWAY);
	CHECK_EQ(c, cx3_sim_config_read(card.sim, 0, dump, 64, &card.err), CX3_OK);
	CHECK_EQ(c, card_info(&card).semaphores_held[1], 0);
	CHECK_EQ(c, cx3_sim_config_read(card.sim, 0, dump, sizeof(dump), &card.err), CX3_OK);
	CHECK_EQ(c, card_info(&card).semaphores_held[1], 0x80000000);
	card_free(&card);
}

static void a_write_only_address_register_turns_the_order_round(struct check *c)
{
	struct cx3_sim_options options;
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	options = card_info(&card).options;
	options.write_only_address = true;
	cx3_sim_set_options(card.sim, &options);
	config_write(&card, 0x58, 0xf0014);
	CHECK_EQ(c, config_read(&card, 0x58), 0xbadacce5);
	config_write(&card, 0x58, 0xf0014 | 1);
	CHECK_EQ(c, config_read(&card, 0x5c), 0x1f7);
	config_write(&card, 0x5c, 0x12345678);
	CHECK_EQ(c, reg_read(&card, 0xf0000), 0);
	config_write(&card, 0x58, 0xf0000);
	CHECK_EQ(c, reg_read(&card, 0xf0000), 0x12345678);
	card_free(&card);
}

static void vpd_is_read_through_its_capability(struct check *c)
{
	const uint8_t order[2] = {0, 0};
	struct card card;

	running_card(&card);
	cx3_sim_config_write(card.sim, 0x4a, order, 2, &card.err);
	CHECK_EQ(c, config_read(&card, 0x48) >> 16, 0x8000);
	CHECK_EQ(c, config_read(&card, 0x4c), 0x54000482);
	card_free(&card);
}

static void config_space_ends_after_4096_bytes(struct check *c)
{
	uint8_t byte;
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	CHECK_EQ(c, cx3_sim_config_read(card.sim, 4095, &byte, 1, &card.err), CX3_OK);
	CHECK_EQ(c, cx3_sim_config_read(card.sim, 4096, &byte, 1, &card.err), CX3_OUT_OF_RANGE);
	CHECK_EQ(c, cx3_sim_config_write(card.sim, 0xffffffff, &byte, 1, &card.err),
		 CX3_OUT_OF_RANGE);
	card_free(&card);
}

static void a_card_in_reset_does_not_answer(struct check *c)
{
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	config_write(&card, 0x04, 0x06);
	reg_write(&card, 0xf0010, 1);
	CHECK_EQ(c, config_read(&card, 0), 0xffffffff);
	cx3_sim_sleep_us(card.sim, 1000000);
	CHECK_EQ(c, config_read(&card, 0), 0x01f815b3);
	CHECK_EQ(c, config_read(&card, 0x04) & 0xffff, 0);
	cx3_sim_power_cycle(card.sim, &card.err);
	CHECK_EQ(c, config_read(&card, 0x04) & 0xffff, 0x06);
	card_free(&card);
}

int main(void)
{
	struct check check = {0};

	CASE(&check, identity_and_capabilities_are_those_of_a_card);
	CASE(&check, bars_tell_their_sizes);
	CASE(&check, the_mark_of_a_virtual_card_is_where_the_driver_looks);
	CASE(&check, the_gateway_reads_and_writes_registers);
	CASE(&check, a_dump_of_config_space_takes_the_semaphore_that_is_addressed);
	CASE(&check, a_write_only_address_register_turns_the_order_round);
	CASE(&check, vpd_is_read_through_its_capability);
	CASE(&check, config_space_ends_after_4096_bytes);
	CASE(&check, a_card_in_reset_does_not_answer);
	return check_report(&check);
}
