/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* Which chips answer, and how they are set (flash-access 5.1, 5.4). Writes nothing to a chip but
 * "write disable". */
#include <stdio.h>
#include <string.h>

#include "bus/error.h"
#include "flash/gateway.h"
#include "flash/session.h"
#include "flash/spi.h"

/* An erase that a dead process left running: the longest there is is 3 s for 64 KiB. */
#define LEFT_ERASE_MAX_US  3000000u
#define LEFT_ERASE_POLL_US 20000u

#define NO_ANSWER 0xffu
#define ID_MASK	  0xffffff00u

/* Where to look for a page that tells held reads from broken ones: starts and ends of the slots of
 * small chips. */
static const uint32_t probe_addresses[] = {0x0, 0x80000, 0x100000, 0x1000, 0x10000, 0x40000};

/*
 * A process may have died with chip select low or with an erase running. The first status command
 * ends the transaction whatever the chip makes of it, the second tells the truth (flash-access 9.2,
 * step 4).
 */
static int end_dangling(struct cx3_flash *flash, unsigned bank, struct cx3_error *err)
{
	uint64_t deadline_us;
	bool expired = false;
	uint8_t value;
	int status = cx3_spi_read_status(flash, bank, &value, err);

	if (status == CX3_OK)
		status = cx3_spi_read_status(flash, bank, &value, err);
	if (status != CX3_OK)
		return status;
	/* Nobody there reads all ones too; detection tells. */
	if (value != NO_ANSWER && (value & CX3_SPI_STATUS_BUSY)) {
		deadline_us = cx3_device_now_us(flash->device) + 2 * LEFT_ERASE_MAX_US;
		while (value & CX3_SPI_STATUS_BUSY) {
			if (expired) {
				cx3_fail(err, CX3_FLASH_BUSY_TIMEOUT,
					 "bank %u is busy with something left behind; power the "
					 "machine off and on",
					 bank);
				return cx3_error_values(err, CX3_FLASH_BUSY_TIMEOUT, 0, value);
			}
			cx3_device_sleep_us(flash->device, LEFT_ERASE_POLL_US);
			expired = cx3_device_now_us(flash->device) >= deadline_us;
			status = cx3_spi_read_status(flash, bank, &value, err);
			if (status != CX3_OK)
				return status;
		}
	}
	return cx3_spi_command(flash, bank, CX3_SPI_WRITE_DISABLE, err);
}

/* *found false and CX3_OK: nobody answers. */
static int detect_bank(struct cx3_flash *flash, unsigned bank, const struct cx3_chip **chip,
		       uint32_t *id, uint64_t *size_bytes, bool *found, struct cx3_error *err)
{
	uint32_t word;
	int status;

	*found = false;
	status = end_dangling(flash, bank, err);
	/* The first answer may still belong to the transaction of somebody dead: the second is
	 * believed. */
	if (status == CX3_OK)
		status = cx3_spi_read_register(flash, bank, CX3_SPI_READ_JEDEC_ID, &word, err);
	if (status == CX3_OK)
		status = cx3_spi_read_register(flash, bank, CX3_SPI_READ_JEDEC_ID, &word, err);
	if (status != CX3_OK)
		return status;
	*id = word & ID_MASK;
	if (*id != 0 && *id != ID_MASK) {
		*chip = cx3_chip_find(*id);
		if (!*chip) {
			cx3_fail(err, CX3_UNKNOWN_FLASH,
				 "chip in bank %u: vendor 0x%02x, type 0x%02x, capacity 0x%02x; "
				 "read the label of the chip and report it",
				 bank, word >> 24, word >> 16 & 0xff, word >> 8 & 0xff);
			if (err) {
				err->flags |= CX3_ERROR_HAS_FOUND;
				err->found = *id >> 8;
			}
			return CX3_UNKNOWN_FLASH;
		}
		*size_bytes = cx3_chip_size_bytes(*chip, *id);
		*found = true;
		return CX3_OK;
	}
	status = cx3_spi_read_register(flash, bank, CX3_SPI_READ_SIGNATURE, &word, err);
	if (status != CX3_OK)
		return status;
	word >>= 24;
	if (word == 0 || word == NO_ANSWER)
		return CX3_OK;
	*chip = cx3_chip_find_signature((uint8_t)word, size_bytes);
	if (!*chip) {
		cx3_fail(err, CX3_UNKNOWN_FLASH, "chip in bank %u: no id, signature 0x%02x", bank,
			 word);
		if (err) {
			err->flags |= CX3_ERROR_HAS_FOUND;
			err->found = word;
		}
		return CX3_UNKNOWN_FLASH;
	}
	*id = 0;
	*found = true;
	return CX3_OK;
}

