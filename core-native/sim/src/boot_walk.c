/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * Walks one image as fs2-image 1 to 4 has it and believes nothing: every address is checked before
 * it is read, and the chain must ascend, so the walk ends. Whether a real card's boot code checks
 * as much is unknown.
 */
#include "boot_walk.h"

#include <string.h>

#include "card.h"
#include "crc.h"

#define HEADER_WORDS	14u
#define HEADER_CRC_WORD 0x20u
#define HEADER_FAILSAFE 0x28u
#define HEADER_INFO	0x2cu
#define BOOT2_START	0x38u
#define BOOT2_MIN_WORDS 4u
#define BOOT2_MAX_WORDS 1048576u
#define FAILSAFE_BIT	0x8u
#define CHUNK_LOG2_BASE 16u

#define SECTION_HEAD_BYTES 16u
#define SECTION_MAX_BYTES  0x400000u
#define SECTION_LAST	   0xff000000u
#define TYPE_EMT	   4u
#define TYPE_GUID	   6u
#define TYPE_INFO	   10u
#define TYPE_LAST_KNOWN	   12u
#define BLANK_CRC	   0xffffu

#define TAG_VERSION  1u
#define TAG_TIME     2u
#define TAG_HARDWARE 10u
#define TAG_MIC	     11u
#define TAG_CONFIG   19u
#define TAG_END	     255u

/* Of the config area when the image does not tell (nv-config 3.1). */
#define CONFIG_SECTOR_LOG2_KIB	   6u
#define CONFIG_SECTOR_MAX_LOG2_KIB 20u

static const uint32_t MAGIC[4] = {0x4d544657, 0x8cdfd000, 0xdead9270, 0x4154beef};

struct walk {
	const struct cx3_sim *sim;
	uint64_t size_bytes; /* of the flash */
	uint64_t start;
	bool failsafe;
	unsigned chunk_log2;
	bool off_the_end;
	uint16_t full_crc;
	bool has_mic;
	bool wrong_hardware;
	struct sim_image_facts *facts;
};

static uint64_t physical(const struct walk *w, uint64_t logical)
{
	uint64_t chunk = 1ull << w->chunk_log2;

	if (!w->failsafe)
		return w->start + logical;
	return (logical & (chunk - 1)) + (w->start ? chunk : 0) +
	       ((logical >> w->chunk_log2) << (w->chunk_log2 + 1));
}

/* One big-endian word; 0 and a mark behind the end of the flash and at addresses that no word has.
 */
