/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "flash/chip.h"

/* clang-format off */
#define K4  0x1000u
#define K64 0x10000u
#define MS(ms) ((ms) * 1000u)

/* BP bits [4:2] of all chips with protection, and by their sheets of the others too. SST has BP3 in bit 5 as well, */
/* Atmel its "some or all sectors protected" in [3:2]. [data sheets] */
#define BP     0x1cu
#define BP_SST 0x3cu
#define SWP_AT 0x0cu

/*                program page          4 KiB                     64 KiB                     write status */
#define TIME_W25Q   {700, 3000},  {MS(45), MS(400)},  {MS(150), MS(2000)}, {MS(10), MS(15)}
#define TIME_W25X   {1500, 3000}, {MS(120), MS(300)}, {MS(1000), MS(2000)}, {MS(10), MS(15)}
#define TIME_M25P   {640, 5000},  {0, 0},             {MS(600), MS(3000)}, {MS(3), MS(15)}
#define TIME_M25PX  {800, 5000},  {MS(70), MS(150)},  {MS(700), MS(3000)}, {1300, MS(15)}
#define TIME_N25Q   {500, 5000},  {MS(250), MS(800)}, {MS(700), MS(3000)}, {1300, MS(3000)}
#define TIME_MX25L  {1400, 5000}, {MS(60), MS(300)},  {MS(700), MS(2000)}, {MS(40), MS(100)}
#define TIME_S25FL1 {700, 3000},  {MS(50), MS(450)},  {MS(500), MS(2000)}, {MS(5), MS(30)}
#define TIME_S25FLP {1500, 3000}, {0, 0},             {MS(500), MS(2000)}, {MS(50), MS(200)}
#define TIME_AT25DF {1000, 3000}, {MS(50), MS(200)},  {MS(400), MS(950)},  {1, MS(1)}
/* a byte, not a page; erases alike */
#define TIME_SST    {7, 10},      {MS(18), MS(25)},   {MS(18), MS(25)},    {MS(1), MS(50)}
/* No sheet at hand: the slowest of the others. [assumed] */
#define TIME_SLOW   {800, 5000},  {MS(70), MS(800)},  {MS(700), MS(3000)}, {MS(10), MS(1000)}

#define LOG2(first, last) first, last, CX3_CAPACITY_LOG2

