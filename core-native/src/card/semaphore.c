/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "card/semaphore.h"

#include <inttypes.h>

#include "bus/answer.h"
#include "bus/error.h"
#include "card/registers.h"
#include "cx3/hcr.h"

static const char *semaphore_name(uint32_t reg)
{
	return reg == CX3_REG_PROGRAMMING_LOCK ? "programming lock"
	       : reg == CX3_REG_GATEWAY_LOCK   ? "gateway lock"
	       : reg == CX3_REG_TOOLS_HCR_LOCK ? "lock of the tools' command interface"
					       : "semaphore";
}

/* What the lock file tells of is the flash locks alone: a dead process that left one of those is
 * not forgotten because the lock of the command interface was to be had. */
static bool is_flash_lock(uint32_t reg)
{
	return reg != CX3_REG_TOOLS_HCR_LOCK;
}

bool cx3_semaphore_held(const struct cx3_device *device, uint32_t reg)
{
	unsigned i;

	for (i = 0; i < device->held_count; i++) {
		if (device->held[i] == reg)
			return true;
	}
	return false;
}

/* A semaphore tells no owner, but our lock file does when the owner was one of us. */
static int stays_taken(const struct cx3_device *device, uint32_t reg, uint32_t value,
		       struct cx3_error *err)
{
	const bool flash = is_flash_lock(reg);
	const int status = flash ? CX3_SEMAPHORE_TIMEOUT : CX3_HCR_LOCKED;
	const char *clear = flash ? "clear the semaphores" : "clear it";
	char text[CX3_LOCK_OWNER_BYTES];

	if (device->lock.dead.pid) {
		cx3_lock_owner_text(&device->lock.dead, text);
		cx3_fail(err, status,
			 "%s stays taken: cx3 %s was killed while it had the card; when no other "
			 "tool is at work, %s and try again",
			 semaphore_name(reg), text, clear);
	} else {
		cx3_fail(err, status,
			 "%s stays taken: another tool works on the %s, or one died; when none "
			 "is alive, %s and try again",
			 semaphore_name(reg), flash ? "flash" : "card", clear);
	}
	return cx3_error_register(err, status, reg, value);
}

int cx3_semaphore_take(struct cx3_device *device, uint32_t reg, uint64_t timeout_us,
		       uint64_t poll_us, struct cx3_error *err)
{
	uint64_t deadline_us = 0;
	uint32_t value;
	bool expired;
	int status;

	if (cx3_semaphore_held(device, reg))
		return CX3_OK;
	if (device->held_count == CX3_MAX_HELD)
		return cx3_fail(err, CX3_INVALID_ARGUMENT, "no room to note semaphore 0x%" PRIx32,
				reg);
	for (;;) {
		/* The clock before the register: who was stopped in between asks once more. */
		expired = deadline_us && cx3_device_now_us(device) >= deadline_us;
		status = cx3_cr_read32(device, reg, &value, err);
		if (status == CX3_OK)
			status = cx3_check_answer(reg, value, err);
		if (status != CX3_OK)
			return status;
		device->semaphores_seen |= is_flash_lock(reg);
		if (value == 0) {
			device->held[device->held_count++] = reg;
			return CX3_OK;
		}
		status = cx3_device_check_cancel(device, err);
		if (status != CX3_OK)
			return status;
		if (expired)
			break;
		if (!deadline_us)
			deadline_us = cx3_device_now_us(device) + timeout_us;
		cx3_device_sleep_us(device, poll_us);
	}
	device->found_locked = true;
	return stays_taken(device, reg, value, err);
}

static void forget(struct cx3_device *device, uint32_t reg)
{
	unsigned i, left = 0;

	for (i = 0; i < device->held_count; i++) {
		if (device->held[i] != reg)
			device->held[left++] = device->held[i];
	}
	device->held_count = left;
}

