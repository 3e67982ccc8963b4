/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * Ids, erase units and features: table of flash-access 5.2, as narrow as the stock tool's (a real
 * part may know more opcodes). Times: flash-access 8.2 [datasheet, typical values]; families
 * without a row there take the row of a close relative.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "chips.h"
#include "cx3/sim.h"

#define MS(n) ((n)*1000u)

#define BOTH (SIM_CHIP_ERASE_4K | SIM_CHIP_ERASE_64K)
#define WINBOND                                                                                    \
	(BOTH | SIM_CHIP_STATUS2 | SIM_CHIP_STATUS_PAIR | SIM_CHIP_SUBSECTORS | SIM_CHIP_TB_BIT5)
#define WINBOND_BV (WINBOND | SIM_CHIP_CLEARS_PAIR)
/* 32 MiB: four protection bits, and the end they count from moves up by one. */
#define WINBOND_256                                                                                \
	(BOTH | SIM_CHIP_STATUS2 | SIM_CHIP_STATUS_PAIR | SIM_CHIP_STATUS3 | SIM_CHIP_TB_BIT6 |    \
	 SIM_CHIP_BP4 | SIM_CHIP_ERASE_4K_LONG)
#define MICRON_N25Q (BOTH | SIM_CHIP_NV_CONFIG | SIM_CHIP_TB_BIT5)
#define MACRONIX    (BOTH | SIM_CHIP_CONFIG_15 | SIM_CHIP_TB_CONFIG | SIM_CHIP_BP4)
#define ISSI	    (BOTH | SIM_CHIP_FUNCTION_48 | SIM_CHIP_TB_FUNCTION | SIM_CHIP_BP4)

/* clang-format off */
/* page or byte program, 4 KiB erase, 64 KiB erase, status write: typical and maximum each */
#define TIMES_W25Q {700, 3000}, {MS(45), MS(400)}, {MS(150), MS(2000)}, {MS(10), MS(15)}
#define TIMES_W25X {1500, 3000}, {MS(120), MS(300)}, {MS(1000), MS(2000)}, {MS(10), MS(15)}
#define TIMES_M25P {640, 5000}, {0, 0}, {MS(600), MS(3000)}, {1300, MS(15)}
#define TIMES_M25PX {800, 5000}, {MS(70), MS(150)}, {MS(700), MS(3000)}, {1300, MS(15)}
#define TIMES_N25Q {500, 5000}, {MS(250), MS(800)}, {MS(700), MS(3000)}, {1300, MS(8)}
#define TIMES_MX25L {1400, 5000}, {MS(60), MS(300)}, {MS(700), MS(2000)}, {MS(40), MS(100)}
#define TIMES_S25FL1 {700, 3000}, {MS(50), MS(450)}, {MS(500), MS(2000)}, {MS(5), MS(30)}
#define TIMES_S25FLP {1500, 3000}, {0, 0}, {MS(500), MS(2000)}, {MS(50), MS(200)}
#define TIMES_AT25DF {1000, 3000}, {MS(50), MS(200)}, {MS(400), MS(950)}, {1, 1}
#define TIMES_SST25VF {7, 10}, {MS(18), MS(25)}, {MS(18), MS(25)}, {1, 1}

