/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* The smallest images that the boot code should start, made from fs2-image alone: shares nothing
 * with the simulator. */
#ifndef CX3_SIM_TINY_IMAGE_H
#define CX3_SIM_TINY_IMAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "cx3/sim.h"

#define TINY_MAX_BYTES	  0x40000u
#define TINY_MAX_SECTIONS 8

struct tiny_options {
	bool failsafe;
	unsigned chunk_log2; /* failsafe: 16..23 */
	uint16_t major, minor, subminor;
	bool full_crc; /* with MIC tag and full image CRC */
	bool second_boot2;
	bool blank_guids;
	uint16_t hw_id; /* 0 = no tag with hardware ids */
	uint32_t ddr_bytes;
	uint32_t config_sectors; /* 0 = no tag about a config area */
	uint32_t config_pad, config_sector_log2_kib;
};

struct tiny_image {
	uint8_t bytes[TINY_MAX_BYTES];
	uint32_t len_bytes;
	uint32_t section[TINY_MAX_SECTIONS]; /* logical addresses of the section heads */
	unsigned sections;
	bool failsafe;
	unsigned chunk_log2;
};

void tiny_make(struct tiny_image *image, const struct tiny_options *options);
uint32_t tiny_word(const struct tiny_image *image, uint32_t at);
void tiny_set_word(struct tiny_image *image, uint32_t at, uint32_t value);
/* Sets the CRC word of [from, from + len) behind it; then tiny_seal makes the full CRC right again.
 */
void tiny_crc(struct tiny_image *image, uint32_t from, uint32_t len_bytes);
void tiny_seal(struct tiny_image *image);
uint16_t tiny_crc16(const uint8_t *bytes, uint32_t len_bytes);
/* Into slot 0 or 1, chunk by chunk. */
void tiny_store(struct cx3_sim *sim, const struct tiny_image *image, unsigned slot);

#endif
