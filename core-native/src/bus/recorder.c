/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * Writes every access that passes to a text file. The file is complete after close.
 *
 * A trace that cannot be written ends the work with one error and no more: every access reaches the
 * card all the same, or locks could not be given back, and a lock that a read has taken is told.
 */
#include "cx3/bus.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "bus/error.h"
#include "card/registers.h"

struct recorder {
	struct cx3_bus inner;
	FILE *trace;
	int failure; /* errno of the first, 0 = none */
	bool failure_told;
};

/* Right behind each line, while errno is its own. */
static void note_failure(struct recorder *rec)
{
	if (ferror(rec->trace) && !rec->failure)
		rec->failure = errno ? errno : EIO;
}

static int check_trace(struct recorder *rec, uint32_t cr_address, struct cx3_error *err)
{
	if (!rec->failure || rec->failure_told ||
	    (cr_address >= CX3_REG_SEMAPHORES && cr_address < CX3_REG_SEMAPHORES_END))
		return CX3_OK;
	rec->failure_told = true;
	return cx3_fail_errno(
		err, CX3_IO, rec->failure,
		"the trace cannot be written; free disk space or leave out the trace");
}

static int recorder_read32(void *ctx, uint32_t cr_address, uint32_t *value, struct cx3_error *err)
{
	struct recorder *rec = ctx;
	int status = rec->inner.ops->read32(rec->inner.ctx, cr_address, value, err);

	if (status != CX3_OK) {
		fprintf(rec->trace, "# read %05" PRIx32 " failed: %s\n", cr_address,
			cx3_status_name(status));
		return status;
	}
	fprintf(rec->trace, "R %05" PRIx32 " %08" PRIx32 "\n", cr_address, *value);
	note_failure(rec);
	return check_trace(rec, cr_address, err);
}

static int recorder_write32(void *ctx, uint32_t cr_address, uint32_t value, struct cx3_error *err)
{
	struct recorder *rec = ctx;
	int status;

	/* Before the access: a trace of a crash ends with what caused it. */
	fprintf(rec->trace, "W %05" PRIx32 " %08" PRIx32 "\n", cr_address, value);
	note_failure(rec);
	status = rec->inner.ops->write32(rec->inner.ctx, cr_address, value, err);
	if (status != CX3_OK)
		fprintf(rec->trace, "# the write failed: %s\n", cx3_status_name(status));
	return status;
}

static uint64_t recorder_now_us(void *ctx)
{
	struct recorder *rec = ctx;
	uint64_t now_us = rec->inner.ops->now_us(rec->inner.ctx);

	fprintf(rec->trace, "T %" PRIu64 "\n", now_us);
	return now_us;
}

static void recorder_sleep_us(void *ctx, uint64_t us)
{
	struct recorder *rec = ctx;

	fprintf(rec->trace, "S %" PRIu64 "\n", us);
	rec->inner.ops->sleep_us(rec->inner.ctx, us);
}

static void recorder_close(void *ctx)
{
	struct recorder *rec = ctx;

	cx3_bus_close(&rec->inner);
	fclose(rec->trace);
	free(rec);
}

static const struct cx3_bus_ops recorder_ops = {
	.read32 = recorder_read32,
	.write32 = recorder_write32,
	.now_us = recorder_now_us,
	.sleep_us = recorder_sleep_us,
	.close = recorder_close,
};

int cx3_bus_wrap_recorder(struct cx3_bus *inner, const char *trace_path, struct cx3_bus *out,
			  struct cx3_error *err)
{
	struct recorder *rec = NULL;
	int status, fd = -1;
	bool needs_flush;

	if (!inner || !inner->ops || !trace_path || !out)
		return cx3_fail(err, CX3_INVALID_ARGUMENT, "recorder: bus, path and result needed");
	rec = calloc(1, sizeof(*rec));
	if (!rec)
		return cx3_fail(err, CX3_NO_MEMORY, "recorder");
	fd = open(trace_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0) {
		status = cx3_fail_errno(err, CX3_IO, errno, "trace %s cannot be created",
					trace_path);
		goto fail;
	}
	rec->trace = fdopen(fd, "w");
	if (!rec->trace) {
		status = cx3_fail_errno(err, CX3_IO, errno, "trace %s", trace_path);
		goto fail;
	}
	needs_flush = inner->needs_flush;
	fprintf(rec->trace, "# cx3tools register trace 1\nF %d\n", needs_flush);
	rec->inner = *inner;
	/* In this order, so that out may be the same object as inner. */
	inner->ops = NULL;
	inner->ctx = NULL;
	out->ops = &recorder_ops;
	out->ctx = rec;
	out->needs_flush = needs_flush;
	return CX3_OK;

fail:
	if (fd >= 0)
		close(fd);
	free(rec);
	return status;
}
