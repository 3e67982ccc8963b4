/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * One failed access at each place of a session in turn: what the session took is given back, what a
 * stranger holds stays with the stranger, chip select is high, and the same work done again is
 * right. A second handle on the card looks after the fact.
 */
#include <errno.h>
#include <unistd.h>

#include "check.h"
#include "fixture.h"

#define AT		  0x20f00u
#define LEN_BYTES	  0x300u
#define NEIGHBOURS	  0x20000u
#define NEIGHBOUR_BYTES	  0x2000u
#define PROGRAMMING_LOCK  (1u << 8)  /* semaphore 40 in word 1 */
#define GATEWAY_LOCK	  (1u << 31) /* semaphore 63 */
#define FLUSH_SEMAPHORE	  1u	     /* semaphore 32 */
#define EVERY_UNTIL	  700u
#define STRIDE		  67u
#define LOCK_TIMEOUT_US	  2000u
#define MORE_THAN_A_WRITE 100000u

typedef int (*work_fn)(struct cx3_device *device, struct cx3_flash *flash, struct cx3_error *err);

static struct fixture fixture;
static uint8_t want[LEN_BYTES];
static uint64_t session_accesses; /* of the longest session so far */

static int read_it(struct cx3_device *device, struct cx3_flash *flash, struct cx3_error *err)
{
	uint8_t found[LEN_BYTES];

	(void)device;
	return cx3_flash_read(flash, AT, found, sizeof(found), NULL, NULL, err);
}

/* Over the border of two subsectors, so both are partial and hold neighbours. */
static int write_it(struct cx3_device *device, struct cx3_flash *flash, struct cx3_error *err)
{
	int status;

	(void)device;
	status = cx3_flash_write(flash, AT, want, LEN_BYTES, 0, NULL, NULL, err);
	return status == CX3_OK ? cx3_flash_verify(flash, AT, want, LEN_BYTES, NULL, NULL, err)
				: status;
}

static int erase_and_program(struct cx3_device *device, struct cx3_flash *flash,
			     struct cx3_error *err)
{
	int status;

	(void)device;
	status = cx3_flash_erase(flash, 0x1000, 0x1000, NULL, NULL, err);
	return status == CX3_OK ? cx3_flash_program(flash, 0x1010, want, 0x200, NULL, NULL, err)
				: status;
}

static int ask_for_locks(struct cx3_device *device, struct cx3_flash *flash, struct cx3_error *err)
{
	struct cx3_running_version version;
	struct cx3_lock_state locks;
	int status;

	(void)flash;
	status = cx3_device_lock_state(device, &locks, err);
	return status == CX3_OK ? cx3_device_running_version(device, &version, err) : status;
}

static int session(const struct cx3_bus_fault *fault, work_fn work, struct cx3_error *err)
{
	const struct cx3_flash_options options = {.lock_timeout_us = LOCK_TIMEOUT_US};
	struct cx3_device *device = NULL;
	struct cx3_flash *flash = NULL;
	struct cx3_counters counters;
	struct cx3_bus bus = {0};
	int status = cx3_bus_open_sim(fixture.sim_path, &bus, err);

	if (status == CX3_OK)
		status = cx3_bus_wrap_fault(&bus, fault, &bus, err);
	if (status == CX3_OK)
		status = cx3_device_open_bus(&bus, &device, err);
	if (status == CX3_OK)
		status = cx3_flash_open(device, &options, &flash, err);
	if (status == CX3_OK)
		status = work(device, flash, err);
	if (device) {
		cx3_device_counters(device, &counters);
		if (counters.reads + counters.writes > session_accesses)
			session_accesses = counters.reads + counters.writes;
	}
	cx3_flash_close(flash);
	cx3_device_close(device);
	cx3_bus_close(&bus);
	return status;
}

static uint32_t locks_now(void)
{
	struct cx3_sim_info info;

	fixture_info(&fixture, &info);
	return info.semaphores_held[1] & ~FLUSH_SEMAPHORE;
}

static bool neighbours_are(const uint8_t *before)
{
	static uint8_t now[NEIGHBOUR_BYTES];

	fixture_peek(&fixture, NEIGHBOURS, now, sizeof(now));
	return memcmp(now, before, AT - NEIGHBOURS) == 0 &&
	       memcmp(now + AT + LEN_BYTES - NEIGHBOURS, before + AT + LEN_BYTES - NEIGHBOURS,
		      NEIGHBOUR_BYTES - (AT + LEN_BYTES - NEIGHBOURS)) == 0;
}

/* Until a fault lies behind the end of the session. The work may succeed all the same. */
static void sweep(struct check *c, work_fn work, uint64_t count)
{
	static uint8_t before[NEIGHBOUR_BYTES];
	const struct cx3_bus_fault none = {0};
	struct cx3_bus_fault fault = {.count = count, .kind = CX3_BUS_FAULT_FAIL};
	struct cx3_error err = {0};
	uint64_t at;
	int status;

	fixture_sim(&fixture, "W25Q16BV", 1, 1);
	fixture_peek(&fixture, NEIGHBOURS, before, sizeof(before));
	/* What the longest session of a sweep takes: the pattern is new each time. */
	session_accesses = 0;
	for (at = 1; at <= session_accesses || at == 1; at += at < EVERY_UNTIL ? 1 : STRIDE) {
		CHECK(c, at < MORE_THAN_A_WRITE);
		fixture_pattern(want, LEN_BYTES, (uint32_t)at);
		fault.at_access = at;
		status = session(&fault, work, &err);
		if (status != CX3_OK && status != CX3_FAULT_INJECTED) {
			printf("access %" PRIu64 ": %s %s\n", at, cx3_status_name(status),
			       err.what);
			CHECK(c, false);
		}
		if (locks_now() != 0) {
			printf("access %" PRIu64 ": locks %08x left\n", at, locks_now());
			CHECK(c, false);
		}
		if (!neighbours_are(before)) {
			printf("access %" PRIu64 ": neighbours lost\n", at);
			CHECK(c, false);
		}
		CHECK_STATUS(c, session(&none, work, &err), CX3_OK, &err);
		CHECK_EQ(c, locks_now(), 0);
	}
	CHECK(c, at > 60);
}

