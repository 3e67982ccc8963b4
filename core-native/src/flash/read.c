/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include <string.h>

#include "bus/error.h"
#include "flash/gateway.h"
#include "flash/session.h"

/* Progress and cancel are looked at so often; a page takes well below a millisecond. */
#define PROGRESS_BYTES 4096u

typedef int (*page_fn)(struct cx3_flash *flash, void *ctx, uint64_t address, const uint8_t *page,
		       size_t len_bytes, struct cx3_error *err);

/* Calls fn for each page of the range, in order. Takes the gateway lock and gives it back. */
static int walk(struct cx3_flash *flash, uint64_t address, uint64_t len_bytes,
		enum cx3_flash_phase phase, struct cx3_progress *progress, page_fn fn, void *ctx,
		struct cx3_error *err)
{
	uint8_t page[CX3_FLASH_PAGE_BYTES];
	uint64_t done = 0, reported = 0;
	size_t piece;
	int status = cx3_flash_lock_gateway(flash, err);

	while (status == CX3_OK && done < len_bytes) {
		piece = CX3_FLASH_PAGE_BYTES - (size_t)((address + done) % CX3_FLASH_PAGE_BYTES);
		if (piece > len_bytes - done)
			piece = (size_t)(len_bytes - done);
		status = cx3_flash_read_page(flash, address + done, page, piece, err);
		if (status == CX3_OK)
			status = fn(flash, ctx, address + done, page, piece, err);
		if (status != CX3_OK)
			break;
		done += piece;
		if (done - reported >= PROGRESS_BYTES || done == len_bytes) {
			reported = done;
			status = cx3_progress_advance(flash, progress, phase, done, err);
		}
		if (status == CX3_OK && done < len_bytes)
			status = cx3_flash_share_gateway(flash, err);
	}
	/* DATA may hold anything, so a card that went away during the last block shows only in CMD.
	 */
	if (status == CX3_OK)
		status = cx3_gateway_wait_idle(flash, err);
	/* An unfinished transaction is ended by close, for which the lock is kept. */
	if (!flash->chip_select_low)
		cx3_flash_unlock_gateway(flash);
	return status;
}

struct copy {
	uint8_t *out;
};

static int copy_page(struct cx3_flash *flash, void *ctx, uint64_t address, const uint8_t *page,
		     size_t len_bytes, struct cx3_error *err)
{
	struct copy *copy = ctx;

	(void)flash;
	(void)address;
	(void)err;
	memcpy(copy->out, page, len_bytes);
	copy->out += len_bytes;
	return CX3_OK;
}

int cx3_flash_read(struct cx3_flash *flash, uint64_t address, void *buffer, size_t len_bytes,
		   cx3_progress_fn progress_fn, void *user, struct cx3_error *err)
{
	struct cx3_progress progress;
	struct copy copy = {.out = buffer};
	int status = cx3_flash_check_range(flash, address, len_bytes, err);

	if (status != CX3_OK)
		return status;
	if (!buffer && len_bytes)
		return cx3_fail(err, CX3_INVALID_ARGUMENT, "read needs a buffer");
	cx3_progress_init(&progress, progress_fn, user, len_bytes);
	return walk(flash, address, len_bytes, CX3_PHASE_READ, &progress, copy_page, &copy, err);
}

struct comparison {
	const uint8_t *expected;
};

static int compare_page(struct cx3_flash *flash, void *ctx, uint64_t address, const uint8_t *page,
			size_t len_bytes, struct cx3_error *err)
{
	struct comparison *comparison = ctx;
	const uint8_t *expected = comparison->expected;
	uint8_t again[CX3_FLASH_PAGE_BYTES];
	int status;

	comparison->expected += len_bytes;
	if (memcmp(expected, page, len_bytes) == 0)
		return CX3_OK;
	/* Once more: the bus may have been wrong, not the chip. */
	status = cx3_flash_read_page(flash, address, again, len_bytes, err);
	if (status != CX3_OK || memcmp(expected, again, len_bytes) == 0)
		return status;
	return cx3_flash_differs(flash, address, expected, again, len_bytes, false, err);
}

int cx3_flash_verify(struct cx3_flash *flash, uint64_t address, const void *data, size_t len_bytes,
		     cx3_progress_fn progress_fn, void *user, struct cx3_error *err)
{
	struct cx3_progress progress;
	struct comparison comparison = {.expected = data};
	int status = cx3_flash_check_range(flash, address, len_bytes, err);

	if (status != CX3_OK)
		return status;
	if (!data && len_bytes)
		return cx3_fail(err, CX3_INVALID_ARGUMENT, "verify needs data");
	cx3_progress_init(&progress, progress_fn, user, len_bytes);
	return walk(flash, address, len_bytes, CX3_PHASE_VERIFY, &progress, compare_page,
		    &comparison, err);
}