static uint32_t word_at(struct walk *w, uint64_t logical)
{
	uint64_t address = physical(w, logical);
	const uint8_t *p;

	if (logical > w->size_bytes || address % 4 || address > w->size_bytes - 4) {
		w->off_the_end = true;
		return 0;
	}
	p = w->sim->data + address;
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static bool bytes_sum_to_zero(uint32_t word)
{
	return ((word >> 24) + (word >> 16) + (word >> 8) + word) % 256 == 0;
}

static bool read_header(struct walk *w)
{
	uint32_t failsafe;

	for (unsigned i = 0; i < 4; i++) {
		if (word_at(w, i * 4) != MAGIC[i])
			return false;
	}
	failsafe = word_at(w, HEADER_FAILSAFE);
	if (!bytes_sum_to_zero(failsafe) || !bytes_sum_to_zero(word_at(w, HEADER_INFO)))
		return false;
	/* The header itself is never cut by a chunk border, so it reads the same both ways. */
	w->failsafe = failsafe & FAILSAFE_BIT;
	w->chunk_log2 = CHUNK_LOG2_BASE + (failsafe & 7);
	w->facts->failsafe = w->failsafe;
	w->facts->chunk_log2 = w->chunk_log2;
	if (w->start && (!w->failsafe || w->start != 1ull << w->chunk_log2))
		return false;
	for (unsigned i = 0; i < HEADER_WORDS; i++) {
		uint32_t word = word_at(w, i * 4);

		if (i * 4 == HEADER_CRC_WORD)
			word |= 0xffff;
		w->full_crc = sim_crc_word(w->full_crc, word);
	}
	return !w->off_the_end;
}

/* CRC of [from, from + len); the running CRC of the whole image goes along. */
static uint16_t crc_range(struct walk *w, uint64_t from, uint64_t len)
{
	uint16_t crc = SIM_CRC_START;

	for (uint64_t i = 0; i < len && !w->off_the_end; i += 4) {
		uint32_t word = word_at(w, from + i);

		crc = sim_crc_word(crc, word);
		w->full_crc = sim_crc_word(w->full_crc, word);
	}
	return sim_crc_end(crc);
}

/* 0 = broken, else the address behind the block. */
static uint64_t check_boot2(struct walk *w, uint64_t at)
{
	uint32_t words = word_at(w, at + 4);
	uint64_t len;
	uint32_t stored;

	if (words < BOOT2_MIN_WORDS || words > BOOT2_MAX_WORDS)
		return 0;
	len = (words + 3ull) * 4;
	if (crc_range(w, at, len) != (stored = word_at(w, at + len)) || w->off_the_end)
		return 0;
	w->full_crc = sim_crc_word(w->full_crc, stored);
	return at + len + 4;
}

static void read_hardware_ids(struct walk *w, uint64_t at, uint32_t len)
{
	bool found = false;

	for (uint32_t i = 0; i + 4 <= len; i += 4)
		found |= (word_at(w, at + i) & 0xffff) == w->sim->state->hw_id;
	if (len && !found)
		w->wrong_hardware = true;
}

static void read_config_area(struct walk *w, uint64_t at, uint32_t len)
{
	uint32_t log2_kib = len >= 12 ? word_at(w, at + 8) : CONFIG_SECTOR_LOG2_KIB;

	if (len < 8 || log2_kib > CONFIG_SECTOR_MAX_LOG2_KIB)
		return;
	w->facts->config_sectors = word_at(w, at);
	w->facts->config_pad = word_at(w, at + 4);
	w->facts->config_sector_bytes = 1024u << log2_kib;
}

static void read_tag(struct walk *w, uint32_t tag, uint64_t at, uint32_t len)
{
	uint32_t *version = w->facts->version;
	uint32_t time;

	switch (tag) {
	case TAG_VERSION:
		if (len >= 8) {
			version[0] = word_at(w, at) & 0xffff0000;
			version[1] = word_at(w, at + 4);
		}
		break;
	case TAG_TIME:
		/* 00 HH MM SS on flash; seconds, minutes, hour from the top in the register. */
		if (len >= 8) {
			time = word_at(w, at);
			version[2] =
				(time & 0xff) << 24 | (time & 0xff00) << 8 | (time & 0xff0000) >> 8;
			version[3] = word_at(w, at + 4);
		}
		break;
	case TAG_HARDWARE:
		read_hardware_ids(w, at, len);
		break;
	case TAG_MIC:
		w->has_mic = true;
		break;
	case TAG_CONFIG:
		read_config_area(w, at, len);
		break;
	default:
		break;
	}
}

static bool read_info(struct walk *w, uint64_t at, uint64_t len)
{
	uint64_t i = 0;

	while (i + 4 <= len && !w->off_the_end) {
		uint32_t head = word_at(w, at + i);
		uint32_t tag_len = head & 0xffffff;

		i += 4;
		if (head >> 24 == TAG_END)
			return i == len;
		if (tag_len % 4 || tag_len > len - i)
			return false;
		read_tag(w, head >> 24, at + i, tag_len);
		i += tag_len;
	}
	return i == len;
}

/* Blank GUIDs: an image that was never given an identity. */
static bool guids_blank(struct walk *w, uint64_t at, uint32_t stored_crc)
{
	return stored_crc == BLANK_CRC && word_at(w, at) == 0xffffffff &&
	       word_at(w, at + 4) == 0xffffffff;
}

/* 0 = broken, else the address behind the section; *next gets the chain's pointer. */
static uint64_t check_section(struct walk *w, uint64_t at, uint32_t *next)
{
	uint32_t type = word_at(w, at);
	uint32_t size = word_at(w, at + 4);
	uint64_t len = type == TYPE_EMT ? ((uint64_t)size + 3) & ~3ull : (uint64_t)size * 4;
	uint64_t payload = at + SECTION_HEAD_BYTES;
	uint32_t stored;
	uint16_t crc;

	*next = word_at(w, at + 12);
	if (len > SECTION_MAX_BYTES || w->off_the_end)
		return 0;
	crc = crc_range(w, at, SECTION_HEAD_BYTES + len);
	stored = word_at(w, payload + len);
	if (w->off_the_end)
		return 0;
	if (type == TYPE_GUID && guids_blank(w, payload, stored))
		return 0;
	if (stored != crc)
		return 0;
	w->full_crc = sim_crc_word(w->full_crc, crc);
	if (type == TYPE_INFO && !read_info(w, payload, len))
		return 0;
	if (type == TYPE_GUID && len >= 8)
		w->facts->node_guid = (uint64_t)word_at(w, payload) << 32 | word_at(w, payload + 4);
	return payload + len + 4;
}

static bool check_chain(struct walk *w, uint64_t at)
{
	for (;;) {
		uint32_t next;
		uint64_t end = check_section(w, at, &next);

		if (!end)
			return false;
		if (next == SECTION_LAST || next == 0)
			return true;
		if (next < end)
			return false;
		at = next;
	}
}

bool sim_image_boots(const struct cx3_sim *sim, uint64_t start, struct sim_image_facts *facts)
{
	struct walk w = {
		.sim = sim,
		.size_bytes = (uint64_t)sim->banks * sim->bank_bytes,
		.start = start,
		.full_crc = SIM_CRC_START,
		.facts = facts,
	};
	uint64_t at;
	uint32_t type;

	memset(facts, 0, sizeof(*facts));
	if (!read_header(&w))
		return false;
	at = check_boot2(&w, BOOT2_START);
	if (!at)
		return false;
	type = word_at(&w, at);
	if (type < 1 || type > TYPE_LAST_KNOWN)
		at = check_boot2(&w, at);
	if (!at || !check_chain(&w, at) || w.wrong_hardware)
		return false;
	return !w.has_mic || sim_crc_end(w.full_crc) == (word_at(&w, HEADER_CRC_WORD) & 0xffff);
}
