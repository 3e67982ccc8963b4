/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* Recorder, replayer and fault injector on a bus of plain memory; the ordering flush. */
#include <stdlib.h>
#include <unistd.h>

#include "bus/replay.h"
#include "check.h"
#include "cx3/device.h"
#include "fixture.h"

static struct fixture fixture;

struct memory {
	uint32_t words[CX3_CR_SIZE_BYTES / 4];
	uint64_t now_us;
	unsigned flush_refusals, closed;
};

static int memory_read32(void *ctx, uint32_t cr_address, uint32_t *value, struct cx3_error *err)
{
	struct memory *memory = ctx;

	(void)err;
	*value = memory->words[cr_address / 4];
	if (cr_address == 0xf0380 && memory->flush_refusals) {
		memory->flush_refusals--;
		*value = 1;
	}
	return CX3_OK;
}

static int memory_write32(void *ctx, uint32_t cr_address, uint32_t value, struct cx3_error *err)
{
	struct memory *memory = ctx;

	(void)err;
	memory->words[cr_address / 4] = value;
	return CX3_OK;
}

static uint64_t memory_now_us(void *ctx)
{
	return ((struct memory *)ctx)->now_us;
}

static void memory_sleep_us(void *ctx, uint64_t us)
{
	((struct memory *)ctx)->now_us += us;
}

static void memory_close(void *ctx)
{
	((struct memory *)ctx)->closed++;
}

static const struct cx3_bus_ops memory_ops = {
	memory_read32, memory_write32, memory_now_us, memory_sleep_us, memory_close,
};

static struct memory memory;

static struct cx3_bus fresh_memory(bool needs_flush)
{
	struct cx3_bus bus = {&memory_ops, &memory, needs_flush};

	memset(&memory, 0, sizeof(memory));
	memory.words[0xf0014 / 4] = 0x1f7;
	return bus;
}