static const struct sim_chip CHIPS[] = {
	/* name        flags        id                        AB    log2 wr    up    times */
	{"W25Q80BV",   WINBOND_BV,  {0xef, 0x40, 0x14, 0x00}, 0x13, 20, 0xfc, 0x00, TIMES_W25Q},
	{"W25Q16BV",   WINBOND_BV,  {0xef, 0x40, 0x15, 0x00}, 0x14, 21, 0xfc, 0x00, TIMES_W25Q},
	{"W25Q32BV",   WINBOND_BV,  {0xef, 0x40, 0x16, 0x00}, 0x15, 22, 0xfc, 0x00, TIMES_W25Q},
	{"W25Q64BV",   WINBOND_BV,  {0xef, 0x40, 0x17, 0x00}, 0x16, 23, 0xfc, 0x00, TIMES_W25Q},
	{"W25Q128BV",  WINBOND_BV,  {0xef, 0x40, 0x18, 0x00}, 0x17, 24, 0xfc, 0x00, TIMES_W25Q},
	{"W25X16",     SIM_CHIP_ERASE_4K | SIM_CHIP_TB_BIT5,
	                            {0xef, 0x30, 0x15, 0x00}, 0x14, 21, 0xbc, 0x00, TIMES_W25X},
	{"W25X32",     SIM_CHIP_ERASE_4K | SIM_CHIP_TB_BIT5,
	                            {0xef, 0x30, 0x16, 0x00}, 0x15, 22, 0xbc, 0x00, TIMES_W25X},
	{"W25Q128JV",  WINBOND | SIM_CHIP_STATUS3 | SIM_CHIP_SCALE_4,
	                            {0xef, 0x70, 0x18, 0x00}, 0x17, 24, 0xfc, 0x00, TIMES_W25Q},
	{"W25Q256JV",  WINBOND_256,
	                            {0xef, 0x70, 0x19, 0x00}, 0x18, 25, 0xfc, 0x00, TIMES_W25Q},
	{"M25P80",     SIM_CHIP_ERASE_64K,
	                            {0x20, 0x20, 0x14, 0x10}, 0x13, 20, 0x9c, 0x00, TIMES_M25P},
	{"M25P16",     SIM_CHIP_ERASE_64K,
	                            {0x20, 0x20, 0x15, 0x10}, 0x14, 21, 0x9c, 0x00, TIMES_M25P},
	{"M25P32",     SIM_CHIP_ERASE_64K,
	                            {0x20, 0x20, 0x16, 0x10}, 0x15, 22, 0x9c, 0x00, TIMES_M25P},
	{"M25P16-NOID", SIM_CHIP_ERASE_64K | SIM_CHIP_NO_ID,
	                            {0xff, 0xff, 0xff, 0xff}, 0x14, 21, 0x9c, 0x00, TIMES_M25P},
	{"M25PX16",    BOTH | SIM_CHIP_TB_BIT5,
	                            {0x20, 0x71, 0x15, 0x10}, 0xff, 21, 0xbc, 0x00, TIMES_M25PX},
	{"M25PX32",    BOTH | SIM_CHIP_TB_BIT5,
	                            {0x20, 0x71, 0x16, 0x10}, 0xff, 22, 0xbc, 0x00, TIMES_M25PX},
	{"N25Q032",    MICRON_N25Q, {0x20, 0xba, 0x16, 0x10}, 0xff, 22, 0xbc, 0x00, TIMES_N25Q},
	{"N25Q064",    MICRON_N25Q, {0x20, 0xba, 0x17, 0x10}, 0xff, 23, 0xbc, 0x00, TIMES_N25Q},
	{"N25Q128",    MICRON_N25Q, {0x20, 0xba, 0x18, 0x10}, 0xff, 24, 0xbc, 0x00, TIMES_N25Q},
	{"SST25VF016B", SIM_CHIP_ERASE_64K | SIM_CHIP_BYTE_PROGRAM | SIM_CHIP_BP4,
	                            {0xbf, 0x25, 0x41, 0x00}, 0x41, 21, 0xbc, 0x3c, TIMES_SST25VF},
	{"SST25VF032B", SIM_CHIP_ERASE_64K | SIM_CHIP_BYTE_PROGRAM | SIM_CHIP_BP4,
	                            {0xbf, 0x25, 0x4a, 0x00}, 0x4a, 22, 0xbc, 0x3c, TIMES_SST25VF},
	{"AT25DF161",  SIM_CHIP_ERASE_4K | SIM_CHIP_PROTECT_ALL,
	                            {0x1f, 0x46, 0x02, 0x00}, 0xff, 21, 0xbc, 0x1c, TIMES_AT25DF},
	{"AT25DF321",  SIM_CHIP_ERASE_4K | SIM_CHIP_PROTECT_ALL,
	                            {0x1f, 0x47, 0x00, 0x00}, 0xff, 22, 0xbc, 0x1c, TIMES_AT25DF},
	{"S25FL032P",  SIM_CHIP_ERASE_64K,
	                            {0x01, 0x02, 0x16, 0x4d}, 0x15, 22, 0x9c, 0x00, TIMES_S25FLP},
	{"S25FL116K",  WINBOND | SIM_CHIP_STATUS3,
	                            {0x01, 0x40, 0x15, 0x00}, 0x14, 21, 0xfc, 0x00, TIMES_S25FL1},
	{"S25FL132K",  WINBOND | SIM_CHIP_STATUS3,
	                            {0x01, 0x40, 0x16, 0x00}, 0x15, 22, 0xfc, 0x00, TIMES_S25FL1},
	{"S25FL128L",  WINBOND | SIM_CHIP_STATUS3 | SIM_CHIP_SCALE_4,
	                            {0x01, 0x60, 0x18, 0x00}, 0x17, 24, 0xfc, 0x00, TIMES_S25FL1},
	{"MX25L1606E", MACRONIX,    {0xc2, 0x20, 0x15, 0x00}, 0x14, 21, 0xfc, 0x00, TIMES_MX25L},
	{"MX25L3206E", MACRONIX,    {0xc2, 0x20, 0x16, 0x00}, 0x15, 22, 0xfc, 0x00, TIMES_MX25L},
	{"MX25L25635", MACRONIX | SIM_CHIP_ERASE_4K_LONG,
	                            {0xc2, 0x20, 0x19, 0x00}, 0x18, 25, 0xfc, 0x00, TIMES_MX25L},
	{"MX25U25635", MACRONIX | SIM_CHIP_ERASE_4K_LONG,
	                            {0xc2, 0x25, 0x19, 0x00}, 0x18, 25, 0xfc, 0x00, TIMES_MX25L},
	{"IS25LP016",  ISSI,        {0x9d, 0x60, 0x15, 0x00}, 0x14, 21, 0xfc, 0x00, TIMES_S25FL1},
	{"IS25LP032",  ISSI,        {0x9d, 0x60, 0x16, 0x00}, 0x15, 22, 0xfc, 0x00, TIMES_S25FL1},
	{"IS25WP256",  ISSI | SIM_CHIP_ERASE_4K_LONG,
	                            {0x9d, 0x60, 0x19, 0x00}, 0x18, 25, 0xfc, 0x00, TIMES_S25FL1},
	{"GD25LB128",  WINBOND,     {0xc8, 0x40, 0x18, 0x00}, 0x17, 24, 0xfc, 0x00, TIMES_W25Q},
	{"GD25LB256",  WINBOND | SIM_CHIP_ERASE_4K_LONG,
	                            {0xc8, 0x40, 0x19, 0x00}, 0x18, 25, 0xfc, 0x00, TIMES_W25Q},
};
/* clang-format on */

