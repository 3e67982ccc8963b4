/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "watch_bus.h"

#include <string.h>

#include "bus/sim.h"
#include "cx3/hcr.h"

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
	if (reg >= WATCH_HCR && reg <= WATCH_HCR_COMMAND)
		w->hcr[(reg - WATCH_HCR) / 4] = value;
	if (reg == WATCH_HCR_COMMAND && (value & WATCH_GO) && w->count < WATCH_COMMANDS) {
		w->commands[w->count].command = value;
		w->commands[w->count].modifier = w->hcr[2];
		w->commands[w->count].in_high = w->hcr[0];
		w->commands[w->count++].in_low = w->hcr[1];
	}
	if (reg >= WATCH_MAILBOX && reg < WATCH_MAILBOX + CX3_HCR_MAILBOX_BYTES &&
	    w->mailbox_write_count < WATCH_WRITES) {
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

int watch_open(struct watch *w, const char *sim_path, struct cx3_error *err)
{
	struct cx3_bus bus = {.ops = &WATCH_OPS, .ctx = w, .needs_flush = true};
	int status;

	memset(w, 0, sizeof(*w));
	status = cx3_bus_open_sim(sim_path, &w->inner, err);
	if (status == CX3_OK)
		status = cx3_device_open_bus(&bus, &w->device, err);
	w->accesses = 0;
	return status;
}
