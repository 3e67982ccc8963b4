/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* The chip table checks itself, and against the virtual card's own table. */
#include "check.h"
#include "fixture.h"
#include "flash/chip.h"
#include "flash/gateway.h"
#include "flash/spi.h"

static struct fixture fixture;

static void each_row_is_plausible(struct check *c)
{
	const struct cx3_chip *chip;
	size_t n;

	for (n = 0; (chip = cx3_chip_row(n)); n++) {
		CHECK(c, chip->name && strlen(chip->name) < 16);
		CHECK(c, chip->erase_bytes == 0x1000 || chip->erase_bytes == 0x10000);
		CHECK(c, !(chip->erase_64k && chip->erase_bytes == 0x10000));
		CHECK(c, chip->capacity_first <= chip->capacity_last);
		CHECK(c, chip->protected_status_mask != 0);
		CHECK(c, chip->program_page.typical_us > 0);
		CHECK(c, chip->program_page.max_us >= chip->program_page.typical_us);
		CHECK(c, chip->erase_4k.max_us >= chip->erase_4k.typical_us);
		CHECK(c, chip->erase_64k_time.max_us >= chip->erase_64k_time.typical_us);
		CHECK(c, chip->write_status.max_us >= chip->write_status.typical_us);
		if (chip->erase_bytes == 0x1000)
			CHECK(c, chip->erase_4k.typical_us > 0);
		if (chip->erase_64k || chip->erase_bytes == 0x10000)
			CHECK(c, chip->erase_64k_time.typical_us > 0);
	}
	CHECK_EQ(c, n, 18);
}

static void ids_give_name_and_size(struct check *c)
{
	static const struct {
		uint32_t id;
		const char *name;
		uint64_t size;
	} known[] = {
		{0xef401400, "W25QxxBV", 0x100000},   {0xef401500, "W25QxxBV", 0x200000},
		{0xef401800, "W25QxxBV", 0x1000000},  {0xef301500, "W25Xxx", 0x200000},
		{0xef701800, "W25Qxxx", 0x1000000},   {0xef701900, "W25Qxxx", 0x2000000},
		{0x20711500, "M25PXxx", 0x200000},    {0x20201600, "M25Pxx", 0x400000},
		{0x20ba1700, "N25Q0XX", 0x800000},    {0xbf254100, "SST25VFxx", 0x200000},
		{0xbf254a00, "SST25VFxx", 0x400000},  {0xbf258d00, "SST25VFxx", 0x80000},
		{0xbf258e00, "SST25VFxx", 0x100000},  {0x1f460200, "AT25DFxxx", 0x200000},
		{0x1f440200, "AT25DFxxx", 0x80000},   {0x1f470000, "AT25DFxxx", 0x400000},
		{0x01021500, "S25FLXXXP", 0x200000},  {0x01401500, "S25FL11xx", 0x200000},
		{0xc2201500, "MX25L16xxx", 0x200000}, {0xc2201900, "MX25Lxxx", 0x2000000},
		{0x01601800, "S25FLxxx", 0x1000000},  {0x9d601500, "IS25LPxxx", 0x200000},
		{0x9d601900, "IS25WPxxx", 0x2000000}, {0xc2251900, "MX25Uxxx", 0x2000000},
		{0xc8401800, "GD25LBxxx", 0x1000000}, {0xc8401900, "GD25LBxxx", 0x2000000},
	};
	static const uint32_t unknown[] = {
		0xef991500, 0xef401300, 0xef401900, 0xef701700, 0xbf254200, 0x1f430000, 0x1f480000,
		0x1f660200, 0xc2251800, 0xc8401500, 0x9d601300, 0x00000000, 0xffffff00, 0x01601900,
	};
	const struct cx3_chip *chip;
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		chip = cx3_chip_find(known[i].id);
		CHECK(c, chip != NULL);
		CHECK_STR(c, chip->name, known[i].name);
		CHECK_EQ(c, cx3_chip_size_bytes(chip, known[i].id), known[i].size);
	}
	for (i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++)
		CHECK(c, cx3_chip_find(unknown[i]) == NULL);
}

static void old_parts_are_found_by_signature(struct check *c)
{
	uint64_t size = 0;

	CHECK(c, cx3_chip_find_signature(0x0f, &size) == NULL);
	CHECK(c, cx3_chip_find_signature(0x17, &size) == NULL);
	CHECK_STR(c, cx3_chip_find_signature(0x14, &size)->name, "M25Pxx");
	CHECK_EQ(c, size, 0x200000);
}

static int open_flash(const char *chip, struct cx3_device **device, struct cx3_flash **flash,
		      struct cx3_error *err)
{
	int status;

	fixture_sim(&fixture, chip, 1, 6);
	status = cx3_device_open(fixture.sim_spec, NULL, device, err);
	return status == CX3_OK ? cx3_flash_open(*device, NULL, flash, err) : status;
}

