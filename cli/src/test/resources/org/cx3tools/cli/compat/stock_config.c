/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * Preloaded into the vendor's mstconfig: a card at 04:00.0 behind the gateway in configuration space,
 * just enough of it for settings (nv-config 2). The folder $CX3_FAKE holds devices/ (in the place of
 * /sys/bus/pci/devices), locks/ (of the tool), answers (capabilities and three defaults, 256 + 3 * 32 bytes) and records
 * (stored TLVs: type, modifier, length as big-endian words, then 128 bytes). $CX3_SET_STATUS and
 * $CX3_GET_STATUS make register accesses fail.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SYSFS		 "/sys/bus/pci/devices"
#define LOCKS		 "/tmp/mstflint_lockfiles"
#define CR_WORDS	 (0x100000 / 4)
#define CR_HARDWARE_ID	 0xf0014
#define CR_LOCK		 0xf03bc
#define CR_FLUSH	 0xf0380
#define CR_HCR		 0x80780
#define CR_MAILBOX	 0xe0000
#define CR_MAILBOX_END	 0xe0200
#define GATEWAY_ADDRESS	 0x58
#define GATEWAY_DATA	 0x5c
#define HW_CONNECTX3_PRO 0x1f7
#define ANSWERS		 (256 + 3 * 32)
#define MOST_RECORDS	 32
#define RECORD		 140
#define DATA		 12
#define MOST_FDS	 1024

static uint32_t cr[CR_WORDS], gateway;
static uint8_t mailbox[512], answers[ANSWERS], records[MOST_RECORDS][RECORD];
static size_t record_count;
static char is_config[MOST_FDS];

