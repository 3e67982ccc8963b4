/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * The mailbox and the two ways to it (nv-config 2.3). Through the registers a quadword goes at a
 * time, and the word of the lower address travels in the low half.
 */
#include "bus/error.h"
#include "card/registers.h"
#include "hcr/hcr.h"

#define MAILBOX_WORDS (CX3_HCR_MAILBOX_BYTES / 4)
#define PROBE_VALUE   0x0badb00fu

static int check_range(unsigned first, unsigned count, struct cx3_error *err)
{
	if (first % 2 == 0 && first <= MAILBOX_WORDS && count <= MAILBOX_WORDS - first)
		return CX3_OK;
	return cx3_fail(err, CX3_OUT_OF_RANGE, "%u words from word %u on are not in the mailbox",
			count, first);
}

int cx3_hcr_mailbox_write(struct cx3_hcr *hcr, enum cx3_hcr_way way, unsigned first,
			  const uint32_t *words, unsigned count, struct cx3_error *err)
{
	int status = check_range(first, count, err);
	unsigned i;

	if (way == CX3_HCR_WAY_CR_SPACE) {
		for (i = 0; i < count && status == CX3_OK; i++)
			status = cx3_cr_write32(hcr->device, CX3_REG_MAILBOX + 4 * (first + i),
						words[i], err);
		return status;
	}
	for (i = 0; i < count && status == CX3_OK; i += 2) {
		struct cx3_hcr_command command = {
			.opcode = CX3_HCR_MBOX_WRITE,
			.input_modifier = first + i,
			.in = {i + 1 < count ? words[i + 1] : 0, words[i]},
		};

		status = cx3_hcr_run(hcr, &command, err);
	}
	return status;
}

int cx3_hcr_mailbox_read(struct cx3_hcr *hcr, enum cx3_hcr_way way, unsigned first, uint32_t *words,
			 unsigned count, struct cx3_error *err)
{
	int status = check_range(first, count, err);
	unsigned i;

	if (way == CX3_HCR_WAY_CR_SPACE) {
		for (i = 0; i < count && status == CX3_OK; i++)
			status = cx3_cr_read32(hcr->device, CX3_REG_MAILBOX + 4 * (first + i),
					       &words[i], err);
		return status;
	}
	for (i = 0; i < count && status == CX3_OK; i += 2) {
		struct cx3_hcr_command command = {
			.opcode = CX3_HCR_MBOX_READ,
			.input_modifier = first + i,
			.wants_out = true,
		};

		status = cx3_hcr_run(hcr, &command, err);
		words[i] = command.out[1];
		if (i + 1 < count)
			words[i + 1] = command.out[0];
	}
	return status;
}

/* A word that keeps what is written to it is the mailbox; what was in it is put back. */
static int probe(struct cx3_device *device, bool *found, struct cx3_error *err)
{
	uint32_t before, after;
	int status = cx3_cr_read32(device, CX3_REG_MAILBOX, &before, err);

	if (status == CX3_OK)
		status = cx3_cr_write32(device, CX3_REG_MAILBOX, PROBE_VALUE, err);
	if (status == CX3_OK)
		status = cx3_cr_read32(device, CX3_REG_MAILBOX, &after, err);
	if (status != CX3_OK)
		return status;
	*found = after == PROBE_VALUE;
	return *found ? cx3_cr_write32(device, CX3_REG_MAILBOX, before, err) : CX3_OK;
}

int cx3_hcr_mailbox_way(struct cx3_hcr *hcr, enum cx3_hcr_way *way, struct cx3_error *err)
{
	struct cx3_device *device = hcr->device;
	int status;

	if (!device->mailbox_probed) {
		status = probe(device, &device->has_cr_mailbox, err);
		if (status != CX3_OK)
			return status;
		device->mailbox_probed = true;
	}
	*way = device->has_cr_mailbox ? CX3_HCR_WAY_CR_SPACE : CX3_HCR_WAY_COMMANDS;
	return CX3_OK;
}
