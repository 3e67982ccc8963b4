/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* PCI configuration space and the CR gateway behind it. */
#include <string.h>

#include "check.h"
#include "cx3/device.h"
#include "firmware.h"
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
	static const uint8_t EXTENDED[] = {0x0e, 0x10, 0x03, 0x01, 0x19}; /* SR-IOV is second */
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
	for (at = 0x100, count = 0; at && count < sizeof(EXTENDED);
	     at = config_read(&card, at) >> 20)
		CHECK_EQ(c, config_read(&card, at) & 0xffff, EXTENDED[count++]);
	CHECK_EQ(c, at, 0);
	CHECK_EQ(c, count, sizeof(EXTENDED));
	CHECK_EQ(c, config_read(&card, 0x14c), 0x00ffff00);
	CHECK_EQ(c, config_read(&card, 0x150), 0x0002c903);
	card_free(&card);
}

/* nv-config 7.4 and 1.4: functions and the memory of each, as stored when firmware started. */
static void virtual_functions_are_offered_as_stored(struct check *c)
{
	uint32_t five = 0x80000005, off = 5, bar = 4;
	struct card card;

	firmware_new(&card, "W25Q16BV", &FIRMWARE);
	CHECK_EQ(c, config_read(&card, 0x100) >> 20, 0x108);
	CHECK_EQ(c, config_read(&card, 0x108), 0x14810010);
	CHECK_EQ(c, config_read(&card, 0x114), 0x00080008);
	CHECK_EQ(c, config_read(&card, 0x11c), 0x00010001);
	CHECK_EQ(c, config_read(&card, 0x120), 0x10040000);
	config_write(&card, 0x134, 0xffffffff);
	config_write(&card, 0x138, 0xffffffff);
	CHECK_EQ(c, config_read(&card, 0x134), 0xff80000c); /* 8 MiB */
	CHECK_EQ(c, config_read(&card, 0x138), 0xffffffff);
	config_write(&card, 0x110, 0x00000009);
	CHECK_EQ(c, config_read(&card, 0x110), 0); /* none appears */
	config_write(&card, 0x118, 0xffff0003);
	CHECK_EQ(c, config_read(&card, 0x118), 3);
	CHECK_EQ(c, nv_set(&card, 0x11, 0, &five, 1), 0);
	CHECK_EQ(c, nv_set(&card, 0x13, 0, &bar, 1), 0);
	CHECK_EQ(c, config_read(&card, 0x114), 0x00080008);
	cx3_sim_chip_reset(card.sim, &card.err);
	CHECK_EQ(c, config_read(&card, 0x114), 0x00050005);
	CHECK_EQ(c, config_read(&card, 0x118), 0);
	CHECK_EQ(c, config_read(&card, 0x134), 0x0000000c);
	config_write(&card, 0x134, 0xffffffff);
	CHECK_EQ(c, config_read(&card, 0x134), 0xff00000c); /* 16 MiB */
	CHECK_EQ(c, nv_set(&card, 0x11, 0, &off, 1), 0);
	cx3_sim_chip_reset(card.sim, &card.err);
	CHECK_EQ(c, config_read(&card, 0x100) >> 20, 0x148);
	for (uint32_t at = 0x108; at < 0x148; at += 4)
		CHECK_EQ(c, config_read(&card, at), 0);
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

static void set_options(struct card *card, uint32_t bar2_log2_mib, uint32_t link_width,
			bool vendor_capability)
{
	struct cx3_sim_options options = card_info(card).options;

	options.bar2_log2_mib = bar2_log2_mib;
	options.link_width = link_width;
	options.vendor_capability = vendor_capability;
	cx3_sim_set_options(card->sim, &options);
}

static void the_firmware_sizes_bar2(struct check *c)
{
	static const struct {
		uint32_t log2_mib, low, high;
	} ROWS[] = {{0, 0xfff0000c, 0xffffffff},
		    {11, 0x8000000c, 0xffffffff},
		    {12, 0x0000000c, 0xffffffff},
		    {20, 0x0000000c, 0xffffff00}};
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	config_write(&card, 0x18, 0xffffffff);
	config_write(&card, 0x1c, 0xffffffff);
	for (unsigned i = 0; i < sizeof(ROWS) / sizeof(ROWS[0]); i++) {
		cx3_sim_chip_reset(card.sim, &card.err);
		set_options(&card, ROWS[i].log2_mib, 8, false);
		config_write(&card, 0x18, 0xffffffff);
		config_write(&card, 0x1c, 0xffffffff);
		CHECK_EQ(c, config_read(&card, 0x18), ROWS[i].low);
		CHECK_EQ(c, config_read(&card, 0x1c), ROWS[i].high);
		CHECK_EQ(c, cx3_sim_bar2_bytes(card.sim), 1ull << (20 + ROWS[i].log2_mib));
	}
	card_free(&card);
}

static void options_that_no_card_has_are_refused(struct check *c)
{
	struct cx3_sim_options options;
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	options = card_info(&card).options;
	options.bar2_log2_mib = 21;
	CHECK_EQ(c, cx3_sim_set_options(card.sim, &options), CX3_INVALID_ARGUMENT);
	options.bar2_log2_mib = 3;
	options.link_width = 3;
	CHECK_EQ(c, cx3_sim_set_options(card.sim, &options), CX3_INVALID_ARGUMENT);
	card_free(&card);
}

static void the_link_tells_lanes_in_use_and_lanes_there(struct check *c)
{
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	set_options(&card, 3, 4, false);
	CHECK_EQ(c, config_read(&card, 0x6c), 0x83);
	CHECK_EQ(c, config_read(&card, 0x70) >> 16, 0x43);
	card_free(&card);
}

static void control_registers_keep_what_may_be_written(struct check *c)
{
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	config_write(&card, 0x44, 0xffffffff);
	CHECK_EQ(c, config_read(&card, 0x44), 0x0b);
	config_write(&card, 0x44, 0);
	config_write(&card, 0x68, 0xffff2910);
	CHECK_EQ(c, config_read(&card, 0x68), 0x2910);
	config_write(&card, 0x70, 0x40);
	CHECK_EQ(c, config_read(&card, 0x70), 0x00830040);
	card_free(&card);
}

/* Firmware, locks and flash belong to the chip. */
static void a_function_reset_clears_configuration_space_only(struct check *c)
{
	struct card card;

	running_card(&card);
	CHECK_EQ(c, reg_read(&card, SEM_PROGRAMMING), 0);
	config_write(&card, 0x10, 0xfe000000);
	config_write(&card, 0x04, 0x06);
	config_write(&card, 0x58, 0xf0014);
	config_write(&card, 0x68, 0xa810);
	CHECK_EQ(c, config_read(&card, 0x00), 0x100715b3);
	CHECK_EQ(c, config_read(&card, 0x04) & 0xffff, 0);
	CHECK_EQ(c, config_read(&card, 0x10), 0x4);
	CHECK_EQ(c, config_read(&card, 0x58), 0);
	CHECK_EQ(c, config_read(&card, 0x68), 0);
	CHECK_EQ(c, reg_read(&card, SEM_PROGRAMMING), 1);
	CHECK(c, card_info(&card).booted);
	card_free(&card);
}

static void the_vendor_capability_reads_and_writes_registers(struct check *c)
{
	uint32_t ticket;
	struct card card;

	running_card(&card);
	CHECK_EQ(c, config_read(&card, 0x60) >> 8 & 0xff, 0);
	CHECK_EQ(c, config_read(&card, 0xc0), 0);
	set_options(&card, 3, 8, true);
	CHECK_EQ(c, config_read(&card, 0x60) >> 8 & 0xff, 0xc0);
	CHECK_EQ(c, config_read(&card, 0xc0), 0x00180009);
	CHECK_EQ(c, config_read(&card, 0xcc), 0);
	ticket = config_read(&card, 0xc8);
	CHECK_EQ(c, config_read(&card, 0xc8), ticket + 1);
	config_write(&card, 0xcc, ticket + 1);
	CHECK_EQ(c, config_read(&card, 0xcc), ticket + 1);
	config_write(&card, 0xcc, ticket + 7); /* taken already */
	CHECK_EQ(c, config_read(&card, 0xcc), ticket + 1);

	config_write(&card, 0xc4, 3);
	CHECK_EQ(c, config_read(&card, 0xc4) >> 29, 0);
	config_write(&card, 0xc4, 2);
	CHECK_EQ(c, config_read(&card, 0xc4), 0x20000002);
	config_write(&card, 0xd0, 0xf0014);
	CHECK_EQ(c, config_read(&card, 0xd0), 0x800f0014);
	CHECK_EQ(c, config_read(&card, 0xd4), 0x1f7);
	config_write(&card, 0xd4, 0x12345678);
	config_write(&card, 0xd0, 0x800f0000);
	CHECK_EQ(c, config_read(&card, 0xd0), 0xf0000);
	CHECK_EQ(c, reg_read(&card, 0xf0000), 0x12345678);

	/* The other spaces hold nothing, and nothing in them is a register. */
	config_write(&card, 0xc4, 0xa);
	config_write(&card, 0xd0, 0xf0014);
	CHECK_EQ(c, config_read(&card, 0xd4), 0);
	config_write(&card, 0xcc, 0);
	CHECK_EQ(c, config_read(&card, 0xcc), 0);
	card_free(&card);
}

int main(void)
{
	struct check check = {0};

	CASE(&check, identity_and_capabilities_are_those_of_a_card);
	CASE(&check, virtual_functions_are_offered_as_stored);
	CASE(&check, bars_tell_their_sizes);
	CASE(&check, the_mark_of_a_virtual_card_is_where_the_driver_looks);
	CASE(&check, the_gateway_reads_and_writes_registers);
	CASE(&check, a_dump_of_config_space_takes_the_semaphore_that_is_addressed);
	CASE(&check, a_write_only_address_register_turns_the_order_round);
	CASE(&check, vpd_is_read_through_its_capability);
	CASE(&check, config_space_ends_after_4096_bytes);
	CASE(&check, a_card_in_reset_does_not_answer);
	CASE(&check, the_firmware_sizes_bar2);
	CASE(&check, options_that_no_card_has_are_refused);
	CASE(&check, the_link_tells_lanes_in_use_and_lanes_there);
	CASE(&check, control_registers_keep_what_may_be_written);
	CASE(&check, a_function_reset_clears_configuration_space_only);
	CASE(&check, the_vendor_capability_reads_and_writes_registers);
	return check_report(&check);
}