static uint32_t get(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static void put(uint8_t *p, uint32_t value)
{
	p[0] = (uint8_t)(value >> 24);
	p[1] = (uint8_t)(value >> 16);
	p[2] = (uint8_t)(value >> 8);
	p[3] = (uint8_t)value;
}

static FILE *state(const char *name, const char *mode)
{
	FILE *(*real)(const char *, const char *) = dlsym(RTLD_NEXT, "fopen");
	char path[600];

	snprintf(path, sizeof(path), "%s/%s", getenv("CX3_FAKE"), name);
	return real(path, mode);
}

static void load(void)
{
	FILE *file;

	if (cr[CR_HARDWARE_ID / 4])
		return;
	cr[CR_HARDWARE_ID / 4] = HW_CONNECTX3_PRO;
	file = state("answers", "r");
	if (!file || fread(answers, 1, ANSWERS, file) != ANSWERS)
		abort();
	fclose(file);
	file = state("records", "r");
	if (file) {
		record_count = fread(records, RECORD, MOST_RECORDS, file);
		fclose(file);
	}
}

static void save(void)
{
	FILE *file = state("records", "w");

	if (!file || fwrite(records, RECORD, record_count, file) != record_count || fclose(file))
		abort();
}

static unsigned status_of(const char *variable)
{
	const char *text = getenv(variable);

	return text ? (unsigned)strtoul(text, NULL, 0) : 0;
}

static unsigned access_tlv(unsigned method)
{
	uint32_t type = get(mailbox + 20) & 0xffff, modifier = get(mailbox + 24) >> 16 & 0xff;
	uint32_t len = (get(mailbox + 20) >> 18 & 0xfff) * 4;
	size_t i = 0;

	while (i < record_count &&
	       (get(records[i]) != type || get(records[i] + 4) != modifier))
		i++;
	if (len > RECORD - DATA || i == MOST_RECORDS)
		abort();
	if (method == 1) {
		if (status_of("CX3_GET_STATUS"))
			return status_of("CX3_GET_STATUS");
		if (i == record_count)
			return 8;
		memcpy(mailbox + 28, records[i] + DATA, len);
		return 0;
	}
	if (status_of("CX3_SET_STATUS"))
		return status_of("CX3_SET_STATUS");
	put(records[i], type);
	put(records[i] + 4, modifier);
	put(records[i] + 8, len);
	memcpy(records[i] + DATA, mailbox + 28, len);
	record_count += i == record_count;
	save();
	return 0;
}

static void access_register(void)
{
	unsigned reg = get(mailbox + 4) >> 16, method = mailbox[6] & 0x7fu, status = 4;

	if (reg == 0x9024) {
		status = access_tlv(method);
	} else if (reg == 0x9029) {
		status = status_of("CX3_SET_STATUS");
		if (!status) {
			record_count = 0;
			save();
		}
	}
	mailbox[2] = (uint8_t)status;
	mailbox[6] |= 0x80;
}

static void command(void)
{
	uint32_t *hcr = cr + CR_HCR / 4, word = hcr[6], at = hcr[2] * 4, status = 0;

	if (at > sizeof(mailbox) - 8)
		abort();
	switch (word & 0xfff) {
	case 0x03:
		memcpy(mailbox, answers, 256);
		break;
	case 0x73:
		memcpy(mailbox, answers + 256 + 32 * (word >> 12 & 3), 32);
		break;
	case 0x70:
		put(mailbox + at, hcr[1]);
		put(mailbox + at + 4, hcr[0]);
		break;
	case 0x71:
		hcr[4] = get(mailbox + at);
		hcr[3] = get(mailbox + at + 4);
		break;
	case 0x3b:
		access_register();
		break;
	default:
		status = 2;
	}
	hcr[6] = (word & 0x7fffff) | status << 24;
}

static uint32_t cr_read(uint32_t address)
{
	uint32_t value = cr[address % sizeof(cr) / 4];

	if (address == CR_LOCK)
		cr[CR_LOCK / 4] = 1;
	return value;
}

static void cr_write(uint32_t address, uint32_t value)
{
	if (address >= CR_MAILBOX && address < CR_MAILBOX_END)
		return; /* this firmware has its mailbox behind commands only */
	cr[address % sizeof(cr) / 4] = address == CR_FLUSH ? 0 : value;
	if (address == CR_HCR + 0x18 && (value >> 23 & 1))
		command();
}

static const char *moved(const char *path, char *room, size_t size)
{
	if (!strncmp(path, SYSFS, strlen(SYSFS)))
		snprintf(room, size, "%s/devices%s", getenv("CX3_FAKE"), path + strlen(SYSFS));
	else if (!strncmp(path, LOCKS, strlen(LOCKS)))
		snprintf(room, size, "%s/locks%s", getenv("CX3_FAKE"), path + strlen(LOCKS));
	else
		return path;
	return room;
}

static int mark(int fd, const char *path)
{
	size_t length = strlen(path);

	if (fd >= 0 && fd < MOST_FDS)
		is_config[fd] = !strncmp(path, SYSFS, strlen(SYSFS)) && length > 7 &&
				!strcmp(path + length - 7, "/config");
	return fd;
}

int open64(const char *path, int flags, ...)
{
	int (*real)(const char *, int, ...) = dlsym(RTLD_NEXT, "open64");
	char room[600];
	va_list args;
	int mode;

	va_start(args, flags);
	mode = va_arg(args, int);
	va_end(args);
	return mark(real(moved(path, room, sizeof(room)), flags, mode), path);
}

FILE *fopen64(const char *path, const char *mode)
{
	FILE *(*real)(const char *, const char *) = dlsym(RTLD_NEXT, "fopen64");
	char room[600];

	return real(moved(path, room, sizeof(room)), mode);
}

FILE *fopen(const char *path, const char *mode)
{
	return fopen64(path, mode);
}

DIR *opendir(const char *path)
{
	DIR *(*real)(const char *) = dlsym(RTLD_NEXT, "opendir");
	char room[600];

	return real(moved(path, room, sizeof(room)));
}

int mkdir(const char *path, mode_t mode)
{
	int (*real)(const char *, mode_t) = dlsym(RTLD_NEXT, "mkdir");
	char room[600];

	return real(moved(path, room, sizeof(room)), mode);
}

/* Nobody else has this card; the tool asks for each of some 170,000 accesses. */
int flock(int fd, int operation)
{
	(void)fd;
	(void)operation;
	return 0;
}

/* The stock tools insist on root. */
uid_t geteuid(void)
{
	return 0;
}

static int is_gateway(int fd, size_t len_bytes)
{
	if (fd < 0 || fd >= MOST_FDS || !is_config[fd] || len_bytes != 4)
		return 0;
	load();
	return 1;
}

ssize_t pread64(int fd, void *out, size_t len_bytes, off64_t offset)
{
	ssize_t (*real)(int, void *, size_t, off64_t);
	uint32_t value;

	if (!is_gateway(fd, len_bytes) || (offset != GATEWAY_ADDRESS && offset != GATEWAY_DATA)) {
		real = dlsym(RTLD_NEXT, "pread64");
		return real(fd, out, len_bytes, offset);
	}
	value = offset == GATEWAY_DATA ? cr_read(gateway) : gateway;
	memcpy(out, &value, 4);
	return 4;
}

ssize_t pwrite64(int fd, const void *in, size_t len_bytes, off64_t offset)
{
	ssize_t (*real)(int, const void *, size_t, off64_t);
	uint32_t value;

	if (!is_gateway(fd, len_bytes)) {
		real = dlsym(RTLD_NEXT, "pwrite64");
		return real(fd, in, len_bytes, offset);
	}
	memcpy(&value, in, 4);
	if (offset == GATEWAY_ADDRESS)
		gateway = value;
	else if (offset == GATEWAY_DATA)
		cr_write(gateway, value);
	return 4;
}
