/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * Flash chips that are known, as const data. Ids, erase units and features: flash-access 5 (source
 * of the stock tool, most rows run). Times: typical and maximum from data sheets, to be checked
 * against the sheet of the exact part.
 */
#ifndef CX3_FLASH_CHIP_H
#define CX3_FLASH_CHIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum cx3_capacity_code { CX3_CAPACITY_LOG2, CX3_CAPACITY_ATMEL, CX3_CAPACITY_SST };

enum cx3_quad_bit { CX3_QUAD_NONE, CX3_QUAD_SR2_BIT1, CX3_QUAD_SR1_BIT6, CX3_QUAD_NV_BIT3_LOW };

/* Where "counted from address 0" stands. NONE = the stock tool knows no protection of this chip. */
enum cx3_bottom_bit {
	CX3_BOTTOM_NONE,
	CX3_BOTTOM_SR1_BIT5,
	CX3_BOTTOM_SR1_BIT6,
	CX3_BOTTOM_SR3_BIT3,
	CX3_BOTTOM_FUNCTION_BIT1,
};

struct cx3_chip_time {
	uint32_t typical_us, max_us;
};

struct cx3_chip {
	const char *name; /* as the stock tool shows it */
	uint8_t vendor, type;
	uint8_t capacity_first,
		capacity_last; /* codes; for Atmel and SST see cx3_chip_size_bytes */
	enum cx3_capacity_code capacity_code;
	uint32_t erase_bytes; /* smallest unit */
	bool erase_64k;	      /* D8 as well as the smallest unit */
	bool byte_program;    /* SST: one byte a command */
	enum cx3_quad_bit quad;
	enum cx3_bottom_bit bottom;
	uint8_t protected_status_mask; /* bits of status 1 that mean protection */
	bool protection_subsectors;    /* status 1 bit 6: count in 4 KiB */
	bool protection_scale_16m;     /* 16 MiB part: sectors = 2^(BP + 1) */
	bool dummy_cycles, drive_strength;
	struct cx3_chip_time program_page, erase_4k, erase_64k_time, write_status;
};

/* A chip is addressed with 3 bytes: of larger ones only this much is used (flash-access 5.2). */
#define CX3_CHIP_MAX_BYTES 0x1000000u

/* id: vendor [31:24], type [23:16], capacity [15:8], as command 9F answers. NULL = not known. */
const struct cx3_chip *cx3_chip_find(uint32_t id);
/* The chip that answers only AB: signature 0x10..0x16 = M25Pxx. NULL = none; *size_bytes gets its
 * size. */
const struct cx3_chip *cx3_chip_find_signature(uint8_t signature, uint64_t *size_bytes);
/* True size of the chip, also above CX3_CHIP_MAX_BYTES. */
uint64_t cx3_chip_size_bytes(const struct cx3_chip *chip, uint32_t id);
/* n-th row, NULL behind the last. For documents and tests. */
const struct cx3_chip *cx3_chip_row(size_t n);

#endif
