/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * Plays a trace. Register accesses must come exactly as recorded. A sleep line must be met by that
 * sleep; a trace without sleep lines (written by hand) does not check sleeps. Clock lines only set
 * the clock.
 */
#include "bus/replay.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bus/error.h"

#define MAX_TRACE_EVENTS 50000000ul

struct event {
	char kind; /* R, W, S, T */
	uint32_t reg;
	uint64_t value;
	unsigned long line;
};

struct replay {
	struct event *events;
	unsigned long count, next;
	uint64_t now_us;
	bool sleep_differs;
};

static int mismatch(struct cx3_error *err, const struct replay *rep, char kind, uint32_t reg)
{
	const struct event *ev = rep->next < rep->count ? &rep->events[rep->next] : NULL;

	if (!ev)
		return cx3_fail(err, CX3_TRACE_MISMATCH,
				"access %c %05" PRIx32 " after the end of the trace", kind, reg);
	if (ev->kind == 'S')
		return cx3_fail(err, CX3_TRACE_MISMATCH,
				"trace line %lu sleeps %" PRIu64
				" us, the program did %c %05" PRIx32,
				ev->line, ev->value, kind, reg);
	return cx3_fail(err, CX3_TRACE_MISMATCH,
			"trace line %lu has %c %05" PRIx32 " %08" PRIx64
			", the program did %c %05" PRIx32,
			ev->line, ev->kind, ev->reg, ev->value, kind, reg);
}

static void skip_clock_lines(struct replay *rep)
{
	while (rep->next < rep->count && rep->events[rep->next].kind == 'T')
		rep->now_us = rep->events[rep->next++].value;
}

static struct event *expect(struct replay *rep, char kind, uint32_t reg)
{
	skip_clock_lines(rep);
	if (rep->next >= rep->count)
		return NULL;
	if (rep->events[rep->next].kind != kind || rep->events[rep->next].reg != reg)
		return NULL;
	return &rep->events[rep->next];
}

static int replay_read32(void *ctx, uint32_t cr_address, uint32_t *value, struct cx3_error *err)
{
	struct replay *rep = ctx;
	struct event *ev = expect(rep, 'R', cr_address);

	if (!ev || rep->sleep_differs)
		return mismatch(err, rep, 'R', cr_address);
	*value = (uint32_t)ev->value;
	rep->next++;
	return CX3_OK;
}

static int replay_write32(void *ctx, uint32_t cr_address, uint32_t value, struct cx3_error *err)
{
	struct replay *rep = ctx;
	struct event *ev = expect(rep, 'W', cr_address);
	int status;

	if (!ev || rep->sleep_differs)
		return mismatch(err, rep, 'W', cr_address);
	if (ev->value != value) {
		status = mismatch(err, rep, 'W', cr_address);
		return cx3_error_values(err, status, (uint32_t)ev->value, value);
	}
	rep->next++;
	return CX3_OK;
}

static uint64_t replay_now_us(void *ctx)
{
	struct replay *rep = ctx;

	if (rep->next < rep->count && rep->events[rep->next].kind == 'T')
		rep->now_us = rep->events[rep->next++].value;
	else
		rep->now_us++;
	return rep->now_us;
}

static void replay_sleep_us(void *ctx, uint64_t us)
{
	struct replay *rep = ctx;

	skip_clock_lines(rep);
	rep->now_us += us;
	if (rep->next < rep->count && rep->events[rep->next].kind == 'S') {
		/* There is no way to fail here: the next access does. */
		if (rep->events[rep->next].value == us)
			rep->next++;
		else
			rep->sleep_differs = true;
	}
}

static void replay_close(void *ctx)
{
	struct replay *rep = ctx;

	free(rep->events);
	free(rep);
}

static const struct cx3_bus_ops replay_ops = {
	.read32 = replay_read32,
	.write32 = replay_write32,
	.now_us = replay_now_us,
	.sleep_us = replay_sleep_us,
	.close = replay_close,
};

unsigned long cx3_bus_replay_left(const struct cx3_bus *bus)
{
	const struct replay *rep;
	unsigned long i, left = 0;

	if (bus->ops != &replay_ops)
		return 0;
	rep = bus->ctx;
	for (i = rep->next; i < rep->count; i++)
		left += rep->events[i].kind == 'R' || rep->events[i].kind == 'W';
	return left;
}

/* 1 = an event, 0 = nothing on this line, -1 = not a trace line. */
static int parse_line(const char *line, struct event *ev, bool *needs_flush)
{
	char kind, rest;
	uint64_t number;
	uint32_t reg;

	if (line[strspn(line, " \t\r\n")] == '\0' || line[0] == '#')
		return 0;
	if (sscanf(line, "%c %" SCNx32 " %" SCNx64 " %c", &kind, &reg, &number, &rest) == 3 &&
	    (kind == 'R' || kind == 'W')) {
		if (reg >= CX3_CR_SIZE_BYTES || reg % 4 || number > UINT32_MAX)
			return -1;
		ev->kind = kind;
		ev->reg = reg;
		ev->value = number;
		return 1;
	}
	if (sscanf(line, "%c %" SCNu64 " %c", &kind, &number, &rest) != 2)
		return -1;
	if (kind == 'F' && number <= 1) {
		*needs_flush = number == 1;
		return 0;
	}
	if (kind != 'S' && kind != 'T')
		return -1;
	ev->kind = kind;
	ev->reg = 0;
	ev->value = number;
	return 1;
}

static int load(FILE *file, const char *path, struct replay *rep, bool *needs_flush,
		struct cx3_error *err)
{
	char line[256];
	unsigned long room = 0, line_number = 0;
	struct event ev = {0}, *grown;
	int found;

	while (fgets(line, sizeof(line), file)) {
		line_number++;
		found = parse_line(line, &ev, needs_flush);
		if (found < 0)
			return cx3_fail(err, CX3_INVALID_ARGUMENT,
					"%s line %lu is not a trace line", path, line_number);
		if (!found)
			continue;
		if (rep->count >= MAX_TRACE_EVENTS)
			return cx3_fail(err, CX3_OUT_OF_RANGE, "%s is too long", path);
		if (rep->count == room) {
			room = room ? room * 2 : 1024;
			grown = realloc(rep->events, room * sizeof(*grown));
			if (!grown)
				return cx3_fail(err, CX3_NO_MEMORY, "trace %s", path);
			rep->events = grown;
		}
		ev.line = line_number;
		rep->events[rep->count++] = ev;
	}
	if (ferror(file))
		return cx3_fail_errno(err, CX3_IO, errno, "trace %s cannot be read", path);
	return CX3_OK;
}

int cx3_bus_open_replay(const char *trace_path, struct cx3_bus *out, struct cx3_error *err)
{
	struct replay *rep = NULL;
	FILE *file = NULL;
	bool needs_flush = true;
	int status;

	if (!trace_path || !out)
		return cx3_fail(err, CX3_INVALID_ARGUMENT, "replay: path and result needed");
	rep = calloc(1, sizeof(*rep));
	if (!rep)
		return cx3_fail(err, CX3_NO_MEMORY, "replay");
	file = fopen(trace_path, "re");
	if (!file) {
		status =
			cx3_fail_errno(err, CX3_IO, errno, "trace %s cannot be opened", trace_path);
		goto fail;
	}
	status = load(file, trace_path, rep, &needs_flush, err);
	if (status != CX3_OK)
		goto fail;
	fclose(file);
	out->ops = &replay_ops;
	out->ctx = rep;
	out->needs_flush = needs_flush;
	return CX3_OK;

fail:
	if (file)
		fclose(file);
	free(rep->events);
	free(rep);
	return status;
}
