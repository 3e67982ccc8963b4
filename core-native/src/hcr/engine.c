/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* One command through seven registers (nv-config 2.2). */
#include <inttypes.h>

#include "bus/answer.h"
#include "bus/error.h"
#include "hcr/hcr.h"

#define WORD_IN_HIGH  0x00u
#define WORD_IN_LOW   0x04u
#define WORD_MODIFIER 0x08u
#define WORD_OUT_HIGH 0x0cu
#define WORD_OUT_LOW  0x10u
#define WORD_TOKEN    0x14u
#define WORD_COMMAND  0x18u

#define COMMAND_GO	     0x00800000u
#define COMMAND_STATUS_SHIFT 24
#define COMMAND_MODIFIER(n)  ((uint32_t)(n) << 12)

/* The driver gives a command before ours 10 s. One that erases flash takes seconds; the stock tool
 * asks some 16 s. */
#define IDLE_TIMEOUT_US	    10000000u
#define COMMAND_TIMEOUT_US  20000000u
#define POLLS_WITHOUT_SLEEP 16u
#define FIRST_SLEEP_US	    1000u
#define LONGEST_SLEEP_US    8000u

struct firmware_status {
	uint32_t number;
	int status;
	const char *advice;
};

static const struct firmware_status STATUSES[] = {
	{1, CX3_HCR_STATUS_BUSY, "busy; try again in a moment"},
	{2, CX3_FIRMWARE_UNSUPPORTED, "bad opcode; firmware 2.31.5000 or later knows it"},
	{3, CX3_HCR_BAD_PARAMETER, "bad parameter"},
	{4, CX3_HCR_BAD_STATE, "bad system state; the driver may be down"},
	{9, CX3_HCR_BAD_RESET_STATE, "bad reset state; reset the card"},
};

static const char *opcode_name(enum cx3_hcr_opcode opcode)
{
	switch (opcode) {
	case CX3_HCR_QUERY_DEV_CAP:
		return "QUERY_DEV_CAP";
	case CX3_HCR_ACCESS_REG:
		return "ACCESS_REG";
	case CX3_HCR_MBOX_WRITE:
		return "MBOX_WRITE";
	case CX3_HCR_MBOX_READ:
		return "MBOX_READ";
	case CX3_HCR_QUERY_DEF_PARAMS:
		return "QUERY_DEF_PARAMS";
	}
	return "command";
}

static uint32_t command_word(const struct cx3_hcr_command *command)
{
	return (uint32_t)command->opcode | COMMAND_MODIFIER(command->opcode_modifier);
}

/* Waits until go is clear. *word is the last value read, on a timeout, too, which fills no err. */
static int wait_for_go(struct cx3_hcr *hcr, uint64_t timeout_us, bool ours, uint32_t *word,
		       bool *expired, struct cx3_error *err)
{
	struct cx3_device *device = hcr->device;
	uint64_t deadline_us = 0, sleep_us = FIRST_SLEEP_US;
	unsigned polls = 0;
	int status;

	for (;;) {
		/* The clock before the register: who was stopped in between asks once more. */
		*expired = deadline_us && cx3_device_now_us(device) >= deadline_us;
		status = cx3_cr_read32(device, hcr->block->registers + WORD_COMMAND, word, err);
		if (status == CX3_OK)
			status = cx3_check_answer(hcr->block->registers + WORD_COMMAND, *word, err);
		if (status != CX3_OK)
			return status;
		if (!(*word & COMMAND_GO)) {
			*expired = false;
			return CX3_OK;
		}
		if (*expired)
			return CX3_OK;
		if (!ours) {
			status = cx3_device_check_cancel(device, err);
			if (status != CX3_OK)
				return status;
		}
		if (!deadline_us)
			deadline_us = cx3_device_now_us(device) + timeout_us;
		if (++polls > POLLS_WITHOUT_SLEEP) {
			cx3_device_sleep_us(device, sleep_us);
			if (sleep_us < LONGEST_SLEEP_US)
				sleep_us *= 2;
		}
	}
}