static void a_read_after_writes_goes_behind_one_flush(struct check *c)
{
	struct cx3_bus bus = fresh_memory(true);
	struct cx3_device *device = NULL;
	struct cx3_counters counters;
	struct cx3_error err;
	uint32_t value;

	CHECK_STATUS(c, cx3_device_open_bus(&bus, &device, &err), CX3_OK, &err);
	CHECK(c, !bus.ops);
	cx3_device_write32(device, 0x1000, 1, &err);
	cx3_device_write32(device, 0x1004, 2, &err);
	CHECK_STATUS(c, cx3_device_read32(device, 0x1000, &value, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_device_read32(device, 0x1004, &value, &err), CX3_OK, &err);
	CHECK_EQ(c, value, 2);
	cx3_device_counters(device, &counters);
	/* id, flush, two reads; two writes and one of the flush */
	CHECK_EQ(c, counters.reads, 4);
	CHECK_EQ(c, counters.writes, 3);
	cx3_device_close(device);
	CHECK_EQ(c, memory.closed, 1);
}

static void a_flush_that_a_stranger_disturbs_is_repeated_but_not_for_ever(struct check *c)
{
	struct cx3_bus bus = fresh_memory(true);
	struct cx3_device *device = NULL;
	struct cx3_error err;
	uint32_t value;

	CHECK_STATUS(c, cx3_device_open_bus(&bus, &device, &err), CX3_OK, &err);
	memory.flush_refusals = 50;
	cx3_device_write32(device, 0x1000, 1, &err);
	CHECK_STATUS(c, cx3_device_read32(device, 0x1000, &value, &err), CX3_OK, &err);
	memory.flush_refusals = 100000000;
	cx3_device_write32(device, 0x1000, 1, &err);
	CHECK_STATUS(c, cx3_device_read32(device, 0x1000, &value, &err), CX3_FLUSH_TIMEOUT, &err);
	CHECK_EQ(c, err.reg, 0xf0380);
	cx3_device_close(device);
}

static void a_bus_without_need_is_not_flushed(struct check *c)
{
	struct cx3_bus bus = fresh_memory(false);
	struct cx3_device *device = NULL;
	struct cx3_counters counters;
	struct cx3_error err;
	uint32_t value;

	CHECK_STATUS(c, cx3_device_open_bus(&bus, &device, &err), CX3_OK, &err);
	cx3_device_write32(device, 0x1000, 1, &err);
	cx3_device_read32(device, 0x1000, &value, &err);
	cx3_device_counters(device, &counters);
	CHECK_EQ(c, counters.reads, 2);
	CHECK_EQ(c, counters.writes, 1);
	cx3_device_close(device);
}

static void the_running_version_is_taken_apart(struct check *c)
{
	struct cx3_bus bus = fresh_memory(false);
	struct cx3_device *device = NULL;
	struct cx3_running_version version;
	struct cx3_error err;

	memory.words[0x1f064 / 4] = 0x00020000;
	memory.words[0x1f068 / 4] = 0x002a1388;
	memory.words[0x1f06c / 4] = 0x59301500;
	memory.words[0x1f070 / 4] = 0x20170905;
	CHECK_STATUS(c, cx3_device_open_bus(&bus, &device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_device_running_version(device, &version, &err), CX3_OK, &err);
	CHECK_EQ(c, version.major, 2);
	CHECK_EQ(c, version.minor, 42);
	CHECK_EQ(c, version.subminor, 5000);
	CHECK_EQ(c, version.second, 0x59);
	CHECK_EQ(c, version.minute, 0x30);
	CHECK_EQ(c, version.hour, 0x15);
	CHECK_EQ(c, version.year, 0x2017);
	CHECK_EQ(c, version.month, 9);
	CHECK_EQ(c, version.day, 5);
	cx3_device_close(device);
}

static void faults_strike_when_and_where_they_are_told(struct check *c)
{
	struct cx3_bus_fault flip = {.at_access = 2,
				     .count = 1,
				     .kind = CX3_BUS_FAULT_FLIP_BIT,
				     .bit = 4,
				     .only_register = 0x20};
	struct cx3_bus_fault fail = {.at_access = 1, .kind = CX3_BUS_FAULT_FAIL, .bit = 32};
	struct cx3_bus bus = fresh_memory(false), wrapped = {0};
	struct cx3_error err;
	uint32_t value;
	unsigned i;

	CHECK_STATUS(c, cx3_bus_wrap_fault(&bus, &fail, &wrapped, &err), CX3_INVALID_ARGUMENT,
		     &err);
	CHECK(c, bus.ops != NULL);
	CHECK_STATUS(c, cx3_bus_wrap_fault(&bus, &flip, &wrapped, &err), CX3_OK, &err);
	for (i = 0; i < 4; i++) {
		CHECK_STATUS(c, wrapped.ops->read32(wrapped.ctx, 0x24, &value, &err), CX3_OK, &err);
		CHECK_EQ(c, value, 0);
		CHECK_STATUS(c, wrapped.ops->read32(wrapped.ctx, 0x20, &value, &err), CX3_OK, &err);
		CHECK_EQ(c, value, i == 1 ? 0x10 : 0);
	}
	cx3_bus_close(&wrapped);
	CHECK_EQ(c, memory.closed, 1);
}

static void a_trace_that_is_none_is_refused_with_its_line(struct check *c)
{
	static const char *const bad[] = {
		"R 0 0\nX 1 2\n", "R 0 0\nR 2 0\n",	    "R 0 0\nR 100000 0\n",
		"R 0 0\nW 0\n",	  "R 0 0\nR 0 1ffffffff\n", "R 0 0\nR 0 0 0\n",
	};
	struct cx3_bus bus = {0};
	struct cx3_error err;
	char path[FIXTURE_PATH_BYTES + 16];
	size_t i;

	snprintf(path, sizeof(path), "%s/bad.trace", fixture.dir);
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		fixture_text(&fixture, "bad.trace", bad[i]);
		CHECK_STATUS(c, cx3_bus_open_replay(path, &bus, &err), CX3_INVALID_ARGUMENT, &err);
		CHECK(c, strstr(err.what, "line 2 ") != NULL);
	}
	CHECK_STATUS(c, cx3_bus_open_replay("/nowhere/x", &bus, &err), CX3_IO, &err);
}

static void a_replay_checks_values_sleeps_and_its_end(struct check *c)
{
	struct cx3_bus bus = {0};
	struct cx3_error err;
	char path[FIXTURE_PATH_BYTES + 16];
	uint32_t value;

	snprintf(path, sizeof(path), "%s/good.trace", fixture.dir);
	fixture_text(&fixture, "good.trace", "# x\nF 0\nW 10 5\nT 77\nS 300\nR 14 6\n");
	CHECK_STATUS(c, cx3_bus_open_replay(path, &bus, &err), CX3_OK, &err);
	CHECK(c, !bus.needs_flush);
	CHECK_EQ(c, cx3_bus_replay_left(&bus), 2);
	CHECK_STATUS(c, bus.ops->write32(bus.ctx, 0x10, 4, &err), CX3_TRACE_MISMATCH, &err);
	CHECK_EQ(c, err.expected, 5);
	CHECK_EQ(c, err.found, 4);
	CHECK_STATUS(c, bus.ops->write32(bus.ctx, 0x10, 5, &err), CX3_OK, &err);
	CHECK_EQ(c, bus.ops->now_us(bus.ctx), 77);
	CHECK_STATUS(c, bus.ops->read32(bus.ctx, 0x14, &value, &err), CX3_TRACE_MISMATCH, &err);
	CHECK(c, strstr(err.what, "sleeps 300 us") != NULL);
	bus.ops->sleep_us(bus.ctx, 300);
	CHECK_STATUS(c, bus.ops->read32(bus.ctx, 0x14, &value, &err), CX3_OK, &err);
	CHECK_EQ(c, value, 6);
	CHECK_STATUS(c, bus.ops->read32(bus.ctx, 0x14, &value, &err), CX3_TRACE_MISMATCH, &err);
	CHECK(c, strstr(err.what, "end of the trace") != NULL);
	cx3_bus_close(&bus);
}

static void a_full_disk_ends_a_recording_with_an_error(struct check *c)
{
	struct cx3_bus bus = fresh_memory(false);
	struct cx3_error err;
	uint32_t value;
	int status = CX3_OK;
	unsigned i;

	if (access("/dev/full", W_OK) != 0)
		return;
	CHECK_STATUS(c, cx3_bus_wrap_recorder(&bus, "/dev/full", &bus, &err), CX3_OK, &err);
	for (i = 0; i < 100000 && status == CX3_OK; i++)
		status = bus.ops->read32(bus.ctx, 0x14, &value, &err);
	CHECK_EQ(c, status, CX3_IO);
	cx3_bus_close(&bus);
	CHECK_EQ(c, memory.closed, 1);
}

int main(void)
{
	struct check c = {0};

	fixture_open(&fixture);
	CASE(&c, a_read_after_writes_goes_behind_one_flush);
	CASE(&c, a_flush_that_a_stranger_disturbs_is_repeated_but_not_for_ever);
	CASE(&c, a_bus_without_need_is_not_flushed);
	CASE(&c, the_running_version_is_taken_apart);
	CASE(&c, faults_strike_when_and_where_they_are_told);
	CASE(&c, a_trace_that_is_none_is_refused_with_its_line);
	CASE(&c, a_replay_checks_values_sleeps_and_its_end);
	CASE(&c, a_full_disk_ends_a_recording_with_an_error);
	fixture_close(&fixture);
	return check_report(&c);
}
