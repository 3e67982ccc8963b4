/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* A card whose firmware runs, and the commands of nv-config 2 as a tool writes them. */
#ifndef CX3_SIM_TEST_FIRMWARE_H
#define CX3_SIM_TEST_FIRMWARE_H

#include "fixture.h"
#include "tiny_image.h"

#define HCR	    0x80780u
#define HCR_COMMAND 0x80798u
#define HCR_GO	    0x00800000u
#define CR_MAILBOX  0xe0000u

/* Both halves of the flash have one config sector of 64 KiB at their end. */
extern const struct tiny_options FIRMWARE;

/* Makes a card and starts the image in slot 0. */
void firmware_new(struct card *card, const char *chip, const struct tiny_options *options);
void firmware_new_model(struct card *card, const char *chip, const char *model_name,
			uint8_t second_port, const struct tiny_options *options);

/* One command, go until it is done; its status, 0xee when the power went away. */
uint8_t hcr(struct card *card, uint32_t command, uint32_t input_modifier, uint32_t in_high,
	    uint32_t in_low);
void mailbox_write(struct card *card, const uint32_t *words, unsigned count);
void mailbox_read(struct card *card, uint32_t *words, unsigned count);

/* Status of a register access; 0xee without power. words of data in and out. */
uint8_t nv_get(struct card *card, uint32_t type, uint32_t modifier, uint32_t *words,
	       unsigned count);
uint8_t nv_set(struct card *card, uint32_t type, uint32_t modifier, const uint32_t *words,
	       unsigned count);
uint8_t nv_drop(struct card *card, uint32_t type, uint32_t modifier);
uint8_t nv_drop_all(struct card *card);

#define NO_POWER 0xeeu

#endif
