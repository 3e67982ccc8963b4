/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "counters.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "error.h"

struct row {
	const char *name;
	uint64_t value;
};

static void print_rows(FILE *file, const char *indent, const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		fprintf(file, "%s\"%s\": %" PRIu64 "%s\n", indent, rows[i].name, rows[i].value,
			i + 1 < count ? "," : "");
}

static void print(FILE *file, struct vfio_device *device)
{
	const struct vfio_counters *bus = &device->counters;
	struct cx3_sim_info card;

	cx3_sim_get_info(device->sim, &card);
	const struct row bus_rows[] = {
		{"clients", bus->clients},
		{"messages", bus->messages},
		{"rejectedMessages", bus->rejected_messages},
		{"bar0Reads", bus->bar0_reads},
		{"bar0Writes", bus->bar0_writes},
		{"bar2Reads", bus->bar2_reads},
		{"bar2Writes", bus->bar2_writes},
		{"configReads", bus->config_reads},
		{"configWrites", bus->config_writes},
		{"oddAccesses", bus->odd_accesses},
		{"resets", bus->resets},
	};
	const struct row card_rows[] = {
		{"reads", card.reads},
		{"writes", card.writes},
		{"spiCommands", card.spi_commands},
		{"erases", card.erases},
		{"programs", card.programs},
		{"violations", card.violations},
		{"firmwareCommands", card.firmware_commands},
		{"nowUs", card.now_us},
	};

	fputs("{\n  \"bus\": {\n", file);
	print_rows(file, "    ", bus_rows, sizeof(bus_rows) / sizeof(bus_rows[0]));
	fputs("  },\n  \"card\": {\n", file);
	print_rows(file, "    ", card_rows, sizeof(card_rows) / sizeof(card_rows[0]));
	fputs("  }\n}\n", file);
}

int vfio_counters_save(struct vfio_device *device, const char *path, struct cx3_error *err)
{
	char *temporary = NULL;
	FILE *file = NULL;
	int fd, bad, rc = CX3_OK;

	if (asprintf(&temporary, "%s.XXXXXX", path) < 0)
		return sim_fail(err, CX3_NO_MEMORY, "counters");
	fd = mkostemp(temporary, O_CLOEXEC);
	if (fd < 0) {
		rc = sim_fail_errno(err, errno, "counters beside %s", path);
		goto out;
	}
	file = fdopen(fd, "w");
	if (!file) {
		rc = sim_fail_errno(err, errno, "counters %s", path);
		close(fd);
		unlink(temporary);
		goto out;
	}
	print(file, device);
	bad = fflush(file) || fchmod(fd, 0644);
	bad |= fclose(file);
	if (bad || rename(temporary, path)) {
		rc = sim_fail_errno(err, errno, "counters %s", path);
		unlink(temporary);
	}
out:
	free(temporary);
	return rc;
}
