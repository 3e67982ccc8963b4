/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* All settings that firmware of a virtual card knows, and what is expected to be stored of them. */
#ifndef CX3_SIM_TEST_STORED_SETTINGS_H
#define CX3_SIM_TEST_STORED_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "firmware.h"

#define STORED_AREA_BYTES  0x10000u
#define STORED_FLASH_BYTES 0x200000u
#define STORED_COUNT	   21
#define STORED_WORDS	   8
/* Status of a setting that is not stored. */
#define STORED_ABSENT 8

struct stored_setting {
	uint32_t type, modifier;
	unsigned words;
};

extern const struct stored_setting STORED[STORED_COUNT];

struct stored_content {
	bool there[STORED_COUNT];
	uint32_t words[STORED_COUNT][STORED_WORDS];
};

/* What random tests begin with: CX3_SEED, or the same each time. */
uint64_t stored_seed(void);
uint32_t stored_random(uint64_t *state);

void stored_read(struct card *card, struct stored_content *out);
bool stored_same(const struct stored_content *a, const struct stored_content *b);
/* Stores setting i of the table; the result is the status of firmware. */
uint8_t stored_put(struct card *card, unsigned i, const uint32_t *words);
/* A value for setting i that differs with each call; a BAR size must be one. */
void stored_invent(unsigned i, uint64_t *random, uint32_t words[STORED_WORDS]);
/* Area 0 and 1, as nv-config 3.2 has them for an image of chunks of half the flash. */
uint64_t stored_area_at(unsigned home);

#endif
