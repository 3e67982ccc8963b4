/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BUSY  (1u << 30)
#define POLLS 100000

static void die(const char *what, const struct cx3_error *err)
{
	printf("fixture: %s: %s (%s)\n", what, cx3_status_name(err->status), err->what);
	exit(1);
}

void card_new(struct card *card, const char *chip, unsigned banks)
{
	card_new_model(card, chip, banks, "test card", 1);
}

void card_new_model(struct card *card, const char *chip, unsigned banks, const char *model_name,
		    uint8_t second_port)
{
	static const uint8_t vpd[] = "\x82\x04\x00Test\x78";
	struct cx3_sim_model model = {
		.vendor_id = 0x15b3,
		.device_id = 0x1007,
		.subsystem_vendor_id = 0x103c,
		.subsystem_id = 0x22f4,
		.hw_id = 0x1f7,
		.banks = banks,
		.port_type = {2, second_port},
		.vpd = vpd,
		.vpd_len_bytes = sizeof(vpd) - 1,
	};
	const char *tmp = getenv("TMPDIR");

	memset(card, 0, sizeof(*card));
	snprintf(card->folder, sizeof(card->folder), "%.40s/cx3sim.XXXXXX", tmp ? tmp : "/tmp");
	if (!mkdtemp(card->folder)) {
		perror("mkdtemp");
		exit(1);
	}
	snprintf(card->path, sizeof(card->path), "%s/card", card->folder);
	snprintf(model.chip, sizeof(model.chip), "%s", chip);
	snprintf(model.model_name, sizeof(model.model_name), "%s", model_name);
	if (cx3_sim_create(card->path, &model, &card->err))
		die("create", &card->err);
	card_reopen(card);
}

void card_reopen(struct card *card)
{
	cx3_sim_close(card->sim);
	if (cx3_sim_open(card->path, &card->sim, &card->err))
		die("open", &card->err);
}

void card_free(struct card *card)
{
	cx3_sim_close(card->sim);
	unlink(card->path);
	rmdir(card->folder);
}

struct cx3_sim_info card_info(struct card *card)
{
	struct cx3_sim_info info;

	cx3_sim_get_info(card->sim, &info);
	return info;
}

void card_fault(struct card *card, enum cx3_sim_fault_kind kind, uint64_t at, uint64_t count,
		uint32_t value)
{
	const struct cx3_sim_fault fault = {
		.kind = kind, .at = at, .count = count, .value = value, .seed = 1};

	if (cx3_sim_set_fault(card->sim, &fault, &card->err))
		die("set fault", &card->err);
}

uint32_t reg_read(struct card *card, uint32_t reg)
{
	uint32_t value = 0xdeadbeef;
	int rc = cx3_sim_read32(card->sim, reg, &value, &card->err);

	if (rc && rc != CX3_POWER_CUT)
		die("read", &card->err);
	return value;
}

int reg_write(struct card *card, uint32_t reg, uint32_t value)
{
	int rc = cx3_sim_write32(card->sim, reg, value, &card->err);

	if (rc && rc != CX3_POWER_CUT)
		die("write", &card->err);
	return rc;
}

int gateway(struct card *card, uint32_t command)
{
	uint32_t value = BUSY;
	int rc = reg_write(card, GW_COMMAND, command);

	for (int i = 0; !rc && (value & BUSY) && i < POLLS; i++)
		rc = cx3_sim_read32(card->sim, GW_COMMAND, &value, &card->err);
	return rc;
}

void spi_write_enable(struct card *card, unsigned bank)
{
	gateway(card, 0x40062004u | bank << 11);
}

uint8_t spi_status(struct card *card, unsigned bank)
{
	gateway(card, 0x40052215u | bank << 11);
	return (uint8_t)(reg_read(card, GW_DATA0) >> 24);
}

uint8_t spi_wait(struct card *card, unsigned bank)
{
	uint8_t status = spi_status(card, bank);

	for (int i = 0; (status & 1) && i < POLLS; i++) {
		cx3_sim_sleep_us(card->sim, 300);
		status = spi_status(card, bank);
	}
	return status;
}

uint32_t spi_id(struct card *card, unsigned bank)
{
	gateway(card, 0x409f2215u | bank << 11);
	return reg_read(card, GW_DATA0);
}

void spi_write_status(struct card *card, uint8_t opcode, unsigned len, uint32_t value)
{
	spi_write_enable(card, 0);
	reg_write(card, GW_DATA0, value);
	gateway(card, 0x40002014u | (uint32_t)opcode << 16 | (len == 2 ? 0x100u : 0));
	spi_wait(card, 0);
}

void spi_read(struct card *card, unsigned bank, uint32_t address, uint8_t *out, size_t len_bytes)
{
	for (size_t i = 0; i < len_bytes; i += 16) {
		reg_write(card, GW_ADDRESS, address + (uint32_t)i);
		gateway(card, 0x4003241du | bank << 11);
		for (size_t b = 0; b < 16 && i + b < len_bytes; b++)
			out[i + b] = (uint8_t)(reg_read(card, GW_DATA0 + (uint32_t)(b & ~3u)) >>
					       (24 - 8 * (b % 4)));
	}
}

int spi_program(struct card *card, unsigned bank, uint32_t address, const uint8_t *data,
		size_t len_bytes)
{
	int rc = 0;

	for (size_t i = 0; !rc && i < len_bytes; i += 16) {
		uint32_t command = (i ? 0x40002410u : 0x4002241cu) | bank << 11;

		for (uint32_t w = 0; !rc && w < 16; w += 4)
			rc = reg_write(card, GW_DATA0 + w,
				       (uint32_t)data[i + w] << 24 |
					       (uint32_t)data[i + w + 1] << 16 |
					       (uint32_t)data[i + w + 2] << 8 | data[i + w + 3]);
		if (!rc)
			rc = reg_write(card, GW_ADDRESS, i ? 0 : address);
		if (!rc)
			rc = gateway(card, command | (i + 16 < len_bytes ? 0x20u : 0));
	}
	return rc;
}

int spi_erase(struct card *card, unsigned bank, uint8_t opcode, uint32_t address)
{
	int rc = reg_write(card, GW_ADDRESS, address);

	return rc ? rc : gateway(card, 0x4000200cu | (uint32_t)opcode << 16 | bank << 11);
}

void nor_program(struct card *card, unsigned bank, uint32_t address, const uint8_t *data,
		 size_t len_bytes)
{
	spi_write_enable(card, bank);
	spi_program(card, bank, address, data, len_bytes);
	spi_wait(card, bank);
}

void nor_erase(struct card *card, unsigned bank, uint8_t opcode, uint32_t address)
{
	spi_write_enable(card, bank);
	spi_erase(card, bank, opcode, address);
	spi_wait(card, bank);
}

uint8_t peek(struct card *card, uint64_t address)
{
	uint8_t value = 0;

	if (cx3_sim_peek(card->sim, address, &value, 1, &card->err))
		die("peek", &card->err);
	return value;
}

void fill(struct card *card, uint64_t address, uint8_t value, size_t len_bytes)
{
	uint8_t *bytes = malloc(len_bytes);

	if (!bytes)
		exit(1);
	memset(bytes, value, len_bytes);
	if (cx3_sim_poke(card->sim, address, bytes, len_bytes, &card->err))
		die("poke", &card->err);
	free(bytes);
}
