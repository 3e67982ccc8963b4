/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "fixture.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tiny_image.h"

static void die(const char *what)
{
	perror(what);
	exit(2);
}

static void check_sim(int status, const struct cx3_error *err)
{
	if (status == CX3_OK)
		return;
	printf("virtual card of the test: %s: %s\n", cx3_status_name(status), err->what);
	exit(2);
}

void fixture_open(struct fixture *fixture)
{
	const char *base = getenv("TMPDIR");

	memset(fixture, 0, sizeof(*fixture));
	snprintf(fixture->dir, sizeof(fixture->dir), "%.300s/cx3-test-XXXXXX",
		 base ? base : "/tmp");
	if (!mkdtemp(fixture->dir))
		die(fixture->dir);
	snprintf(fixture->sim_path, sizeof(fixture->sim_path), "%.400s/card.sim", fixture->dir);
	snprintf(fixture->sim_spec, sizeof(fixture->sim_spec), "sim:%s", fixture->sim_path);
}

static int remove_entry(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

void fixture_close(struct fixture *fixture)
{
	if (fixture->dir[0])
		nftw(fixture->dir, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
	fixture->dir[0] = '\0';
}

static void make_path(const struct fixture *fixture, const char *name, char *path)
{
	char *slash;

	snprintf(path, FIXTURE_PATH_BYTES, "%.300s/%.200s", fixture->dir, name);
	for (slash = path + strlen(fixture->dir) + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		if (mkdir(path, 0755) != 0 && errno != EEXIST)
			die(path);
		*slash = '/';
	}
}

void fixture_file(const struct fixture *fixture, const char *name, const void *data,
		  size_t len_bytes)
{
	char path[FIXTURE_PATH_BYTES];
	FILE *file;

	make_path(fixture, name, path);
	if (!data) {
		if (mkdir(path, 0755) != 0 && errno != EEXIST)
			die(path);
		return;
	}
	file = fopen(path, "wb");
	if (!file || fwrite(data, 1, len_bytes, file) != len_bytes || fclose(file) != 0)
		die(path);
}

void fixture_text(const struct fixture *fixture, const char *name, const char *text)
{
	fixture_file(fixture, name, text, strlen(text));
}

void fixture_link(const struct fixture *fixture, const char *name, const char *target)
{
	char path[FIXTURE_PATH_BYTES];

	make_path(fixture, name, path);
	if (symlink(target, path) != 0)
		die(path);
}

void fixture_pci(const struct fixture *fixture, const char *address, uint16_t device_id,
		 uint32_t id_register)
{
	uint8_t config[256] = {0xb3, 0x15, (uint8_t)device_id, (uint8_t)(device_id >> 8), 0x06};
	uint8_t *bar = calloc(1, CX3_CR_SIZE_BYTES);
	char name[160], text[16];

	if (!bar)
		die("BAR");
	bar[0xf0014] = (uint8_t)(id_register >> 24);
	bar[0xf0015] = (uint8_t)(id_register >> 16);
	bar[0xf0016] = (uint8_t)(id_register >> 8);
	bar[0xf0017] = (uint8_t)id_register;
	snprintf(name, sizeof(name), "sys/bus/pci/devices/%.32s/resource0", address);
	fixture_file(fixture, name, bar, CX3_CR_SIZE_BYTES);
	free(bar);
	snprintf(name, sizeof(name), "sys/bus/pci/devices/%.32s/config", address);
	fixture_file(fixture, name, config, sizeof(config));
	snprintf(name, sizeof(name), "sys/bus/pci/devices/%.32s/vendor", address);
	fixture_text(fixture, name, "0x15b3\n");
	snprintf(name, sizeof(name), "sys/bus/pci/devices/%.32s/device", address);
	snprintf(text, sizeof(text), "0x%04x\n", device_id);
	fixture_text(fixture, name, text);
}

void fixture_pattern(uint8_t *data, size_t len_bytes, uint32_t seed)
{
	uint32_t state = seed * 2654435761u + 12345u;
	size_t i;

	for (i = 0; i < len_bytes; i++) {
		state = state * 1664525u + 1013904223u;
		data[i] = (uint8_t)(state >> 24);
	}
}

static struct cx3_sim *open_sim(const struct fixture *fixture)
{
	struct cx3_error err = {0};
	struct cx3_sim *sim = NULL;

	check_sim(cx3_sim_open(fixture->sim_path, &sim, &err), &err);
	return sim;
}

void fixture_sim(struct fixture *fixture, const char *chip, unsigned banks, uint32_t seed)
{
	struct cx3_sim_model model = {
		.vendor_id = 0x15b3,
		.device_id = 0x1007,
		.subsystem_vendor_id = 0x1590,
		.subsystem_id = 0x22f3,
		.hw_id = 0x1f7,
		.banks = banks,
		.model_name = "test",
	};
	struct cx3_error err = {0};
	struct cx3_sim_info info;
	uint8_t *content;

	snprintf(model.chip, sizeof(model.chip), "%s", chip);
	unlink(fixture->sim_path);
	check_sim(cx3_sim_create(fixture->sim_path, &model, &err), &err);
	if (!seed)
		return;
	fixture_info(fixture, &info);
	content = malloc(info.flash_size_bytes);
	if (!content)
		die("flash");
	fixture_pattern(content, info.flash_size_bytes, seed);
	fixture_poke(fixture, 0, content, info.flash_size_bytes);
	free(content);
}

void fixture_firmware(struct fixture *fixture, const char *model_name)
{
	static const struct tiny_options options = {
		.failsafe = true,
		.chunk_log2 = 20,
		.major = 2,
		.minor = 42,
		.subminor = 5700,
		.full_crc = true,
		.ddr_bytes = 0x100,
		.config_sectors = 1,
		.config_sector_log2_kib = 6,
	};
	struct cx3_sim_model model = {
		.vendor_id = 0x15b3,
		.device_id = 0x1007,
		.subsystem_vendor_id = 0x103c,
		.subsystem_id = 0x22f4,
		.hw_id = 0x1f7,
		.chip = "W25Q16BV",
		.banks = 1,
		.port_type = {2, 2},
	};
	static struct tiny_image image;
	struct cx3_error err = {0};
	struct cx3_sim *sim;

	snprintf(model.model_name, sizeof(model.model_name), "%s", model_name);
	unlink(fixture->sim_path);
	check_sim(cx3_sim_create(fixture->sim_path, &model, &err), &err);
	tiny_make(&image, &options);
	sim = open_sim(fixture);
	tiny_store(sim, &image, 0);
	check_sim(cx3_sim_power_cycle(sim, &err), &err);
	cx3_sim_close(sim);
}

void fixture_set_fault(const struct fixture *fixture, enum cx3_sim_fault_kind kind, uint64_t at,
		       uint64_t count, uint32_t value)
{
	struct cx3_sim_fault fault = {
		.kind = kind, .at = at, .count = count, .value = value, .seed = 1};
	struct cx3_sim *sim = open_sim(fixture);
	struct cx3_error err = {0};

	check_sim(cx3_sim_set_fault(sim, &fault, &err), &err);
	cx3_sim_close(sim);
}

void fixture_power_cycle(const struct fixture *fixture)
{
	struct cx3_sim *sim = open_sim(fixture);
	struct cx3_error err = {0};

	check_sim(cx3_sim_power_cycle(sim, &err), &err);
	cx3_sim_close(sim);
}

void fixture_set_cr_mailbox(const struct fixture *fixture, bool on)
{
	struct cx3_sim *sim = open_sim(fixture);
	struct cx3_error err = {0};
	struct cx3_sim_info info;

	cx3_sim_get_info(sim, &info);
	info.options.cr_mailbox = on;
	check_sim(cx3_sim_set_options(sim, &info.options), &err);
	cx3_sim_close(sim);
}

void fixture_peek(const struct fixture *fixture, uint64_t address, void *buffer, size_t len_bytes)
{
	struct cx3_sim *sim = open_sim(fixture);
	struct cx3_error err = {0};

	check_sim(cx3_sim_peek(sim, address, buffer, len_bytes, &err), &err);
	cx3_sim_close(sim);
}

void fixture_poke(const struct fixture *fixture, uint64_t address, const void *data,
		  size_t len_bytes)
{
	struct cx3_sim *sim = open_sim(fixture);
	struct cx3_error err = {0};

	check_sim(cx3_sim_poke(sim, address, data, len_bytes, &err), &err);
	cx3_sim_close(sim);
}

void fixture_info(const struct fixture *fixture, struct cx3_sim_info *info)
{
	struct cx3_sim *sim = open_sim(fixture);

	cx3_sim_get_info(sim, info);
	cx3_sim_close(sim);
}

bool fixture_locks_are_free(const struct fixture *fixture)
{
	struct cx3_sim_info info;

	fixture_info(fixture, &info);
	return info.semaphores_held[0] == 0 && (info.semaphores_held[1] & ~1u) == 0;
}

void fixture_sysfs(struct fixture *fixture, char *sys_root, size_t size)
{
	fixture_close(fixture);
	fixture_open(fixture);
	fixture_file(fixture, "sys", NULL, 0);
	snprintf(sys_root, size, "%s/sys", fixture->dir);
}
