/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "firmware.h"

#include <string.h>

#define POLLS 100000

const struct tiny_options FIRMWARE = {.failsafe = true,
				      .chunk_log2 = 20,
				      .major = 2,
				      .minor = 42,
				      .subminor = 5000,
				      .full_crc = true,
				      .ddr_bytes = 0x100,
				      .config_sectors = 1,
				      .config_sector_log2_kib = 6};

void firmware_new_model(struct card *card, const char *chip, const char *model_name,
			uint8_t second_port, const struct tiny_options *options)
{
	static struct tiny_image image;

	card_new_model(card, chip, 1, model_name, second_port);
	tiny_make(&image, options);
	tiny_store(card->sim, &image, 0);
	cx3_sim_power_cycle(card->sim, &card->err);
}

void firmware_new(struct card *card, const char *chip, const struct tiny_options *options)
{
	firmware_new_model(card, chip, "test card", 1, options);
}

uint8_t hcr(struct card *card, uint32_t command, uint32_t input_modifier, uint32_t in_high,
	    uint32_t in_low)
{
	const uint32_t words[] = {in_high, in_low, input_modifier, 0, 0, 0, command};
	uint32_t value = HCR_GO;
	int rc = 0;

	for (uint32_t i = 0; i < 7; i++)
		reg_write(card, HCR + 4 * i, words[i]);
	rc = reg_write(card, HCR_COMMAND, command | HCR_GO);
	for (int i = 0; !rc && (value & HCR_GO) && i < POLLS; i++)
		rc = cx3_sim_read32(card->sim, HCR_COMMAND, &value, &card->err);
	return rc ? NO_POWER : (uint8_t)(value >> 24);
}

void mailbox_write(struct card *card, const uint32_t *words, unsigned count)
{
	for (unsigned i = 0; i < count; i += 2)
		hcr(card, 0x70, i, i + 1 < count ? words[i + 1] : 0, words[i]);
}

void mailbox_read(struct card *card, uint32_t *words, unsigned count)
{
	for (unsigned i = 0; i < count; i += 2) {
		hcr(card, 0x71, i, 0, 0);
		words[i] = reg_read(card, HCR + 0x10);
		if (i + 1 < count)
			words[i + 1] = reg_read(card, HCR + 0x0c);
	}
}

static uint8_t access_register(struct card *card, uint32_t reg_and_method, uint32_t type,
			       uint32_t modifier, uint32_t *data, unsigned count)
{
	uint32_t words[40] = {
		0x08040000,	    reg_and_method << 8 | 1, 0, 0, 0x18000000 | (3 + count) << 16,
		count << 18 | type, modifier << 16};
	uint8_t status;

	memcpy(words + 7, data, count * 4);
	mailbox_write(card, words, 7 + count);
	status = hcr(card, 0x3b, 0, 0, 0);
	if (status)
		return status;
	mailbox_read(card, words, 7 + count);
	memcpy(data, words + 7, count * 4);
	return (uint8_t)(words[0] >> 8);
}

uint8_t nv_get(struct card *card, uint32_t type, uint32_t modifier, uint32_t *words, unsigned count)
{
	memset(words, 0, count * 4);
	return access_register(card, 0x902401, type, modifier, words, count);
}

uint8_t nv_set(struct card *card, uint32_t type, uint32_t modifier, const uint32_t *words,
	       unsigned count)
{
	uint32_t copy[32];

	memcpy(copy, words, count * 4);
	return access_register(card, 0x902402, type, modifier, copy, count);
}

uint8_t nv_drop(struct card *card, uint32_t type, uint32_t modifier)
{
	uint32_t none = 0;

	return access_register(card, 0x902502, type, modifier, &none, 0);
}

uint8_t nv_drop_all(struct card *card)
{
	uint32_t none = 0;

	return access_register(card, 0x902902, 0, 0, &none, 0);
}