static const struct cx3_chip chips[] = {
	/* name, vendor, type, capacities, erase unit, 64K too, byte, quad, bottom bit, mask, sub, 16M, dummy, drive, times */
	{"M25PXxx", 0x20, 0x71, LOG2(0x14, 0x18), K4, true, false, CX3_QUAD_NONE, CX3_BOTTOM_NONE,
	 BP, false, false, false, false, TIME_M25PX},
	{"M25Pxx", 0x20, 0x20, LOG2(0x14, 0x18), K64, false, false, CX3_QUAD_NONE, CX3_BOTTOM_NONE,
	 BP, false, false, false, false, TIME_M25P},
	{"N25Q0XX", 0x20, 0xba, LOG2(0x14, 0x18), K4, true, false, CX3_QUAD_NV_BIT3_LOW,
	 CX3_BOTTOM_SR1_BIT5, BP, false, false, true, false, TIME_N25Q},
	{"SST25VFxx", 0xbf, 0x25, 0, 0, CX3_CAPACITY_SST, K64, false, true, CX3_QUAD_NONE,
	 CX3_BOTTOM_NONE, BP_SST, false, false, false, false, TIME_SST},
	{"W25QxxBV", 0xef, 0x40, LOG2(0x14, 0x18), K4, true, false, CX3_QUAD_SR2_BIT1,
	 CX3_BOTTOM_SR1_BIT5, BP, true, false, false, false, TIME_W25Q},
	{"W25Xxx", 0xef, 0x30, LOG2(0x14, 0x18), K4, false, false, CX3_QUAD_NONE, CX3_BOTTOM_NONE,
	 BP, false, false, false, false, TIME_W25X},
	{"W25Qxxx", 0xef, 0x70, LOG2(0x18, 0x18), K4, true, false, CX3_QUAD_SR2_BIT1,
	 CX3_BOTTOM_SR1_BIT5, BP, true, true, false, true, TIME_W25Q},
	/* 32 MiB: used as 16 MiB with erase 20 instead of 21, which would be sent with 3 address bytes. */
	{"W25Qxxx", 0xef, 0x70, LOG2(0x19, 0x19), K4, true, false, CX3_QUAD_SR2_BIT1,
	 CX3_BOTTOM_SR1_BIT6, BP, false, false, false, true, TIME_W25Q},
	{"AT25DFxxx", 0x1f, 0x02, 0, 0, CX3_CAPACITY_ATMEL, K4, false, false, CX3_QUAD_NONE,
	 CX3_BOTTOM_NONE, SWP_AT, false, false, false, false, TIME_AT25DF},
	{"S25FLXXXP", 0x01, 0x02, LOG2(0x14, 0x18), K64, false, false, CX3_QUAD_NONE,
	 CX3_BOTTOM_NONE, BP, false, false, false, false, TIME_S25FLP},
	{"S25FL11xx", 0x01, 0x40, LOG2(0x14, 0x18), K4, true, false, CX3_QUAD_SR2_BIT1,
	 CX3_BOTTOM_SR1_BIT5, BP, true, false, false, false, TIME_S25FL1},
	{"MX25L16xxx", 0xc2, 0x20, LOG2(0x14, 0x18), K4, true, false, CX3_QUAD_SR1_BIT6,
	 CX3_BOTTOM_SR3_BIT3, BP, false, false, false, false, TIME_MX25L},
	{"MX25Lxxx", 0xc2, 0x20, LOG2(0x19, 0x19), K4, true, false, CX3_QUAD_SR1_BIT6,
	 CX3_BOTTOM_SR3_BIT3, BP, false, false, false, false, TIME_MX25L},
	{"S25FLxxx", 0x01, 0x60, LOG2(0x18, 0x18), K4, true, false, CX3_QUAD_SR2_BIT1,
	 CX3_BOTTOM_SR1_BIT5, BP, true, true, false, false, TIME_SLOW},
	{"IS25LPxxx", 0x9d, 0x60, LOG2(0x14, 0x18), K4, true, false, CX3_QUAD_SR1_BIT6,
	 CX3_BOTTOM_FUNCTION_BIT1, BP, false, false, false, false, TIME_SLOW},
	{"IS25WPxxx", 0x9d, 0x60, LOG2(0x19, 0x19), K4, true, false, CX3_QUAD_SR1_BIT6,
	 CX3_BOTTOM_FUNCTION_BIT1, BP, true, false, true, false, TIME_SLOW},
	{"MX25Uxxx", 0xc2, 0x25, LOG2(0x19, 0x19), K4, true, false, CX3_QUAD_SR1_BIT6,
	 CX3_BOTTOM_SR3_BIT3, BP, false, false, false, false, TIME_SLOW},
	/* Places of quad enable and bottom bit: data sheet family, not in the stock tool's pages. [assumed] */
	{"GD25LBxxx", 0xc8, 0x40, LOG2(0x18, 0x19), K4, true, false, CX3_QUAD_SR2_BIT1,
	 CX3_BOTTOM_SR1_BIT5, BP, true, false, true, false, TIME_SLOW},
};
/* clang-format on */

#define CHIP_COUNT (sizeof(chips) / sizeof(chips[0]))

#define VENDOR_ATMEL 0x1fu
#define M25P_ROW 1

uint64_t cx3_chip_size_bytes(const struct cx3_chip *chip, uint32_t id)
{
	uint8_t type = (uint8_t)(id >> 16 & 0xff), capacity = (uint8_t)(id >> 8 & 0xff);

	switch (chip->capacity_code) {
	case CX3_CAPACITY_LOG2:
		if (capacity < chip->capacity_first || capacity > chip->capacity_last)
			return 0;
		return UINT64_C(1) << capacity;
	case CX3_CAPACITY_ATMEL:
		/* density code 4, 5, 6, 7 = 2^19 .. 2^22 */
		if ((type & 0x1f) < 4 || (type & 0x1f) > 7)
			return 0;
		return UINT64_C(1) << ((type & 0x1f) + 15);
	case CX3_CAPACITY_SST:
		switch (capacity) {
		case 0x41:
			return UINT64_C(1) << 21;
		case 0x4a:
			return UINT64_C(1) << 22;
		case 0x8d:
			return UINT64_C(1) << 19;
		case 0x8e:
			return UINT64_C(1) << 20;
		default:
			return 0;
		}
	}
	return 0;
}

const struct cx3_chip *cx3_chip_find(uint32_t id)
{
	uint8_t vendor = (uint8_t)(id >> 24), type = (uint8_t)(id >> 16 & 0xff);
	size_t i;

	if (vendor == VENDOR_ATMEL)
		type >>= 5;
	for (i = 0; i < CHIP_COUNT; i++) {
		if (chips[i].vendor == vendor && chips[i].type == type &&
		    cx3_chip_size_bytes(&chips[i], id) != 0)
			return &chips[i];
	}
	return NULL;
}

const struct cx3_chip *cx3_chip_find_signature(uint8_t signature, uint64_t *size_bytes)
{
	if (signature < 0x10 || signature > 0x16)
		return NULL;
	*size_bytes = UINT64_C(1) << (signature + 1);
	return &chips[M25P_ROW];
}

const struct cx3_chip *cx3_chip_row(size_t n)
{
	return n < CHIP_COUNT ? &chips[n] : NULL;
}