int cx3_semaphore_release(struct cx3_device *device, uint32_t reg, struct cx3_error *err)
{
	int status;

	if (!cx3_semaphore_held(device, reg))
		return CX3_OK;
	/*
	 * Once more after a failure: a lock left behind stops every tool and the next driver load.
	 * Still ours after two: the close of the device tries again.
	 */
	status = cx3_cr_write32(device, reg, 0, NULL);
	if (status != CX3_OK)
		status = cx3_cr_write32(device, reg, 0, err);
	if (status != CX3_OK)
		return status;
	forget(device, reg);
	return CX3_OK;
}

int cx3_semaphore_release_all(struct cx3_device *device, struct cx3_error *err)
{
	int status, first = CX3_OK;
	unsigned i;

	for (i = device->held_count; i-- > 0;) {
		status = cx3_semaphore_release(device, device->held[i],
					       first == CX3_OK ? err : NULL);
		if (first == CX3_OK)
			first = status;
	}
	return first;
}

void cx3_semaphore_forget_all(struct cx3_device *device)
{
	device->held_count = 0;
}

/* Reading takes what is free, so it is given back at once. */
static int look(struct cx3_device *device, uint32_t reg, uint32_t *value, struct cx3_error *err)
{
	int status;

	if (cx3_semaphore_held(device, reg)) {
		*value = 1;
		return CX3_OK;
	}
	status = cx3_cr_read32(device, reg, value, err);
	if (status == CX3_OK)
		status = cx3_check_answer(reg, *value, err);
	device->semaphores_seen |= status == CX3_OK && is_flash_lock(reg);
	device->found_locked |= status == CX3_OK && *value != 0;
	if (status != CX3_OK || *value != 0)
		return status;
	/* A session of ours holds three at most, so there is room. */
	device->held[device->held_count++] = reg;
	return cx3_semaphore_release(device, reg, err);
}

int cx3_device_lock_state(struct cx3_device *device, struct cx3_lock_state *out,
			  struct cx3_error *err)
{
	int status;

	if (!device || !out)
		return cx3_fail(err, CX3_INVALID_ARGUMENT, "lock state: device and result needed");
	status = look(device, CX3_REG_PROGRAMMING_LOCK, &out->programming, err);
	if (status == CX3_OK)
		status = look(device, CX3_REG_GATEWAY_LOCK, &out->gateway, err);
	return status;
}

int cx3_device_clear_semaphores(struct cx3_device *device, struct cx3_error *err)
{
	int status;

	if (!device)
		return cx3_fail(err, CX3_CLOSED, "no device");
	if (device->flash_open)
		return cx3_fail(err, CX3_INVALID_ARGUMENT,
				"a flash session of this program holds the semaphores; close it");
	status = cx3_cr_write32(device, CX3_REG_GATEWAY_LOCK, 0, err);
	if (status == CX3_OK)
		status = cx3_cr_write32(device, CX3_REG_PROGRAMMING_LOCK, 0, err);
	if (status == CX3_OK) {
		forget(device, CX3_REG_GATEWAY_LOCK);
		forget(device, CX3_REG_PROGRAMMING_LOCK);
		device->semaphores_seen = true;
		device->found_locked = false;
	}
	return status;
}

int cx3_hcr_lock_state(struct cx3_device *device, uint32_t *value, struct cx3_error *err)
{
	if (!device || !value)
		return cx3_fail(err, CX3_INVALID_ARGUMENT, "lock state: device and result needed");
	return look(device, CX3_REG_TOOLS_HCR_LOCK, value, err);
}

int cx3_hcr_clear_lock(struct cx3_device *device, struct cx3_error *err)
{
	int status;

	if (!device)
		return cx3_fail(err, CX3_CLOSED, "no device");
	status = cx3_cr_write32(device, CX3_REG_TOOLS_HCR_LOCK, 0, err);
	if (status == CX3_OK)
		forget(device, CX3_REG_TOOLS_HCR_LOCK);
	return status;
}
