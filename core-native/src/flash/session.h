/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* A flash session and what its parts share. */
#ifndef CX3_FLASH_SESSION_H
#define CX3_FLASH_SESSION_H

#include "card/device.h"
#include "cx3/flash.h"
#include "flash/chip.h"

#define CX3_MAX_BANKS	 2u
#define CX3_BLOCK_BYTES	 16u
#define CX3_PAGE_BLOCKS	 (CX3_FLASH_PAGE_BYTES / CX3_BLOCK_BYTES)
#define CX3_WRITE_ROUNDS 3u

/* Bytes of one bank that may not be changed. */
struct cx3_protection {
	bool known;
	uint8_t status;	     /* status register 1 */
	uint64_t start, end; /* within the bank; start == end: nothing */
};

struct cx3_flash {
	struct cx3_device *device;
	const struct cx3_chip *chip;
	struct cx3_flash_info info;
	uint64_t bank_bytes; /* usable */
	uint64_t chip_bytes; /* of the chip itself: above 16 MiB more than usable */
	struct cx3_protection protection[CX3_MAX_BANKS];
	unsigned bank_count;
	bool modified;	      /* from the first erase or program on the gateway lock stays */
	bool chip_select_low; /* a held command was started and not ended */
	unsigned chip_select_bank;
	uint64_t gateway_since_us;
	bool link_reset_changed;
	uint32_t link_reset_saved;
};

/* Gateway lock 0xf03fc around a piece of work; unlock keeps it once the session has modified the
 * flash. */
int cx3_flash_lock_gateway(struct cx3_flash *flash, struct cx3_error *err);
void cx3_flash_unlock_gateway(struct cx3_flash *flash);
/* Between two pages of a long read: lets others in when the lock was held for a second. */
int cx3_flash_share_gateway(struct cx3_flash *flash, struct cx3_error *err);

int cx3_flash_check_range(const struct cx3_flash *flash, uint64_t address, uint64_t len_bytes,
			  struct cx3_error *err);

/* Before each change of [address, address + len): CX3_FLASH_PROTECTED when a protected byte is in
 * it. Locked gateway. */
int cx3_flash_check_protection(struct cx3_flash *flash, uint64_t address, uint64_t len_bytes,
			       struct cx3_error *err);
/* Reads protection of one bank anew and fills the members of info about it. */
int cx3_protection_read(struct cx3_flash *flash, unsigned bank, struct cx3_error *err);

/* After a write that did not stick: CX3_FLASH_PROTECTED when any protection bit is set, although by
 * flash-access 5.4 the address is outside. Parts of one id differ in the size of their steps. */
int cx3_protection_suspect(const struct cx3_flash *flash, unsigned bank, uint64_t address,
			   struct cx3_error *err);

/* Ends what a dead process may have left, finds the chips, reads their settings, probes held reads.
 * Locked gateway. */
int cx3_flash_detect(struct cx3_flash *flash, const struct cx3_flash_options *options,
		     struct cx3_error *err);

/* Reads inside one page, unaligned allowed. Locked gateway. */
int cx3_flash_read_page(struct cx3_flash *flash, uint64_t address, uint8_t *buffer,
			size_t len_bytes, struct cx3_error *err);
/* Programs inside one page what is not 0xff; waits until the chip is done. Locked gateway, modified
 * set. */
int cx3_flash_program_page(struct cx3_flash *flash, uint64_t address, const uint8_t *data,
			   size_t len_bytes, struct cx3_error *err);
/* One unit of 4 KiB or 64 KiB; waits until the chip is done. Locked gateway, modified set. */
int cx3_flash_erase_unit(struct cx3_flash *flash, uint64_t address, uint32_t unit_bytes,
			 struct cx3_error *err);
/* Largest unit at address that ends inside [address, end), else the smallest one around it. */
uint32_t cx3_flash_unit_at(const struct cx3_flash *flash, uint64_t address, uint64_t end,
			   uint64_t *base);
bool cx3_is_blank(const uint8_t *data, size_t len_bytes);

/* CX3_VERIFY_FAILED at the first difference, or the reason when the chip tells one. Fills err.
 * Locked gateway. */
int cx3_flash_differs(struct cx3_flash *flash, uint64_t address, const uint8_t *expected,
		      const uint8_t *found, size_t len_bytes, bool after_write,
		      struct cx3_error *err);

/* Progress of one call; never goes back within a phase. */
struct cx3_progress {
	cx3_progress_fn fn;
	void *user;
	uint64_t total_bytes;
	uint64_t done_bytes[4];
};
void cx3_progress_init(struct cx3_progress *progress, cx3_progress_fn fn, void *user,
		       uint64_t total_bytes);
/* At a safe point: CX3_CANCELLED when the caller or cx3_device_cancel says so. */
int cx3_progress_advance(struct cx3_flash *flash, struct cx3_progress *progress,
			 enum cx3_flash_phase phase, uint64_t done_bytes, struct cx3_error *err);

#endif