static int wait_until_idle(struct cx3_hcr *hcr, const struct cx3_hcr_command *command,
			   struct cx3_error *err)
{
	uint32_t word;
	bool expired;
	int status = wait_for_go(hcr, IDLE_TIMEOUT_US, false, &word, &expired, err);

	if (status != CX3_OK || !expired)
		return status;
	cx3_fail(err, CX3_HCR_BUSY,
		 "before %s: the go bit is set although nobody holds the lock; reset the card",
		 opcode_name(command->opcode));
	cx3_error_register(err, CX3_HCR_BUSY, hcr->block->registers + WORD_COMMAND, word);
	return cx3_error_values(err, CX3_HCR_BUSY, 0, word);
}

static int firmware_says(const struct cx3_hcr *hcr, const struct cx3_hcr_command *command,
			 uint32_t word, struct cx3_error *err)
{
	const uint32_t number = word >> COMMAND_STATUS_SHIFT;
	const char *advice = "unknown status; reset the card and try again";
	int status = CX3_HCR_FAILED;
	size_t i;

	if (!number)
		return CX3_OK;
	for (i = 0; i < sizeof(STATUSES) / sizeof(STATUSES[0]); i++) {
		if (STATUSES[i].number == number) {
			status = STATUSES[i].status;
			advice = STATUSES[i].advice;
		}
	}
	cx3_fail(err, status,
		 "%s (opcode 0x%x, modifier %u, input modifier 0x%" PRIx32
		 ") ended with status 0x%" PRIx32 ": %s",
		 opcode_name(command->opcode), (unsigned)command->opcode, command->opcode_modifier,
		 command->input_modifier, number, advice);
	cx3_error_register(err, status, hcr->block->registers + WORD_COMMAND, word);
	return cx3_error_values(err, status, command_word(command), word);
}

static int write_words(const struct cx3_hcr *hcr, const struct cx3_hcr_command *command,
		       struct cx3_error *err)
{
	const uint32_t words[][2] = {
		{WORD_IN_HIGH, command->in[0]},
		{WORD_IN_LOW, command->in[1]},
		{WORD_MODIFIER, command->input_modifier},
		{WORD_OUT_HIGH, 0},
		{WORD_OUT_LOW, 0},
		{WORD_TOKEN, 0},
		{WORD_COMMAND, command_word(command)},
		{WORD_COMMAND, command_word(command) | COMMAND_GO},
	};
	int status = CX3_OK;
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]) && status == CX3_OK; i++)
		status = cx3_cr_write32(hcr->device, hcr->block->registers + words[i][0],
					words[i][1], err);
	return status;
}

int cx3_hcr_run(struct cx3_hcr *hcr, struct cx3_hcr_command *command, struct cx3_error *err)
{
	const uint32_t registers = hcr->block->registers;
	uint32_t word;
	bool expired;
	int status = CX3_OK;

	if (!hcr->committed)
		status = cx3_device_check_cancel(hcr->device, err);
	if (status == CX3_OK)
		status = wait_until_idle(hcr, command, err);
	if (status == CX3_OK)
		status = write_words(hcr, command, err);
	if (status == CX3_OK)
		status = wait_for_go(hcr, COMMAND_TIMEOUT_US, true, &word, &expired, err);
	if (status != CX3_OK)
		return status;
	if (expired) {
		cx3_fail(err, CX3_HCR_TIMEOUT,
			 "%s (opcode 0x%x): the go bit stays set; reset the card",
			 opcode_name(command->opcode), (unsigned)command->opcode);
		cx3_error_register(err, CX3_HCR_TIMEOUT, registers + WORD_COMMAND, word);
		return cx3_error_values(err, CX3_HCR_TIMEOUT, command_word(command), word);
	}
	status = firmware_says(hcr, command, word, err);
	if (status == CX3_OK && command->wants_out)
		status = cx3_cr_read32(hcr->device, registers + WORD_OUT_HIGH, &command->out[0],
				       err);
	if (status == CX3_OK && command->wants_out)
		status =
			cx3_cr_read32(hcr->device, registers + WORD_OUT_LOW, &command->out[1], err);
	return status;
}
