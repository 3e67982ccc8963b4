/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* Makes a range hold given bytes: the least erasing that does it, neighbours kept, read back,
 * repaired. */
#include <stdlib.h>
#include <string.h>

#include "bus/error.h"
#include "flash/session.h"
#include "flash/signals.h"

#define MAX_PAGES	(CX3_FLASH_SECTOR_BYTES / CX3_FLASH_PAGE_BYTES)
#define PROGRESS_PAGES	16u
#define SUBSECTORS	(CX3_FLASH_SECTOR_BYTES / CX3_FLASH_SUBSECTOR_BYTES)
#define SUBSECTOR_PAGES (CX3_FLASH_SUBSECTOR_BYTES / CX3_FLASH_PAGE_BYTES)

struct writer {
	struct cx3_flash *flash;
	uint64_t address, end; /* of the whole call */
	const uint8_t *data;
	bool defer_verify;
	struct cx3_progress progress;

	/* The unit under work. */
	uint64_t base;
	uint32_t unit_bytes;
	bool partial;	   /* holds neighbours: never left between erase and the last page */
	bool blank_behind; /* ends behind the call, and there is nothing */
	bool needs_erase;  /* all of it */
	bool needs_small[SUBSECTORS]; /* only these 4 KiB of it */
	bool erased[MAX_PAGES];	      /* to be looked at although blank */
	bool dirty[MAX_PAGES];	      /* to be programmed */
	uint8_t want[CX3_FLASH_SECTOR_BYTES], have[CX3_FLASH_SECTOR_BYTES];
};

static uint8_t *want_page(struct writer *w, unsigned page)
{
	return w->want + page * CX3_FLASH_PAGE_BYTES;
}

static uint8_t *have_page(struct writer *w, unsigned page)
{
	return w->have + page * CX3_FLASH_PAGE_BYTES;
}

static unsigned page_count(const struct writer *w)
{
	return w->unit_bytes / CX3_FLASH_PAGE_BYTES;
}

static int read_page(struct writer *w, unsigned page, struct cx3_error *err)
{
	return cx3_flash_read_page(w->flash, w->base + page * CX3_FLASH_PAGE_BYTES,
				   have_page(w, page), CX3_FLASH_PAGE_BYTES, err);
}

/* Bits only fall: what has to rise needs an erase. */
static bool can_program(struct writer *w, unsigned page)
{
	const uint8_t *have = have_page(w, page), *want = want_page(w, page);
	unsigned i;

	for (i = 0; i < CX3_FLASH_PAGE_BYTES; i++) {
		if ((have[i] & want[i]) != want[i])
			return false;
	}
	return true;
}

static bool is_equal(struct writer *w, unsigned page)
{
	return memcmp(have_page(w, page), want_page(w, page), CX3_FLASH_PAGE_BYTES) == 0;
}

/* Bytes of the call inside the unit done so far, for progress. */
static uint64_t done_until(const struct writer *w, uint64_t address)
{
	if (address > w->end)
		address = w->end;
	return address > w->address ? address - w->address : 0;
}

/* Neighbours come from the chip, the rest from the caller. */
static int load_unit(struct writer *w, struct cx3_error *err)
{
	uint64_t from = w->base > w->address ? w->base : w->address;
	uint64_t to = w->base + w->unit_bytes < w->end ? w->base + w->unit_bytes : w->end;
	unsigned page;
	int status = CX3_OK;

	w->partial = to - from < w->unit_bytes && !w->blank_behind;
	if (w->blank_behind)
		memset(w->want, 0xff, w->unit_bytes);
	w->needs_erase = false;
	memset(w->needs_small, 0, sizeof(w->needs_small));
	memset(w->erased, 0, sizeof(w->erased));
	memset(w->dirty, 0, sizeof(w->dirty));
	if (w->partial) {
		for (page = 0; page < page_count(w) && status == CX3_OK; page++)
			status = read_page(w, page, err);
		memcpy(w->want, w->have, w->unit_bytes);
	}
	memcpy(w->want + (from - w->base), w->data + (from - w->address), (size_t)(to - from));
	return status;
}

/*
 * The last 64 KiB of a call that ends inside of them: one erase takes less time than many of 4 KiB,
 * and where nothing lies behind the data there are no neighbours to lose.
 */
