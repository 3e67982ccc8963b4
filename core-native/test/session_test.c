/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* How a session behaves towards its caller and its process: death, signals, cancel, progress,
 * reset. */
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "fixture.h"

#define AT	  0x30000u
#define LEN_BYTES 0x12000u

static struct fixture fixture;
static uint8_t want[LEN_BYTES], found[LEN_BYTES];

/* A bus that does something at the n-th access; the rest goes to the virtual card. */
struct trap_bus {
	struct cx3_bus inner;
	unsigned long accesses, at;
	void (*spring)(struct trap_bus *trap, uint32_t cr_address, uint32_t value);
};

static int trap_read32(void *ctx, uint32_t cr_address, uint32_t *value, struct cx3_error *err)
{
	struct trap_bus *trap = ctx;

	if (++trap->accesses == trap->at)
		trap->spring(trap, cr_address, 0);
	return trap->inner.ops->read32(trap->inner.ctx, cr_address, value, err);
}

static int trap_write32(void *ctx, uint32_t cr_address, uint32_t value, struct cx3_error *err)
{
	struct trap_bus *trap = ctx;
	int status = trap->inner.ops->write32(trap->inner.ctx, cr_address, value, err);

	if (++trap->accesses == trap->at || !trap->at)
		trap->spring(trap, cr_address, value);
	return status;
}

static uint64_t trap_now_us(void *ctx)
{
	struct trap_bus *trap = ctx;

	return trap->inner.ops->now_us(trap->inner.ctx);
}

static void trap_sleep_us(void *ctx, uint64_t us)
{
	struct trap_bus *trap = ctx;

	trap->inner.ops->sleep_us(trap->inner.ctx, us);
}

static void trap_close(void *ctx)
{
	struct trap_bus *trap = ctx;

	cx3_bus_close(&trap->inner);
}

static const struct cx3_bus_ops trap_ops = {
	trap_read32, trap_write32, trap_now_us, trap_sleep_us, trap_close,
};

static int open_trapped(struct trap_bus *trap, struct cx3_device **device, struct cx3_error *err)
{
	struct cx3_bus bus = {.ops = &trap_ops, .ctx = trap, .needs_flush = true};
	int status = cx3_bus_open_sim(fixture.sim_path, &trap->inner, err);

	return status == CX3_OK ? cx3_device_open_bus(&bus, device, err) : status;
}

static void die(struct trap_bus *trap, uint32_t cr_address, uint32_t value)
{
	(void)trap;
	(void)cr_address;
	(void)value;
	_exit(42);
}

/* True when the child died at that access, false when the write was done before. */
static bool write_and_die(unsigned long at)
{
	struct trap_bus trap = {.at = at, .spring = die};
	struct cx3_device *device = NULL;
	struct cx3_flash *flash = NULL;
	int wait_status;
	pid_t child = fork();

	if (child == 0) {
		if (open_trapped(&trap, &device, NULL) == CX3_OK &&
		    cx3_flash_open(device, NULL, &flash, NULL) == CX3_OK)
			cx3_flash_write(flash, AT, want, LEN_BYTES, 0, NULL, NULL, NULL);
		_exit(0);
	}
	waitpid(child, &wait_status, 0);
	return WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == 42;
}

static void set_opcode_raises_cs(struct check *c, bool raises)
{
	struct cx3_error err = {0};
	struct cx3_sim_info info;
	struct cx3_sim *sim;

	CHECK_STATUS(c, cx3_sim_open(fixture.sim_path, &sim, &err), CX3_OK, &err);
	cx3_sim_get_info(sim, &info);
	info.options.opcode_raises_cs = raises;
	CHECK_STATUS(c, cx3_sim_set_options(sim, &info.options), CX3_OK, &err);
	cx3_sim_close(sim);
}

