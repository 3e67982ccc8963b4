/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * Flash session: takes the programming lock, finds the chips, reads, erases, programs, verifies.
 * Addresses are physical bytes over all banks, one after the other. C never parses an image.
 */
#ifndef CX3_FLASH_H
#define CX3_FLASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cx3/device.h"

struct cx3_flash;

#define CX3_FLASH_PAGE_BYTES 256u
#define CX3_FLASH_SUBSECTOR_BYTES 0x1000u
#define CX3_FLASH_SECTOR_BYTES 0x10000u

enum cx3_flash_phase {
	CX3_PHASE_READ,
	CX3_PHASE_ERASE,
	CX3_PHASE_PROGRAM,
	CX3_PHASE_VERIFY,
};

/* done_bytes never goes back within one phase of one call. Non-zero return = cancel at this safe point. */
typedef int (*cx3_progress_fn)(void *user, enum cx3_flash_phase phase, uint64_t done_bytes,
			       uint64_t total_bytes);

struct cx3_flash_options {
	unsigned banks;	      /* 0 = 1, at most 2 (one chip select bit) */
	bool no_held_reads;   /* read block by block instead of with CS held over a page */
	uint64_t lock_timeout_us; /* programming lock, 0 = 20 s as the stock tool */
};

struct cx3_flash_info {
	char type[16];	      /* as the stock tool names it: "W25QxxBV" */
	uint32_t jedec_id;    /* vendor [7:0], type [15:8], capacity [23:16]: printed low byte first, 0x1540ef */
	uint64_t size_bytes;  /* all banks */
	unsigned banks;
	uint32_t erase_bytes; /* smallest erase unit: 0x1000 or 0x10000 */
	bool erase_4k, erase_64k;
	bool writable;	      /* false: unknown operations, reading only */
	bool has_quad_enable, quad_enabled;
	bool has_protection, protection_top, protection_subsectors;
	unsigned protected_units; /* 0 = none; sectors, or subsectors when protection_subsectors */
	bool has_dummy_cycles;
	unsigned dummy_cycles;
	bool has_drive_strength;
	unsigned drive_strength_percent;
	bool held_reads; /* pages are read with CS held (probed at open) */
	/* Typical times of the data sheet (flash-access 8.2); 0 for what the chip does not do. */
	uint32_t program_page_us, erase_4k_us, erase_64k_us;
};

/* Takes 0xf03a0; waits for it, then CX3_SEMAPHORE_TIMEOUT. Writes nothing to the chip. */
int cx3_flash_open(struct cx3_device *device, const struct cx3_flash_options *options,
		   struct cx3_flash **out, struct cx3_error *err);
/* Ends a dangling transaction, frees the locks this session took. Accepts NULL. */
void cx3_flash_close(struct cx3_flash *flash);
const struct cx3_flash_info *cx3_flash_get_info(const struct cx3_flash *flash);

/* Any address and length inside the flash. 0xf03fc is held over the call, at most 1 s at a time. */
int cx3_flash_read(struct cx3_flash *flash, uint64_t address, void *buffer, size_t len_bytes,
		   cx3_progress_fn progress, void *user, struct cx3_error *err);

/* Erases whole units; address and length must be multiples of the smallest erase unit. Blank units are skipped. */
int cx3_flash_erase(struct cx3_flash *flash, uint64_t address, uint64_t len_bytes,
		    cx3_progress_fn progress, void *user, struct cx3_error *err);

/* Programs without erase (bits only fall), skipping blank pages, and reads back. For signatures. */
int cx3_flash_program(struct cx3_flash *flash, uint64_t address, const void *data, size_t len_bytes,
		      cx3_progress_fn progress, void *user, struct cx3_error *err);

/*
 * Makes [address, address + len) hold data: equal units are left alone, others are erased (64 KiB inside, 4 KiB at the
 * ends, where that takes less time inside, too) with their neighbours kept, then programmed and read back; a bad page is programmed again, a bad unit erased again, at
 * most 3 times. Nothing is erased when the chip protects a byte of the unit: CX3_FLASH_PROTECTED.
 *
 * CX3_WRITE_DEFER_VERIFY is for callers that read everything back before they rely on it, and write again what differs. It reads back
 * only the first page it programmed in each unit, does not check an erased unit for being blank, and takes a unit for blank when its
 * first page and one block of each of its other subsectors are. The next call over a unit that was misjudged puts it right.
 */
#define CX3_WRITE_DEFER_VERIFY 0x1u
int cx3_flash_write(struct cx3_flash *flash, uint64_t address, const void *data, size_t len_bytes,
		    unsigned flags, cx3_progress_fn progress, void *user, struct cx3_error *err);

/* Compares; CX3_VERIFY_FAILED carries the first differing address, expected and found byte. */
int cx3_flash_verify(struct cx3_flash *flash, uint64_t address, const void *data, size_t len_bytes,
		     cx3_progress_fn progress, void *user, struct cx3_error *err);

#endif
