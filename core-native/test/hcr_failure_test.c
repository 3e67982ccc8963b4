/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* Each way in which the command interface of the tools can fail, and the lock, which is free after
 * all of them. */
#include "bus/sim.h"
#include "check.h"
#include "cx3/hcr.h"
#include "fixture.h"
#include "watch_bus.h"

#define HCR_LOCK	0xf03bcu
#define HP		"hp-764285-b21"
#define MORE_THAN_A_SET 2000u

static struct fixture fixture;

static int open_device(struct cx3_device **device, struct cx3_error *err)
{
	return cx3_device_open(fixture.sim_spec, NULL, device, err);
}

static uint32_t word(const uint8_t *bytes, unsigned at)
{
	return (uint32_t)bytes[at] << 24 | (uint32_t)bytes[at + 1] << 16 |
	       (uint32_t)bytes[at + 2] << 8 | bytes[at + 3];
}

struct expected_status {
	uint32_t number;
	int status;
};

static const struct expected_status HCR_STATUSES[] = {
	{1, CX3_HCR_STATUS_BUSY}, {2, CX3_FIRMWARE_UNSUPPORTED}, {3, CX3_HCR_BAD_PARAMETER},
	{4, CX3_HCR_BAD_STATE},	  {9, CX3_HCR_BAD_RESET_STATE},	 {5, CX3_HCR_FAILED},
	{0xff, CX3_HCR_FAILED},
};

static const struct expected_status NV_STATUSES[] = {
	{1, CX3_NV_BUSY},	   {2, CX3_NV_VERSION},	       {3, CX3_NV_UNKNOWN_TLV},
	{4, CX3_NV_NOT_SUPPORTED}, {5, CX3_NV_BAD_CLASS},      {6, CX3_NV_BAD_METHOD},
	{7, CX3_NV_BAD_PARAMETER}, {8, CX3_NV_NO_RESOURCE},    {9, CX3_NV_MESSAGE_RECEIPT},
	{0x20, CX3_NV_BAD_CONFIG}, {0x21, CX3_NV_ERASE_COUNT}, {0x22, CX3_NV_CONFIG_CORRUPT},
	{0x24, CX3_NV_TOO_SHORT},  {0x70, CX3_NV_INTERNAL},    {0x55, CX3_NV_FAILED},
};

static void every_status_of_firmware_has_its_name_and_frees_the_lock(struct check *c)
{
	static const uint8_t value[4] = {0, 0, 0, 1};
	struct cx3_device *device = NULL;
	struct cx3_error err = {0};
	uint8_t data[4];
	bool stored;
	size_t i;

	fixture_firmware(&fixture, HP);
	CHECK_STATUS(c, open_device(&device, &err), CX3_OK, &err);
	for (i = 0; i < sizeof(HCR_STATUSES) / sizeof(HCR_STATUSES[0]); i++) {
		fixture_set_fault(&fixture, CX3_SIM_FAULT_HCR_STATUS, 1, 0,
				  0x3b00 | HCR_STATUSES[i].number);
		CHECK_STATUS(c, cx3_nv_set(device, 0x11, 0, value, 4, &err), HCR_STATUSES[i].status,
			     &err);
		CHECK_EQ(c, err.reg, WATCH_HCR_COMMAND);
		CHECK_EQ(c, err.found, HCR_STATUSES[i].number << 24 | 0x3b);
		CHECK_EQ(c, err.expected, 0x3b);
		CHECK(c, strstr(err.what, "opcode 0x3b") != NULL);
		CHECK(c, fixture_locks_are_free(&fixture));
	}
	for (i = 0; i < sizeof(NV_STATUSES) / sizeof(NV_STATUSES[0]); i++) {
		fixture_set_fault(&fixture, CX3_SIM_FAULT_NV_STATUS, 1, 0, NV_STATUSES[i].number);
		CHECK_STATUS(c, cx3_nv_set(device, 0x12, 2, value, 4, &err), NV_STATUSES[i].status,
			     &err);
		CHECK_EQ(c, err.expected, 0x08040000);
		CHECK_EQ(c, err.found, 0x08040000 | NV_STATUSES[i].number << 8);
		CHECK(c, strstr(err.what, "MNVA set of TLV 0x12/2") != NULL);
		CHECK(c, fixture_locks_are_free(&fixture));
		CHECK_STATUS(c, cx3_nv_get(device, 0x12, 2, data, 4, &stored, &err),
			     NV_STATUSES[i].number == 8 ? CX3_OK : NV_STATUSES[i].status, &err);
		CHECK_STATUS(c, cx3_nv_invalidate(device, 0x12, 2, &err),
			     NV_STATUSES[i].number == 8 ? CX3_OK : NV_STATUSES[i].status, &err);
		CHECK_STATUS(c, cx3_nv_invalidate_all(device, &err), NV_STATUSES[i].status, &err);
	}
	cx3_device_close(device);
}

