/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* Block protection of the chip: read, named in errors, never changed (flash-access 5.4, 9.3). */
#include <inttypes.h>

#include "bus/error.h"
#include "flash/session.h"
#include "flash/spi.h"

#define STATUS_BIT5 0x20u
#define STATUS_BIT6 0x40u

static int read_bottom(struct cx3_flash *flash, unsigned bank, uint8_t status1, bool *bottom,
		       struct cx3_error *err)
{
	uint32_t word = 0;
	int status = CX3_OK;

	*bottom = false;
	switch (flash->chip->bottom) {
	case CX3_BOTTOM_NONE:
		break;
	case CX3_BOTTOM_SR1_BIT5:
		*bottom = status1 & STATUS_BIT5;
		break;
	case CX3_BOTTOM_SR1_BIT6:
		*bottom = status1 & STATUS_BIT6;
		break;
	case CX3_BOTTOM_SR3_BIT3:
		status = cx3_spi_read_register(flash, bank, CX3_SPI_READ_STATUS3, &word, err);
		*bottom = word >> 24 & 0x08;
		break;
	case CX3_BOTTOM_FUNCTION_BIT1:
		status = cx3_spi_read_register(flash, bank, CX3_SPI_READ_FUNCTION, &word, err);
		*bottom = word >> 24 & 0x02;
		break;
	}
	return status;
}

/* The range is cut at the chip, then at what of it can be reached. */
static void set_range(struct cx3_flash *flash, struct cx3_protection *protection, bool bottom,
		      uint64_t len_bytes)
{
	if (len_bytes > flash->chip_bytes)
		len_bytes = flash->chip_bytes;
	protection->start = bottom ? 0 : flash->chip_bytes - len_bytes;
	protection->end = bottom ? len_bytes : flash->chip_bytes;
}

int cx3_protection_read(struct cx3_flash *flash, unsigned bank, struct cx3_error *err)
{
	const struct cx3_chip *chip = flash->chip;
	struct cx3_flash_info *info = &flash->info;
	struct cx3_protection *protection = &flash->protection[bank];
	bool bottom, subsectors;
	unsigned units = 0, bp;
	int status;

	status = cx3_spi_read_status(flash, bank, &protection->status, err);
	if (status == CX3_OK)
		status = read_bottom(flash, bank, protection->status, &bottom, err);
	if (status != CX3_OK)
		return status;
	protection->known = true;
	protection->start = protection->end = 0;
	if (chip->bottom == CX3_BOTTOM_NONE) {
		/* The bits say "something"; how much is not known for these chips: all of it counts
		 * as protected. */
		if (protection->status & chip->protected_status_mask)
			set_range(flash, protection, true, flash->chip_bytes);
		return CX3_OK;
	}
	bp = protection->status >> 2 & 7;
	subsectors = chip->protection_subsectors && (protection->status & STATUS_BIT6);
	if (bp)
		units = 1u << (chip->protection_scale_16m && !subsectors ? bp + 1 : bp - 1);
	set_range(flash, protection, bottom,
		  (uint64_t)units *
			  (subsectors ? CX3_FLASH_SUBSECTOR_BYTES : CX3_FLASH_SECTOR_BYTES));
	info->has_protection = true;
	info->protected_units = units;
	info->protection_top = units && !bottom;
	info->protection_subsectors = subsectors;
	return CX3_OK;
}

static int protected_error(const struct cx3_flash *flash, unsigned bank, uint64_t address,
			   struct cx3_error *err)
{
	const struct cx3_protection *protection = &flash->protection[bank];
	const struct cx3_flash_info *info = &flash->info;

	if (flash->chip->bottom == CX3_BOTTOM_NONE)
		cx3_fail(
			err, CX3_FLASH_PROTECTED,
			"status 0x%02x of bank %u (%s) has protection bits set, for some chips the "
			"state "
			"after power up; nothing was changed; lift the protection with a tool that "
			"writes the status register",
			protection->status, bank, info->type);
	else
		cx3_fail(err, CX3_FLASH_PROTECTED,
			 "bank %u protects %s,%u-%s (status 0x%02x); nothing was changed; lift the "
			 "protection first",
			 bank, info->protection_top ? "Top" : "Bottom", info->protected_units,
			 info->protection_subsectors ? "SubSectors" : "Sectors",
			 protection->status);
	return cx3_error_address(err, CX3_FLASH_PROTECTED, address);
}

int cx3_protection_suspect(const struct cx3_flash *flash, unsigned bank, uint64_t address,
			   struct cx3_error *err)
{
	/* Bit 5 is a fourth protection bit unless it says which end is protected. [data sheets] */
	uint8_t mask = flash->chip->bottom == CX3_BOTTOM_SR1_BIT5 ? 0x1c : 0x3c;
	uint8_t value = flash->protection[bank].status;

	if (!(value & mask))
		return CX3_OK;
	cx3_fail(err, CX3_FLASH_PROTECTED,
		 "the write did not stick and status 0x%02x of bank %u has protection bits: this "
		 "part protects more than they usually mean; lift the protection first",
		 value, bank);
	return cx3_error_address(err, CX3_FLASH_PROTECTED, address);
}

int cx3_flash_check_protection(struct cx3_flash *flash, uint64_t address, uint64_t len_bytes,
			       struct cx3_error *err)
{
	uint64_t end = address + len_bytes, bank_start, from, to;
	struct cx3_protection *protection;
	unsigned bank;
	int status;

	for (bank = 0; bank < flash->bank_count; bank++) {
		bank_start = bank * flash->bank_bytes;
		from = address > bank_start ? address : bank_start;
		to = end < bank_start + flash->bank_bytes ? end : bank_start + flash->bank_bytes;
		if (from >= to)
			continue;
		protection = &flash->protection[bank];
		/* What was read at open may be old by the first change; after that the session owns
		 * the chip. */
		if (!protection->known || !flash->modified) {
			status = cx3_protection_read(flash, bank, err);
			if (status != CX3_OK)
				return status;
		}
		if (from - bank_start < protection->end && to - bank_start > protection->start)
			return protected_error(flash, bank,
					       from - bank_start > protection->start
						       ? from
						       : bank_start + protection->start,
					       err);
	}
	return CX3_OK;
}
