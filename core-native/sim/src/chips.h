/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* The simulator's own chip data. It shares nothing with the driver's table, so that an error in
 * either one shows. */
#ifndef CX3_SIM_CHIPS_H
#define CX3_SIM_CHIPS_H

#include <stddef.h>
#include <stdint.h>

enum sim_chip_flags {
	SIM_CHIP_NO_ID = 1u << 0,	  /* answers AB only, not 9F */
	SIM_CHIP_ERASE_4K = 1u << 1,	  /* opcode 20 */
	SIM_CHIP_ERASE_64K = 1u << 2,	  /* opcode d8 */
	SIM_CHIP_ERASE_4K_LONG = 1u << 3, /* opcode 21, four address bytes */
	SIM_CHIP_BYTE_PROGRAM = 1u << 4,
	SIM_CHIP_STATUS2 = 1u << 5,	 /* opcodes 35 and 31 */
	SIM_CHIP_STATUS3 = 1u << 6,	 /* opcodes 15 and 11 */
	SIM_CHIP_STATUS_PAIR = 1u << 7,	 /* 01 takes status 1 and 2 */
	SIM_CHIP_CLEARS_PAIR = 1u << 8,	 /* 01 with one byte zeroes status 2 */
	SIM_CHIP_CONFIG_15 = 1u << 9,	 /* Macronix: 15 reads what 01 writes as second byte */
	SIM_CHIP_FUNCTION_48 = 1u << 10, /* ISSI: 48 reads, 42 writes, bits only rise */
	SIM_CHIP_NV_CONFIG = 1u << 11,	 /* Micron: b5 and b1 */
	SIM_CHIP_PROTECT_ALL = 1u << 12, /* Atmel: any protection bit protects everything */
	SIM_CHIP_SUBSECTORS = 1u << 13,	 /* status 1 bit 6 counts in 4 KiB */
	SIM_CHIP_TB_BIT5 = 1u << 14,	 /* status 1 bit 5: protect from address 0 */
	SIM_CHIP_TB_BIT6 = 1u << 15,	 /* the same in bit 6 (32 MiB parts) */
	SIM_CHIP_TB_CONFIG = 1u << 16,	 /* the same in configuration bit 3, one-time */
	SIM_CHIP_TB_FUNCTION = 1u << 17, /* the same in function bit 1, one-time */
	SIM_CHIP_SCALE_4 = 1u << 18,	 /* protected sectors count four-fold */
	SIM_CHIP_BP4 = 1u << 19,	 /* four protection bits [5:2] */
};

struct sim_chip {
	const char *name;
	uint32_t flags;
	uint8_t id[4];	   /* answer to 9F, in order of the wire */
	uint8_t signature; /* answer to AB, 0xff = none */
	uint8_t size_log2;
	uint8_t writable_status; /* bits of status 1 that 01 changes */
	uint8_t power_up_status; /* of parts that start protected */
	/* typical, maximum */
	uint32_t program_us[2]; /* a whole page; one byte for parts with byte program */
	uint32_t erase_4k_us[2];
	uint32_t erase_64k_us[2];
	uint32_t status_us[2];
};

/* NULL when there is none of that name. */
const struct sim_chip *sim_chip_find(const char *name);

/* The chip of that size in the family of the given one (same maker and type), NULL when there is
 * none. */
const struct sim_chip *sim_chip_sibling(const struct sim_chip *chip, uint32_t size_bytes);
/* "0x100000, 0x200000": the sizes that sim_chip_sibling knows, cut at room_bytes. */
void sim_chip_list_sizes(const struct sim_chip *chip, char *text, size_t room_bytes);

#endif
