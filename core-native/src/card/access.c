/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* Register accesses of a session: counters, order of reads after writes, registers that must not be
 * named. */
#include <inttypes.h>

#include "bus/answer.h"
#include "bus/error.h"
#include "card/device.h"
#include "card/registers.h"

/* The flush waits for nothing but a stranger's flush in between: some microseconds. */
#define FLUSH_TIMEOUT_US 1000000u
#define FLUSH_POLL_US	 10u

uint64_t cx3_device_now_us(const struct cx3_device *device)
{
	return device->bus.ops->now_us(device->bus.ctx);
}

void cx3_device_sleep_us(const struct cx3_device *device, uint64_t us)
{
	device->bus.ops->sleep_us(device->bus.ctx, us);
}

static int raw_read(struct cx3_device *device, uint32_t cr_address, uint32_t *value,
		    struct cx3_error *err)
{
	device->counters.reads++;
	return device->bus.ops->read32(device->bus.ctx, cr_address, value, err);
}

static int raw_write(struct cx3_device *device, uint32_t cr_address, uint32_t value,
		     struct cx3_error *err)
{
	device->counters.writes++;
	return device->bus.ops->write32(device->bus.ctx, cr_address, value, err);
}

/*
 * Orders reads after writes (flash-access 1.5). Another process may take the register between our
 * write and our read, so 0 is written again for each try; the stock tool does not and can spin for
 * ever.
 */
static int flush_once(struct cx3_device *device, uint32_t *value, struct cx3_error *err)
{
	int status = raw_write(device, CX3_REG_FLUSH, 0, err);

	if (status == CX3_OK)
		status = raw_read(device, CX3_REG_FLUSH, value, err);
	if (status == CX3_OK)
		status = cx3_check_answer(CX3_REG_FLUSH, *value, err);
	return status;
}

static int flush_until_done(struct cx3_device *device, struct cx3_error *err)
{
	uint64_t deadline_us;
	uint32_t value;
	bool expired;
	int status = flush_once(device, &value, err);

	if (status != CX3_OK || value == 0)
		return status;
	deadline_us = cx3_device_now_us(device) + FLUSH_TIMEOUT_US;
	do {
		cx3_device_sleep_us(device, FLUSH_POLL_US);
		expired = cx3_device_now_us(device) >= deadline_us;
		status = flush_once(device, &value, err);
		if (status != CX3_OK || value == 0)
			return status;
	} while (!expired);
	cx3_fail(err, CX3_FLUSH_TIMEOUT, "another tool flushes all the time; end it and try again");
	return cx3_error_register(err, CX3_FLUSH_TIMEOUT, CX3_REG_FLUSH, value);
}

/*
 * The lock spares the stock tool a flush in between its own. Who holds it for a second is a stock
 * tool that spins for that very reason, and our write frees it, or a stranger who must not be able
 * to end a burn in the middle of a page: it goes on without the lock, which we do not need.
 */
static int flush(struct cx3_device *device, struct cx3_error *err)
{
	int status;

	if (cx3_stock_lock_take(&device->flush_lock, NULL) != CX3_OK)
		cx3_stock_lock_close(&device->flush_lock);
	status = flush_until_done(device, err);
	cx3_stock_lock_release(&device->flush_lock);
	if (status == CX3_OK)
		device->writes_pending = false;
	return status;
}

int cx3_cr_read32(struct cx3_device *device, uint32_t cr_address, uint32_t *value,
		  struct cx3_error *err)
{
	int status;

	if (device->flush_enabled && device->writes_pending) {
		status = flush(device, err);
		if (status != CX3_OK)
			return status;
	}
	return raw_read(device, cr_address, value, err);
}

int cx3_cr_write32(struct cx3_device *device, uint32_t cr_address, uint32_t value,
		   struct cx3_error *err)
{
	device->writes_pending = true;
	return raw_write(device, cr_address, value, err);
}

static int check_nameable(const struct cx3_device *device, uint32_t cr_address,
			  struct cx3_error *err)
{
	if (!device)
		return cx3_fail(err, CX3_CLOSED, "no device");
	if (cr_address % 4 != 0 || cr_address >= CX3_CR_SIZE_BYTES)
		cx3_fail(err, CX3_OUT_OF_RANGE, "registers are multiples of 4 below 0x%x",
			 CX3_CR_SIZE_BYTES);
	else if (cr_address >= CX3_REG_SEMAPHORES && cr_address < CX3_REG_GATEWAY_END)
		cx3_fail(err, CX3_INVALID_ARGUMENT,
			 "semaphores and the flash gateway are not for single accesses: "
			 "a read of a semaphore takes it");
	else
		return CX3_OK;
	if (err) {
		err->flags |= CX3_ERROR_HAS_REGISTER;
		err->reg = cr_address;
		return err->status;
	}
	return cr_address % 4 != 0 || cr_address >= CX3_CR_SIZE_BYTES ? CX3_OUT_OF_RANGE
								      : CX3_INVALID_ARGUMENT;
}

int cx3_device_read32(struct cx3_device *device, uint32_t cr_address, uint32_t *value,
		      struct cx3_error *err)
{
	int status = check_nameable(device, cr_address, err);

	return status == CX3_OK ? cx3_cr_read32(device, cr_address, value, err) : status;
}

int cx3_device_write32(struct cx3_device *device, uint32_t cr_address, uint32_t value,
		       struct cx3_error *err)
{
	int status = check_nameable(device, cr_address, err);

	return status == CX3_OK ? cx3_cr_write32(device, cr_address, value, err) : status;
}
