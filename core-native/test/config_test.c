/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * Config space as the way to the registers. pread and pwrite on the file "config" are led to the
 * virtual card by the linker
 * (--wrap), with a vendor capability in front when a case wants one.
 */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bus/config.h"
#include "check.h"
#include "cx3/hcr.h"
#include "fixture.h"

#define CARD	 "0000:23:00.0"
#define CARD_DIR "sys/bus/pci/devices/" CARD

ssize_t __real_pread(int fd, void *buffer, size_t len, off_t offset);
ssize_t __real_pwrite(int fd, const void *buffer, size_t len, off_t offset);
ssize_t __wrap_pread(int fd, void *buffer, size_t len, off_t offset);
ssize_t __wrap_pwrite(int fd, const void *buffer, size_t len, off_t offset);

#define CAP 0xc0u

static struct fixture fixture;
static char sys_root[FIXTURE_PATH_BYTES + 8];
static struct cx3_sim *sim;
static ino_t config_inode;

/* The capability that the virtual card does not have. */
static struct {
	bool there, mute;
	unsigned missing_space;
	uint32_t control, ticket, semaphore, address, data;
	unsigned accesses;
} vendor;

static unsigned old_way_accesses;
static uint32_t last_address;

static bool is_config(int fd)
{
	struct stat st;

	return sim && fstat(fd, &st) == 0 && st.st_ino == config_inode;
}

static uint32_t vendor_read(uint32_t offset)
{
	switch (offset) {
	case 0x00:
		return 0x00180009;
	case 0x04:
		return vendor.control;
	case 0x08:
		return ++vendor.ticket;
	case 0x0c:
		return vendor.semaphore;
	case 0x10:
		return vendor.address;
	default:
		return vendor.data;
	}
}

static void vendor_write(uint32_t offset, uint32_t value)
{
	bool write = value & 0x80000000u;
	uint32_t cr = value & 0xfffff;

	switch (offset) {
	case 0x04:
		vendor.control = (value & 0xffff) |
				 ((value & 0xffff) == vendor.missing_space ? 0 : 1u << 29);
		break;
	case 0x0c:
		vendor.semaphore = value;
		break;
	case 0x10:
		vendor.address = value;
		if (vendor.mute)
			break;
		vendor.accesses++;
		if (write)
			cx3_sim_write32(sim, cr, vendor.data, NULL);
		else
			cx3_sim_read32(sim, cr, &vendor.data, NULL);
		vendor.address ^= 0x80000000u;
		break;
	case 0x14:
		vendor.data = value;
		break;
	}
}

ssize_t __wrap_pread(int fd, void *buffer, size_t len, off_t offset)
{
	uint32_t value;

	if (!is_config(fd))
		return __real_pread(fd, buffer, len, offset);
	/* The bus goes by the clock of the host, so time on the card has to be pushed. */
	cx3_sim_sleep_us(sim, 1000);
	if (vendor.there && len == 4 && offset == 0x34)
		value = CAP;
	else if (vendor.there && len == 4 && offset >= (off_t)CAP && offset < (off_t)CAP + 0x18)
		value = vendor_read((uint32_t)offset - CAP);
	else
		return cx3_sim_config_read(sim, (uint32_t)offset, buffer, len, NULL) == CX3_OK
			       ? (ssize_t)len
			       : -1;
	memcpy(buffer, &value, 4);
	return 4;
}

ssize_t __wrap_pwrite(int fd, const void *buffer, size_t len, off_t offset)
{
	uint32_t value;

	if (!is_config(fd))
		return __real_pwrite(fd, buffer, len, offset);
	memcpy(&value, buffer, 4);
	if (offset == 0x58) {
		old_way_accesses++;
		last_address = value;
	}
	if (vendor.there && offset >= (off_t)CAP && offset < (off_t)CAP + 0x18) {
		vendor_write((uint32_t)offset - CAP, value);
		return 4;
	}
	return cx3_sim_config_write(sim, (uint32_t)offset, buffer, len, NULL) == CX3_OK
		       ? (ssize_t)len
		       : -1;
}

static void fresh_card_of(bool firmware, bool write_only_address)
{
	char path[FIXTURE_PATH_BYTES + 64];
	struct cx3_sim_info info;
	struct stat st;

	cx3_sim_close(sim);
	sim = NULL;
	fixture_close(&fixture);
	fixture_open(&fixture);
	snprintf(sys_root, sizeof(sys_root), "%s/sys", fixture.dir);
	/* A card that finds nothing to boot is in recovery mode, as its id says. */
	fixture_pci(&fixture, CARD, firmware ? 0x1007 : 0x01f8, 0x1f7);
	if (firmware)
		fixture_firmware(&fixture, "hp-764285-b21");
	else
		fixture_sim(&fixture, "W25Q16BV", 1, 4);
	snprintf(path, sizeof(path), "%s/%s/config", fixture.dir, CARD_DIR);
	if (stat(path, &st) == 0)
		config_inode = st.st_ino;
	memset(&vendor, 0, sizeof(vendor));
	old_way_accesses = 0;
	cx3_sim_open(fixture.sim_path, &sim, NULL);
	cx3_sim_get_info(sim, &info);
	info.options.write_only_address = write_only_address;
	cx3_sim_set_options(sim, &info.options);
}