static int detect_first(struct cx3_flash *flash, uint32_t *id, struct cx3_error *err)
{
	bool found = false;
	int tries, status;

	/* The whole detection once more, as the stock tool does. */
	for (tries = 0; tries < 2 && !found; tries++) {
		status = detect_bank(flash, 0, &flash->chip, id, &flash->chip_bytes, &found, err);
		if (status != CX3_OK)
			return status;
	}
	if (!found)
		return cx3_fail(
			err, CX3_NO_FLASH,
			"ids read all 0 or all ones; check that the flash-present jumper is "
			"open and that the card has power");
	return CX3_OK;
}

static int detect_banks(struct cx3_flash *flash, unsigned wanted, uint32_t *id,
			struct cx3_error *err)
{
	const struct cx3_chip *chip;
	uint64_t size_bytes;
	bool found = true;
	int status = detect_first(flash, id, err);

	flash->bank_count = 1;
	while (status == CX3_OK && found && flash->bank_count < wanted) {
		status = detect_bank(flash, flash->bank_count, &chip, id, &size_bytes, &found, err);
		if (status != CX3_OK || !found)
			break;
		if (chip != flash->chip || size_bytes != flash->chip_bytes)
			return cx3_fail(
				err, CX3_UNKNOWN_FLASH,
				"bank %u holds another chip than bank 0 (%s and %s); open with one "
				"bank",
				flash->bank_count, chip->name, flash->chip->name);
		flash->bank_count++;
	}
	return status;
}

static int read_quad(struct cx3_flash *flash, struct cx3_error *err)
{
	struct cx3_flash_info *info = &flash->info;
	uint32_t word;
	int status;

	switch (flash->chip->quad) {
	case CX3_QUAD_NONE:
		return CX3_OK;
	case CX3_QUAD_SR2_BIT1:
		status = cx3_spi_read_register(flash, 0, CX3_SPI_READ_STATUS2, &word, err);
		info->quad_enabled = word >> 24 & 0x02;
		break;
	case CX3_QUAD_SR1_BIT6:
		status = cx3_spi_read_register(flash, 0, CX3_SPI_READ_STATUS1, &word, err);
		info->quad_enabled = word >> 24 & 0x40;
		break;
	case CX3_QUAD_NV_BIT3_LOW:
	default:
		status = cx3_spi_read_register(flash, 0, CX3_SPI_READ_NV_CONFIG, &word, err);
		info->quad_enabled = !(word >> 16 & 0x08);
		break;
	}
	info->has_quad_enable = status == CX3_OK;
	return status;
}

static int read_others(struct cx3_flash *flash, struct cx3_error *err)
{
	struct cx3_flash_info *info = &flash->info;
	uint32_t word;
	int status = CX3_OK;

	if (flash->chip->dummy_cycles) {
		status = cx3_spi_read_register(flash, 0, CX3_SPI_READ_NV_CONFIG, &word, err);
		if (status != CX3_OK)
			return status;
		info->has_dummy_cycles = true;
		info->dummy_cycles = word >> 28;
	}
	if (flash->chip->drive_strength) {
		status = cx3_spi_read_register(flash, 0, CX3_SPI_READ_STATUS3, &word, err);
		if (status != CX3_OK)
			return status;
		info->has_drive_strength = true;
		info->drive_strength_percent = 100 - 25 * (word >> 29 & 3);
	}
	return status;
}