/* What a new opcode does while chip select is low is not known of real cards: both answers. */
static void die_everywhere(struct check *c, bool opcode_raises_cs)
{
	struct cx3_flash_options quick = {.lock_timeout_us = 1000};
	struct cx3_device *device = NULL;
	struct cx3_flash *flash = NULL;
	struct cx3_error err = {0};
	unsigned long at;

	fixture_pattern(want, sizeof(want), 21);
	fixture_sim(&fixture, "W25Q16BV", 1, 2);
	set_opcode_raises_cs(c, opcode_raises_cs);
	/* From the first locked access on, over erase and the blocks of the first pages. */
	for (at = 500; at < 1900 && !c->failed; at += 37) {
		CHECK(c, write_and_die(at));
		CHECK_STATUS(c, cx3_device_open(fixture.sim_spec, NULL, &device, &err), CX3_OK,
			     &err);
		CHECK_STATUS(c, cx3_flash_open(device, &quick, &flash, &err), CX3_SEMAPHORE_TIMEOUT,
			     &err);
		CHECK_STATUS(c, cx3_device_clear_semaphores(device, &err), CX3_OK, &err);
		CHECK_STATUS(c, cx3_flash_open(device, &quick, &flash, &err), CX3_OK, &err);
		CHECK_STATUS(c, cx3_flash_write(flash, AT, want, LEN_BYTES, 0, NULL, NULL, &err),
			     CX3_OK, &err);
		cx3_flash_close(flash);
		cx3_device_close(device);
		fixture_peek(&fixture, AT, found, LEN_BYTES);
		CHECK(c, memcmp(want, found, LEN_BYTES) == 0);
		fixture_pattern(want, sizeof(want), (uint32_t)at);
	}
}

static void the_card_is_usable_after_sudden_death_at_any_access(struct check *c)
{
	die_everywhere(c, false);
	if (!c->failed)
		die_everywhere(c, true);
}

static volatile sig_atomic_t signals_seen;

static void note_signal(int number)
{
	(void)number;
	signals_seen++;
}

static unsigned held_commands;
static bool seen_while_held;

/* A signal with each command that leaves chip select low must not arrive before chip select is
 * high. */
static void raise_while_held(struct trap_bus *trap, uint32_t cr_address, uint32_t value)
{
	(void)trap;
	if (cr_address != 0xf0400 || !(value & 0x20))
		return;
	held_commands++;
	signals_seen = 0;
	raise(SIGTERM);
	if (signals_seen)
		seen_while_held = true;
}