static void parts_of_32_mib_are_used_as_16_mib(struct check *c)
{
	static const char *const parts[] = {"W25Q256JV", "MX25L25635", "MX25U25635", "IS25WP256",
					    "GD25LB256"};
	struct cx3_device *device = NULL;
	struct cx3_flash *flash = NULL;
	struct cx3_error err = {0};
	uint8_t data[16] = {0};
	size_t i;

	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		CHECK_STATUS(c, open_flash(parts[i], &device, &flash, &err), CX3_OK, &err);
		CHECK_EQ(c, cx3_flash_get_info(flash)->size_bytes, 0x1000000);
		CHECK_EQ(c, cx3_flash_get_info(flash)->erase_bytes, 0x1000);
		CHECK_STATUS(
			c,
			cx3_flash_write(flash, 0x1000000, data, sizeof(data), 0, NULL, NULL, &err),
			CX3_OUT_OF_RANGE, &err);
		cx3_flash_close(flash);
		cx3_device_close(device);
	}
}

static void the_id_is_shown_low_byte_first(struct check *c)
{
	struct cx3_device *device = NULL;
	struct cx3_flash *flash = NULL;
	struct cx3_error err = {0};

	CHECK_STATUS(c, open_flash("W25Q16BV", &device, &flash, &err), CX3_OK, &err);
	CHECK_EQ(c, cx3_flash_get_info(flash)->jedec_id, 0x1540ef);
	CHECK(c, cx3_flash_get_info(flash)->has_quad_enable);
	CHECK(c, cx3_flash_get_info(flash)->has_protection);
	CHECK(c, !cx3_flash_get_info(flash)->has_dummy_cycles);
	cx3_flash_close(flash);
	cx3_device_close(device);
	CHECK_STATUS(c, open_flash("N25Q032", &device, &flash, &err), CX3_OK, &err);
	/* Factory value 0xffff: quad off, dummy cycles 15. */
	CHECK(c, cx3_flash_get_info(flash)->has_quad_enable);
	CHECK(c, !cx3_flash_get_info(flash)->quad_enabled);
	CHECK_EQ(c, cx3_flash_get_info(flash)->dummy_cycles, 15);
	cx3_flash_close(flash);
	cx3_device_close(device);
	CHECK_STATUS(c, open_flash("M25P16-NOID", &device, &flash, &err), CX3_OK, &err);
	CHECK_EQ(c, cx3_flash_get_info(flash)->jedec_id, 0);
	CHECK_STR(c, cx3_flash_get_info(flash)->type, "M25Pxx");
	CHECK_EQ(c, cx3_flash_get_info(flash)->size_bytes, 0x200000);
	cx3_flash_close(flash);
	cx3_device_close(device);
}

/* A bus that takes every command and keeps the words. */
struct word_bus {
	uint32_t words[64], addresses[64], data;
	unsigned count;
	uint32_t address;
};

static int word_read32(void *ctx, uint32_t cr_address, uint32_t *value, struct cx3_error *err)
{
	(void)ctx;
	(void)err;
	*value = cr_address == 0xf0014 ? 0x1f7 : 0;
	return CX3_OK;
}

static int word_write32(void *ctx, uint32_t cr_address, uint32_t value, struct cx3_error *err)
{
	struct word_bus *bus = ctx;

	(void)err;
	if (cr_address == 0xf0404)
		bus->address = value;
	if (cr_address == 0xf0410)
		bus->data = value;
	if (cr_address == 0xf0400 && bus->count < 64) {
		bus->addresses[bus->count] = bus->address;
		bus->words[bus->count++] = value;
	}
	return CX3_OK;
}

static uint64_t word_now_us(void *ctx)
{
	(void)ctx;
	return 0;
}

static void word_sleep_us(void *ctx, uint64_t us)
{
	(void)ctx;
	(void)us;
}

static void word_close(void *ctx)
{
	(void)ctx;
}

static const struct cx3_bus_ops word_ops = {
	word_read32, word_write32, word_now_us, word_sleep_us, word_close,
};

static void the_last_words_are(struct check *c, struct word_bus *bus, const uint32_t *words,
			       unsigned count)
{
	unsigned i;

	CHECK_EQ(c, bus->count, count);
	for (i = 0; i < count; i++)
		CHECK_EQ(c, bus->words[i], words[i]);
	bus->count = 0;
}

#define WORDS(...)                                                                                 \
	do {                                                                                       \
		static const uint32_t expected[] = {__VA_ARGS__};                                  \
		the_last_words_are(c, &words, expected, sizeof(expected) / sizeof(expected[0]));   \
		if (c->failed)                                                                     \
			return;                                                                    \
	} while (0)

