/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* The vendor capability in config space. Which spaces a real ConnectX-3 answers is not known
 * (flash-access 12). */
#include "bus/config.h"

#include <stdlib.h>

#include "bus/error.h"
#include "bus/host_clock.h"

#define CAPABILITY_POINTER   0x34u
#define CAPABILITY_VENDOR    0x09u
#define CAPABILITY_LEN_BYTES 0x18u
#define MAX_CAPABILITIES     48

#define CAP_CONTROL   0x04u
#define CAP_COUNTER   0x08u
#define CAP_SEMAPHORE 0x0cu
#define CAP_ADDRESS   0x10u
#define CAP_DATA      0x14u

#define CONTROL_SPACE_MASK   0xffffu
#define CONTROL_STATUS_SHIFT 29
#define ADDRESS_FLAG	     0x80000000u

#define SPACE_EXTENDED_COMMAND 0x1u
#define SPACE_CR	       0x2u
#define SPACE_SEMAPHORE	       0xau

/* As the stock tool: 2048 tries; 1 ms between tries of the semaphore and at every 16th poll of the
 * flag. [source] */
#define MAX_TRIES 2048
#define SLEEP_US  1000u

static void release(const struct cx3_config_space *space, uint32_t cap)
{
	cx3_config_write32(space, cap + CAP_SEMAPHORE, 0, NULL);
}

static int take(const struct cx3_config_space *space, uint32_t cap, struct cx3_error *err)
{
	uint32_t owner, ticket;
	int status, tries;

	for (tries = 0; tries < MAX_TRIES; tries++) {
		status = cx3_config_read32(space, cap + CAP_SEMAPHORE, &owner, err);
		if (status != CX3_OK)
			return status;
		if (owner == 0) {
			status = cx3_config_read32(space, cap + CAP_COUNTER, &ticket, err);
			if (status == CX3_OK)
				status =
					cx3_config_write32(space, cap + CAP_SEMAPHORE, ticket, err);
			if (status == CX3_OK)
				status = cx3_config_read32(space, cap + CAP_SEMAPHORE, &owner, err);
			if (status != CX3_OK)
				return status;
			if (owner == ticket)
				return CX3_OK;
		}
		cx3_host_sleep_us(NULL, SLEEP_US);
	}
	return cx3_fail(err, CX3_SEMAPHORE_TIMEOUT,
			"semaphore of the vendor capability at config 0x%x stays taken", cap);
}

static int set_space(const struct cx3_config_space *space, uint32_t cap, uint32_t number,
		     struct cx3_error *err)
{
	uint32_t control;
	int status = cx3_config_read32(space, cap + CAP_CONTROL, &control, err);

	if (status == CX3_OK) {
		control = (control & ~CONTROL_SPACE_MASK) | number;
		status = cx3_config_write32(space, cap + CAP_CONTROL, control, err);
	}
	if (status == CX3_OK)
		status = cx3_config_read32(space, cap + CAP_CONTROL, &control, err);
	if (status != CX3_OK)
		return status;
	if (control >> CONTROL_STATUS_SHIFT == 0)
		return cx3_fail(err, CX3_NOT_SUPPORTED, "address space %u of the vendor capability",
				number);
	return CX3_OK;
}

static int wait_flag(const struct cx3_config_space *space, uint32_t cap, uint32_t flag,
		     struct cx3_error *err)
{
	uint32_t value = 0;
	int status, tries;

	for (tries = 1; tries <= MAX_TRIES; tries++) {
		status = cx3_config_read32(space, cap + CAP_ADDRESS, &value, err);
		if (status != CX3_OK)
			return status;
		if ((value & ADDRESS_FLAG) == flag)
			return CX3_OK;
		if (tries % 16 == 0)
			cx3_host_sleep_us(NULL, SLEEP_US);
	}
	cx3_fail(err, CX3_GATEWAY_TIMEOUT, "vendor capability at config 0x%x does not answer", cap);
	return cx3_error_values(err, CX3_GATEWAY_TIMEOUT, flag, value);
}

int cx3_vendor_capability_access(const struct cx3_config_space *space, uint32_t cap, bool write,
				 uint32_t cr_address, uint32_t *value, struct cx3_error *err)
{
	int status = take(space, cap, err);

	if (status != CX3_OK)
		return status;
	status = set_space(space, cap, SPACE_CR, err);
	if (status == CX3_OK && write)
		status = cx3_config_write32(space, cap + CAP_DATA, *value, err);
	if (status == CX3_OK)
		status = cx3_config_write32(space, cap + CAP_ADDRESS,
					    cr_address | (write ? ADDRESS_FLAG : 0), err);
	if (status == CX3_OK)
		status = wait_flag(space, cap, write ? 0 : ADDRESS_FLAG, err);
	if (status == CX3_OK && !write)
		status = cx3_config_read32(space, cap + CAP_DATA, value, err);
	release(space, cap);
	return status;
}

static uint32_t find_capability(const struct cx3_config_space *space)
{
	uint32_t dword, offset;
	int i;

	if (cx3_config_read32(space, CAPABILITY_POINTER, &dword, NULL) != CX3_OK)
		return 0;
	offset = dword & 0xfc;
	/* The list may be broken or circular. */
	for (i = 0; i < MAX_CAPABILITIES && offset >= 0x40; i++) {
		if (cx3_config_read32(space, offset, &dword, NULL) != CX3_OK)
			return 0;
		if ((dword & 0xff) == CAPABILITY_VENDOR)
			return (dword >> 16 & 0xff) >= CAPABILITY_LEN_BYTES &&
					       offset + CAPABILITY_LEN_BYTES <= 0x100
				       ? offset
				       : 0;
		offset = dword >> 8 & 0xfc;
	}
	return 0;
}

uint32_t cx3_vendor_capability_find(const struct cx3_config_space *space)
{
	static const uint32_t needed[] = {SPACE_EXTENDED_COMMAND, SPACE_SEMAPHORE, SPACE_CR};
	uint32_t cap = find_capability(space);
	int status = CX3_OK;
	size_t i;

	if (!cap || take(space, cap, NULL) != CX3_OK)
		return 0;
	for (i = 0; i < sizeof(needed) / sizeof(needed[0]) && status == CX3_OK; i++)
		status = set_space(space, cap, needed[i], NULL);
	release(space, cap);
	return status == CX3_OK ? cap : 0;
}