static int join_blank_end(struct writer *w, uint64_t address, struct cx3_error *err)
{
	uint8_t page[CX3_FLASH_PAGE_BYTES];
	uint64_t at = w->end, sector_end = address + CX3_FLASH_SECTOR_BYTES;
	size_t piece;
	int status;

	w->blank_behind = false;
	if (!w->flash->info.erase_64k || w->unit_bytes == CX3_FLASH_SECTOR_BYTES ||
	    address % CX3_FLASH_SECTOR_BYTES != 0 || sector_end > w->flash->info.size_bytes)
		return CX3_OK;
	if ((w->end - address) * w->flash->chip->erase_4k.typical_us / CX3_FLASH_SUBSECTOR_BYTES <
	    w->flash->chip->erase_64k_time.typical_us)
		return CX3_OK;
	while (at < sector_end) {
		piece = CX3_FLASH_PAGE_BYTES - (size_t)(at % CX3_FLASH_PAGE_BYTES);
		status = cx3_flash_read_page(w->flash, at, page, piece, err);
		if (status != CX3_OK)
			return status;
		if (!cx3_is_blank(page, piece))
			return CX3_OK;
		at += piece;
	}
	w->blank_behind = true;
	w->base = address;
	w->unit_bytes = CX3_FLASH_SECTOR_BYTES;
	return CX3_OK;
}

/* One block of each subsector: enough to guess, for a caller who reads everything back. */
static int looks_blank(struct writer *w, bool *blank, struct cx3_error *err)
{
	uint8_t block[CX3_BLOCK_BYTES];
	uint32_t offset;
	int status;

	*blank = true;
	for (offset = CX3_FLASH_SUBSECTOR_BYTES; offset < w->unit_bytes && *blank;
	     offset += CX3_FLASH_SUBSECTOR_BYTES) {
		status = cx3_flash_read_page(w->flash, w->base + offset, block, sizeof(block), err);
		if (status != CX3_OK)
			return status;
		*blank = cx3_is_blank(block, sizeof(block));
	}
	return CX3_OK;
}

/* How many 4 KiB erases of a 64 KiB unit still take less time than one of 64 KiB. */
static unsigned few_small(const struct writer *w)
{
	const struct cx3_chip *chip = w->flash->chip;

	if (w->unit_bytes == CX3_FLASH_SUBSECTOR_BYTES || !w->flash->info.erase_4k)
		return 0;
	return chip->erase_64k_time.typical_us / chip->erase_4k.typical_us;
}

/* A page that needs an erase: of its 4 KiB while those are few, else of the whole unit. */
static void plan_erase(struct writer *w, unsigned page, unsigned *small)
{
	if (*small < few_small(w)) {
		(*small)++;
		w->needs_small[page / SUBSECTOR_PAGES] = true;
	} else {
		w->needs_erase = true;
	}
}

/* Finds what to erase and the pages to program. Stops where all of the unit has to be erased. */
static int compare_unit(struct writer *w, struct cx3_error *err)
{
	bool blank, guessed = false;
	unsigned page, small = 0;
	int status;

	for (page = 0; page < page_count(w); page++) {
		if (w->needs_small[page / SUBSECTOR_PAGES])
			continue;
		if (!w->partial && !guessed) {
			status = read_page(w, page, err);
			if (status != CX3_OK)
				return status;
		} else if (guessed) {
			memset(have_page(w, page), 0xff, CX3_FLASH_PAGE_BYTES);
		}
		if (is_equal(w, page))
			continue;
		if (!can_program(w, page)) {
			plan_erase(w, page, &small);
			if (w->needs_erase)
				return CX3_OK;
			continue;
		}
		w->dirty[page] = true;
		if (w->defer_verify && !w->partial && page == 0 &&
		    cx3_is_blank(have_page(w, 0), CX3_FLASH_PAGE_BYTES)) {
			status = looks_blank(w, &blank, err);
			if (status != CX3_OK)
				return status;
			guessed = blank;
		}
	}
	return CX3_OK;
}

/* What was erased is programmed anew, but for what is to be blank. */
static int erase_pages(struct writer *w, unsigned first, unsigned count, struct cx3_error *err)
{
	unsigned page;
	int status = cx3_flash_erase_unit(w->flash, w->base + first * CX3_FLASH_PAGE_BYTES,
					  count * CX3_FLASH_PAGE_BYTES, err);

	if (status != CX3_OK)
		return status;
	for (page = first; page < first + count; page++) {
		w->erased[page] = true;
		w->dirty[page] = !cx3_is_blank(want_page(w, page), CX3_FLASH_PAGE_BYTES);
	}
	return CX3_OK;
}