static void every_operation_has_the_command_word_of_the_stock_tool(struct check *c)
{
	static const struct {
		enum cx3_spi_opcode opcode;
		uint32_t word;
	} reads[] = {
		{CX3_SPI_READ_JEDEC_ID, 0x409f2215},  {CX3_SPI_READ_SIGNATURE, 0x40ab2215},
		{CX3_SPI_READ_STATUS1, 0x40052215},   {CX3_SPI_READ_STATUS2, 0x40352215},
		{CX3_SPI_READ_STATUS3, 0x40152215},   {CX3_SPI_READ_FUNCTION, 0x40482215},
		{CX3_SPI_READ_NV_CONFIG, 0x40b52215},
	};
	static const struct {
		enum cx3_spi_opcode opcode;
		unsigned len;
		uint32_t word;
	} writes[] = {
		{CX3_SPI_WRITE_STATUS, 1, 0x40012014},	 {CX3_SPI_WRITE_STATUS, 2, 0x40012114},
		{CX3_SPI_WRITE_STATUS2, 1, 0x40312014},	 {CX3_SPI_WRITE_STATUS3, 1, 0x40112014},
		{CX3_SPI_WRITE_FUNCTION, 1, 0x40422014}, {CX3_SPI_WRITE_NV_CONFIG, 2, 0x40b12114},
	};
	struct word_bus words = {.count = 0};
	struct cx3_bus bus = {.ops = &word_ops, .ctx = &words};
	struct cx3_flash flash = {.chip = cx3_chip_find(0xef401500)};
	uint8_t data[48] = {0};
	struct cx3_error err;
	uint32_t value;
	size_t i;

	CHECK_STATUS(c, cx3_device_open_bus(&bus, &flash.device, &err), CX3_OK, &err);
	for (i = 0; i < sizeof(reads) / sizeof(reads[0]); i++) {
		CHECK_STATUS(c, cx3_spi_read_register(&flash, 0, reads[i].opcode, &value, &err),
			     CX3_OK, &err);
		CHECK_EQ(c, words.words[0], reads[i].word);
		words.count = 0;
	}
	for (i = 0; i < sizeof(writes) / sizeof(writes[0]); i++) {
		words.data = 0;
		CHECK_STATUS(c,
			     cx3_spi_write_register(&flash, 0, writes[i].opcode, writes[i].len,
						    writes[i].len == 1 ? 0xa4 : 0xa4c2, &err),
			     CX3_OK, &err);
		CHECK_EQ(c, words.count, 3);
		CHECK_EQ(c, words.words[0], 0x40062004);
		CHECK_EQ(c, words.words[1], writes[i].word);
		CHECK_EQ(c, words.words[2], 0x40052215);
		CHECK_EQ(c, words.data, writes[i].len == 1 ? 0xa4000000 : 0xa4c20000);
		words.count = 0;
	}
	CHECK_STATUS(c, cx3_spi_write_register(&flash, 0, CX3_SPI_WRITE_STATUS, 3, 0, &err),
		     CX3_INVALID_ARGUMENT, &err);
	CHECK_STATUS(c, cx3_spi_command(&flash, 1, CX3_SPI_WRITE_DISABLE, &err), CX3_OK, &err);
	WORDS(0x40042804);
	CHECK_STATUS(c, cx3_spi_read_blocks(&flash, 0, 0, data, 2, false, &err), CX3_OK, &err);
	WORDS(0x4003241d, 0x4003241d);
	CHECK_STATUS(c, cx3_spi_read_blocks(&flash, 0, 0x100, data, 3, true, &err), CX3_OK, &err);
	CHECK(c, !flash.chip_select_low);
	WORDS(0x4003243d, 0x40002431, 0x40002411);
	CHECK_STATUS(c, cx3_spi_program_blocks(&flash, 0, 0x80010, data, 1, &err), CX3_OK, &err);
	CHECK_EQ(c, words.addresses[1], 0x80010);
	WORDS(0x40062004, 0x4002241c);
	CHECK_STATUS(c, cx3_spi_program_blocks(&flash, 1, 0, data, 3, &err), CX3_OK, &err);
	WORDS(0x40062804, 0x40022c3c, 0x40002c30, 0x40002c10);
	CHECK_STATUS(c, cx3_spi_program_byte(&flash, 0, 5, 0x12, &err), CX3_OK, &err);
	CHECK_EQ(c, words.data, 0x12000000);
	WORDS(0x40062004, 0x4002201c);
	CHECK_STATUS(c, cx3_spi_erase(&flash, 0, CX3_SPI_ERASE_4K, 0x1f0000, &err), CX3_OK, &err);
	CHECK_EQ(c, words.addresses[1], 0x1f0000);
	WORDS(0x40062004, 0x4020200c);
	CHECK_STATUS(c, cx3_spi_erase(&flash, 0, CX3_SPI_ERASE_64K, 0, &err), CX3_OK, &err);
	WORDS(0x40062004, 0x40d8200c);
	cx3_device_close(flash.device);
}

int main(void)
{
	struct check c = {0};

	fixture_open(&fixture);
	CASE(&c, each_row_is_plausible);
	CASE(&c, ids_give_name_and_size);
	CASE(&c, old_parts_are_found_by_signature);
	CASE(&c, parts_of_32_mib_are_used_as_16_mib);
	CASE(&c, the_id_is_shown_low_byte_first);
	CASE(&c, every_operation_has_the_command_word_of_the_stock_tool);
	fixture_close(&fixture);
	return check_report(&c);
}
