/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "crc.h"

/*
 * The augmented register, one byte at a time: the eight bits that leave on top come back as the
 * polynomial's share. The share is worked out from the polynomial (x^12 + x^3 + x + 1) instead of a
 * table; bits that fall out of it again (only those of x^12) are folded once more.
 */
static uint16_t shift_byte(uint16_t crc, uint8_t in)
{
	uint32_t out = crc >> 8;
	uint32_t share = out << 12 ^ out << 3 ^ out << 1 ^ out;
	uint32_t again = share >> 16;

	share ^= again << 12 ^ again << 3 ^ again << 1 ^ again;
	return (uint16_t)((uint32_t)crc << 8 ^ in ^ share);
}

uint16_t sim_crc_word(uint16_t crc, uint32_t word)
{
	crc = shift_byte(crc, (uint8_t)(word >> 24));
	crc = shift_byte(crc, (uint8_t)(word >> 16));
	crc = shift_byte(crc, (uint8_t)(word >> 8));
	return shift_byte(crc, (uint8_t)word);
}

uint16_t sim_crc_end(uint16_t crc)
{
	return shift_byte(shift_byte(crc, 0), 0) ^ 0xffffu;
}

uint32_t sim_crc32(const uint8_t *data, size_t len_bytes)
{
	uint32_t crc = 0xffffffffu;

	for (size_t i = 0; i < len_bytes; i++) {
		crc ^= data[i];
		for (unsigned bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
	}
	return ~crc;
}