#define CHIP_COUNT (sizeof(CHIPS) / sizeof(CHIPS[0]))

const struct sim_chip *sim_chip_find(const char *name)
{
	for (size_t i = 0; i < CHIP_COUNT; i++) {
		if (!strcmp(CHIPS[i].name, name))
			return &CHIPS[i];
	}
	return NULL;
}

#define VENDOR_ATMEL 0x1fu

static bool same_family(const struct sim_chip *a, const struct sim_chip *b)
{
	/* Atmel has the size in the low bits of the type. */
	uint8_t type_mask = a->id[0] == VENDOR_ATMEL ? 0xe0 : 0xff;

	return !(a->flags & SIM_CHIP_NO_ID) && a->id[0] == b->id[0] &&
	       ((a->id[1] ^ b->id[1]) & type_mask) == 0;
}

const struct sim_chip *sim_chip_sibling(const struct sim_chip *chip, uint32_t size_bytes)
{
	if (size_bytes == 1u << chip->size_log2)
		return chip;
	for (size_t i = 0; i < CHIP_COUNT; i++) {
		if (same_family(&CHIPS[i], chip) && size_bytes == 1u << CHIPS[i].size_log2)
			return &CHIPS[i];
	}
	return NULL;
}

void sim_chip_list_sizes(const struct sim_chip *chip, char *text, size_t room_bytes)
{
	size_t used = 0;

	text[0] = '\0';
	for (size_t i = 0; i < CHIP_COUNT && used < room_bytes; i++) {
		if (same_family(&CHIPS[i], chip))
			used += (size_t)snprintf(text + used, room_bytes - used, "%s0x%x",
						 used ? ", " : "", 1u << CHIPS[i].size_log2);
	}
}

/* In order of the table; a test compares both. */
static const char *const NAMES[] = {
	"W25Q80BV",    "W25Q16BV",    "W25Q32BV",   "W25Q64BV",	  "W25Q128BV",	"W25X16",
	"W25X32",      "W25Q128JV",   "W25Q256JV",  "M25P80",	  "M25P16",	"M25P32",
	"M25P16-NOID", "M25PX16",     "M25PX32",    "N25Q032",	  "N25Q064",	"N25Q128",
	"SST25VF016B", "SST25VF032B", "AT25DF161",  "AT25DF321",  "S25FL032P",	"S25FL116K",
	"S25FL132K",   "S25FL128L",   "MX25L1606E", "MX25L3206E", "MX25L25635", "MX25U25635",
	"IS25LP016",   "IS25LP032",   "IS25WP256",  "GD25LB128",  "GD25LB256",	NULL,
};

_Static_assert(sizeof(NAMES) / sizeof(NAMES[0]) == CHIP_COUNT + 1, "a name for each chip");

const char *const *cx3_sim_chip_names(void)
{
	return NAMES;
}
