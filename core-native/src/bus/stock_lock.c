/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "bus/stock_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bus/error.h"
#include "bus/host_clock.h"

#define TIMEOUT_US 1000000u
#define POLL_US	   20u

void cx3_stock_lock_open(struct cx3_stock_lock *lock, const char *dir, const char *address,
			 const char *suffix)
{
	char name[64];
	struct stat st;
	int dir_fd;

	lock->fd = -1;
	if (!dir || snprintf(name, sizeof(name), "%s%s", address, suffix) >= (int)sizeof(name))
		return;
	dir_fd = open(dir, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (dir_fd < 0)
		return;
	lock->fd = openat(dir_fd, name, O_RDONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC,
			  0600);
	close(dir_fd);
	if (lock->fd >= 0 && (fstat(lock->fd, &st) != 0 || !S_ISREG(st.st_mode)))
		cx3_stock_lock_close(lock);
}

int cx3_stock_lock_take(struct cx3_stock_lock *lock, struct cx3_error *err)
{
	uint64_t deadline_us;

	if (lock->fd < 0 || flock(lock->fd, LOCK_EX | LOCK_NB) == 0)
		return CX3_OK;
	deadline_us = cx3_host_now_us(NULL) + TIMEOUT_US;
	do {
		cx3_host_sleep_us(NULL, POLL_US);
		if (flock(lock->fd, LOCK_EX | LOCK_NB) == 0)
			return CX3_OK;
	} while (cx3_host_now_us(NULL) < deadline_us);
	return cx3_fail_errno(err, CX3_BUSY, errno,
			      "the lock file of the stock tool in " CX3_STOCK_LOCK_DIR
			      " stays taken; end the tool that holds it");
}

void cx3_stock_lock_release(struct cx3_stock_lock *lock)
{
	if (lock->fd >= 0)
		flock(lock->fd, LOCK_UN);
}

void cx3_stock_lock_close(struct cx3_stock_lock *lock)
{
	if (lock->fd >= 0)
		close(lock->fd);
	lock->fd = -1;
}
