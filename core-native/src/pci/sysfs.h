/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* Reading of small sysfs attributes. Nothing here touches a register of the card. */
#ifndef CX3_PCI_SYSFS_H
#define CX3_PCI_SYSFS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cx3/status.h"

#define CX3_PATH_BYTES 4096

/* Text of <dir>/<name> without the line end; "" and false when it cannot be read. */
bool cx3_sysfs_text(const char *dir, const char *name, char *text, size_t size);
/* "0x15b3" or "8" as a number; 0 and false when there is none or it is above max. */
bool cx3_sysfs_number(const char *dir, const char *name, uint32_t max, uint32_t *value);
bool cx3_sysfs_exists(const char *dir, const char *name);
/* Last part of the target of the link <dir>/<name>: the name of a driver, the address of a device.
 */
bool cx3_sysfs_link_name(const char *dir, const char *name, char *text, size_t size);
/* At most len_bytes of <dir>/<name> at offset; the number of bytes read or -1 with errno. */
long cx3_sysfs_read_at(const char *dir, const char *name, uint64_t offset, void *buffer,
		       size_t len_bytes);
/* "/sys/bus/pci/devices/0000:23:00.0" -> "/sys", by name only; false when the path is too short. */
bool cx3_sysfs_root_of(const char *device_dir, char *root, size_t size);

/* True when the kernel says integrity or confidentiality in <root>/kernel/security/lockdown. */
bool cx3_kernel_is_locked_down(const char *sysfs_root);

/*
 * Status of an access to the card that the kernel refused with sys_errno: CX3_KERNEL_LOCKDOWN,
 * CX3_NOT_ROOT, CX3_DRIVER_BOUND (EINVAL with a driver there: strict memory), CX3_NOT_FOUND or
 * CX3_IO, each with what to do.
 */
int cx3_sysfs_refused(const char *device_dir, const char *what, int sys_errno,
		      struct cx3_error *err);

#endif
