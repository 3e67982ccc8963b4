/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* The command interface of the tools against the firmware of a virtual card: each word that goes
 * out, each way it can fail, and the lock, which is free after all of them. */
#include "bus/sim.h"
#include "check.h"
#include "cx3/hcr.h"
#include "fixture.h"

#define HCR		0x80780u
#define HCR_COMMAND	0x80798u
#define HCR_LOCK	0xf03bcu
#define MAILBOX		0xe0000u
#define GO		0x00800000u
#define HP		"hp-764285-b21"
#define MAX_COMMANDS	512u
#define MAX_WRITES	64u
#define MORE_THAN_A_SET 2000u

static struct fixture fixture;

/* A bus that notes the commands that pass, and can stop the device in the middle. */
struct watch {
	struct cx3_bus inner;
	struct cx3_device *device;
	uint32_t hcr[7];
	struct {
		uint32_t command, modifier, in_high, in_low;
	} commands[MAX_COMMANDS];
	unsigned count;
	struct {
		uint32_t reg, value;
	} mailbox_writes[MAX_WRITES];
	unsigned mailbox_write_count;
	uint64_t accesses, cancel_at;
};

static void note(struct watch *w)
{
	if (++w->accesses == w->cancel_at)
		cx3_device_cancel(w->device);
}

static int watch_read32(void *ctx, uint32_t reg, uint32_t *value, struct cx3_error *err)
{
	struct watch *w = ctx;

	note(w);
	return w->inner.ops->read32(w->inner.ctx, reg, value, err);
}

static int watch_write32(void *ctx, uint32_t reg, uint32_t value, struct cx3_error *err)
{
	struct watch *w = ctx;

	note(w);
	if (reg >= HCR && reg <= HCR_COMMAND)
		w->hcr[(reg - HCR) / 4] = value;
	if (reg == HCR_COMMAND && (value & GO) && w->count < MAX_COMMANDS) {
		w->commands[w->count].command = value;
		w->commands[w->count].modifier = w->hcr[2];
		w->commands[w->count].in_high = w->hcr[0];
		w->commands[w->count++].in_low = w->hcr[1];
	}
	if (reg >= MAILBOX && reg < MAILBOX + CX3_HCR_MAILBOX_BYTES &&
	    w->mailbox_write_count < MAX_WRITES) {
		w->mailbox_writes[w->mailbox_write_count].reg = reg;
		w->mailbox_writes[w->mailbox_write_count++].value = value;
	}
	return w->inner.ops->write32(w->inner.ctx, reg, value, err);
}

static uint64_t watch_now_us(void *ctx)
{
	struct watch *w = ctx;

	return w->inner.ops->now_us(w->inner.ctx);
}

static void watch_sleep_us(void *ctx, uint64_t us)
{
	struct watch *w = ctx;

	w->inner.ops->sleep_us(w->inner.ctx, us);
}

static void watch_close(void *ctx)
{
	struct watch *w = ctx;

	cx3_bus_close(&w->inner);
}

static const struct cx3_bus_ops WATCH_OPS = {
	.read32 = watch_read32,
	.write32 = watch_write32,
	.now_us = watch_now_us,
	.sleep_us = watch_sleep_us,
	.close = watch_close,
};

static int open_watched(struct watch *w, struct cx3_error *err)
{
	struct cx3_bus bus = {.ops = &WATCH_OPS, .ctx = w, .needs_flush = true};
	int status;

	memset(w, 0, sizeof(*w));
	status = cx3_bus_open_sim(fixture.sim_path, &w->inner, err);
	if (status == CX3_OK)
		status = cx3_device_open_bus(&bus, &w->device, err);
	w->accesses = 0;
	return status;
}

static int open_device(struct cx3_device **device, struct cx3_error *err)
{
	return cx3_device_open(fixture.sim_spec, NULL, device, err);
}

static uint32_t word(const uint8_t *bytes, unsigned at)
{
	return (uint32_t)bytes[at] << 24 | (uint32_t)bytes[at + 1] << 16 |
	       (uint32_t)bytes[at + 2] << 8 | bytes[at + 3];
}

