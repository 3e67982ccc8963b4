/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "card/lock_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "bus/error.h"

#define RECORD_BYTES  64
#define RECORD_FORMAT "cx3 pid=%lld since=%lld"

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

void cx3_lock_owner_text(const struct cx3_lock_owner *owner, char text[CX3_LOCK_OWNER_BYTES])
{
	time_t since = (time_t)owner->since_utc_s;
	struct tm utc;
	char date[32] = "?";

	if (gmtime_r(&since, &utc))
		strftime(date, sizeof(date), "%Y-%m-%d %H:%M:%S UTC", &utc);
	snprintf(text, CX3_LOCK_OWNER_BYTES, "process %lld (since %s)", (long long)owner->pid,
		 date);
}

/* Anything but what we write counts as "nobody": the file may be of another version. */
static void read_owner(int fd, struct cx3_lock_owner *owner)
{
	char text[RECORD_BYTES];
	long long pid, since;
	ssize_t got = pread(fd, text, sizeof(text) - 1, 0);

	memset(owner, 0, sizeof(*owner));
	if (got <= 0)
		return;
	text[got] = '\0';
	if (sscanf(text, RECORD_FORMAT, &pid, &since) != 2 || pid <= 0 || since < 0)
		return;
	owner->pid = pid;
	owner->since_utc_s = since;
}

/* Without the record only a message is poorer, so a full disk is no reason to stop. */
static void write_owner(int fd, const struct cx3_lock_owner *owner)
{
	char text[RECORD_BYTES];
	int len;

	if (ftruncate(fd, 0) != 0 || !owner->pid)
		return;
	len = snprintf(text, sizeof(text), RECORD_FORMAT "\n", (long long)owner->pid,
		       (long long)owner->since_utc_s);
	if (pwrite(fd, text, (size_t)len, 0) != len && ftruncate(fd, 0) != 0)
		return;
}

static struct cx3_lock_owner ourselves(void)
{
	return (struct cx3_lock_owner){.pid = getpid(), .since_utc_s = time(NULL)};
}

static int is_locked(int fd, const char *dir, const char *file, struct cx3_error *err)
{
	char text[CX3_LOCK_OWNER_BYTES];
	struct cx3_lock_owner owner;

	read_owner(fd, &owner);
	if (!owner.pid)
		return cx3_fail(err, CX3_BUSY,
				"%.100s/%s is locked; wait for the other command or end it", dir,
				file);
	cx3_lock_owner_text(&owner, text);
	return cx3_fail(err, CX3_BUSY, "%s has it, by %.80s/%s; wait for that command or end it",
			text, dir, file);
}

int cx3_lock_file_take(const char *dir, const char *name, struct cx3_lock_file *out,
		       struct cx3_error *err)
{
	struct cx3_lock_owner owner;
	char file[96];
	struct stat st;
	int dir_fd, fd, status;

	*out = (struct cx3_lock_file){.fd = -1};
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
				? is_locked(fd, dir, file, err)
				: cx3_fail_errno(err, CX3_IO, errno,
						 "lock file %.100s/%s cannot be locked", dir, file);
	close(dir_fd);
	if (status != CX3_OK) {
		if (fd >= 0)
			close(fd);
		return status;
	}
	out->fd = fd;
	read_owner(fd, &out->dead);
	owner = ourselves();
	write_owner(fd, &owner);
	return CX3_OK;
}

void cx3_lock_file_release(struct cx3_lock_file *lock, enum cx3_lock_left left)
{
	struct cx3_lock_owner owner = {0};

	if (lock->fd < 0)
		return;
	if (left == CX3_LEFT_AS_FOUND)
		owner = lock->dead;
	else if (left == CX3_LEFT_TAKEN)
		owner = ourselves();
	write_owner(lock->fd, &owner);
	close(lock->fd);
	lock->fd = -1;
}
