/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* Each fault of the virtual card: the right error, the locks given back, the next command works. */
#include <stdlib.h>

#include "check.h"
#include "fixture.h"

#define LEN_BYTES 0x11000u
#define AT	  0x20000u

static struct fixture fixture;
static uint8_t want[LEN_BYTES];

/* Opens, does one piece of work, closes; the status of the first that failed. */
static int work(unsigned flags, bool write, struct cx3_error *err)
{
	struct cx3_flash_options options = {.lock_timeout_us = 2000000};
	struct cx3_device *device = NULL;
	struct cx3_flash *flash = NULL;
	uint8_t found[0x1000];
	int status;

	memset(err, 0, sizeof(*err));
	status = cx3_device_open(fixture.sim_spec, NULL, &device, err);
	if (status == CX3_OK)
		status = cx3_flash_open(device, &options, &flash, err);
	if (status == CX3_OK && write)
		status = cx3_flash_write(flash, AT, want, LEN_BYTES, flags, NULL, NULL, err);
	else if (status == CX3_OK)
		status = cx3_flash_read(flash, AT, found, sizeof(found), NULL, NULL, err);
	cx3_flash_close(flash);
	cx3_device_close(device);
	return status;
}

static int write_it(struct cx3_error *err)
{
	return work(0, true, err);
}

static int read_it(struct cx3_error *err)
{
	return work(0, false, err);
}

static void next_write_works(struct check *c)
{
	static uint8_t found[LEN_BYTES];
	struct cx3_error err;

	CHECK(c, fixture_locks_are_free(&fixture));
	CHECK_STATUS(c, write_it(&err), CX3_OK, &err);
	fixture_peek(&fixture, AT, found, LEN_BYTES);
	CHECK(c, memcmp(found, want, LEN_BYTES) == 0);
	CHECK(c, fixture_locks_are_free(&fixture));
}

static void fresh_card(const char *chip)
{
	fixture_sim(&fixture, chip, 1, 1);
	fixture_pattern(want, LEN_BYTES, 77);
}

static void end_fault(void)
{
	fixture_set_fault(&fixture, CX3_SIM_FAULT_NONE, 0, 0, 0);
}

static void a_power_cut_at_any_flash_operation_is_told_and_survived(struct check *c)
{
	static const uint64_t ops[] = {1, 2, 3, 100, 257, 260};
	struct cx3_error err;
	size_t i;

	for (i = 0; i < sizeof(ops) / sizeof(ops[0]) && !c->failed; i++) {
		fresh_card("W25Q16BV");
		fixture_set_fault(&fixture, CX3_SIM_FAULT_POWER_CUT_AT_OP, ops[i], 1, 0);
		CHECK_STATUS(c, write_it(&err), CX3_POWER_CUT, &err);
		CHECK_STATUS(c, read_it(&err), CX3_POWER_CUT, &err);
		fixture_power_cycle(&fixture);
		next_write_works(c);
	}
}

static void a_power_cut_at_any_access_is_told_and_survived(struct check *c)
{
	struct cx3_error err;
	uint64_t at;

	for (at = 1; at < 4000 && !c->failed; at = at * 3 / 2 + 1) {
		fresh_card("W25Q16BV");
		fixture_set_fault(&fixture, CX3_SIM_FAULT_POWER_CUT_AT_ACCESS, at, 1, 0);
		CHECK_STATUS(c, write_it(&err), CX3_POWER_CUT, &err);
		fixture_power_cycle(&fixture);
		next_write_works(c);
	}
}