static void capabilities_and_defaults_are_those_of_the_card(struct check *c)
{
	struct cx3_device *device = NULL;
	struct cx3_error err = {0};
	uint8_t cap[CX3_HCR_DEV_CAP_BYTES], global[CX3_HCR_DEF_GLOBAL_BYTES];
	uint8_t port[CX3_HCR_DEF_PORT_BYTES], ragged[7];

	fixture_firmware(&fixture, HP);
	CHECK_STATUS(c, open_device(&device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_hcr_query_dev_cap(device, cap, &err), CX3_OK, &err);
	CHECK_EQ(c, word(cap, 0xc0), 0x3d);
	CHECK_EQ(c, cap[0x3b], 128);
	CHECK_EQ(c, cap[0x49], 4);
	CHECK_STATUS(c, cx3_hcr_query_def_params(device, 0, global, sizeof(global), &err), CX3_OK,
		     &err);
	CHECK_EQ(c, global[7], 16);
	CHECK_STATUS(c, cx3_hcr_query_def_params(device, 2, port, sizeof(port), &err), CX3_OK,
		     &err);
	CHECK_EQ(c, word(port, 4), 0x2e010001);
	CHECK_STATUS(c, cx3_hcr_query_def_params(device, 2, ragged, sizeof(ragged), &err), CX3_OK,
		     &err);
	CHECK_EQ(c, memcmp(port, ragged, sizeof(ragged)), 0);
	CHECK_STATUS(c, cx3_hcr_query_def_params(device, 3, port, sizeof(port), &err),
		     CX3_INVALID_ARGUMENT, &err);
	CHECK_STATUS(c, cx3_hcr_query_def_params(device, 0, port, CX3_HCR_MAILBOX_BYTES + 1, &err),
		     CX3_INVALID_ARGUMENT, &err);
	cx3_device_close(device);
	CHECK(c, fixture_locks_are_free(&fixture));
}

static void settings_are_read_written_and_dropped(struct check *c)
{
	static const uint8_t on_eight[4] = {0x80, 0, 0, 8}, wol[8] = {0, 0, 4, 0};
	struct cx3_device *device = NULL;
	struct cx3_error err = {0};
	uint8_t data[8] = {1, 2, 3, 4, 5, 6, 7, 8}, big[32], pattern[32];
	bool stored = true;

	fixture_firmware(&fixture, HP);
	CHECK_STATUS(c, open_device(&device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_nv_get(device, 0x11, 0, data, 4, &stored, &err), CX3_OK, &err);
	CHECK(c, !stored && word(data, 0) == 0);
	CHECK_STATUS(c, cx3_nv_set(device, 0x11, 0, on_eight, 4, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_nv_set(device, 0x10, 2, wol, 8, &err), CX3_OK, &err);
	fixture_pattern(pattern, sizeof(pattern), 4);
	CHECK_STATUS(c, cx3_nv_set(device, 0x14, 0, pattern, 32, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_nv_get(device, 0x11, 0, data, 4, &stored, &err), CX3_OK, &err);
	CHECK(c, stored && memcmp(data, on_eight, 4) == 0);
	CHECK_STATUS(c, cx3_nv_get(device, 0x10, 2, data, 8, &stored, &err), CX3_OK, &err);
	CHECK(c, stored && memcmp(data, wol, 8) == 0);
	CHECK_STATUS(c, cx3_nv_get(device, 0x10, 1, data, 8, &stored, &err), CX3_OK, &err);
	CHECK(c, !stored);
	CHECK_STATUS(c, cx3_nv_get(device, 0x14, 0, big, 32, &stored, &err), CX3_OK, &err);
	CHECK(c, stored && memcmp(big, pattern, 32) == 0);
	CHECK_STATUS(c, cx3_device_reset(device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_nv_invalidate(device, 0x10, 2, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_nv_invalidate(device, 0x10, 2, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_nv_get(device, 0x10, 2, data, 8, &stored, &err), CX3_OK, &err);
	CHECK(c, !stored);
	CHECK_STATUS(c, cx3_nv_get(device, 0x11, 0, data, 4, &stored, &err), CX3_OK, &err);
	CHECK(c, stored);
	CHECK_STATUS(c, cx3_nv_invalidate_all(device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_nv_get(device, 0x11, 0, data, 4, &stored, &err), CX3_OK, &err);
	CHECK(c, !stored);
	cx3_device_close(device);
	CHECK(c, fixture_locks_are_free(&fixture));
}

static void bad_lengths_are_refused_before_the_card_is_touched(struct check *c)
{
	static const size_t BAD[] = {0, 1, 3, 6, 132, SIZE_MAX, (size_t)UINT32_MAX + 5};
	struct cx3_error err = {0};
	uint8_t data[256];
	struct watch w;
	bool stored;
	size_t i;

	fixture_firmware(&fixture, HP);
	CHECK_STATUS(c, open_watched(&w, &err), CX3_OK, &err);
	for (i = 0; i < sizeof(BAD) / sizeof(BAD[0]); i++) {
		CHECK_STATUS(c, cx3_nv_get(w.device, 0x11, 0, data, BAD[i], &stored, &err),
			     CX3_INVALID_ARGUMENT, &err);
		CHECK_STATUS(c, cx3_nv_set(w.device, 0x11, 0, data, BAD[i], &err),
			     CX3_INVALID_ARGUMENT, &err);
	}
	CHECK_STATUS(c, cx3_nv_get(w.device, 0x11, 0, NULL, 4, &stored, &err), CX3_INVALID_ARGUMENT,
		     &err);
	CHECK_STATUS(c, cx3_nv_get(w.device, 0x11, 0, data, 4, NULL, &err), CX3_INVALID_ARGUMENT,
		     &err);
	CHECK_STATUS(c, cx3_hcr_query_dev_cap(w.device, NULL, &err), CX3_INVALID_ARGUMENT, &err);
	CHECK_STATUS(c, cx3_nv_invalidate_all(NULL, &err), CX3_CLOSED, &err);
	CHECK_STATUS(c, cx3_nv_set(NULL, 0x11, 0, data, 4, &err), CX3_CLOSED, &err);
	CHECK_EQ(c, w.accesses, 0);
	cx3_device_close(w.device);
}

/* nv-config 2.5: the words of a packet as they go out, quadword by quadword. */
static void check_packet(struct check *c, const struct watch *w, unsigned first,
			 const uint32_t *words, unsigned count)
{
	unsigned i;

	for (i = 0; i < count; i += 2) {
		CHECK_EQ(c, w->commands[first + i / 2].command, GO | 0x70);
		CHECK_EQ(c, w->commands[first + i / 2].modifier, i);
		CHECK_EQ(c, w->commands[first + i / 2].in_low, words[i]);
		CHECK_EQ(c, w->commands[first + i / 2].in_high, i + 1 < count ? words[i + 1] : 0);
	}
}

static void set_cr_mailbox(struct check *c, bool on)
{
	struct cx3_sim_info info;
	struct cx3_error err = {0};
	struct cx3_sim *sim = NULL;

	CHECK_STATUS(c, cx3_sim_open(fixture.sim_path, &sim, &err), CX3_OK, &err);
	cx3_sim_get_info(sim, &info);
	info.options.cr_mailbox = on;
	CHECK_EQ(c, cx3_sim_set_options(sim, &info.options), CX3_OK);
	cx3_sim_close(sim);
}

static void every_word_goes_out_as_with_the_stock_tool(struct check *c)
{
	static const uint32_t get[] = {0x08040000, 0x90240101, 0, 0, 0x18040000, 0x00040011, 0, 0};
	static const uint32_t set[] = {0x08040000, 0x90240201, 0, 0,
				       0x18040000, 0x00040011, 0, 0x80000008};
	static const uint32_t link[] = {0x08040000, 0x90240201, 0,	    0,
					0x18040000, 0x00040012, 0x00010000, 2};
	static const uint32_t wol[] = {0x08040000, 0x90240101, 0,	  0,
				       0x18050000, 0x00080010, 0x00010000};
	static const uint32_t drop[] = {0x08040000, 0x90250201, 0,	   0,
					0x18030000, 0x00000012, 0x00010000};
	static const uint32_t reset[] = {0x08040000, 0x90290201, 0, 0, 0x18030000, 0, 0};
	static const uint8_t on_eight[4] = {0x80, 0, 0, 8}, eth[4] = {0, 0, 0, 2};
	struct cx3_error err = {0};
	uint8_t data[256];
	struct watch w;
	bool stored;

	fixture_firmware(&fixture, HP);
	set_cr_mailbox(c, false);
	CHECK_STATUS(c, open_watched(&w, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_nv_get(w.device, 0x11, 0, data, 4, &stored, &err), CX3_OK, &err);
	CHECK_EQ(c, w.commands[0].in_high, 0x90240101);
	CHECK_EQ(c, w.commands[0].in_low, 0x08040000);
	check_packet(c, &w, 0, get, 8);
	CHECK_EQ(c, w.commands[4].command, 0x0080003b);
	CHECK_EQ(c, w.commands[4].modifier, 0);
	/* Nothing stored is seen from the first quadword. */
	CHECK_EQ(c, w.commands[5].command, GO | 0x71);
	CHECK_EQ(c, w.count, 6);
	w.count = 0;
	CHECK_STATUS(c, cx3_nv_set(w.device, 0x11, 0, on_eight, 4, &err), CX3_OK, &err);
	check_packet(c, &w, 0, set, 8);
	w.count = 0;
	CHECK_STATUS(c, cx3_nv_set(w.device, 0x12, 1, eth, 4, &err), CX3_OK, &err);
	check_packet(c, &w, 0, link, 8);
	w.count = 0;
	CHECK_STATUS(c, cx3_nv_get(w.device, 0x10, 1, data, 8, &stored, &err), CX3_OK, &err);
	check_packet(c, &w, 0, wol, 7);
	/* Data is no input of a get. */
	CHECK_EQ(c, w.commands[4].command, 0x0080003b);
	w.count = 0;
	CHECK_STATUS(c, cx3_nv_get(w.device, 0x14, 0, data, 32, &stored, &err), CX3_OK, &err);
	CHECK_EQ(c, w.commands[2].in_low, 0x180b0000);
	w.count = 0;
	CHECK_STATUS(c, cx3_nv_invalidate(w.device, 0x12, 1, &err), CX3_OK, &err);
	check_packet(c, &w, 0, drop, 7);
	w.count = 0;
	CHECK_STATUS(c, cx3_nv_invalidate_all(w.device, &err), CX3_OK, &err);
	check_packet(c, &w, 0, reset, 7);
	w.count = 0;
	CHECK_STATUS(c, cx3_hcr_query_dev_cap(w.device, data, &err), CX3_OK, &err);
	CHECK_EQ(c, w.commands[0].command, 0x00800003);
	CHECK_EQ(c, w.commands[0].modifier, 0);
	CHECK_EQ(c, w.count, 5);
	w.count = 0;
	CHECK_STATUS(c, cx3_hcr_query_def_params(w.device, 0, data, CX3_HCR_DEF_GLOBAL_BYTES, &err),
		     CX3_OK, &err);
	CHECK_EQ(c, w.commands[0].command, 0x00800073);
	CHECK_EQ(c, w.count, 2);
	w.count = 0;
	CHECK_STATUS(c, cx3_hcr_query_def_params(w.device, 1, data, CX3_HCR_DEF_PORT_BYTES, &err),
		     CX3_OK, &err);
	CHECK_EQ(c, w.commands[0].command, 0x00801073);
	CHECK_EQ(c, w.count, 3);
	w.count = 0;
	CHECK_STATUS(c, cx3_hcr_query_def_params(w.device, 2, data, CX3_HCR_DEF_PORT_BYTES, &err),
		     CX3_OK, &err);
	CHECK_EQ(c, w.commands[0].command, 0x00802073);
	cx3_device_close(w.device);
}

static void the_mailbox_in_cr_space_is_found_and_used(struct check *c)
{
	static const uint8_t on_eight[4] = {0x80, 0, 0, 8};
	struct cx3_error err = {0};
	uint8_t data[4];
	struct watch w;
	bool stored;

	fixture_firmware(&fixture, HP);
	set_cr_mailbox(c, true);
	CHECK_STATUS(c, open_watched(&w, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_nv_set(w.device, 0x11, 0, on_eight, 4, &err), CX3_OK, &err);
	CHECK_EQ(c, w.mailbox_writes[0].reg, MAILBOX);
	CHECK_EQ(c, w.mailbox_writes[0].value, 0x0badb00f);
	CHECK_EQ(c, w.mailbox_writes[1].reg, MAILBOX);
	CHECK_EQ(c, w.mailbox_writes[1].value, 0);
	CHECK_EQ(c, w.mailbox_writes[2].value, 0x08040000);
	CHECK_EQ(c, w.mailbox_writes[9].reg, MAILBOX + 0x1c);
	CHECK_EQ(c, w.mailbox_writes[9].value, 0x80000008);
	CHECK_EQ(c, w.count, 1);
	CHECK_EQ(c, w.commands[0].command, 0x0080003b);
	CHECK_EQ(c, w.commands[0].modifier, 1);
	CHECK_STATUS(c, cx3_nv_get(w.device, 0x11, 0, data, 4, &stored, &err), CX3_OK, &err);
	CHECK(c, stored && memcmp(data, on_eight, 4) == 0);
	CHECK_EQ(c, w.count, 2);
	CHECK_EQ(c, w.mailbox_write_count, 17);
	cx3_device_close(w.device);
	CHECK(c, fixture_locks_are_free(&fixture));
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
		CHECK_EQ(c, err.reg, HCR_COMMAND);
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
	set_cr_mailbox(c, false);
	CHECK_STATUS(c, open_device(&device, &err), CX3_OK, &err);
	fixture_set_fault(&fixture, CX3_SIM_FAULT_STUCK_HCR, 2, 0, 0);
	cx3_device_counters(device, &before);
	CHECK_STATUS(c, cx3_nv_get(device, 0x11, 0, data, 4, &stored, &err), CX3_HCR_TIMEOUT, &err);
	cx3_device_counters(device, &after);
	CHECK_EQ(c, err.reg, HCR_COMMAND);
	CHECK_EQ(c, err.found, GO | 0x70);
	CHECK(c, after.elapsed_us - before.elapsed_us >= 20000000);
	CHECK(c, after.elapsed_us - before.elapsed_us < 20100000);
	CHECK(c, fixture_locks_are_free(&fixture));
	/* And the next one finds it before its start. */
	cx3_device_counters(device, &before);
	CHECK_STATUS(c, cx3_nv_get(device, 0x11, 0, data, 4, &stored, &err), CX3_HCR_BUSY, &err);
	cx3_device_counters(device, &after);
	CHECK_EQ(c, err.found, GO | 0x70);
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
	CHECK_STATUS(c, open_watched(&w, &err), CX3_OK, &err);
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

		set_cr_mailbox(c, kind == 2);
		for (at = 1; status != CX3_OK || at < 4; at++) {
			struct cx3_bus_fault fault = {
				.at_access = at + 1, .count = 1, .kind = CX3_BUS_FAULT_FAIL};
			struct watch w;

			CHECK(c, at < MORE_THAN_A_SET);
			CHECK_STATUS(c, open_watched(&w, &err), CX3_OK, &err);
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
	CHECK_STATUS(c, open_watched(&w, &err), CX3_OK, &err);
	cx3_device_cancel(w.device);
	CHECK_STATUS(c, cx3_nv_get(w.device, 0x11, 0, data, 4, &stored, &err), CX3_CANCELLED, &err);
	CHECK_EQ(c, w.accesses, 0);
	cx3_device_close(w.device);
}

/* The mailbox may have come or gone with other firmware. */
static void a_reset_forgets_where_the_mailbox_is(struct check *c)
{
	struct cx3_device *device = NULL;
	struct cx3_error err = {0};
	uint8_t data[4];
	bool stored;

	fixture_firmware(&fixture, HP);
	set_cr_mailbox(c, true);
	CHECK_STATUS(c, open_device(&device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_nv_get(device, 0x11, 0, data, 4, &stored, &err), CX3_OK, &err);
	set_cr_mailbox(c, false);
	CHECK_STATUS(c, cx3_nv_get(device, 0x11, 0, data, 4, &stored, &err), CX3_HCR_BAD_PARAMETER,
		     &err);
	CHECK_STATUS(c, cx3_device_reset(device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_nv_get(device, 0x11, 0, data, 4, &stored, &err), CX3_OK, &err);
	cx3_device_close(device);
}

int main(void)
{
	struct check c = {0};

	fixture_open(&fixture);
	CASE(&c, capabilities_and_defaults_are_those_of_the_card);
	CASE(&c, settings_are_read_written_and_dropped);
	CASE(&c, bad_lengths_are_refused_before_the_card_is_touched);
	CASE(&c, every_word_goes_out_as_with_the_stock_tool);
	CASE(&c, the_mailbox_in_cr_space_is_found_and_used);
	CASE(&c, every_status_of_firmware_has_its_name_and_frees_the_lock);
	CASE(&c, a_lock_that_stays_taken_is_told_and_stays_with_its_owner);
	CASE(&c, a_go_bit_that_stays_is_told_in_time);
	CASE(&c, a_card_in_recovery_mode_is_refused);
	CASE(&c, registers_that_keep_nothing_are_no_answer);
	CASE(&c, a_set_that_breaks_off_anywhere_frees_the_lock_and_is_done_or_not);
	CASE(&c, a_cancelled_device_asks_nothing);
	CASE(&c, a_reset_forgets_where_the_mailbox_is);
	fixture_close(&fixture);
	return check_report(&c);
}
