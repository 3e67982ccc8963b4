/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * Does to a virtual card what the stock tool does in a failsafe burn and in the reading of an image
 * (flash-access 4.4, 4.5 and 11), so that its accesses and their time can be measured beside ours.
 * It replays a pattern of accesses; it judges no image. The counts are the card's; only the status
 * reads that found the chip busy are told here, since the published counts are without them.
 *
 *   stock-replay CARD burn IMAGE CHUNK OLD NEW
 *   stock-replay CARD read BYTES CHUNK START
 *
 * OLD, NEW and START are flash addresses of images, CHUNK is the size of the stripes in which the
 * flash holds two images by turns.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stock_card.h"

#define UNIT_BYTES	   4096u /* handed down in one piece at most */
#define MAX_IMAGE_BYTES	   0x1000000u
#define BURN_HEADER_BLOCKS 162u /* read of the old image before the first write */
#define READ_HEADER_BLOCKS 96u	/* the walk over the section headers */
#define NOTHING_ERASED	   UINT32_MAX

struct image {
	uint8_t *bytes;
	uint32_t len_bytes;    /* whole blocks */
	uint32_t chunk, start; /* where it goes */
	uint32_t erased;       /* the sector that was erased last */
};

static uint32_t flash_address(const struct image *image, uint32_t offset)
{
	return image->start + offset / image->chunk * 2 * image->chunk + offset % image->chunk;
}

static uint32_t number(const char *word)
{
	char *end;
	unsigned long value;

	errno = 0;
	value = strtoul(word, &end, 0);
	if (errno || *end || end == word || value >= MAX_IMAGE_BYTES)
		stock_die("not a number below 16 Mi: %s", word);
	return (uint32_t)value;
}

static void load(struct image *image, const char *path)
{
	FILE *file = fopen(path, "rb");
	size_t len;

	image->bytes = malloc(MAX_IMAGE_BYTES);
	if (!file || !image->bytes)
		stock_die("%s: %s", path, strerror(errno));
	memset(image->bytes, 0xff, MAX_IMAGE_BYTES);
	len = fread(image->bytes, 1, MAX_IMAGE_BYTES, file);
	if (ferror(file) || len == 0 || len == MAX_IMAGE_BYTES)
		stock_die("%s cannot be read, or is empty or too large", path);
	fclose(file);
	image->len_bytes = ((uint32_t)len + STOCK_BLOCK_BYTES - 1) & ~(STOCK_BLOCK_BYTES - 1);
}

static bool is_blank(const uint8_t *data, uint32_t len_bytes)
{
	for (uint32_t i = 0; i < len_bytes; i++) {
		if (data[i] != 0xff)
			return false;
	}
	return true;
}

static void verify(struct stock_card *card, uint32_t address, const uint8_t *data,
		   uint32_t len_bytes)
{
	uint8_t block[STOCK_BLOCK_BYTES];

	for (uint32_t done = 0; done < len_bytes; done += STOCK_BLOCK_BYTES) {
		stock_read_block(card, address + done, block);
		if (memcmp(block, data + done, STOCK_BLOCK_BYTES))
			stock_die("the flash differs at 0x%x", address + done);
	}
}

/* One piece inside of one erase unit: page by page, blank ones left out. */
static void write_piece(struct stock_card *card, struct image *image, uint32_t offset,
			uint32_t len_bytes)
{
	uint32_t address = flash_address(image, offset);
	const uint8_t *data = image->bytes + offset;
	uint32_t page;

	if (address / STOCK_SECTOR_BYTES != image->erased) {
		image->erased = address / STOCK_SECTOR_BYTES;
		stock_erase_sector(card, address);
	}
	for (; len_bytes; address += page, data += page, len_bytes -= page) {
		page = STOCK_PAGE_BYTES - address % STOCK_PAGE_BYTES;
		if (page > len_bytes)
			page = len_bytes;
		if (is_blank(data, page))
			continue;
		stock_program(card, address, data, page / STOCK_BLOCK_BYTES);
		verify(card, address, data, page);
	}
}

static uint32_t smaller(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

/*
 * The units start behind the signature and so lie across pages and sectors: one of 4 KiB takes 17
 * programs.
 */
static void write_body(struct stock_card *card, struct image *image)
{
	uint32_t offset = STOCK_BLOCK_BYTES, unit, piece;

	while (offset < image->len_bytes) {
		unit = smaller(UNIT_BYTES, image->len_bytes - offset);
		for (; unit; offset += piece, unit -= piece) {
			piece = smaller(unit, STOCK_SECTOR_BYTES - offset % STOCK_SECTOR_BYTES);
			write_piece(card, image, offset, piece);
		}
	}
}

static void read_image(struct stock_card *card, const struct image *image, uint32_t len_bytes)
{
	uint8_t block[STOCK_BLOCK_BYTES];

	for (uint32_t offset = 0; offset < len_bytes; offset += STOCK_BLOCK_BYTES)
		stock_read_block(card, flash_address(image, offset), block);
}

/* Which header blocks the tool reads is not published, only how many: they cost the same
 * everywhere. */
static void read_headers(struct stock_card *card, const struct image *image, uint32_t blocks)
{
	read_image(card, image, blocks * STOCK_BLOCK_BYTES);
}

static void burn(struct stock_card *card, struct image *image, uint32_t old_start)
{
	uint8_t no_signature[STOCK_BLOCK_BYTES], block[STOCK_BLOCK_BYTES];
	struct image old = *image;

	old.start = old_start;
	read_headers(card, &old, BURN_HEADER_BLOCKS);
	stock_read_running_version(card);
	stock_keep_gateway(card);
	write_body(card, image);
	stock_program(card, image->start, image->bytes, 1);
	verify(card, image->start, image->bytes, STOCK_BLOCK_BYTES);
	stock_set_boot_address(card, image->start);
	memset(no_signature, 0xff, sizeof(no_signature));
	memset(no_signature, 0, 4);
	stock_program(card, old_start, no_signature, 1);
	stock_read_block(card, old_start, block);
	if (memcmp(block, no_signature, 4))
		stock_die("the old signature is still there");
}

int main(int argc, char **argv)
{
	struct image image = {.erased = NOTHING_ERASED};
	struct stock_card card;
	bool burns = argc == 7 && !strcmp(argv[2], "burn");

	if (!burns && !(argc == 6 && !strcmp(argv[2], "read")))
		stock_die("CARD burn IMAGE CHUNK OLD NEW, or CARD read BYTES CHUNK START");
	image.chunk = number(argv[4]);
	if (image.chunk == 0 || image.chunk % STOCK_SECTOR_BYTES)
		stock_die("a chunk is made of sectors");
	image.start = number(argv[burns ? 6 : 5]);
	if (burns)
		load(&image, argv[3]);
	stock_open(&card, argv[1]);
	if (burns) {
		burn(&card, &image, number(argv[5]));
	} else {
		read_headers(&card, &image, READ_HEADER_BLOCKS);
		read_image(&card, &image, number(argv[3]));
	}
	stock_close(&card);
	printf("busy-polls %llu\n", (unsigned long long)card.busy_polls);
	free(image.bytes);
	return 0;
}