static void a_stuck_gateway_times_out(struct check *c)
{
	struct cx3_error err;

	fresh_card("W25Q16BV");
	fixture_set_fault(&fixture, CX3_SIM_FAULT_STUCK_GATEWAY, 1, 0, 0);
	CHECK_STATUS(c, read_it(&err), CX3_GATEWAY_TIMEOUT, &err);
	CHECK_EQ(c, err.reg, 0xf0400);
	CHECK(c, fixture_locks_are_free(&fixture));
	end_fault();
	next_write_works(c);
	fixture_set_fault(&fixture, CX3_SIM_FAULT_STUCK_GATEWAY, 3000, 0, 0);
	fixture_pattern(want, LEN_BYTES, 78);
	CHECK_STATUS(c, write_it(&err), CX3_GATEWAY_TIMEOUT, &err);
	CHECK(c, fixture_locks_are_free(&fixture));
	end_fault();
	next_write_works(c);
}

static void a_slow_gateway_is_waited_for(struct check *c)
{
	struct cx3_error err;

	fresh_card("W25Q16BV");
	fixture_set_fault(&fixture, CX3_SIM_FAULT_STUCK_GATEWAY, 5, 1000, 0);
	CHECK_STATUS(c, read_it(&err), CX3_OK, &err);
}

static void a_stuck_chip_times_out(struct check *c)
{
	struct cx3_error err;

	fresh_card("W25Q16BV");
	fixture_set_fault(&fixture, CX3_SIM_FAULT_STUCK_CHIP, 3, 0, 0);
	CHECK_STATUS(c, write_it(&err), CX3_FLASH_BUSY_TIMEOUT, &err);
	CHECK(c, err.flags & CX3_ERROR_HAS_ADDRESS && err.address >= AT);
	CHECK(c, fixture_locks_are_free(&fixture));
	/* Still stuck when the next command comes. */
	CHECK_STATUS(c, read_it(&err), CX3_FLASH_BUSY_TIMEOUT, &err);
	CHECK(c, fixture_locks_are_free(&fixture));
	end_fault();
	next_write_works(c);
}

static void one_wrong_bit_is_repaired(struct check *c)
{
	fresh_card("W25Q16BV");
	fixture_set_fault(&fixture, CX3_SIM_FAULT_WRONG_BIT, 5, 1, 13);
	next_write_works(c);
	fresh_card("M25P16");
	fixture_set_fault(&fixture, CX3_SIM_FAULT_WRONG_BIT, 5, 2, 2047);
	next_write_works(c);
}

static void a_bit_that_stays_wrong_is_reported_with_its_address(struct check *c)
{
	struct cx3_error err;

	fresh_card("W25Q16BV");
	fixture_set_fault(&fixture, CX3_SIM_FAULT_WRONG_BIT, 1, 0, 13);
	CHECK_STATUS(c, write_it(&err), CX3_VERIFY_FAILED, &err);
	CHECK_EQ(c, err.flags & (CX3_ERROR_HAS_EXPECTED | CX3_ERROR_HAS_FOUND),
		 CX3_ERROR_HAS_EXPECTED | CX3_ERROR_HAS_FOUND);
	CHECK_EQ(c, err.address % 256, 1);
	CHECK_EQ(c, err.expected ^ err.found, 1u << 5);
	CHECK_EQ(c, err.expected, want[err.address - AT]);
	CHECK(c, fixture_locks_are_free(&fixture));
	end_fault();
	next_write_works(c);
}

static void a_stranger_keeps_the_programming_lock(struct check *c)
{
	struct cx3_sim_info info;
	struct cx3_error err;

	fresh_card("W25Q16BV");
	fixture_set_fault(&fixture, CX3_SIM_FAULT_LOCK_HELD, 0, 0, 0xf03a0);
	CHECK_STATUS(c, read_it(&err), CX3_SEMAPHORE_TIMEOUT, &err);
	CHECK_EQ(c, err.reg, 0xf03a0);
	/* Not ours, so not freed: bit 8 of word 1 is semaphore 40. */
	fixture_info(&fixture, &info);
	CHECK_EQ(c, info.semaphores_held[1] & ~1u, 1u << 8);
	end_fault();
	next_write_works(c);
}