static void fresh_card(bool write_only_address)
{
	fresh_card_of(false, write_only_address);
}

/* Opens, reads a page, compares with what is in the chip. */
static void read_over_config(struct check *c, const char *spec)
{
	struct cx3_open_options options = {.sysfs_root = sys_root};
	struct cx3_device *device = NULL;
	struct cx3_flash *flash = NULL;
	struct cx3_error err = {0};
	uint8_t want[512], found[512];

	CHECK_STATUS(c, cx3_device_open(spec, &options, &device, &err), CX3_OK, &err);
	CHECK_EQ(c, cx3_device_card(device)->access, CX3_ACCESS_CONFIG);
	CHECK(c, cx3_device_card(device)->recovery_mode);
	CHECK_STATUS(c, cx3_flash_open(device, NULL, &flash, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_flash_read(flash, 0x1000, found, sizeof(found), NULL, NULL, &err),
		     CX3_OK, &err);
	cx3_flash_close(flash);
	cx3_device_close(device);
	fixture_peek(&fixture, 0x1000, want, sizeof(want));
	CHECK(c, memcmp(want, found, sizeof(want)) == 0);
	CHECK(c, fixture_locks_are_free(&fixture));
}

static void a_card_in_recovery_mode_goes_over_config_space(struct check *c)
{
	fresh_card(false);
	read_over_config(c, CARD);
	if (c->failed)
		return;
	CHECK(c, old_way_accesses > 300);
	/* A stray dump of config space must not find a semaphore here. */
	CHECK_EQ(c, last_address, 0xf0014);
}

static void a_write_only_address_register_is_noticed(struct check *c)
{
	fresh_card(true);
	read_over_config(c, "pciconf:" CARD);
	if (c->failed)
		return;
	/* Reads carry bit 0. */
	CHECK_EQ(c, last_address, 0xf0014 | 1);
}

static void a_whole_vendor_capability_is_preferred(struct check *c)
{
	fresh_card(false);
	vendor.there = true;
	read_over_config(c, CARD);
	if (c->failed)
		return;
	CHECK(c, vendor.accesses > 300);
	CHECK_EQ(c, old_way_accesses, 0);
	CHECK_EQ(c, vendor.semaphore, 0);
}

static void a_vendor_capability_without_all_spaces_is_left_alone(struct check *c)
{
	fresh_card(false);
	vendor.there = true;
	vendor.missing_space = 0xa;
	read_over_config(c, CARD);
	if (c->failed)
		return;
	CHECK_EQ(c, vendor.accesses, 0);
	CHECK_EQ(c, vendor.semaphore, 0);
	CHECK(c, old_way_accesses > 300);
}

static void a_vendor_capability_that_does_not_answer_times_out(struct check *c)
{
	struct cx3_open_options options = {.sysfs_root = sys_root};
	struct cx3_device *device = NULL;
	struct cx3_error err = {0};

	fresh_card(false);
	vendor.there = true;
	vendor.mute = true;
	CHECK_STATUS(c, cx3_device_open(CARD, &options, &device, &err), CX3_GATEWAY_TIMEOUT, &err);
	CHECK_EQ(c, vendor.semaphore, 0);
}

static uint32_t config_dword(uint32_t offset)
{
	uint8_t b[4] = {0};

	cx3_sim_config_read(sim, offset, b, sizeof(b), NULL);
	return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

/* Header and PCI Express controls (nv-config 6): a reset clears all of them. */
static void a_reset_restores_configuration_space_and_frees_semaphores(struct check *c)
{
	static const struct {
		uint32_t offset, value, mask;
	} ROWS[] = {
		{0x04, 0x00000406, 0xffff}, {0x0c, 0x00000010, 0xffff}, {0x10, 0xfe100000, ~0xfu},
		{0x14, 0x00000012, ~0u},    {0x18, 0xe0000000, ~0xfu},	{0x1c, 0x00000034, ~0u},
		{0x3c, 0x0000000b, 0xff},   {0x68, 0x00002910, 0xffff}, {0x70, 0x00000040, 0xffff},
	};
	struct cx3_open_options options = {.sysfs_root = sys_root};
	struct cx3_device *device = NULL;
	struct cx3_error err = {0};

	fresh_card(false);
	for (unsigned i = 0; i < sizeof(ROWS) / sizeof(ROWS[0]); i++)
		cx3_sim_config_write(sim, ROWS[i].offset, &ROWS[i].value, 4, NULL);
	CHECK_STATUS(c, cx3_device_open(CARD, &options, &device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_device_reset(device, &err), CX3_OK, &err);
	cx3_device_close(device);
	for (unsigned i = 0; i < sizeof(ROWS) / sizeof(ROWS[0]); i++)
		CHECK_EQ(c, config_dword(ROWS[i].offset) & ROWS[i].mask, ROWS[i].value);
	CHECK(c, fixture_locks_are_free(&fixture));
}

static void a_card_that_does_not_come_back_from_a_reset_is_told(struct check *c)
{
	struct cx3_open_options options = {.sysfs_root = sys_root};
	struct cx3_device *device = NULL;
	struct cx3_error err = {0};
	struct cx3_sim_info info;

	fresh_card(false);
	cx3_sim_get_info(sim, &info);
	info.options.reset_ms = 60000;
	CHECK_STATUS(c, cx3_sim_set_options(sim, &info.options), CX3_OK, &err);
	CHECK_STATUS(c, cx3_device_open(CARD, &options, &device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_device_reset(device, &err), CX3_RESET_TIMEOUT, &err);
	CHECK_EQ(c, err.expected, 0x15b3);
	CHECK_EQ(c, err.found, 0xffff);
	cx3_device_close(device);
	cx3_sim_sleep_us(sim, 60000000);
	CHECK(c, fixture_locks_are_free(&fixture));
}

static void a_card_that_is_gone_is_not_reset(struct check *c)
{
	struct cx3_open_options options = {.sysfs_root = sys_root};
	struct cx3_device *device = NULL;
	struct cx3_error err = {0};

	fresh_card(false);
	CHECK_STATUS(c, cx3_device_open(CARD, &options, &device, &err), CX3_OK, &err);
	fixture_set_fault(&fixture, CX3_SIM_FAULT_ALL_ONES, 0, 0, 0);
	CHECK_STATUS(c, cx3_device_reset(device, &err), CX3_ALL_ONES, &err);
	CHECK(c, strstr(err.what, "nothing was reset") != NULL);
	cx3_device_close(device);
}

static void firmware_is_asked_over_config_space(struct check *c)
{
	struct cx3_open_options options = {.sysfs_root = sys_root};
	static const uint8_t on_eight[4] = {0x80, 0, 0, 8};
	uint8_t cap[CX3_HCR_DEV_CAP_BYTES], data[4];
	struct cx3_device *device = NULL;
	struct cx3_error err = {0};
	unsigned way;
	bool stored;

	for (way = 0; way < 3; way++) {
		fresh_card_of(true, way == 1);
		vendor.there = way == 2;
		CHECK_STATUS(c, cx3_device_open("pciconf:" CARD, &options, &device, &err), CX3_OK,
			     &err);
		CHECK_EQ(c, cx3_device_card(device)->access, CX3_ACCESS_CONFIG);
		CHECK_STATUS(c, cx3_hcr_query_dev_cap(device, cap, &err), CX3_OK, &err);
		CHECK_EQ(c, cap[0xc3], 0x3d);
		CHECK_STATUS(c, cx3_nv_set(device, 0x11, 0, on_eight, 4, &err), CX3_OK, &err);
		CHECK_STATUS(c, cx3_nv_get(device, 0x11, 0, data, 4, &stored, &err), CX3_OK, &err);
		CHECK(c, stored && memcmp(data, on_eight, 4) == 0);
		CHECK_EQ(c, vendor.accesses > 0, way == 2);
		cx3_device_close(device);
		CHECK(c, fixture_locks_are_free(&fixture));
	}
}

int main(void)
{
	struct check c = {0};

	CASE(&c, a_card_in_recovery_mode_goes_over_config_space);
	CASE(&c, a_write_only_address_register_is_noticed);
	CASE(&c, a_whole_vendor_capability_is_preferred);
	CASE(&c, a_vendor_capability_without_all_spaces_is_left_alone);
	CASE(&c, a_vendor_capability_that_does_not_answer_times_out);
	CASE(&c, a_reset_restores_configuration_space_and_frees_semaphores);
	CASE(&c, a_card_that_does_not_come_back_from_a_reset_is_told);
	CASE(&c, a_card_that_is_gone_is_not_reset);
	CASE(&c, firmware_is_asked_over_config_space);
	cx3_sim_close(sim);
	fixture_close(&fixture);
	return check_report(&c);
}
