/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "contract_cases.h"

#include <stdlib.h>

#include "cx3/flash.h"
#include "fixture.h"

#define SCRATCH_BYTES (2 * CX3_FLASH_SECTOR_BYTES)

static void check_locks_free(struct check *c, struct cx3_device *device)
{
	struct cx3_lock_state locks = {1, 1};
	struct cx3_error err = {0};

	CHECK_STATUS(c, cx3_device_lock_state(device, &locks, &err), CX3_OK, &err);
	CHECK_EQ(c, locks.programming, 0);
	CHECK_EQ(c, locks.gateway, 0);
}

static void check_identity(struct check *c, struct cx3_device *device)
{
	const struct cx3_card *card = cx3_device_card(device);
	struct cx3_running_version version;
	struct cx3_error err = {0};
	uint32_t value;

	CHECK(c, card->hw_id == 0x1f5 || card->hw_id == 0x1f7);
	CHECK_STATUS(c, cx3_device_read32(device, 0xf0014, &value, &err), CX3_OK, &err);
	CHECK_EQ(c, value & 0xffff, card->hw_id);
	CHECK_STATUS(c, cx3_device_running_version(device, &version, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_device_read32(device, 0xf03fc, &value, &err), CX3_INVALID_ARGUMENT,
		     &err);
	CHECK_EQ(c, err.reg, 0xf03fc);
	CHECK_STATUS(c, cx3_device_read32(device, 0x100000, &value, &err), CX3_OUT_OF_RANGE, &err);
	CHECK_STATUS(c, cx3_device_write32(device, 0xf0002, 0, &err), CX3_OUT_OF_RANGE, &err);
}

static void check_reading(struct check *c, struct cx3_flash *flash)
{
	const struct cx3_flash_info *info = cx3_flash_get_info(flash);
	uint8_t whole[1024], part[700], last[16];
	struct cx3_error err = {0};

	CHECK(c, info->size_bytes >= 0x80000 && info->size_bytes % CX3_FLASH_SECTOR_BYTES == 0);
	CHECK(c, info->erase_4k || info->erase_64k);
	CHECK_STATUS(c, cx3_flash_read(flash, 0, whole, sizeof(whole), NULL, NULL, &err), CX3_OK,
		     &err);
	CHECK_STATUS(c, cx3_flash_read(flash, 33, part, sizeof(part), NULL, NULL, &err), CX3_OK,
		     &err);
	CHECK(c, memcmp(part, whole + 33, sizeof(part)) == 0);
	CHECK_STATUS(c, cx3_flash_verify(flash, 33, part, sizeof(part), NULL, NULL, &err), CX3_OK,
		     &err);
	part[500] ^= 0x10;
	CHECK_STATUS(c, cx3_flash_verify(flash, 33, part, sizeof(part), NULL, NULL, &err),
		     CX3_VERIFY_FAILED, &err);
	CHECK_EQ(c, err.address, 533);
	CHECK_EQ(c, err.expected, part[500]);
	CHECK_EQ(c, err.found, whole[533]);
	CHECK_STATUS(
		c,
		cx3_flash_read(flash, info->size_bytes - 16, last, sizeof(last), NULL, NULL, &err),
		CX3_OK, &err);
	CHECK_STATUS(
		c,
		cx3_flash_read(flash, info->size_bytes - 15, last, sizeof(last), NULL, NULL, &err),
		CX3_OUT_OF_RANGE, &err);
	CHECK_STATUS(c, cx3_flash_read(flash, UINT64_MAX, last, 2, NULL, NULL, &err),
		     CX3_OUT_OF_RANGE, &err);
	CHECK_STATUS(c, cx3_flash_read(flash, 5, last, 0, NULL, NULL, &err), CX3_OK, &err);
}

static void check_block_reads_agree(struct check *c, struct cx3_device *device)
{
	struct cx3_flash_options blocks = {.no_held_reads = true};
	uint8_t held[2048], single[2048];
	struct cx3_flash *flash = NULL;
	struct cx3_error err = {0};

	CHECK_STATUS(c, cx3_flash_open(device, NULL, &flash, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_flash_read(flash, 0x100, held, sizeof(held), NULL, NULL, &err), CX3_OK,
		     &err);
	cx3_flash_close(flash);
	CHECK_STATUS(c, cx3_flash_open(device, &blocks, &flash, &err), CX3_OK, &err);
	CHECK(c, !cx3_flash_get_info(flash)->held_reads);
	CHECK_STATUS(c, cx3_flash_read(flash, 0x100, single, sizeof(single), NULL, NULL, &err),
		     CX3_OK, &err);
	cx3_flash_close(flash);
	CHECK(c, memcmp(held, single, sizeof(held)) == 0);
}

void contract_reading(struct check *c, struct cx3_device *device)
{
	struct cx3_flash *flash = NULL, *second = NULL;
	struct cx3_error err = {0};

	check_identity(c, device);
	if (c->failed)
		return;
	CHECK_STATUS(c, cx3_flash_open(device, NULL, &flash, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_flash_open(device, NULL, &second, &err), CX3_BUSY, &err);
	check_reading(c, flash);
	cx3_flash_close(flash);
	if (!c->failed)
		check_block_reads_agree(c, device);
	if (!c->failed)
		check_locks_free(c, device);
}

/* Whole units, ragged ends with neighbours, bits that fall without erase, blank again. */
static void change(struct check *c, struct cx3_flash *flash, uint64_t scratch, uint8_t *want,
		   uint8_t *found)
{
	struct cx3_error err = {0};
	size_t i;

	fixture_pattern(want, SCRATCH_BYTES, 7);
	CHECK_STATUS(c, cx3_flash_write(flash, scratch, want, SCRATCH_BYTES, 0, NULL, NULL, &err),
		     CX3_OK, &err);
	CHECK_STATUS(c, cx3_flash_verify(flash, scratch, want, SCRATCH_BYTES, NULL, NULL, &err),
		     CX3_OK, &err);
	/* Across the border of two sectors, neither aligned nor whole. */
	fixture_pattern(want + 0xf123, 0x1a55, 8);
	CHECK_STATUS(c,
		     cx3_flash_write(flash, scratch + 0xf123, want + 0xf123, 0x1a55, 0, NULL, NULL,
				     &err),
		     CX3_OK, &err);
	CHECK_STATUS(c, cx3_flash_read(flash, scratch, found, SCRATCH_BYTES, NULL, NULL, &err),
		     CX3_OK, &err);
	CHECK(c, memcmp(want, found, SCRATCH_BYTES) == 0);
	/* A signature zeroed in place. */
	memset(want + 0x100, 0, 4);
	CHECK_STATUS(c,
		     cx3_flash_program(flash, scratch + 0x100, want + 0x100, 4, NULL, NULL, &err),
		     CX3_OK, &err);
	CHECK_STATUS(c, cx3_flash_verify(flash, scratch, want, SCRATCH_BYTES, NULL, NULL, &err),
		     CX3_OK, &err);
	CHECK_STATUS(c, cx3_flash_erase(flash, scratch, CX3_FLASH_SECTOR_BYTES, NULL, NULL, &err),
		     CX3_OK, &err);
	memset(want, 0xff, CX3_FLASH_SECTOR_BYTES);
	CHECK_STATUS(c, cx3_flash_verify(flash, scratch, want, SCRATCH_BYTES, NULL, NULL, &err),
		     CX3_OK, &err);
	CHECK_STATUS(c, cx3_flash_erase(flash, scratch + 0x800, 0x1000, NULL, NULL, &err),
		     CX3_INVALID_ARGUMENT, &err);
	/* The quick way, with everything read back by the caller; blank pages inside. */
	fixture_pattern(want, CX3_FLASH_SECTOR_BYTES, 9);
	for (i = 0x3000; i < 0x3400; i++)
		want[i] = 0xff;
	CHECK_STATUS(c,
		     cx3_flash_write(flash, scratch, want, SCRATCH_BYTES, CX3_WRITE_DEFER_VERIFY,
				     NULL, NULL, &err),
		     CX3_OK, &err);
	CHECK_STATUS(c, cx3_flash_verify(flash, scratch, want, SCRATCH_BYTES, NULL, NULL, &err),
		     CX3_OK, &err);
}

void contract_writing(struct check *c, struct cx3_device *device, uint64_t scratch)
{
	uint8_t *before = malloc(SCRATCH_BYTES), *want = malloc(SCRATCH_BYTES);
	uint8_t *found = malloc(SCRATCH_BYTES);
	struct cx3_flash *flash = NULL;
	struct cx3_error err = {0};
	int status;

	status = cx3_flash_open(device, NULL, &flash, &err);
	if (status == CX3_OK)
		status = cx3_flash_read(flash, scratch, before, SCRATCH_BYTES, NULL, NULL, &err);
	if (status == CX3_OK) {
		change(c, flash, scratch, want, found);
		/* Whatever failed: what was there comes back. */
		status =
			cx3_flash_write(flash, scratch, before, SCRATCH_BYTES, 0, NULL, NULL, &err);
	}
	cx3_flash_close(flash);
	free(before);
	free(want);
	free(found);
	if (c->failed)
		return;
	CHECK_STATUS(c, status, CX3_OK, &err);
	check_locks_free(c, device);
}
