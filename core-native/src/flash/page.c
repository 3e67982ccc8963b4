/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* The smallest pieces of work on the flash: one page read or programmed, one unit erased. */
#include <string.h>

#include "bus/error.h"
#include "flash/session.h"
#include "flash/spi.h"

bool cx3_is_blank(const uint8_t *data, size_t len_bytes)
{
	size_t i;

	for (i = 0; i < len_bytes; i++) {
		if (data[i] != 0xff)
			return false;
	}
	return true;
}

static unsigned bank_of(const struct cx3_flash *flash, uint64_t address, uint32_t *in_bank)
{
	*in_bank = (uint32_t)(address % flash->bank_bytes);
	return (unsigned)(address / flash->bank_bytes);
}

/* Whole blocks around [address, address + len) of one page. */
static unsigned blocks_around(uint32_t *address, size_t *skip, size_t len_bytes)
{
	*skip = *address % CX3_BLOCK_BYTES;
	*address -= (uint32_t)*skip;
	return (unsigned)((*skip + len_bytes + CX3_BLOCK_BYTES - 1) / CX3_BLOCK_BYTES);
}

int cx3_flash_read_page(struct cx3_flash *flash, uint64_t address, uint8_t *buffer,
			size_t len_bytes, struct cx3_error *err)
{
	uint8_t page[CX3_FLASH_PAGE_BYTES];
	uint32_t in_bank;
	unsigned bank = bank_of(flash, address, &in_bank), blocks;
	size_t skip;
	int status;

	blocks = blocks_around(&in_bank, &skip, len_bytes);
	status = cx3_spi_read_blocks(flash, bank, in_bank, page, blocks,
				     flash->info.held_reads && blocks > 1, err);
	if (status == CX3_OK)
		memcpy(buffer, page + skip, len_bytes);
	return status;
}

static int program_bytes(struct cx3_flash *flash, unsigned bank, uint32_t in_bank, uint64_t address,
			 const uint8_t *data, size_t len_bytes, struct cx3_error *err)
{
	const struct cx3_chip_time *time = &flash->chip->program_page;
	int status = CX3_OK;
	size_t i;

	for (i = 0; i < len_bytes && status == CX3_OK; i++) {
		if (data[i] == 0xff)
			continue;
		status = cx3_spi_program_byte(flash, bank, in_bank + (uint32_t)i, data[i], err);
		if (status == CX3_OK)
			status = cx3_spi_wait_ready(flash, bank, time->typical_us,
						    1000u * time->max_us, address + i, err);
	}
	return status;
}

int cx3_flash_program_page(struct cx3_flash *flash, uint64_t address, const uint8_t *data,
			   size_t len_bytes, struct cx3_error *err)
{
	const struct cx3_chip_time *time = &flash->chip->program_page;
	uint8_t page[CX3_FLASH_PAGE_BYTES];
	const uint8_t *first = page;
	uint32_t in_bank;
	unsigned bank = bank_of(flash, address, &in_bank), blocks;
	size_t skip;
	int status;

	if (flash->chip->byte_program)
		return program_bytes(flash, bank, in_bank, address, data, len_bytes, err);
	blocks = blocks_around(&in_bank, &skip, len_bytes);
	memset(page, 0xff, sizeof(page));
	memcpy(page + skip, data, len_bytes);
	/* Blank blocks at both ends need not travel. */
	while (blocks > 0 && cx3_is_blank(first + (blocks - 1) * CX3_BLOCK_BYTES, CX3_BLOCK_BYTES))
		blocks--;
	while (blocks > 0 && cx3_is_blank(first, CX3_BLOCK_BYTES)) {
		first += CX3_BLOCK_BYTES;
		in_bank += CX3_BLOCK_BYTES;
		blocks--;
	}
	if (blocks == 0)
		return CX3_OK;
	status = cx3_spi_program_blocks(flash, bank, in_bank, first, blocks, err);
	if (status != CX3_OK)
		return status;
	return cx3_spi_wait_ready(flash, bank, time->typical_us, time->max_us, address, err);
}

int cx3_flash_erase_unit(struct cx3_flash *flash, uint64_t address, uint32_t unit_bytes,
			 struct cx3_error *err)
{
	bool sector = unit_bytes == CX3_FLASH_SECTOR_BYTES;
	const struct cx3_chip_time *time =
		sector ? &flash->chip->erase_64k_time : &flash->chip->erase_4k;
	uint32_t in_bank;
	unsigned bank = bank_of(flash, address, &in_bank);
	int status = cx3_spi_erase(flash, bank, sector ? CX3_SPI_ERASE_64K : CX3_SPI_ERASE_4K,
				   in_bank, err);

	if (status != CX3_OK)
		return status;
	return cx3_spi_wait_ready(flash, bank, time->typical_us, time->max_us, address, err);
}

uint32_t cx3_flash_unit_at(const struct cx3_flash *flash, uint64_t address, uint64_t end,
			   uint64_t *base)
{
	if (flash->info.erase_64k && address % CX3_FLASH_SECTOR_BYTES == 0 &&
	    end - address >= CX3_FLASH_SECTOR_BYTES) {
		*base = address;
		return CX3_FLASH_SECTOR_BYTES;
	}
	*base = address - address % flash->info.erase_bytes;
	return flash->info.erase_bytes;
}

/* Why a write did not stick: protection, or a chip that ignores write enable; else just the
 * difference. */
static int diagnose(struct cx3_flash *flash, uint64_t address, struct cx3_error *err)
{
	uint32_t in_bank;
	unsigned bank = bank_of(flash, address, &in_bank);
	uint8_t value = CX3_SPI_STATUS_LATCH;
	int status;

	flash->protection[bank].known = false;
	status = cx3_flash_check_protection(flash, address, 1, err);
	if (status == CX3_OK)
		status = cx3_protection_suspect(flash, bank, address, err);
	if (status != CX3_OK)
		return status;
	status = cx3_spi_command(flash, bank, CX3_SPI_WRITE_ENABLE, err);
	if (status == CX3_OK)
		status = cx3_spi_read_status(flash, bank, &value, err);
	if (status == CX3_OK)
		status = cx3_spi_command(flash, bank, CX3_SPI_WRITE_DISABLE, err);
	if (status == CX3_OK && !(value & CX3_SPI_STATUS_LATCH)) {
		cx3_fail(err, CX3_WRITE_ENABLE_FAILED,
			 "status 0x%02x after write enable; power the machine off and on", value);
		status = cx3_error_address(err, CX3_WRITE_ENABLE_FAILED, address);
	}
	return status;
}

int cx3_flash_differs(struct cx3_flash *flash, uint64_t address, const uint8_t *expected,
		      const uint8_t *found, size_t len_bytes, bool after_write,
		      struct cx3_error *err)
{
	size_t i = 0;
	int status = CX3_OK;

	while (i + 1 < len_bytes && expected[i] == found[i])
		i++;
	if (after_write)
		status = diagnose(flash, address + i, err);
	if (status != CX3_OK)
		return status;
	cx3_fail(err, CX3_VERIFY_FAILED, "%s",
		 after_write ? "still wrong after three rounds: the chip is worn out or disturbed"
			     : "the flash does not hold these bytes");
	cx3_error_values(err, CX3_VERIFY_FAILED, expected[i], found[i]);
	return cx3_error_address(err, CX3_VERIFY_FAILED, address + i);
}
