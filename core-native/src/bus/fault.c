/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* Breaks accesses of any bus on schedule: see struct cx3_bus_fault. */
#include "cx3/bus.h"

#include <inttypes.h>
#include <stdlib.h>

#include "bus/error.h"

struct fault_bus {
	struct cx3_bus inner;
	struct cx3_bus_fault fault;
	uint64_t accesses;
};

static bool strikes(struct fault_bus *bus, uint32_t cr_address)
{
	const struct cx3_bus_fault *fault = &bus->fault;

	if (fault->only_register && fault->only_register != cr_address)
		return false;
	bus->accesses++;
	if (!fault->at_access || bus->accesses < fault->at_access)
		return false;
	return !fault->count || bus->accesses - fault->at_access < fault->count;
}

static int injected(struct fault_bus *bus, uint32_t cr_address, struct cx3_error *err)
{
	cx3_fail(err, CX3_FAULT_INJECTED, "access %" PRIu64, bus->accesses);
	return cx3_error_register(err, CX3_FAULT_INJECTED, cr_address, 0);
}

static int fault_read32(void *ctx, uint32_t cr_address, uint32_t *value, struct cx3_error *err)
{
	struct fault_bus *bus = ctx;
	bool now = strikes(bus, cr_address);
	int status;

	if (now && bus->fault.kind == CX3_BUS_FAULT_FAIL)
		return injected(bus, cr_address, err);
	if (now && bus->fault.kind == CX3_BUS_FAULT_ALL_ONES) {
		*value = UINT32_MAX;
		return CX3_OK;
	}
	if (now && bus->fault.kind == CX3_BUS_FAULT_LOCKED) {
		*value = 0xbad0cafe;
		return CX3_OK;
	}
	status = bus->inner.ops->read32(bus->inner.ctx, cr_address, value, err);
	if (status == CX3_OK && now)
		*value ^= UINT32_C(1) << bus->fault.bit;
	return status;
}

static int fault_write32(void *ctx, uint32_t cr_address, uint32_t value, struct cx3_error *err)
{
	struct fault_bus *bus = ctx;

	if (strikes(bus, cr_address)) {
		if (bus->fault.kind == CX3_BUS_FAULT_FAIL)
			return injected(bus, cr_address, err);
		if (bus->fault.kind == CX3_BUS_FAULT_ALL_ONES)
			return CX3_OK;
	}
	return bus->inner.ops->write32(bus->inner.ctx, cr_address, value, err);
}

static uint64_t fault_now_us(void *ctx)
{
	struct fault_bus *bus = ctx;

	return bus->inner.ops->now_us(bus->inner.ctx);
}

static void fault_sleep_us(void *ctx, uint64_t us)
{
	struct fault_bus *bus = ctx;

	bus->inner.ops->sleep_us(bus->inner.ctx, us);
}

static void fault_close(void *ctx)
{
	struct fault_bus *bus = ctx;

	cx3_bus_close(&bus->inner);
	free(bus);
}

static const struct cx3_bus_ops fault_ops = {
	.read32 = fault_read32,
	.write32 = fault_write32,
	.now_us = fault_now_us,
	.sleep_us = fault_sleep_us,
	.close = fault_close,
};

int cx3_bus_wrap_fault(struct cx3_bus *inner, const struct cx3_bus_fault *fault,
		       struct cx3_bus *out, struct cx3_error *err)
{
	struct fault_bus *bus;
	bool needs_flush;

	if (!inner || !inner->ops || !fault || !out || fault->bit > 31)
		return cx3_fail(err, CX3_INVALID_ARGUMENT,
				"fault injector: bus, fault (bit 0 to 31), result");
	bus = calloc(1, sizeof(*bus));
	if (!bus)
		return cx3_fail(err, CX3_NO_MEMORY, "fault injector");
	needs_flush = inner->needs_flush;
	bus->inner = *inner;
	bus->fault = *fault;
	inner->ops = NULL;
	inner->ctx = NULL;
	out->ops = &fault_ops;
	out->ctx = bus;
	out->needs_flush = needs_flush;
	return CX3_OK;
}
