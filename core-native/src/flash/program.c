/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* Erase and program on their own, for callers that know what they need. */
#include <string.h>

#include "bus/error.h"
#include "flash/session.h"

/* From here on the gateway lock stays until close: nobody may come between erase and program. */
static int begin_change(struct cx3_flash *flash, uint64_t address, uint64_t len_bytes,
			struct cx3_error *err)
{
	int status = cx3_flash_lock_gateway(flash, err);

	if (status != CX3_OK)
		return status;
	status = cx3_flash_check_protection(flash, address, len_bytes, err);
	if (status == CX3_OK)
		flash->modified = true;
	else
		cx3_flash_unlock_gateway(flash);
	return status;
}

/* *blank_until: bytes from the start that are blank. Stops at the first page that is not. */
static int find_blank(struct cx3_flash *flash, uint64_t base, uint32_t unit_bytes,
		      uint32_t *blank_until, uint8_t page[CX3_FLASH_PAGE_BYTES],
		      struct cx3_error *err)
{
	uint32_t done;
	int status;

	for (done = 0; done < unit_bytes; done += CX3_FLASH_PAGE_BYTES) {
		status = cx3_flash_read_page(flash, base + done, page, CX3_FLASH_PAGE_BYTES, err);
		if (status != CX3_OK)
			return status;
		if (!cx3_is_blank(page, CX3_FLASH_PAGE_BYTES))
			break;
	}
	*blank_until = done;
	return CX3_OK;
}

static int erase_one(struct cx3_flash *flash, uint64_t base, uint32_t unit_bytes,
		     struct cx3_error *err)
{
	uint8_t blank[CX3_FLASH_PAGE_BYTES], page[CX3_FLASH_PAGE_BYTES];
	uint32_t blank_until = 0;
	unsigned round;
	int status = CX3_OK;

	memset(blank, 0xff, sizeof(blank));
	for (round = 0; round <= CX3_WRITE_ROUNDS; round++) {
		if (round > 0)
			status = cx3_flash_erase_unit(flash, base, unit_bytes, err);
		if (status == CX3_OK)
			status = find_blank(flash, base, unit_bytes, &blank_until, page, err);
		if (status != CX3_OK || blank_until == unit_bytes)
			return status;
	}
	return cx3_flash_differs(flash, base + blank_until, blank, page, sizeof(page), true, err);
}

int cx3_flash_erase(struct cx3_flash *flash, uint64_t address, uint64_t len_bytes,
		    cx3_progress_fn progress_fn, void *user, struct cx3_error *err)
{
	struct cx3_progress progress;
	uint64_t done = 0, base;
	uint32_t unit_bytes;
	int status = cx3_flash_check_range(flash, address, len_bytes, err);

	if (status != CX3_OK)
		return status;
	if (address % flash->info.erase_bytes || len_bytes % flash->info.erase_bytes) {
		cx3_fail(err, CX3_INVALID_ARGUMENT, "erase works on units of 0x%x bytes",
			 flash->info.erase_bytes);
		return cx3_error_address(err, CX3_INVALID_ARGUMENT, address);
	}
	if (!len_bytes)
		return CX3_OK;
	status = begin_change(flash, address, len_bytes, err);
	cx3_progress_init(&progress, progress_fn, user, len_bytes);
	while (status == CX3_OK && done < len_bytes) {
		unit_bytes = cx3_flash_unit_at(flash, address + done, address + len_bytes, &base);
		status = erase_one(flash, base, unit_bytes, err);
		if (status != CX3_OK)
			break;
		done += unit_bytes;
		status = cx3_progress_advance(flash, &progress, CX3_PHASE_ERASE, done, err);
	}
	return status;
}

static bool only_zeroes_missing(const uint8_t *have, const uint8_t *want, size_t len_bytes)
{
	size_t i;

	for (i = 0; i < len_bytes; i++) {
		if ((have[i] & want[i]) != want[i])
			return false;
	}
	return true;
}

static int program_one(struct cx3_flash *flash, uint64_t address, const uint8_t *want,
		       size_t len_bytes, struct cx3_error *err)
{
	uint8_t have[CX3_FLASH_PAGE_BYTES];
	unsigned round;
	int status;

	for (round = 0; round < CX3_WRITE_ROUNDS; round++) {
		status = cx3_flash_program_page(flash, address, want, len_bytes, err);
		if (status == CX3_OK)
			status = cx3_flash_read_page(flash, address, have, len_bytes, err);
		/* Once more: the bus may have been wrong, not the chip. */
		if (status == CX3_OK && memcmp(have, want, len_bytes) != 0)
			status = cx3_flash_read_page(flash, address, have, len_bytes, err);
		if (status != CX3_OK || memcmp(have, want, len_bytes) == 0)
			return status;
		if (!only_zeroes_missing(have, want, len_bytes))
			break;
	}
	return cx3_flash_differs(flash, address, want, have, len_bytes, true, err);
}

int cx3_flash_program(struct cx3_flash *flash, uint64_t address, const void *data, size_t len_bytes,
		      cx3_progress_fn progress_fn, void *user, struct cx3_error *err)
{
	struct cx3_progress progress;
	const uint8_t *bytes = data;
	size_t done = 0, piece;
	int status = cx3_flash_check_range(flash, address, len_bytes, err);

	if (status != CX3_OK)
		return status;
	if (!data && len_bytes)
		return cx3_fail(err, CX3_INVALID_ARGUMENT, "program needs data");
	if (!len_bytes)
		return CX3_OK;
	status = begin_change(flash, address, len_bytes, err);
	cx3_progress_init(&progress, progress_fn, user, len_bytes);
	while (status == CX3_OK && done < len_bytes) {
		piece = CX3_FLASH_PAGE_BYTES - (size_t)((address + done) % CX3_FLASH_PAGE_BYTES);
		if (piece > len_bytes - done)
			piece = len_bytes - done;
		status = program_one(flash, address + done, bytes + done, piece, err);
		if (status != CX3_OK)
			break;
		done += piece;
		status = cx3_progress_advance(flash, &progress, CX3_PHASE_PROGRAM, done, err);
	}
	return status;
}