static bool blocks_differ(const uint8_t *page)
{
	unsigned i;

	for (i = 1; i < CX3_PAGE_BLOCKS; i++) {
		if (memcmp(page, page + i * CX3_BLOCK_BYTES, CX3_BLOCK_BYTES) != 0)
			return true;
	}
	return false;
}

/*
 * That a held read streams is likely but not proven on a card (flash-access 9.4), so it is tried on
 * a page whose blocks differ. On a flash without such a page the question stays open and reads go
 * block by block.
 */
static int probe_held_reads(struct cx3_flash *flash, struct cx3_error *err)
{
	uint8_t single[CX3_FLASH_PAGE_BYTES], held[CX3_FLASH_PAGE_BYTES];
	int status;
	size_t i;

	for (i = 0; i < sizeof(probe_addresses) / sizeof(probe_addresses[0]); i++) {
		if (probe_addresses[i] >= flash->bank_bytes)
			continue;
		status = cx3_spi_read_blocks(flash, 0, probe_addresses[i], single, CX3_PAGE_BLOCKS,
					     false, err);
		if (status != CX3_OK)
			return status;
		if (!blocks_differ(single))
			continue;
		status = cx3_spi_read_blocks(flash, 0, probe_addresses[i], held, CX3_PAGE_BLOCKS,
					     true, err);
		if (status == CX3_OK)
			flash->info.held_reads = memcmp(single, held, sizeof(held)) == 0;
		return status;
	}
	return CX3_OK;
}

static void fill_info(struct cx3_flash *flash, uint32_t id)
{
	struct cx3_flash_info *info = &flash->info;
	const struct cx3_chip *chip = flash->chip;

	flash->bank_bytes =
		flash->chip_bytes > CX3_CHIP_MAX_BYTES ? CX3_CHIP_MAX_BYTES : flash->chip_bytes;
	snprintf(info->type, sizeof(info->type), "%s", chip->name);
	info->jedec_id = id >> 24 | (id >> 8 & 0xff00) | (id << 8 & 0xff0000);
	info->banks = flash->bank_count;
	info->size_bytes = flash->bank_bytes * flash->bank_count;
	info->erase_bytes = chip->erase_bytes;
	info->erase_4k = chip->erase_bytes == CX3_FLASH_SUBSECTOR_BYTES;
	info->erase_64k = chip->erase_64k || chip->erase_bytes == CX3_FLASH_SECTOR_BYTES;
	info->writable = true;
	info->program_page_us =
		chip->program_page.typical_us * (chip->byte_program ? CX3_FLASH_PAGE_BYTES : 1);
	info->erase_4k_us = info->erase_4k ? chip->erase_4k.typical_us : 0;
	info->erase_64k_us = info->erase_64k ? chip->erase_64k_time.typical_us : 0;
}

int cx3_flash_detect(struct cx3_flash *flash, const struct cx3_flash_options *options,
		     struct cx3_error *err)
{
	unsigned bank, wanted = options->banks ? options->banks : 1;
	uint32_t id = 0;
	int status;

	status = cx3_gateway_wait_idle(flash, err);
	if (status == CX3_OK)
		status = detect_banks(flash, wanted, &id, err);
	if (status != CX3_OK)
		return status;
	fill_info(flash, id);
	status = read_quad(flash, err);
	for (bank = flash->bank_count; bank-- > 0 && status == CX3_OK;)
		status = cx3_protection_read(flash, bank, err);
	if (status == CX3_OK)
		status = read_others(flash, err);
	if (status == CX3_OK && !options->no_held_reads)
		status = probe_held_reads(flash, err);
	return status;
}
