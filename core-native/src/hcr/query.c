/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* What firmware tells about itself: capabilities and default settings. */
#include <string.h>

#include "bus/error.h"
#include "hcr/hcr.h"

#define MAILBOX_WORDS (CX3_HCR_MAILBOX_BYTES / 4)
#define LAST_PORT     2u

static void store_words(uint8_t *out, const uint32_t *words, size_t len_bytes)
{
	size_t i;

	for (i = 0; i < len_bytes; i++)
		out[i] = (uint8_t)(words[i / 4] >> (24 - 8 * (i % 4)));
}

/* Words of an answer that are read; the first is even. */
struct span {
	unsigned first, count;
};

/* A command without input; words[i] is word i of the mailbox, for those in the spans. */
static int query(struct cx3_device *device, struct cx3_hcr_command *command,
		 const struct span *spans, unsigned span_count, uint32_t *words,
		 struct cx3_error *err)
{
	struct cx3_hcr hcr;
	int status = cx3_hcr_begin(&hcr, device, err);
	unsigned i;

	if (status != CX3_OK)
		return status;
	status = cx3_hcr_run(&hcr, command, err);
	for (i = 0; i < span_count && status == CX3_OK; i++)
		status = cx3_hcr_mailbox_read(&hcr, CX3_HCR_WAY_COMMANDS, spans[i].first,
					      words + spans[i].first, spans[i].count, err);
	return cx3_hcr_end(&hcr, status, err);
}

int cx3_hcr_query_dev_cap(struct cx3_device *device, uint8_t out[CX3_HCR_DEV_CAP_BYTES],
			  struct cx3_error *err)
{
	/* The quadwords that the header names. */
	static const struct span SPANS[] = {{0x38 / 4, 2}, {0x48 / 4, 2}, {0xc0 / 4, 4}};
	struct cx3_hcr_command command = {.opcode = CX3_HCR_QUERY_DEV_CAP};
	uint32_t words[CX3_HCR_DEV_CAP_BYTES / 4] = {0}, any = 0;
	unsigned i;
	int status;

	if (!out)
		return cx3_fail(err, CX3_INVALID_ARGUMENT, "capabilities: result needed");
	status = query(device, &command, SPANS, sizeof(SPANS) / sizeof(SPANS[0]), words, err);
	if (status != CX3_OK)
		return status;
	/* Registers that keep nothing look like a command that went well. */
	for (i = 0; i < CX3_HCR_DEV_CAP_BYTES / 4; i++)
		any |= words[i];
	if (!any)
		return cx3_fail(err, CX3_HCR_BAD_ANSWER,
				"QUERY_DEV_CAP (opcode 0x3) gave nothing but zeros: no firmware "
				"answers; reset the card");
	store_words(out, words, CX3_HCR_DEV_CAP_BYTES);
	return CX3_OK;
}

int cx3_hcr_query_def_params(struct cx3_device *device, unsigned port, uint8_t *out,
			     size_t len_bytes, struct cx3_error *err)
{
	struct cx3_hcr_command command = {
		.opcode = CX3_HCR_QUERY_DEF_PARAMS,
		.opcode_modifier = port,
	};
	const struct span all = {0, (unsigned)(len_bytes + 3) / 4};
	uint32_t words[MAILBOX_WORDS] = {0};
	int status;

	if (!out || port > LAST_PORT || len_bytes > CX3_HCR_MAILBOX_BYTES)
		return cx3_fail(err, CX3_INVALID_ARGUMENT,
				"default settings: of the card (0) or of port 1 or 2, at most %u "
				"bytes",
				CX3_HCR_MAILBOX_BYTES);
	status = query(device, &command, &all, 1, words, err);
	if (status == CX3_OK)
		store_words(out, words, len_bytes);
	return status;
}
