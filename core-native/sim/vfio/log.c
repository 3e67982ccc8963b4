/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "log.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "error.h"

struct vfio_log {
	FILE *file;
};

int vfio_log_open(const char *path, struct vfio_log **out, struct cx3_error *err)
{
	struct vfio_log *log = calloc(1, sizeof(*log));
	struct stat st;
	int fd, saved;

	*out = NULL;
	if (!log)
		return sim_fail_errno(err, ENOMEM, "access log");
	fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0644);
	if (fd >= 0 && (fstat(fd, &st) || !S_ISREG(st.st_mode))) {
		close(fd);
		fd = -1;
		errno = EINVAL;
	}
	log->file = fd >= 0 ? fdopen(fd, "a") : NULL;
	if (!log->file) {
		saved = errno;
		if (fd >= 0)
			close(fd);
		free(log);
		return sim_fail_errno(err, saved, "access log %s", path);
	}
	*out = log;
	return CX3_OK;
}

void vfio_log_register(struct vfio_log *log, char direction, uint32_t reg, uint32_t value)
{
	if (log)
		fprintf(log->file, "%c %05" PRIx32 " %08" PRIx32 "\n", direction, reg, value);
}

void vfio_log_config(struct vfio_log *log, char direction, uint32_t offset, const uint8_t *bytes,
		     uint32_t len_bytes)
{
	if (!log)
		return;
	for (uint32_t done = 0; done < len_bytes;) {
		uint32_t part = len_bytes - done < 4 ? len_bytes - done : 4;
		uint32_t value = 0;

		for (uint32_t i = 0; i < part; i++)
			value |= (uint32_t)bytes[done + i] << (8 * i);
		fprintf(log->file, "C%c %" PRIx32 " %" PRIu32 " %0*" PRIx32 "\n", direction,
			offset + done, part, (int)(2 * part), value);
		done += part;
	}
}

void vfio_log_event(struct vfio_log *log, const char *text)
{
	if (log)
		fprintf(log->file, "# %s\n", text);
}

void vfio_log_flush(struct vfio_log *log)
{
	if (log)
		fflush(log->file);
}

int vfio_log_close(struct vfio_log *log)
{
	int bad;

	if (!log)
		return 1;
	bad = ferror(log->file);
	bad |= fclose(log->file);
	free(log);
	return !bad;
}
