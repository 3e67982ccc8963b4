/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* CR space: identity, semaphores, gateway protocol, clock, reset. */
#include <string.h>

#include "check.h"
#include "fixture.h"

static void the_id_register_tells_the_hardware_and_cannot_be_written(struct check *c)
{
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	CHECK_EQ(c, reg_read(&card, 0xf0014), 0x1f7);
	reg_write(&card, 0xf0014, 0);
	CHECK_EQ(c, reg_read(&card, 0xf0014), 0x1f7);
	card_free(&card);
}

static void a_read_takes_a_semaphore_and_a_written_zero_frees_it(struct check *c)
{
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	for (uint32_t reg = 0xf0300; reg <= 0xf03fc; reg += 4) {
		CHECK_EQ(c, reg_read(&card, reg), 0);
		CHECK_EQ(c, reg_read(&card, reg), 1);
	}
	CHECK_EQ(c, card_info(&card).semaphores_held[0], 0xffffffff);
	CHECK_EQ(c, card_info(&card).semaphores_held[1], 0xffffffff);
	reg_write(&card, SEM_PROGRAMMING, 0);
	CHECK_EQ(c, card_info(&card).semaphores_held[1], 0xfffffeff);
	CHECK_EQ(c, reg_read(&card, SEM_PROGRAMMING), 0);
	CHECK_EQ(c, reg_read(&card, SEM_PROGRAMMING), 1);
	card_free(&card);
}

static void other_registers_read_zero_and_keep_nothing(struct check *c)
{
	static const uint32_t REGISTERS[] = {0x0,     0xe0000, 0x80780, 0xf0004, 0xf0018,
					     0xf02fc, 0xf0408, 0xf0420, 0xffffc};
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	for (size_t i = 0; i < sizeof(REGISTERS) / sizeof(REGISTERS[0]); i++) {
		reg_write(&card, REGISTERS[i], 0x0badb00f);
		CHECK_EQ(c, reg_read(&card, REGISTERS[i]), 0);
	}
	card_free(&card);
}

static void addresses_outside_of_cr_space_are_refused(struct check *c)
{
	struct card card;
	uint32_t value;

	card_new(&card, "W25Q16BV", 1);
	CHECK_EQ(c, cx3_sim_read32(card.sim, 0x100000, &value, &card.err), CX3_OUT_OF_RANGE);
	CHECK_EQ(c, card.err.reg, 0x100000);
	CHECK_EQ(c, cx3_sim_read32(card.sim, 0xf0015, &value, &card.err), CX3_OUT_OF_RANGE);
	CHECK_EQ(c, cx3_sim_write32(card.sim, 0xfffffffc, 0, NULL), CX3_OUT_OF_RANGE);
	card_free(&card);
}

static void a_blank_card_is_in_recovery_mode(struct check *c)
{
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	CHECK(c, reg_read(&card, 0x41270) > 0xfff00000);
	CHECK_EQ(c, reg_read(&card, 0x1f064), 0);
	CHECK_EQ(c, reg_read(&card, 0x1f148), 0);
	reg_write(&card, 0xf3834, 0x10000000);
	CHECK_EQ(c, reg_read(&card, 0xf3834), 0x10000000);
	card_free(&card);
}

static void the_gateway_shows_busy_as_often_as_told(struct check *c)
{
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	cx3_sim_set_timing(card.sim, 2, false);
	reg_write(&card, GW_COMMAND, 0x409f2215);
	CHECK_EQ(c, reg_read(&card, GW_COMMAND), 0x409f2215);
	CHECK_EQ(c, reg_read(&card, GW_COMMAND), 0x409f2215);
	CHECK_EQ(c, reg_read(&card, GW_COMMAND), 0x009f2215);
	CHECK_EQ(c, reg_read(&card, GW_DATA0), 0xef401500);
	reg_write(&card, GW_COMMAND, 0x009f2215); /* without bit 30: nothing happens */
	CHECK_EQ(c, reg_read(&card, GW_COMMAND), 0x009f2215);
	CHECK_EQ(c, card_info(&card).spi_commands, 1);
	CHECK_EQ(c, card_info(&card).violations, 0);
	card_free(&card);
}

struct wrong_command {
	uint32_t command;
	const char *violation;
};

static void wrong_gateway_commands_are_put_down(struct check *c)
{
	static const struct wrong_command WRONG[] = {
		{0x409f0215, "gateway command 409f0215 has bit 13 (flash enable) clear"},
		{0x4003251d, "gateway command 4003251d asks for more than 16 bytes"},
		{0x409f6215, "gateway command 409f6215 has bit 14 (4-byte address) set"},
		{0x40002411, "gateway command 40002411 goes on without CS"},
		{0x409f2217, "gateway command 409f2217 has unknown bits"},
	};
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	for (size_t i = 0; i < sizeof(WRONG) / sizeof(WRONG[0]); i++) {
		gateway(&card, WRONG[i].command);
		CHECK_EQ(c, card_info(&card).violations, i + 1);
		CHECK_STR(c, card_info(&card).last_violation, WRONG[i].violation);
	}
	cx3_sim_reset_counters(card.sim);
	CHECK_EQ(c, card_info(&card).violations, 0);
	CHECK_STR(c, card_info(&card).last_violation, "");
	card_free(&card);
}

