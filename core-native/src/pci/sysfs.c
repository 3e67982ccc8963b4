/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "pci/sysfs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bus/error.h"

static bool join(char *path, const char *dir, const char *name)
{
	return snprintf(path, CX3_PATH_BYTES, "%s/%s", dir, name) < CX3_PATH_BYTES;
}

long cx3_sysfs_read_at(const char *dir, const char *name, uint64_t offset, void *buffer,
		       size_t len_bytes)
{
	char path[CX3_PATH_BYTES];
	size_t done = 0;
	ssize_t n;
	int fd, saved;

	if (!join(path, dir, name)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	while (done < len_bytes) {
		n = pread(fd, (char *)buffer + done, len_bytes - done, (off_t)(offset + done));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && done == 0) {
			saved = errno;
			close(fd);
			errno = saved;
			return -1;
		}
		if (n <= 0)
			break;
		done += (size_t)n;
	}
	close(fd);
	return (long)done;
}

bool cx3_sysfs_text(const char *dir, const char *name, char *text, size_t size)
{
	long n = cx3_sysfs_read_at(dir, name, 0, text, size - 1);

	text[n > 0 ? n : 0] = '\0';
	text[strcspn(text, "\n")] = '\0';
	return n > 0;
}

bool cx3_sysfs_number(const char *dir, const char *name, uint32_t max, uint32_t *value)
{
	char text[32], *end;
	unsigned long number;

	*value = 0;
	if (!cx3_sysfs_text(dir, name, text, sizeof(text)))
		return false;
	errno = 0;
	number = strtoul(text, &end, 0);
	if (end == text || errno || number > max)
		return false;
	*value = (uint32_t)number;
	return true;
}

bool cx3_sysfs_exists(const char *dir, const char *name)
{
	char path[CX3_PATH_BYTES];

	return join(path, dir, name) && access(path, F_OK) == 0;
}

bool cx3_sysfs_link_name(const char *dir, const char *name, char *text, size_t size)
{
	char path[CX3_PATH_BYTES], target[CX3_PATH_BYTES];
	const char *last;
	ssize_t n;

	text[0] = '\0';
	if (!join(path, dir, name))
		return false;
	n = readlink(path, target, sizeof(target) - 1);
	if (n <= 0)
		return false;
	target[n] = '\0';
	last = strrchr(target, '/');
	last = last ? last + 1 : target;
	return snprintf(text, size, "%s", last) < (int)size;
}

bool cx3_sysfs_root_of(const char *device_dir, char *root, size_t size)
{
	size_t len = strlen(device_dir);
	int parts = 4;

	while (len > 0 && parts > 0) {
		while (len > 0 && device_dir[len - 1] == '/')
			len--;
		while (len > 0 && device_dir[len - 1] != '/')
			len--;
		parts--;
	}
	while (len > 1 && device_dir[len - 1] == '/')
		len--;
	if (len == 0 || len >= size)
		return false;
	memcpy(root, device_dir, len);
	root[len] = '\0';
	return true;
}

bool cx3_kernel_is_locked_down(const char *sysfs_root)
{
	char text[64];

	if (!cx3_sysfs_text(sysfs_root, "kernel/security/lockdown", text, sizeof(text)))
		return false;
	return strstr(text, "[integrity]") || strstr(text, "[confidentiality]");
}

int cx3_sysfs_refused(const char *device_dir, const char *what, int sys_errno,
		      struct cx3_error *err)
{
	char root[CX3_PATH_BYTES], driver[64];
	bool permission = sys_errno == EPERM || sys_errno == EACCES;

	if (permission && cx3_sysfs_root_of(device_dir, root, sizeof(root)) &&
	    cx3_kernel_is_locked_down(root))
		return cx3_fail_errno(err, CX3_KERNEL_LOCKDOWN, sys_errno,
				      "%s: boot with Secure Boot off or lockdown=none", what);
	if (permission)
		return cx3_fail_errno(err, CX3_NOT_ROOT, sys_errno, "%s: run as root", what);
	if (sys_errno == EINVAL &&
	    cx3_sysfs_link_name(device_dir, "driver", driver, sizeof(driver)))
		return cx3_fail_errno(err, CX3_DRIVER_BOUND, sys_errno,
				      "%s: driver %s holds it; unbind the driver, or use "
				      "pciconf:ADDRESS",
				      what, driver);
	if (sys_errno == ENOENT || sys_errno == ENODEV)
		return cx3_fail_errno(err, CX3_NOT_FOUND, sys_errno, "%s",
				      what);
	return cx3_fail_errno(err, CX3_IO, sys_errno, "%s", what);
}
