/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "flash/gateway.h"

#include "bus/answer.h"
#include "bus/error.h"
#include "card/registers.h"

/* A 16-byte command takes microseconds; 5000 reads of the stock tool are some milliseconds. */
#define BUSY_TIMEOUT_US 1000000u
/* Polled without a pause at first: a pause would cost more than the command. */
#define POLLS_WITHOUT_SLEEP 64u
#define BUSY_POLL_US	    20u

int cx3_gateway_wait_idle(struct cx3_flash *flash, struct cx3_error *err)
{
	uint64_t deadline_us = 0;
	unsigned polls = 0;
	bool expired = false;
	uint32_t value;
	int status;

	for (;;) {
		/* The clock before the register: who was stopped in between asks once more. */
		if (deadline_us)
			expired = cx3_device_now_us(flash->device) >= deadline_us;
		status = cx3_cr_read32(flash->device, CX3_REG_GATEWAY, &value, err);
		if (status == CX3_OK)
			status = cx3_check_answer(CX3_REG_GATEWAY, value, err);
		if (status != CX3_OK || !(value & CX3_GW_BUSY))
			return status;
		if (expired)
			break;
		if (!deadline_us)
			deadline_us = cx3_device_now_us(flash->device) + BUSY_TIMEOUT_US;
		if (++polls > POLLS_WITHOUT_SLEEP)
			cx3_device_sleep_us(flash->device, BUSY_POLL_US);
	}
	cx3_fail(err, CX3_GATEWAY_TIMEOUT, "reset the card or power the machine off and on");
	return cx3_error_register(err, CX3_GATEWAY_TIMEOUT, CX3_REG_GATEWAY, value);
}

int cx3_gateway_run(struct cx3_flash *flash, const struct cx3_gateway_command *command,
		    struct cx3_error *err)
{
	struct cx3_device *device = flash->device;
	uint32_t word = command->flags | CX3_GW_ENABLE | CX3_GW_BUSY | CX3_GW_BANK(command->bank);
	int status = CX3_OK;
	unsigned i;

	for (i = 0; i < command->words_in_count && status == CX3_OK; i++)
		status = cx3_cr_write32(device, CX3_REG_GATEWAY_DATA + 4 * i, command->words_in[i],
					err);
	if (status == CX3_OK && (command->flags & CX3_GW_ADDRESS_PHASE))
		status = cx3_cr_write32(device, CX3_REG_GATEWAY_ADDR, command->address, err);
	if (status != CX3_OK)
		return status;
	if (command->flags & CX3_GW_HOLD) {
		flash->chip_select_low = true;
		flash->chip_select_bank = command->bank;
	}
	if (command->flags & CX3_GW_OPCODE_PHASE)
		device->counters.spi_commands++;
	status = cx3_cr_write32(device, CX3_REG_GATEWAY, word, err);
	if (status == CX3_OK)
		status = cx3_gateway_wait_idle(flash, err);
	if (status == CX3_OK && !(command->flags & CX3_GW_HOLD))
		flash->chip_select_low = false;
	for (i = 0; i < command->words_out_count && status == CX3_OK; i++)
		status = cx3_cr_read32(device, CX3_REG_GATEWAY_DATA + 4 * i, &command->words_out[i],
				       err);
	return status;
}