static void a_command_to_a_busy_gateway_is_lost(struct check *c)
{
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	cx3_sim_set_timing(card.sim, 3, false);
	reg_write(&card, GW_COMMAND, 0x409f2215);
	reg_write(&card, GW_COMMAND, 0x40052215);
	CHECK_EQ(c, card_info(&card).violations, 1);
	CHECK_EQ(c, reg_read(&card, GW_COMMAND), 0x409f2215);
	card_free(&card);
}

static void accesses_cost_simulated_time_and_are_counted(struct check *c)
{
	struct cx3_sim_options options;
	struct card card;
	uint64_t start_us;

	card_new(&card, "W25Q16BV", 1);
	start_us = cx3_sim_now_us(card.sim);
	for (int i = 0; i < 100; i++)
		reg_read(&card, 0xf0014);
	CHECK_EQ(c, cx3_sim_now_us(card.sim) - start_us, 100);
	for (int i = 0; i < 100; i++)
		reg_write(&card, 0xe0000, 0);
	CHECK_EQ(c, cx3_sim_now_us(card.sim) - start_us, 110);
	cx3_sim_sleep_us(card.sim, 1000);
	CHECK_EQ(c, cx3_sim_now_us(card.sim) - start_us, 1110);
	CHECK_EQ(c, card_info(&card).reads, 100);
	CHECK_EQ(c, card_info(&card).writes, 100);
	options = card_info(&card).options;
	options.read_ns = 5000;
	CHECK_EQ(c, cx3_sim_set_options(card.sim, &options), CX3_OK);
	reg_read(&card, 0xf0014);
	CHECK_EQ(c, cx3_sim_now_us(card.sim) - start_us, 1115);
	options.read_ns = 2000000000;
	CHECK_EQ(c, cx3_sim_set_options(card.sim, &options), CX3_INVALID_ARGUMENT);
	options.read_ns = 1000;
	options.spi_byte_ns = 0;
	options.write_ns = 0;
	options.gateway_ns = 3000;
	CHECK_EQ(c, cx3_sim_set_options(card.sim, &options), CX3_OK);
	start_us = cx3_sim_now_us(card.sim);
	reg_write(&card, GW_COMMAND, 0x409f2215);
	CHECK_EQ(c, cx3_sim_now_us(card.sim) - start_us, 3);
	options.gateway_ns = 1000000001;
	CHECK_EQ(c, cx3_sim_set_options(card.sim, &options), CX3_INVALID_ARGUMENT);
	cx3_sim_sleep_us(card.sim, UINT64_MAX);
	CHECK(c, cx3_sim_now_us(card.sim) > start_us + 1115);
	card_free(&card);
}

static void a_reset_frees_the_locks_and_takes_its_time(struct check *c)
{
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	reg_read(&card, SEM_GATEWAY);
	reg_write(&card, 0xf0010, 1);
	CHECK_EQ(c, reg_read(&card, 0xf0014), 0xffffffff);
	cx3_sim_sleep_us(card.sim, 1000000);
	CHECK_EQ(c, reg_read(&card, 0xf0014), 0x1f7);
	CHECK_EQ(c, card_info(&card).semaphores_held[1], 0);
	CHECK_EQ(c, cx3_sim_chip_reset(card.sim, &card.err), CX3_OK);
	CHECK_EQ(c, reg_read(&card, 0xf0014), 0x1f7);
	card_free(&card);
}

static void a_reset_waits_for_a_busy_chip(struct check *c)
{
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	cx3_sim_set_timing(card.sim, 0, true);
	fill(&card, 0, 0x00, 16);
	spi_write_enable(&card, 0);
	spi_erase(&card, 0, 0xd8, 0); /* two seconds */
	reg_write(&card, 0xf0010, 1);
	cx3_sim_sleep_us(card.sim, 1900000);
	CHECK_EQ(c, reg_read(&card, 0xf0014), 0xffffffff);
	cx3_sim_sleep_us(card.sim, 200000);
	CHECK_EQ(c, reg_read(&card, 0xf0014), 0x1f7);
	CHECK_EQ(c, spi_status(&card, 0), 0x00);
	CHECK_EQ(c, peek(&card, 0), 0xff);
	card_free(&card);
}

int main(void)
{
	struct check check = {0};

	CASE(&check, the_id_register_tells_the_hardware_and_cannot_be_written);
	CASE(&check, a_read_takes_a_semaphore_and_a_written_zero_frees_it);
	CASE(&check, other_registers_read_zero_and_keep_nothing);
	CASE(&check, addresses_outside_of_cr_space_are_refused);
	CASE(&check, a_blank_card_is_in_recovery_mode);
	CASE(&check, the_gateway_shows_busy_as_often_as_told);
	CASE(&check, wrong_gateway_commands_are_put_down);
	CASE(&check, a_command_to_a_busy_gateway_is_lost);
	CASE(&check, accesses_cost_simulated_time_and_are_counted);
	CASE(&check, a_reset_frees_the_locks_and_takes_its_time);
	CASE(&check, a_reset_waits_for_a_busy_chip);
	return check_report(&check);
}
