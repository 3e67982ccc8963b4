/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* What is said to a chip, one function a kind of command (flash-access 4.3). The gateway lock is
 * held by the caller. */
#ifndef CX3_FLASH_SPI_H
#define CX3_FLASH_SPI_H

#include "flash/session.h"

enum cx3_spi_opcode {
	CX3_SPI_WRITE_STATUS = 0x01,
	CX3_SPI_PROGRAM = 0x02,
	CX3_SPI_READ = 0x03,
	CX3_SPI_WRITE_DISABLE = 0x04,
	CX3_SPI_READ_STATUS1 = 0x05,
	CX3_SPI_WRITE_ENABLE = 0x06,
	CX3_SPI_WRITE_STATUS3 = 0x11,
	CX3_SPI_READ_STATUS3 = 0x15, /* Macronix: configuration register */
	CX3_SPI_ERASE_4K = 0x20,
	CX3_SPI_WRITE_STATUS2 = 0x31,
	CX3_SPI_READ_STATUS2 = 0x35,
	CX3_SPI_WRITE_FUNCTION = 0x42, /* ISSI */
	CX3_SPI_READ_FUNCTION = 0x48,  /* ISSI */
	CX3_SPI_READ_JEDEC_ID = 0x9f,
	CX3_SPI_READ_SIGNATURE = 0xab,
	CX3_SPI_WRITE_NV_CONFIG = 0xb1, /* Micron */
	CX3_SPI_READ_NV_CONFIG = 0xb5,	/* Micron */
	CX3_SPI_ERASE_64K = 0xd8,
};

#define CX3_SPI_STATUS_BUSY  0x01u
#define CX3_SPI_STATUS_LATCH 0x02u

/* Any of the reads without address (9F, AB, 05, 35, 15, 48, B5): 4 bytes, the first in [31:24]. */
int cx3_spi_read_register(struct cx3_flash *flash, unsigned bank, enum cx3_spi_opcode opcode,
			  uint32_t *word, struct cx3_error *err);
int cx3_spi_read_status(struct cx3_flash *flash, unsigned bank, uint8_t *value,
			struct cx3_error *err);

/* 06 and 04. */
int cx3_spi_command(struct cx3_flash *flash, unsigned bank, enum cx3_spi_opcode opcode,
		    struct cx3_error *err);

/*
 * Write enable, then 01, 31, 11, 42 (1 byte) or 01, B1 (2 bytes, the first in value [15:8]), then
 * waits until done. Nothing in a flash session calls it: protection and settings of the chip stay
 * as they are unless somebody asks for exactly that.
 */
int cx3_spi_write_register(struct cx3_flash *flash, unsigned bank, enum cx3_spi_opcode opcode,
			   unsigned len_bytes, uint16_t value, struct cx3_error *err);

/* Whole 16-byte blocks inside one page: each alone, or with chip select held from the first to the
 * last. */
int cx3_spi_read_blocks(struct cx3_flash *flash, unsigned bank, uint32_t address, uint8_t *buffer,
			unsigned blocks, bool held, struct cx3_error *err);

/* Write enable and program of whole blocks inside one page, chip select held; does not wait. */
int cx3_spi_program_blocks(struct cx3_flash *flash, unsigned bank, uint32_t address,
			   const uint8_t *data, unsigned blocks, struct cx3_error *err);
/* Write enable and program of one byte (SST); does not wait. */
int cx3_spi_program_byte(struct cx3_flash *flash, unsigned bank, uint32_t address, uint8_t value,
			 struct cx3_error *err);

/* Write enable and erase (20 or D8) of the unit at address; does not wait. */
int cx3_spi_erase(struct cx3_flash *flash, unsigned bank, enum cx3_spi_opcode opcode,
		  uint32_t address, struct cx3_error *err);

/*
 * Sleeps the typical time, then polls status until not busy; CX3_FLASH_BUSY_TIMEOUT after twice the
 * maximum. address is for the error only.
 */
int cx3_spi_wait_ready(struct cx3_flash *flash, unsigned bank, uint64_t typical_us, uint64_t max_us,
		       uint64_t address, struct cx3_error *err);

#endif
