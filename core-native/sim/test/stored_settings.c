/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "stored_settings.h"

#include <stdlib.h>
#include <string.h>

const struct stored_setting STORED[STORED_COUNT] = {
	{0x11, 0, 1},	{0x12, 1, 1},	{0x12, 2, 1},	{0x10, 1, 2},	{0x10, 2, 2},
	{0x13, 0, 1},	{0x14, 0, 8},	{0x2001, 1, 1}, {0x2001, 2, 1}, {0x2021, 1, 1},
	{0x2021, 2, 1}, {0x2022, 1, 1}, {0x2022, 2, 1}, {0x2010, 1, 1}, {0x2010, 2, 1},
	{0x2020, 1, 1}, {0x2020, 2, 1}, {0x2023, 1, 1}, {0x2023, 2, 1}, {0x2100, 1, 3},
	{0x2100, 2, 3},
};

uint64_t stored_seed(void)
{
	const char *text = getenv("CX3_SEED");

	return text ? strtoull(text, NULL, 0) : 20260727;
}

uint32_t stored_random(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*state >> 33);
}

void stored_read(struct card *card, struct stored_content *out)
{
	memset(out, 0, sizeof(*out));
	for (unsigned i = 0; i < STORED_COUNT; i++)
		out->there[i] = nv_get(card, STORED[i].type, STORED[i].modifier, out->words[i],
				       STORED[i].words) == 0;
}

bool stored_same(const struct stored_content *a, const struct stored_content *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

uint8_t stored_put(struct card *card, unsigned i, const uint32_t *words)
{
	return nv_set(card, STORED[i].type, STORED[i].modifier, words, STORED[i].words);
}

void stored_invent(unsigned i, uint64_t *random, uint32_t words[STORED_WORDS])
{
	memset(words, 0, STORED_WORDS * 4);
	for (unsigned w = 0; w < STORED[i].words; w++)
		words[w] =
			STORED[i].type == 0x13 ? stored_random(random) % 6 : stored_random(random);
}

uint64_t stored_area_at(unsigned home)
{
	return home ? STORED_FLASH_BYTES - STORED_AREA_BYTES
		    : STORED_FLASH_BYTES / 2 - STORED_AREA_BYTES;
}
