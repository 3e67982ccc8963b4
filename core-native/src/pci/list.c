/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bus/error.h"
#include "cx3/device.h"
#include "pci/address.h"
#include "pci/card.h"
#include "pci/sysfs.h"

/* Addresses have a fixed width, so the order of names is the order of addresses. */
static int is_first_function(const struct dirent *entry)
{
	char address[CX3_ADDRESS_BYTES];

	return cx3_pci_address_parse(entry->d_name, address) && address[strlen(address) - 1] == '0';
}

int cx3_list_cards(const char *sysfs_root, cx3_list_fn fn, void *user, struct cx3_error *err)
{
	const char *root = sysfs_root ? sysfs_root : "/sys";
	char dir[CX3_PATH_BYTES], device_dir[CX3_PATH_BYTES];
	struct dirent **entries;
	struct cx3_card card;
	int count, i, result = CX3_OK;

	if (!fn)
		return cx3_fail(err, CX3_INVALID_ARGUMENT, "listing needs a function to call");
	if (snprintf(dir, sizeof(dir), "%s/bus/pci/devices", root) >= (int)sizeof(dir))
		return cx3_fail(err, CX3_INVALID_ARGUMENT, "path of sysfs is too long");
	count = scandir(dir, &entries, is_first_function, alphasort);
	if (count < 0) {
		/* A machine without PCI has no cards. */
		if (errno == ENOENT && cx3_sysfs_exists(root, "."))
			return CX3_OK;
		return cx3_fail_errno(err, CX3_IO, errno, "%.160s", dir);
	}
	for (i = 0; i < count; i++) {
		if (result == CX3_OK &&
		    snprintf(device_dir, sizeof(device_dir), "%s/%s", dir, entries[i]->d_name) <
			    (int)sizeof(device_dir) &&
		    cx3_card_from_sysfs(device_dir, entries[i]->d_name, &card, NULL) == CX3_OK)
			result = fn(user, &card);
		free(entries[i]);
	}
	free(entries);
	return result;
}
