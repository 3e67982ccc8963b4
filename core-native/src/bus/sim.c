/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* A virtual card as a bus. It shows its registers as through a BAR, with the need to order reads
 * after writes. */
#include "bus/sim.h"

#include "bus/answer.h"
#include "bus/error.h"
#include "card/registers.h"

static int sim_read32(void *ctx, uint32_t cr_address, uint32_t *value, struct cx3_error *err)
{
	return cx3_sim_read32(ctx, cr_address, value, err);
}

static int sim_write32(void *ctx, uint32_t cr_address, uint32_t value, struct cx3_error *err)
{
	return cx3_sim_write32(ctx, cr_address, value, err);
}

static uint64_t sim_now_us(void *ctx)
{
	return cx3_sim_now_us(ctx);
}

static void sim_sleep_us(void *ctx, uint64_t us)
{
	cx3_sim_sleep_us(ctx, us);
}

static void sim_close(void *ctx)
{
	cx3_sim_close(ctx);
}

static const struct cx3_bus_ops sim_ops = {
	.read32 = sim_read32,
	.write32 = sim_write32,
	.now_us = sim_now_us,
	.sleep_us = sim_sleep_us,
	.close = sim_close,
};

struct cx3_sim *cx3_bus_sim(const struct cx3_bus *bus)
{
	return bus->ops == &sim_ops ? bus->ctx : NULL;
}

int cx3_bus_open_sim(const char *path, struct cx3_bus *out, struct cx3_error *err)
{
	struct cx3_sim *sim;
	uint32_t id;
	int status;

	if (!path || !out)
		return cx3_fail(err, CX3_INVALID_ARGUMENT, "virtual card: file and result needed");
	status = cx3_sim_open(path, &sim, err);
	if (status != CX3_OK)
		return status;
	status = cx3_sim_read32(sim, CX3_REG_DEVICE_ID, &id, err);
	if (status == CX3_OK)
		status = cx3_check_answer(CX3_REG_DEVICE_ID, id, err);
	if (status != CX3_OK) {
		cx3_sim_close(sim);
		return status;
	}
	out->ops = &sim_ops;
	out->ctx = sim;
	out->needs_flush = true;
	return CX3_OK;
}