static void signals_wait_until_chip_select_is_high(struct check *c)
{
	struct sigaction action = {.sa_handler = note_signal}, old;
	struct trap_bus trap = {.spring = raise_while_held};
	struct cx3_device *device = NULL;
	struct cx3_flash *flash = NULL;
	struct cx3_error err = {0};

	fixture_sim(&fixture, "W25Q16BV", 1, 2);
	sigaction(SIGTERM, &action, &old);
	held_commands = 0;
	seen_while_held = false;
	CHECK_STATUS(c, open_trapped(&trap, &device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_flash_open(device, NULL, &flash, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_flash_write(flash, 0x40000, want, 0x10000, 0, NULL, NULL, &err), CX3_OK,
		     &err);
	CHECK(c, held_commands > 3000);
	CHECK(c, !seen_while_held);
	/* Delivered once the page was over. */
	CHECK_EQ(c, signals_seen, 1);
	cx3_flash_close(flash);
	cx3_device_close(device);
	sigaction(SIGTERM, &old, NULL);
}

struct watch {
	uint64_t last[4];
	unsigned calls, stop_after;
	bool went_back, beyond;
};

static int watch_progress(void *user, enum cx3_flash_phase phase, uint64_t done, uint64_t total)
{
	struct watch *watch = user;

	watch->went_back |= done < watch->last[phase];
	watch->beyond |= done > total;
	watch->last[phase] = done;
	return ++watch->calls == watch->stop_after;
}

static void progress_never_goes_back_and_ends_at_the_total(struct check *c)
{
	struct cx3_device *device = NULL;
	struct cx3_flash *flash = NULL;
	struct cx3_error err = {0};
	struct watch watch = {.stop_after = 0};

	fixture_sim(&fixture, "W25Q16BV", 1, 2);
	/* Repairs make phases repeat. */
	fixture_set_fault(&fixture, CX3_SIM_FAULT_WRONG_BIT, 9, 1, 100);
	CHECK_STATUS(c, cx3_device_open(fixture.sim_spec, NULL, &device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_flash_open(device, NULL, &flash, &err), CX3_OK, &err);
	CHECK_STATUS(
		c,
		cx3_flash_write(flash, AT + 0x123, want, 0x11000, 0, watch_progress, &watch, &err),
		CX3_OK, &err);
	CHECK(c, !watch.went_back && !watch.beyond && watch.calls > 10);
	CHECK_EQ(c, watch.last[CX3_PHASE_ERASE], 0x11000);
	CHECK_EQ(c, watch.last[CX3_PHASE_PROGRAM], 0x11000);
	CHECK_EQ(c, watch.last[CX3_PHASE_VERIFY], 0x11000);
	CHECK_STATUS(c, cx3_flash_read(flash, AT, found, LEN_BYTES, watch_progress, &watch, &err),
		     CX3_OK, &err);
	CHECK_EQ(c, watch.last[CX3_PHASE_READ], LEN_BYTES);
	cx3_flash_close(flash);
	cx3_device_close(device);
}

static void a_cancelled_write_keeps_neighbours_and_gives_locks_back(struct check *c)
{
	static uint8_t before[0x30000], after[0x30000];
	struct cx3_device *device = NULL;
	struct cx3_flash *flash = NULL;
	struct cx3_error err = {0};
	struct watch watch;
	unsigned stop;

	for (stop = 1; stop < 30; stop++) {
		memset(&watch, 0, sizeof(watch));
		watch.stop_after = stop;
		fixture_sim(&fixture, "W25Q16BV", 1, 2);
		fixture_peek(&fixture, 0x20000, before, sizeof(before));
		CHECK_STATUS(c, cx3_device_open(fixture.sim_spec, NULL, &device, &err), CX3_OK,
			     &err);
		CHECK_STATUS(c, cx3_flash_open(device, NULL, &flash, &err), CX3_OK, &err);
		CHECK_STATUS(c,
			     cx3_flash_write(flash, 0x2f800, want, 0x12000, 0, watch_progress,
					     &watch, &err),
			     CX3_CANCELLED, &err);
		cx3_flash_close(flash);
		cx3_device_close(device);
		CHECK(c, fixture_locks_are_free(&fixture));
		fixture_peek(&fixture, 0x20000, after, sizeof(after));
		CHECK(c, memcmp(before, after, 0xf800) == 0);
		CHECK(c, memcmp(before + 0x21800, after + 0x21800, sizeof(after) - 0x21800) == 0);
	}
}

static void cancel_is_sticky_for_the_device(struct check *c)
{
	struct cx3_device *device = NULL;
	struct cx3_flash *flash = NULL;
	struct cx3_error err = {0};

	fixture_sim(&fixture, "W25Q16BV", 1, 2);
	CHECK_STATUS(c, cx3_device_open(fixture.sim_spec, NULL, &device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_flash_open(device, NULL, &flash, &err), CX3_OK, &err);
	cx3_device_cancel(device);
	CHECK_STATUS(c, cx3_flash_read(flash, 0, found, 4096, NULL, NULL, &err), CX3_CANCELLED,
		     &err);
	CHECK_STATUS(c, cx3_flash_read(flash, 0, found, 4096, NULL, NULL, &err), CX3_CANCELLED,
		     &err);
	cx3_flash_close(flash);
	cx3_device_close(device);
	CHECK(c, fixture_locks_are_free(&fixture));
}

static void a_reset_frees_all_semaphores_and_needs_a_closed_session(struct check *c)
{
	struct cx3_device *device = NULL;
	struct cx3_flash *flash = NULL;
	struct cx3_error err = {0};
	struct cx3_sim_info info;

	fixture_sim(&fixture, "W25Q16BV", 1, 2);
	fixture_set_fault(&fixture, CX3_SIM_FAULT_LOCK_HELD, 0, 0, 0xf03a0);
	CHECK_STATUS(c, cx3_device_open(fixture.sim_spec, NULL, &device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_device_reset(device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_flash_open(device, NULL, &flash, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_device_reset(device, &err), CX3_INVALID_ARGUMENT, &err);
	CHECK_STATUS(c, cx3_device_clear_semaphores(device, &err), CX3_INVALID_ARGUMENT, &err);
	cx3_flash_close(flash);
	cx3_device_close(device);
	CHECK(c, fixture_locks_are_free(&fixture));
	fixture_info(&fixture, &info);
	CHECK_EQ(c, info.violations, 0);
}

static void opening_a_session_changes_nothing_on_the_chip(struct check *c)
{
	struct cx3_device *device = NULL;
	struct cx3_flash *flash = NULL;
	struct cx3_error err = {0};
	struct cx3_sim_info info;

	fixture_sim(&fixture, "SST25VF016B", 1, 2);
	CHECK_STATUS(c, cx3_device_open(fixture.sim_spec, NULL, &device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_flash_open(device, NULL, &flash, &err), CX3_OK, &err);
	CHECK(c, cx3_flash_get_info(flash)->held_reads);
	cx3_flash_close(flash);
	cx3_device_close(device);
	fixture_info(&fixture, &info);
	CHECK_EQ(c, info.erases, 0);
	CHECK_EQ(c, info.programs, 0);
	CHECK_EQ(c, info.violations, 0);
}

static void a_deferred_write_that_took_a_unit_for_blank_is_put_right_by_the_next(struct check *c)
{
	struct cx3_device *device = NULL;
	struct cx3_flash *flash = NULL;
	struct cx3_error err = {0};
	uint8_t zeroes[64] = {0};

	/* Blank but for a place that no sample looks at. */
	fixture_sim(&fixture, "W25Q16BV", 1, 0);
	fixture_poke(&fixture, 0x45678, zeroes, sizeof(zeroes));
	fixture_pattern(want, 0x10000, 31);
	CHECK_STATUS(c, cx3_device_open(fixture.sim_spec, NULL, &device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_flash_open(device, NULL, &flash, &err), CX3_OK, &err);
	CHECK_STATUS(c,
		     cx3_flash_write(flash, 0x40000, want, 0x10000, CX3_WRITE_DEFER_VERIFY, NULL,
				     NULL, &err),
		     CX3_OK, &err);
	CHECK_STATUS(c, cx3_flash_verify(flash, 0x40000, want, 0x10000, NULL, NULL, &err),
		     CX3_VERIFY_FAILED, &err);
	CHECK_EQ(c, err.address, 0x45678);
	CHECK_STATUS(c,
		     cx3_flash_write(flash, 0x40000, want, 0x10000, CX3_WRITE_DEFER_VERIFY, NULL,
				     NULL, &err),
		     CX3_OK, &err);
	CHECK_STATUS(c, cx3_flash_verify(flash, 0x40000, want, 0x10000, NULL, NULL, &err), CX3_OK,
		     &err);
	cx3_flash_close(flash);
	cx3_device_close(device);
}

static void a_gateway_that_does_not_stream_is_noticed(struct check *c)
{
	struct cx3_device *device = NULL;
	struct cx3_flash *flash = NULL;
	struct cx3_error err = {0};
	struct cx3_sim_info info;
	struct cx3_sim *sim;

	fixture_sim(&fixture, "W25Q16BV", 1, 2);
	CHECK_STATUS(c, cx3_sim_open(fixture.sim_path, &sim, &err), CX3_OK, &err);
	cx3_sim_get_info(sim, &info);
	info.options.held_read_streams = false;
	CHECK_STATUS(c, cx3_sim_set_options(sim, &info.options), CX3_OK, &err);
	cx3_sim_close(sim);
	CHECK_STATUS(c, cx3_device_open(fixture.sim_spec, NULL, &device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_flash_open(device, NULL, &flash, &err), CX3_OK, &err);
	CHECK(c, !cx3_flash_get_info(flash)->held_reads);
	CHECK_STATUS(c, cx3_flash_read(flash, 0, found, 4096, NULL, NULL, &err), CX3_OK, &err);
	fixture_peek(&fixture, 0, want, 4096);
	CHECK(c, memcmp(want, found, 4096) == 0);
	cx3_flash_close(flash);
	cx3_device_close(device);
}

/* Write enable never reaches the chip, as with a broken line or a locked status register. */
static int deaf_write32(void *ctx, uint32_t cr_address, uint32_t value, struct cx3_error *err)
{
	struct trap_bus *trap = ctx;

	if (cr_address == 0xf0400 && value == 0x40062004)
		value = 0x40042004;
	return trap->inner.ops->write32(trap->inner.ctx, cr_address, value, err);
}

/* Before the n-th look at the clock the process is stopped for ten minutes; the chip goes on. */
static uint64_t stopped_now_us(void *ctx)
{
	struct trap_bus *trap = ctx;

	if (++trap->accesses == trap->at)
		trap->inner.ops->sleep_us(trap->inner.ctx, 600000000u);
	return trap->inner.ops->now_us(trap->inner.ctx);
}

/* Longest chip times and a busy gateway, so that there is something to wait for. */
static void make_slow(void)
{
	struct cx3_sim *sim;

	cx3_sim_open(fixture.sim_path, &sim, NULL);
	cx3_sim_set_timing(sim, 1, true);
	cx3_sim_close(sim);
}

static void never(struct trap_bus *trap, uint32_t cr_address, uint32_t value)
{
	(void)trap;
	(void)cr_address;
	(void)value;
}

/* *looks: how often the clock was asked. */
static int write_over(const struct cx3_bus_ops *ops, unsigned long at, unsigned long *looks,
		      struct cx3_error *err)
{
	struct trap_bus trap = {.at = at, .spring = never};
	struct cx3_bus bus = {.ops = ops, .ctx = &trap, .needs_flush = true};
	struct cx3_device *device = NULL;
	struct cx3_flash *flash = NULL;
	int status;

	fixture_sim(&fixture, "W25Q16BV", 1, 3);
	make_slow();
	fixture_pattern(want, 0x200, 9);
	status = cx3_bus_open_sim(fixture.sim_path, &trap.inner, err);
	if (status == CX3_OK)
		status = cx3_device_open_bus(&bus, &device, err);
	if (status == CX3_OK)
		status = cx3_flash_open(device, NULL, &flash, err);
	if (status == CX3_OK)
		status = cx3_flash_write(flash, AT, want, 0x200, 0, NULL, NULL, err);
	cx3_flash_close(flash);
	cx3_device_close(device);
	*looks = trap.accesses;
	return status;
}

static void a_chip_that_ignores_write_enable_is_told(struct check *c)
{
	struct cx3_bus_ops deaf = trap_ops;
	struct cx3_error err = {0};
	unsigned long looks;

	deaf.write32 = deaf_write32;
	CHECK_STATUS(c, write_over(&deaf, ULONG_MAX, &looks, &err), CX3_WRITE_ENABLE_FAILED, &err);
	CHECK(c, err.flags & CX3_ERROR_HAS_ADDRESS && err.address == AT);
	CHECK(c, fixture_locks_are_free(&fixture));
}

static void a_process_that_was_stopped_asks_once_more_before_it_gives_up(struct check *c)
{
	struct cx3_bus_ops stopped = trap_ops;
	struct cx3_error err = {0};
	unsigned long at, looks = ULONG_MAX;

	stopped.now_us = stopped_now_us;
	/* Not again and again: most waits are alike. */
	for (at = 1; at <= looks; at += at < 60 ? 3 : 211) {
		CHECK_STATUS(c, write_over(&stopped, at, &looks, &err), CX3_OK, &err);
		CHECK(c, fixture_locks_are_free(&fixture));
	}
	CHECK(c, at > 60);
}

/* Whoever holds the lock of the gateway may be in the middle of a burn. */
static void a_reset_waits_ten_seconds_for_the_lock_of_the_gateway(struct check *c)
{
	const uint32_t command = 0x00000406;
	struct cx3_device *device = NULL;
	struct cx3_sim *sim = NULL;
	struct cx3_error err = {0};
	uint32_t kept = 0;
	uint64_t start_us;

	fixture_sim(&fixture, "W25Q16BV", 1, 0);
	CHECK_STATUS(c, cx3_sim_open(fixture.sim_path, &sim, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_device_open(fixture.sim_spec, NULL, &device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_sim_config_write(sim, 4, &command, 4, &err), CX3_OK, &err);
	fixture_set_fault(&fixture, CX3_SIM_FAULT_LOCK_HELD, 0, 0, 0xf03fc);
	start_us = cx3_sim_now_us(sim);
	CHECK_STATUS(c, cx3_device_reset(device, &err), CX3_SEMAPHORE_TIMEOUT, &err);
	CHECK(c, cx3_sim_now_us(sim) - start_us >= 10000000);
	CHECK(c, cx3_sim_now_us(sim) - start_us < 11000000);
	CHECK_STATUS(c, cx3_sim_config_read(sim, 4, &kept, 2, &err), CX3_OK, &err);
	CHECK_EQ(c, kept, command); /* a reset would have cleared it */
	cx3_device_close(device);
	cx3_sim_close(sim);
}

static void a_virtual_card_that_stays_away_after_a_reset_is_told(struct check *c)
{
	struct cx3_device *device = NULL;
	struct cx3_error err = {0};
	struct cx3_sim_info info;
	struct cx3_sim *sim;

	fixture_sim(&fixture, "W25Q16BV", 1, 3);
	CHECK_STATUS(c, cx3_sim_open(fixture.sim_path, &sim, &err), CX3_OK, &err);
	cx3_sim_get_info(sim, &info);
	info.options.reset_ms = 2500; /* above what the kernel driver waits before it looks */
	CHECK_STATUS(c, cx3_sim_set_options(sim, &info.options), CX3_OK, &err);
	CHECK_STATUS(c, cx3_device_open(fixture.sim_spec, NULL, &device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_device_reset(device, &err), CX3_OK, &err);
	info.options.reset_ms = 60000;
	CHECK_STATUS(c, cx3_sim_set_options(sim, &info.options), CX3_OK, &err);
	CHECK_STATUS(c, cx3_device_reset(device, &err), CX3_RESET_TIMEOUT, &err);
	CHECK_EQ(c, err.expected, 0x15b3);
	CHECK_EQ(c, cx3_device_card(device)->vendor_id, 0x15b3);
	cx3_device_close(device);
	cx3_sim_close(sim);
}

static void a_call_without_a_handle_is_told(struct check *c)
{
	struct cx3_error err = {0};
	uint32_t value;

	CHECK_STATUS(c, cx3_device_read32(NULL, 0xf0014, &value, &err), CX3_CLOSED, &err);
	CHECK_STATUS(c, cx3_device_reset(NULL, &err), CX3_CLOSED, &err);
	CHECK_STATUS(c, cx3_device_clear_semaphores(NULL, &err), CX3_CLOSED, &err);
	CHECK_STATUS(c, cx3_flash_read(NULL, 0, want, 1, NULL, NULL, &err), CX3_CLOSED, &err);
	cx3_flash_close(NULL);
	cx3_device_close(NULL);
}

int main(void)
{
	struct check c = {0};

	fixture_open(&fixture);
	CASE(&c, the_card_is_usable_after_sudden_death_at_any_access);
	CASE(&c, signals_wait_until_chip_select_is_high);
	CASE(&c, progress_never_goes_back_and_ends_at_the_total);
	CASE(&c, a_cancelled_write_keeps_neighbours_and_gives_locks_back);
	CASE(&c, cancel_is_sticky_for_the_device);
	CASE(&c, a_reset_frees_all_semaphores_and_needs_a_closed_session);
	CASE(&c, opening_a_session_changes_nothing_on_the_chip);
	CASE(&c, a_deferred_write_that_took_a_unit_for_blank_is_put_right_by_the_next);
	CASE(&c, a_gateway_that_does_not_stream_is_noticed);
	CASE(&c, a_chip_that_ignores_write_enable_is_told);
	CASE(&c, a_process_that_was_stopped_asks_once_more_before_it_gives_up);
	CASE(&c, a_reset_waits_ten_seconds_for_the_lock_of_the_gateway);
	CASE(&c, a_virtual_card_that_stays_away_after_a_reset_is_told);
	CASE(&c, a_call_without_a_handle_is_told);
	fixture_close(&fixture);
	return check_report(&c);
}