static void a_lock_that_stays_taken_is_told_and_stays_with_its_owner(struct check *c)
{
	struct cx3_device *device = NULL;
	struct cx3_counters before, after;
	struct cx3_error err = {0};
	struct cx3_sim_info info;
	uint8_t data[4];
	uint32_t lock;
	bool stored;

	fixture_firmware(&fixture, HP);
	CHECK_STATUS(c, open_device(&device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_hcr_lock_state(device, &lock, &err), CX3_OK, &err);
	CHECK_EQ(c, lock, 0);
	fixture_set_fault(&fixture, CX3_SIM_FAULT_LOCK_HELD, 0, 0, HCR_LOCK);
	CHECK_STATUS(c, cx3_hcr_lock_state(device, &lock, &err), CX3_OK, &err);
	CHECK_EQ(c, lock, 1);
	cx3_device_counters(device, &before);
	CHECK_STATUS(c, cx3_nv_get(device, 0x11, 0, data, 4, &stored, &err), CX3_HCR_LOCKED, &err);
	cx3_device_counters(device, &after);
	CHECK_EQ(c, err.reg, HCR_LOCK);
	CHECK(c, after.elapsed_us - before.elapsed_us >= 5000000);
	CHECK(c, after.elapsed_us - before.elapsed_us < 5500000);
	CHECK(c, !fixture_locks_are_free(&fixture));
	fixture_info(&fixture, &info);
	/* A stranger who frees it in time is waited for. */
	fixture_set_fault(&fixture, CX3_SIM_FAULT_LOCK_HELD, info.now_us + 4000000, 0, HCR_LOCK);
	CHECK_STATUS(c, cx3_nv_get(device, 0x11, 0, data, 4, &stored, &err), CX3_OK, &err);
	fixture_set_fault(&fixture, CX3_SIM_FAULT_LOCK_HELD, 0, 0, HCR_LOCK);
	CHECK_STATUS(c, cx3_hcr_clear_lock(device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_nv_get(device, 0x11, 0, data, 4, &stored, &err), CX3_OK, &err);
	cx3_device_close(device);
	CHECK(c, fixture_locks_are_free(&fixture));
}

static void a_go_bit_that_stays_is_told_in_time(struct check *c)
{
	struct cx3_device *device = NULL;
	struct cx3_counters before, after;
	struct cx3_error err = {0};
	uint8_t data[4];
	bool stored;

	fixture_firmware(&fixture, HP);
	fixture_set_cr_mailbox(&fixture, false);
	CHECK_STATUS(c, open_device(&device, &err), CX3_OK, &err);
	fixture_set_fault(&fixture, CX3_SIM_FAULT_STUCK_HCR, 2, 0, 0);
	cx3_device_counters(device, &before);
	CHECK_STATUS(c, cx3_nv_get(device, 0x11, 0, data, 4, &stored, &err), CX3_HCR_TIMEOUT, &err);
	cx3_device_counters(device, &after);
	CHECK_EQ(c, err.reg, WATCH_HCR_COMMAND);
	CHECK_EQ(c, err.found, WATCH_GO | 0x70);
	CHECK(c, after.elapsed_us - before.elapsed_us >= 20000000);
	CHECK(c, after.elapsed_us - before.elapsed_us < 20100000);
	CHECK(c, fixture_locks_are_free(&fixture));
	/* And the next one finds it before its start. */
	cx3_device_counters(device, &before);
	CHECK_STATUS(c, cx3_nv_get(device, 0x11, 0, data, 4, &stored, &err), CX3_HCR_BUSY, &err);
	cx3_device_counters(device, &after);
	CHECK_EQ(c, err.found, WATCH_GO | 0x70);
	CHECK(c, after.elapsed_us - before.elapsed_us >= 10000000);
	CHECK(c, after.elapsed_us - before.elapsed_us < 10100000);
	CHECK(c, fixture_locks_are_free(&fixture));
	CHECK_STATUS(c, cx3_device_reset(device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_nv_get(device, 0x11, 0, data, 4, &stored, &err), CX3_OK, &err);
	/* Slow firmware is waited for: 200 polls are some 1.5 s. */
	fixture_set_fault(&fixture, CX3_SIM_FAULT_STUCK_HCR, 3, 200, 0);
	CHECK_STATUS(c, cx3_nv_get(device, 0x11, 0, data, 4, &stored, &err), CX3_OK, &err);
	cx3_device_close(device);
}

static void a_card_in_recovery_mode_is_refused(struct check *c)
{
	struct cx3_device *device = NULL;
	struct cx3_error err = {0};
	uint8_t cap[CX3_HCR_DEV_CAP_BYTES];
	struct watch w;

	fixture_sim(&fixture, "W25Q16BV", 1, 0);
	CHECK_STATUS(c, open_device(&device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_hcr_query_dev_cap(device, cap, &err), CX3_NOT_SUPPORTED, &err);
	CHECK_STATUS(c, cx3_nv_invalidate_all(device, &err), CX3_NOT_SUPPORTED, &err);
	cx3_device_close(device);
	/* A bus without PCI ids: the card itself tells. */
	CHECK_STATUS(c, watch_open(&w, fixture.sim_path, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_hcr_query_dev_cap(w.device, cap, &err), CX3_NOT_SUPPORTED, &err);
	CHECK_EQ(c, w.count, 0);
	cx3_device_close(w.device);
	CHECK(c, fixture_locks_are_free(&fixture));
}

/* A chip whose registers keep nothing. */
static int mute_read32(void *ctx, uint32_t reg, uint32_t *value, struct cx3_error *err)
{
	(void)ctx;
	(void)err;
	*value = reg == 0xf0014 ? 0x1f7 : 0;
	return CX3_OK;
}

static int mute_write32(void *ctx, uint32_t reg, uint32_t value, struct cx3_error *err)
{
	(void)ctx;
	(void)reg;
	(void)value;
	(void)err;
	return CX3_OK;
}

static uint64_t mute_now_us(void *ctx)
{
	(void)ctx;
	return 0;
}

static void mute_sleep_us(void *ctx, uint64_t us)
{
	(void)ctx;
	(void)us;
}

static void mute_close(void *ctx)
{
	(void)ctx;
}

static void registers_that_keep_nothing_are_no_answer(struct check *c)
{
	static const struct cx3_bus_ops ops = {.read32 = mute_read32,
					       .write32 = mute_write32,
					       .now_us = mute_now_us,
					       .sleep_us = mute_sleep_us,
					       .close = mute_close};
	struct cx3_bus bus = {.ops = &ops};
	struct cx3_device *device = NULL;
	struct cx3_error err = {0};
	uint8_t cap[CX3_HCR_DEV_CAP_BYTES];
	bool stored;

	CHECK_STATUS(c, cx3_device_open_bus(&bus, &device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_hcr_query_dev_cap(device, cap, &err), CX3_HCR_BAD_ANSWER, &err);
	CHECK_STATUS(c, cx3_nv_get(device, 0x11, 0, cap, 4, &stored, &err), CX3_HCR_BAD_ANSWER,
		     &err);
	CHECK_STATUS(c, cx3_nv_set(device, 0x11, 0, cap, 4, &err), CX3_HCR_BAD_ANSWER, &err);
	cx3_device_close(device);
}

static uint32_t stored_sriov(struct check *c)
{
	struct cx3_device *device = NULL;
	struct cx3_error err = {0};
	uint8_t data[4] = {0};
	bool stored = false;

	if (open_device(&device, &err) != CX3_OK ||
	    cx3_nv_get(device, 0x11, 0, data, 4, &stored, &err) != CX3_OK) {
		printf("    reading back: %s\n", err.what);
		c->failed = true;
	}
	cx3_device_close(device);
	return stored ? word(data, 0) : 0;
}

/* One failed access, or the wish to stop, at each place of a set in turn. */
static void a_set_that_breaks_off_anywhere_frees_the_lock_and_is_done_or_not(struct check *c)
{
	const uint8_t old[4] = {0, 0, 0, 1}, new[4] = {0x80, 0, 0, 9};
	struct cx3_error err = {0};
	unsigned kind, failures = 0;
	uint64_t at;

	fixture_firmware(&fixture, HP);
	for (kind = 0; kind < 3; kind++) {
		int status = CX3_CANCELLED;

		fixture_set_cr_mailbox(&fixture, kind == 2);
		for (at = 1; status != CX3_OK || at < 4; at++) {
			struct cx3_bus_fault fault = {
				.at_access = at + 1, .count = 1, .kind = CX3_BUS_FAULT_FAIL};
			struct watch w;

			CHECK(c, at < MORE_THAN_A_SET);
			CHECK_STATUS(c, watch_open(&w, fixture.sim_path, &err), CX3_OK, &err);
			CHECK_STATUS(c, cx3_nv_set(w.device, 0x11, 0, old, 4, &err), CX3_OK, &err);
			w.accesses = 0;
			if (kind == 1) {
				w.cancel_at = at;
				status = cx3_nv_set(w.device, 0x11, 0, new, 4, &err);
				CHECK(c, status == CX3_OK || status == CX3_CANCELLED);
				cx3_device_close(w.device);
			} else {
				struct cx3_device *device = NULL;
				struct cx3_bus bus = {0};

				cx3_device_close(w.device);
				CHECK_STATUS(c, cx3_bus_open_sim(fixture.sim_path, &bus, &err),
					     CX3_OK, &err);
				CHECK_STATUS(c, cx3_bus_wrap_fault(&bus, &fault, &bus, &err),
					     CX3_OK, &err);
				CHECK_STATUS(c, cx3_device_open_bus(&bus, &device, &err), CX3_OK,
					     &err);
				status = cx3_nv_set(device, 0x11, 0, new, 4, &err);
				CHECK(c, status == CX3_OK || status == CX3_FAULT_INJECTED);
				cx3_device_close(device);
			}
			failures += status != CX3_OK;
			if (!fixture_locks_are_free(&fixture))
				printf("    kind %u, access %" PRIu64 "\n", kind, at);
			CHECK(c, fixture_locks_are_free(&fixture));
			CHECK(c, stored_sriov(c) == word(new, 0) ||
					 (status != CX3_OK && stored_sriov(c) == word(old, 0)));
		}
	}
	printf("     %u sets broke off\n", failures);
}

static void a_cancelled_device_asks_nothing(struct check *c)
{
	struct cx3_error err = {0};
	uint8_t data[4];
	struct watch w;
	bool stored;

	fixture_firmware(&fixture, HP);
	CHECK_STATUS(c, watch_open(&w, fixture.sim_path, &err), CX3_OK, &err);
	cx3_device_cancel(w.device);
	CHECK_STATUS(c, cx3_nv_get(w.device, 0x11, 0, data, 4, &stored, &err), CX3_CANCELLED, &err);
	CHECK_EQ(c, w.accesses, 0);
	cx3_device_close(w.device);
}

int main(void)
{
	struct check c = {0};

	fixture_open(&fixture);
	CASE(&c, every_status_of_firmware_has_its_name_and_frees_the_lock);
	CASE(&c, a_lock_that_stays_taken_is_told_and_stays_with_its_owner);
	CASE(&c, a_go_bit_that_stays_is_told_in_time);
	CASE(&c, a_card_in_recovery_mode_is_refused);
	CASE(&c, registers_that_keep_nothing_are_no_answer);
	CASE(&c, a_set_that_breaks_off_anywhere_frees_the_lock_and_is_done_or_not);
	CASE(&c, a_cancelled_device_asks_nothing);
	fixture_close(&fixture);
	return check_report(&c);
}
