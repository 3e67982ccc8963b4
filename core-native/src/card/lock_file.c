/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "card/lock_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bus/error.h"

static int open_folder(const char *dir, int *dir_fd, struct cx3_error *err)
{
	struct stat st;

	*dir_fd = -1;
	if (mkdir(dir, 0700) != 0 && errno != EEXIST)
		return cx3_fail_errno(err, CX3_IO, errno, "folder of lock files %.120s", dir);
	*dir_fd = open(dir, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (*dir_fd < 0)
		return cx3_fail_errno(err, CX3_IO, errno, "folder of lock files %.120s", dir);
	if (fstat(*dir_fd, &st) == 0 && st.st_uid == geteuid() && !(st.st_mode & 022))
		return CX3_OK;
	close(*dir_fd);
	*dir_fd = -1;
	return cx3_fail(err, CX3_IO,
			"folder of lock files %.100s must be yours and writable by nobody else; "
			"remove it or name another",
			dir);
}

int cx3_lock_file_take(const char *dir, const char *name, int *fd_out, struct cx3_error *err)
{
	char file[96];
	struct stat st;
	int dir_fd, fd, status;

	*fd_out = -1;
	snprintf(file, sizeof(file), "%.80s.lock", name);
	status = open_folder(dir, &dir_fd, err);
	if (status != CX3_OK)
		return status;
	fd = openat(dir_fd, file, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
	if (fd < 0)
		status = cx3_fail_errno(err, CX3_IO, errno, "lock file %.100s/%s", dir, file);
	else if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		status = cx3_fail(err, CX3_IO, "lock file %.100s/%s is no regular file", dir, file);
	else if (flock(fd, LOCK_EX | LOCK_NB) != 0)
		status =
			errno == EWOULDBLOCK
				? cx3_fail(err, CX3_BUSY,
					   "%.100s/%s is locked; wait for the other command or "
					   "end it",
					   dir, file)
				: cx3_fail_errno(err, CX3_IO, errno,
						 "lock file %.100s/%s cannot be locked", dir, file);
	close(dir_fd);
	if (status != CX3_OK) {
		if (fd >= 0)
			close(fd);
		return status;
	}
	*fd_out = fd;
	return CX3_OK;
}