static void a_failed_access_in_a_read_leaves_no_lock(struct check *c)
{
	sweep(c, read_it, 1);
}

static void a_failed_access_in_a_write_costs_no_lock_and_no_neighbour(struct check *c)
{
	sweep(c, write_it, 1);
}

static void a_failed_access_in_erase_and_program_leaves_no_lock(struct check *c)
{
	sweep(c, erase_and_program, 1);
}

static void a_failed_access_in_a_question_leaves_no_lock(struct check *c)
{
	sweep(c, ask_for_locks, 1);
}

static void three_failed_accesses_in_a_row_leave_no_lock(struct check *c)
{
	sweep(c, read_it, 3);
}

static void neighbours_of_a_write_survive_a_bus_that_shows_wrong_bits(struct check *c)
{
	struct cx3_bus_fault fault = {
		.count = 1, .kind = CX3_BUS_FAULT_FLIP_BIT, .bit = 3, .only_register = 0xf0414};
	static uint8_t before[NEIGHBOUR_BYTES];
	struct cx3_error err = {0};
	int status;

	for (fault.at_access = 1; fault.at_access < 2000; fault.at_access += 23) {
		fixture_sim(&fixture, "W25Q16BV", 1, 1);
		fixture_peek(&fixture, NEIGHBOURS, before, sizeof(before));
		fixture_pattern(want, LEN_BYTES, (uint32_t)fault.at_access);
		status = session(&fault, write_it, &err);
		CHECK(c, status == CX3_OK || status == CX3_VERIFY_FAILED);
		if (!neighbours_are(before))
			printf("read %" PRIu64 " of DATA1\n", fault.at_access);
		CHECK(c, neighbours_are(before));
		CHECK_EQ(c, locks_now(), 0);
	}
}

static void a_trace_that_cannot_be_written_leaves_no_lock(struct check *c)
{
	const struct cx3_open_options options = {.trace_path = "/dev/full"};
	struct cx3_device *device = NULL;
	struct cx3_flash *flash = NULL;
	struct cx3_error err = {0};
	int status;

	if (access("/dev/full", W_OK) != 0)
		return;
	fixture_sim(&fixture, "W25Q16BV", 1, 1);
	status = cx3_device_open(fixture.sim_spec, &options, &device, &err);
	if (status == CX3_OK)
		status = cx3_flash_open(device, NULL, &flash, &err);
	if (status == CX3_OK)
		status = write_it(device, flash, &err);
	cx3_flash_close(flash);
	cx3_device_close(device);
	CHECK_EQ(c, status, CX3_IO);
	CHECK_EQ(c, err.sys_errno, ENOSPC);
	CHECK_EQ(c, locks_now(), 0);
}

static void strangers_lock_stays(struct check *c, uint32_t reg, uint32_t bit)
{
	struct cx3_bus_fault fault = {.count = 1, .kind = CX3_BUS_FAULT_FAIL};
	struct cx3_error err = {0};
	int status = CX3_FAULT_INJECTED;

	fixture_sim(&fixture, "W25Q16BV", 1, 1);
	fixture_set_fault(&fixture, CX3_SIM_FAULT_LOCK_HELD, 0, 0, reg);
	for (fault.at_access = 1; status == CX3_FAULT_INJECTED; fault.at_access++) {
		/* The waiting itself is the same access again and again. */
		if (fault.at_access > 20)
			fault.at_access += 997;
		status = session(&fault, read_it, &err);
		CHECK(c, status == CX3_FAULT_INJECTED || status == CX3_SEMAPHORE_TIMEOUT);
		CHECK_EQ(c, locks_now(), bit);
	}
	CHECK_EQ(c, err.reg, reg);
}

static void a_strangers_programming_lock_is_never_freed(struct check *c)
{
	strangers_lock_stays(c, 0xf03a0, PROGRAMMING_LOCK);
}

static void a_strangers_gateway_lock_is_never_freed(struct check *c)
{
	strangers_lock_stays(c, 0xf03fc, GATEWAY_LOCK);
}

int main(void)
{
	struct check c = {0};

	fixture_open(&fixture);
	CASE(&c, a_failed_access_in_a_read_leaves_no_lock);
	CASE(&c, a_failed_access_in_a_question_leaves_no_lock);
	CASE(&c, a_failed_access_in_erase_and_program_leaves_no_lock);
	CASE(&c, a_failed_access_in_a_write_costs_no_lock_and_no_neighbour);
	CASE(&c, three_failed_accesses_in_a_row_leave_no_lock);
	CASE(&c, neighbours_of_a_write_survive_a_bus_that_shows_wrong_bits);
	CASE(&c, a_trace_that_cannot_be_written_leaves_no_lock);
	CASE(&c, a_strangers_programming_lock_is_never_freed);
	CASE(&c, a_strangers_gateway_lock_is_never_freed);
	fixture_close(&fixture);
	return check_report(&c);
}