static void a_stranger_keeps_the_gateway_lock(struct check *c)
{
	struct cx3_device *device = NULL;
	struct cx3_lock_state locks;
	struct cx3_sim_info info;
	struct cx3_error err;

	fresh_card("W25Q16BV");
	fixture_set_fault(&fixture, CX3_SIM_FAULT_LOCK_HELD, 0, 0, 0xf03fc);
	CHECK_STATUS(c, read_it(&err), CX3_SEMAPHORE_TIMEOUT, &err);
	CHECK_EQ(c, err.reg, 0xf03fc);
	/* The stock tool frees it on its way out although it never owned it. */
	fixture_info(&fixture, &info);
	CHECK_EQ(c, info.semaphores_held[1] & ~1u, 1u << 31);
	CHECK_STATUS(c, cx3_device_open(fixture.sim_spec, NULL, &device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_device_lock_state(device, &locks, &err), CX3_OK, &err);
	CHECK_EQ(c, locks.programming, 0);
	CHECK_EQ(c, locks.gateway, 1);
	CHECK_STATUS(c, cx3_device_clear_semaphores(device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_device_lock_state(device, &locks, &err), CX3_OK, &err);
	CHECK_EQ(c, locks.gateway, 0);
	cx3_device_close(device);
	next_write_works(c);
}

static void a_stranger_who_goes_is_waited_for(struct check *c)
{
	struct cx3_sim_info info;
	struct cx3_error err;

	fresh_card("W25Q16BV");
	fixture_info(&fixture, &info);
	fixture_set_fault(&fixture, CX3_SIM_FAULT_LOCK_HELD, info.now_us + 1500000, 0, 0xf03a0);
	CHECK_STATUS(c, read_it(&err), CX3_OK, &err);
	CHECK(c, fixture_locks_are_free(&fixture));
}

static void protection_is_named_before_anything_changes(struct check *c)
{
	static uint8_t before[LEN_BYTES], after[LEN_BYTES];
	struct cx3_error err;

	fresh_card("W25Q16BV");
	fixture_peek(&fixture, AT, before, LEN_BYTES);
	/* BP = 4, bottom: 8 sectors from address 0. */
	fixture_set_fault(&fixture, CX3_SIM_FAULT_PROTECTION, 0, 0, 0x30);
	CHECK_STATUS(c, write_it(&err), CX3_FLASH_PROTECTED, &err);
	CHECK(c, strstr(err.what, "Bottom,8-Sectors") != NULL);
	CHECK_EQ(c, err.address, AT);
	fixture_peek(&fixture, AT, after, LEN_BYTES);
	CHECK(c, memcmp(before, after, LEN_BYTES) == 0);
	CHECK(c, fixture_locks_are_free(&fixture));
	/* BP = 1, top: the last sector, which this write does not touch. */
	fixture_set_fault(&fixture, CX3_SIM_FAULT_PROTECTION, 0, 0, 0x04);
	CHECK_STATUS(c, write_it(&err), CX3_OK, &err);
	end_fault();
	fixture_pattern(want, LEN_BYTES, 79);
	next_write_works(c);
}

/* MX25L has a fourth protection bit, which the stock tool does not look at. */
static void protection_that_nobody_counted_is_named_after_the_write(struct check *c)
{
	struct cx3_error err;

	fresh_card("MX25L1606E");
	fixture_set_fault(&fixture, CX3_SIM_FAULT_PROTECTION, 0, 0, 0x20);
	CHECK_STATUS(c, write_it(&err), CX3_FLASH_PROTECTED, &err);
	CHECK(c, strstr(err.what, "status 0x20 of bank 0") != NULL);
	CHECK(c, fixture_locks_are_free(&fixture));
	end_fault();
	next_write_works(c);
}

static void parts_that_wake_up_protected_say_so(struct check *c)
{
	struct cx3_sim_info info;
	struct cx3_sim *sim;
	struct cx3_error err;

	fresh_card("SST25VF016B");
	CHECK_STATUS(c, cx3_sim_open(fixture.sim_path, &sim, &err), CX3_OK, &err);
	cx3_sim_get_info(sim, &info);
	info.options.power_up_protected = true;
	CHECK_STATUS(c, cx3_sim_set_options(sim, &info.options), CX3_OK, &err);
	CHECK_STATUS(c, cx3_sim_power_cycle(sim, &err), CX3_OK, &err);
	cx3_sim_close(sim);
	CHECK_STATUS(c, read_it(&err), CX3_OK, &err);
	CHECK_STATUS(c, write_it(&err), CX3_FLASH_PROTECTED, &err);
	CHECK(c, strstr(err.what, "after power up") != NULL);
	CHECK(c, fixture_locks_are_free(&fixture));
}

static void no_chip_and_unknown_chips_are_told(struct check *c)
{
	struct cx3_error err;

	fresh_card("W25Q16BV");
	fixture_set_fault(&fixture, CX3_SIM_FAULT_NO_CHIP, 0, 0, 0);
	CHECK_STATUS(c, read_it(&err), CX3_NO_FLASH, &err);
	CHECK(c, fixture_locks_are_free(&fixture));
	fixture_set_fault(&fixture, CX3_SIM_FAULT_UNKNOWN_CHIP, 0, 0, 0xef9915);
	CHECK_STATUS(c, read_it(&err), CX3_UNKNOWN_FLASH, &err);
	CHECK(c, strstr(err.what, "vendor 0xef, type 0x99, capacity 0x15") != NULL);
	CHECK_EQ(c, err.found, 0xef9915);
	CHECK(c, fixture_locks_are_free(&fixture));
	end_fault();
	next_write_works(c);
}

static void masked_registers(struct check *c, enum cx3_sim_fault_kind kind, int status)
{
	struct cx3_error err;
	uint64_t at;

	/* At open, and at several places of a session. */
	for (at = 1; at < 3000 && !c->failed; at = at * 2 + 1) {
		fresh_card("W25Q16BV");
		fixture_set_fault(&fixture, kind, at, 0, 0);
		CHECK_STATUS(c, write_it(&err), status, &err);
		end_fault();
		if (!fixture_locks_are_free(&fixture))
			fixture_power_cycle(&fixture);
		next_write_works(c);
	}
}

static void a_locked_cr_space_is_told(struct check *c)
{
	masked_registers(c, CX3_SIM_FAULT_CR_LOCKED, CX3_CR_SPACE_LOCKED);
}

static void all_ones_are_told(struct check *c)
{
	masked_registers(c, CX3_SIM_FAULT_ALL_ONES, CX3_ALL_ONES);
}

static void locks_come_back_after_a_failure_at_any_access(struct check *c)
{
	struct cx3_bus_fault fault = {.count = 1, .kind = CX3_BUS_FAULT_FAIL};
	struct cx3_device *device;
	struct cx3_flash *flash;
	struct cx3_bus bus;
	struct cx3_error err;
	uint8_t found[300];
	int status = CX3_FAULT_INJECTED;

	fresh_card("W25Q16BV");
	for (fault.at_access = 1; status != CX3_OK && !c->failed; fault.at_access++) {
		device = NULL;
		flash = NULL;
		CHECK(c, fault.at_access < 5000);
		CHECK_STATUS(c, cx3_bus_open_sim(fixture.sim_path, &bus, &err), CX3_OK, &err);
		CHECK_STATUS(c, cx3_bus_wrap_fault(&bus, &fault, &bus, &err), CX3_OK, &err);
		status = cx3_device_open_bus(&bus, &device, &err);
		if (status == CX3_OK)
			status = cx3_flash_open(device, NULL, &flash, &err);
		if (status == CX3_OK)
			status = cx3_flash_read(flash, 10, found, sizeof(found), NULL, NULL, &err);
		cx3_flash_close(flash);
		cx3_device_close(device);
		cx3_bus_close(&bus);
		CHECK(c, status == CX3_OK || status == CX3_FAULT_INJECTED);
		CHECK(c, fixture_locks_are_free(&fixture));
	}
	CHECK(c, fault.at_access > 300);
}

/* One write and verify over a bus that shows one wrong bit at the n-th read of DATA0; erases and
 * programs it took. */
static int write_with_flip(uint64_t at, uint64_t *operations, struct cx3_error *err)
{
	struct cx3_bus_fault fault = {.at_access = at,
				      .count = 1,
				      .kind = CX3_BUS_FAULT_FLIP_BIT,
				      .bit = 9,
				      .only_register = 0xf0410};
	struct cx3_device *device = NULL;
	struct cx3_flash *flash = NULL;
	struct cx3_sim_info info;
	struct cx3_bus bus = {0};
	int status;

	fresh_card("W25Q16BV");
	status = cx3_bus_open_sim(fixture.sim_path, &bus, err);
	if (status == CX3_OK)
		status = cx3_bus_wrap_fault(&bus, &fault, &bus, err);
	if (status == CX3_OK)
		status = cx3_device_open_bus(&bus, &device, err);
	if (status == CX3_OK)
		status = cx3_flash_open(device, NULL, &flash, err);
	if (status == CX3_OK)
		status = cx3_flash_write(flash, AT, want, LEN_BYTES, 0, NULL, NULL, err);
	if (status == CX3_OK)
		status = cx3_flash_verify(flash, AT, want, LEN_BYTES, NULL, NULL, err);
	cx3_flash_close(flash);
	cx3_device_close(device);
	fixture_info(&fixture, &info);
	*operations = info.erases + info.programs;
	return status;
}

static void a_bit_that_the_bus_got_wrong_is_read_again_not_written_again(struct check *c)
{
	uint64_t undisturbed, operations, reads, at;
	struct cx3_error err;

	CHECK_STATUS(c, write_with_flip(0, &undisturbed, &err), CX3_OK, &err);
	CHECK(c, undisturbed > 200);
	/* DATA0 once a block: the read-back of the second sector, then the verify. */
	reads = 2 * LEN_BYTES / 16;
	for (at = reads / 2 + 1000; at < reads + 500; at += 331) {
		CHECK_STATUS(c, write_with_flip(at, &operations, &err), CX3_OK, &err);
		CHECK_EQ(c, operations, undisturbed);
	}
}

int main(void)
{
	struct check c = {0};

	fixture_open(&fixture);
	CASE(&c, a_power_cut_at_any_flash_operation_is_told_and_survived);
	CASE(&c, a_power_cut_at_any_access_is_told_and_survived);
	CASE(&c, a_stuck_gateway_times_out);
	CASE(&c, a_slow_gateway_is_waited_for);
	CASE(&c, a_stuck_chip_times_out);
	CASE(&c, one_wrong_bit_is_repaired);
	CASE(&c, a_bit_that_stays_wrong_is_reported_with_its_address);
	CASE(&c, a_stranger_keeps_the_programming_lock);
	CASE(&c, a_stranger_keeps_the_gateway_lock);
	CASE(&c, a_stranger_who_goes_is_waited_for);
	CASE(&c, protection_is_named_before_anything_changes);
	CASE(&c, protection_that_nobody_counted_is_named_after_the_write);
	CASE(&c, parts_that_wake_up_protected_say_so);
	CASE(&c, no_chip_and_unknown_chips_are_told);
	CASE(&c, a_bit_that_the_bus_got_wrong_is_read_again_not_written_again);
	CASE(&c, a_locked_cr_space_is_told);
	CASE(&c, all_ones_are_told);
	CASE(&c, locks_come_back_after_a_failure_at_any_access);
	fixture_close(&fixture);
	return check_report(&c);
}
