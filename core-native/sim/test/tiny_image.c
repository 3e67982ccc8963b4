/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "tiny_image.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put(uint8_t *p, uint32_t value)
{
	p[0] = (uint8_t)(value >> 24);
	p[1] = (uint8_t)(value >> 16);
	p[2] = (uint8_t)(value >> 8);
	p[3] = (uint8_t)value;
}

uint32_t tiny_word(const struct tiny_image *image, uint32_t at)
{
	const uint8_t *p = &image->bytes[at];

	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

void tiny_set_word(struct tiny_image *image, uint32_t at, uint32_t value)
{
	put(&image->bytes[at], value);
}

/* Bit by bit, the augmented form of fs2-image 2.1. */
uint16_t tiny_crc16(const uint8_t *bytes, uint32_t len_bytes)
{
	uint32_t crc = 0xffff;

	for (uint32_t i = 0; i < (len_bytes + 2) * 8; i++) {
		uint32_t bit = i / 8 < len_bytes ? bytes[i / 8] >> (7 - i % 8) & 1u : 0;

		crc = crc << 1 | bit;
		if (crc & 0x10000)
			crc ^= 0x1100b;
	}
	return (uint16_t)(crc ^ 0xffff);
}

void tiny_crc(struct tiny_image *image, uint32_t from, uint32_t len_bytes)
{
	tiny_set_word(image, from + len_bytes, tiny_crc16(&image->bytes[from], len_bytes));
}

static void add(struct tiny_image *image, uint32_t value)
{
	if (image->len_bytes + 4 > TINY_MAX_BYTES) {
		printf("tiny image: too big\n");
		exit(1);
	}
	tiny_set_word(image, image->len_bytes, value);
	image->len_bytes += 4;
}

static void add_boot2(struct tiny_image *image)
{
	uint32_t start = image->len_bytes;

	add(image, 0x00100040);
	add(image, 8);
	for (uint32_t i = 0; i < 9; i++)
		add(image, 0xb0070000 + i);
	add(image, 0);
	tiny_crc(image, start, 11 * 4);
}

static void begin_section(struct tiny_image *image, uint32_t type)
{
	image->section[image->sections++] = image->len_bytes;
	add(image, type);
	add(image, 0);
	add(image, 0);
	add(image, 0);
}

static void end_section(struct tiny_image *image, bool last)
{
	uint32_t start = image->section[image->sections - 1];
	uint32_t payload = image->len_bytes - start - 16;

	tiny_set_word(image, start + 4, payload / 4);
	tiny_set_word(image, start + 12, last ? 0xff000000u : image->len_bytes + 4);
	add(image, 0);
	tiny_crc(image, start, payload + 16);
}

static void add_guids(struct tiny_image *image, bool blank)
{
	begin_section(image, 6);
	tiny_set_word(image, 0x34, image->len_bytes);
	for (uint32_t i = 0; i < 6; i++) {
		add(image, blank ? 0xffffffff : 0x0002c903);
		add(image, blank ? 0xffffffff : 0x00ffff00 + i);
	}
	end_section(image, false);
	if (blank)
		tiny_set_word(image, image->len_bytes - 4, 0xffff);
}

static void add_tag(struct tiny_image *image, uint32_t id, uint32_t first, uint32_t second)
{
	add(image, id << 24 | 8);
	add(image, first);
	add(image, second);
}

static void add_info(struct tiny_image *image, const struct tiny_options *options)
{
	uint32_t pointer, sum;

	begin_section(image, 10);
	pointer = image->len_bytes;
	sum = (pointer >> 16) + (pointer >> 8) + pointer;
	tiny_set_word(image, 0x2c, pointer | (0x100 - (sum & 0xff)) << 24);
	add_tag(image, 1, (uint32_t)options->major << 16,
		(uint32_t)options->minor << 16 | options->subminor);
	add_tag(image, 2, 0x00123456, 0x20160106);
	if (options->hw_id) {
		add(image, 10u << 24 | 4);
		add(image, options->hw_id);
	}
	if (options->full_crc)
		add_tag(image, 11, 2u << 16, 0);
	if (options->config_sectors) {
		add(image, 19u << 24 | 12);
		add(image, options->config_sectors);
		add(image, options->config_pad);
		add(image, options->config_sector_log2_kib);
	}
	add(image, 255u << 24);
	end_section(image, false);
}

void tiny_seal(struct tiny_image *image)
{
	image->bytes[0x22] = 0xff;
	image->bytes[0x23] = 0xff;
	tiny_set_word(image, 0x20, tiny_crc16(image->bytes, image->len_bytes));
}

void tiny_make(struct tiny_image *image, const struct tiny_options *options)
{
	uint32_t failsafe = 0;
	uint32_t first_words[14] = {0x4d544657, 0x8cdfd000, 0xdead9270, 0x4154beef};

	memset(image, 0, sizeof(*image));
	image->failsafe = options->failsafe;
	image->chunk_log2 = options->chunk_log2;
	if (options->failsafe)
		failsafe = 8 | (options->chunk_log2 - 16);
	first_words[10] = failsafe | ((0x100 - failsafe) & 0xff) << 24;
	for (unsigned i = 0; i < 14; i++)
		add(image, first_words[i]);
	add_boot2(image);
	if (options->second_boot2)
		add_boot2(image);
	add_guids(image, options->blank_guids);
	add_info(image, options);
	begin_section(image, 1);
	for (uint32_t i = 0; i < options->ddr_bytes; i += 4)
		add(image, i * 0x01000193u);
	end_section(image, false);
	begin_section(image, 9);
	add(image, 0x78da0000);
	end_section(image, true);
	tiny_set_word(image, 0x30, image->len_bytes);
	if (options->full_crc)
		tiny_seal(image);
}

void tiny_store(struct cx3_sim *sim, const struct tiny_image *image, unsigned slot)
{
	uint32_t piece = image->failsafe ? 1u << image->chunk_log2 : TINY_MAX_BYTES;
	struct cx3_error err;

	for (uint32_t at = 0; at < image->len_bytes; at += piece) {
		uint32_t len = image->len_bytes - at < piece ? image->len_bytes - at : piece;
		uint64_t address =
			image->failsafe ? (uint64_t)(2 * (at / piece) + slot) * piece : at;

		if (cx3_sim_poke(sim, address, &image->bytes[at], len, &err)) {
			printf("tiny image: %s\n", err.what);
			exit(1);
		}
	}
}