static int erase_if_needed(struct writer *w, struct cx3_error *err)
{
	unsigned i;
	int status = CX3_OK;

	if (w->needs_erase) {
		memset(w->needs_small, 0, sizeof(w->needs_small));
		status = erase_pages(w, 0, page_count(w), err);
	}
	for (i = 0; i < SUBSECTORS && status == CX3_OK && !w->needs_erase; i++) {
		if (!w->needs_small[i])
			continue;
		status = erase_pages(w, i * SUBSECTOR_PAGES, SUBSECTOR_PAGES, err);
		if (status == CX3_OK)
			w->needs_small[i] = false;
	}
	if (status == CX3_OK)
		w->needs_erase = false;
	return status;
}

static int program_dirty(struct writer *w, struct cx3_error *err)
{
	unsigned page;
	uint64_t next;
	int status;

	for (page = 0; page < page_count(w); page++) {
		next = w->base + (page + 1) * CX3_FLASH_PAGE_BYTES;
		if (w->dirty[page]) {
			status = cx3_flash_program_page(w->flash, next - CX3_FLASH_PAGE_BYTES,
							want_page(w, page), CX3_FLASH_PAGE_BYTES,
							err);
			if (status != CX3_OK)
				return status;
		}
		if (w->partial || (page + 1) % PROGRESS_PAGES != 0)
			continue;
		status = cx3_progress_advance(w->flash, &w->progress, CX3_PHASE_PROGRAM,
					      done_until(w, next), err);
		if (status != CX3_OK)
			return status;
	}
	return CX3_OK;
}

/*
 * Reads back what was programmed, and all of a unit that was erased. Bad pages become dirty again,
 * or the unit is to be erased again. *bad is the first bad page, page_count when there is none.
 */
static int read_back(struct writer *w, unsigned *bad, struct cx3_error *err)
{
	bool again[MAX_PAGES] = {false};
	unsigned page, checked = 0;
	int status;

	*bad = page_count(w);
	for (page = 0; page < page_count(w); page++) {
		if (!w->dirty[page] && (!w->erased[page] || w->defer_verify))
			continue;
		if (w->defer_verify && checked > 0)
			break;
		checked++;
		status = read_page(w, page, err);
		/* Once more: the bus may have been wrong, not the chip. */
		if (status == CX3_OK && !is_equal(w, page))
			status = read_page(w, page, err);
		if (status != CX3_OK)
			return status;
		if (is_equal(w, page))
			continue;
		if (*bad == page_count(w))
			*bad = page;
		again[page] = true;
		if (!can_program(w, page))
			w->needs_erase = true;
	}
	/* A later round programs only what is wrong, unless it erases. */
	if (*bad < page_count(w) && !w->defer_verify)
		memcpy(w->dirty, again, sizeof(again));
	return CX3_OK;
}

static int change_unit(struct writer *w, struct cx3_error *err)
{
	unsigned round, bad = 0;
	int status = CX3_OK;

	for (round = 0; round < CX3_WRITE_ROUNDS; round++) {
		status = erase_if_needed(w, err);
		if (status == CX3_OK)
			status = program_dirty(w, err);
		if (status == CX3_OK)
			status = read_back(w, &bad, err);
		if (status == CX3_OK && bad == page_count(w))
			return CX3_OK;
		if (status == CX3_OK)
			continue;
		if (!w->partial)
			return status;
		/* Neighbours may be in memory alone by now: not given up at the first failure. */
		cx3_flash_lock_gateway(w->flash, NULL);
		w->needs_erase = true;
	}
	if (status != CX3_OK)
		return status;
	return cx3_flash_differs(w->flash, w->base + bad * CX3_FLASH_PAGE_BYTES, want_page(w, bad),
				 have_page(w, bad), CX3_FLASH_PAGE_BYTES, true, err);
}

/*
 * Neighbours are about to be rewritten from memory, and nobody reads them back against anything
 * else: one bit that the bus got wrong would stay wrong. So they are read twice. Overwrites have.
 */
static int neighbours_agree(struct writer *w, bool *agree, struct cx3_error *err)
{
	uint64_t at;
	unsigned page, i;
	int status;

	*agree = true;
	for (page = 0; page < page_count(w) && *agree; page++) {
		status = read_page(w, page, err);
		if (status != CX3_OK)
			return status;
		for (i = 0; i < CX3_FLASH_PAGE_BYTES; i++) {
			at = w->base + page * CX3_FLASH_PAGE_BYTES + i;
			if ((at < w->address || at >= w->end) &&
			    have_page(w, page)[i] != want_page(w, page)[i])
				*agree = false;
		}
	}
	return CX3_OK;
}

static bool has_work(const struct writer *w)
{
	unsigned i;

	for (i = 0; i < SUBSECTORS; i++) {
		if (w->needs_small[i])
			return true;
	}
	for (i = 0; i < page_count(w); i++) {
		if (w->dirty[i])
			return true;
	}
	return w->needs_erase;
}

/* What the unit is to hold, and what that takes. */
static int prepare_unit(struct writer *w, struct cx3_error *err)
{
	bool agree = true;
	unsigned round;
	int status;

	for (round = 0; round < CX3_WRITE_ROUNDS; round++) {
		status = load_unit(w, err);
		if (status == CX3_OK)
			status = compare_unit(w, err);
		if (status != CX3_OK || !w->partial || !has_work(w))
			return status;
		status = neighbours_agree(w, &agree, err);
		if (status != CX3_OK || agree)
			return status;
	}
	cx3_fail(
		err, CX3_VERIFY_FAILED,
		"what lies beside the data reads differently each time; nothing was changed there");
	return cx3_error_address(err, CX3_VERIFY_FAILED, w->base);
}

static int write_unit(struct writer *w, struct cx3_error *err)
{
	uint64_t done = done_until(w, w->base + w->unit_bytes);
	sigset_t saved;
	int status;

	status = prepare_unit(w, err);
	if (status == CX3_OK && has_work(w)) {
		status = cx3_flash_check_protection(w->flash, w->base, w->unit_bytes, err);
		if (status != CX3_OK)
			return status;
		w->flash->modified = true;
		/* Neighbours live only in memory until the unit is whole again. */
		if (w->partial)
			cx3_signals_hold(&saved);
		status = change_unit(w, err);
		if (w->partial)
			cx3_signals_restore(&saved);
	}
	if (status == CX3_OK)
		status = cx3_progress_advance(w->flash, &w->progress, CX3_PHASE_ERASE, done, err);
	if (status == CX3_OK)
		status = cx3_progress_advance(w->flash, &w->progress, CX3_PHASE_PROGRAM, done, err);
	if (status == CX3_OK)
		status = cx3_progress_advance(w->flash, &w->progress, CX3_PHASE_VERIFY, done, err);
	return status;
}

int cx3_flash_write(struct cx3_flash *flash, uint64_t address, const void *data, size_t len_bytes,
		    unsigned flags, cx3_progress_fn progress, void *user, struct cx3_error *err)
{
	struct writer *w;
	uint64_t next = address;
	int status = cx3_flash_check_range(flash, address, len_bytes, err);

	if (status != CX3_OK)
		return status;
	if ((!data && len_bytes) || (flags & ~CX3_WRITE_DEFER_VERIFY))
		return cx3_fail(err, CX3_INVALID_ARGUMENT, "write: data needed, unknown flags 0x%x",
				flags & ~CX3_WRITE_DEFER_VERIFY);
	if (!len_bytes)
		return CX3_OK;
	w = calloc(1, sizeof(*w));
	if (!w)
		return cx3_fail(err, CX3_NO_MEMORY, "write");
	w->flash = flash;
	w->address = address;
	w->end = address + len_bytes;
	w->data = data;
	w->defer_verify = flags & CX3_WRITE_DEFER_VERIFY;
	cx3_progress_init(&w->progress, progress, user, len_bytes);
	status = cx3_flash_lock_gateway(flash, err);
	while (status == CX3_OK && next < w->end) {
		w->unit_bytes = cx3_flash_unit_at(flash, next, w->end, &w->base);
		status = join_blank_end(w, next, err);
		next = w->base + w->unit_bytes;
		if (status == CX3_OK)
			status = write_unit(w, err);
		if (status == CX3_OK && next < w->end)
			status = cx3_flash_share_gateway(flash, err);
	}
	if (!flash->chip_select_low)
		cx3_flash_unlock_gateway(flash);
	free(w);
	return status;
}
