/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "pci/card.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bus/error.h"
#include "pci/sysfs.h"

#define CONFIG_HEADER_BYTES 64
#define COMMAND_MEMORY	    0x02u

bool cx3_pci_id_is_recovery(uint16_t device_id)
{
	return device_id == CX3_PCI_CX3_RECOVERY || device_id == CX3_PCI_CX3_PRO_RECOVERY;
}

bool cx3_pci_id_is_ours(uint16_t vendor_id, uint16_t device_id)
{
	return vendor_id == CX3_PCI_VENDOR &&
	       (device_id == CX3_PCI_CX3 || device_id == CX3_PCI_CX3_PRO ||
		cx3_pci_id_is_recovery(device_id));
}

static uint16_t number16(const char *dir, const char *name)
{
	uint32_t value;

	cx3_sysfs_number(dir, name, 0xffff, &value);
	return (uint16_t)value;
}

static uint8_t number8(const char *dir, const char *name)
{
	uint32_t value;

	cx3_sysfs_number(dir, name, 0xff, &value);
	return (uint8_t)value;
}

static bool has_virtual_mark(const char *device_dir)
{
	char mark[16];

	/* Without privilege only the first 64 bytes can be read: then the question stays open and
	 * the answer is no. */
	return cx3_sysfs_read_at(device_dir, "config", CX3_VIRTUAL_MARK_OFFSET, mark,
				 sizeof(mark)) == (long)sizeof(mark) &&
	       memcmp(mark, CX3_VIRTUAL_MARK, sizeof(mark)) == 0;
}

static int bar_status(const char *device_dir, const struct cx3_card *card)
{
	char root[CX3_PATH_BYTES], resource[CX3_PATH_BYTES];
	uint8_t config[CONFIG_HEADER_BYTES];

	if (cx3_sysfs_read_at(device_dir, "config", 0, config, sizeof(config)) ==
	    (long)sizeof(config)) {
		if (config[0] == 0xff && config[1] == 0xff)
			return CX3_ALL_ONES;
		if (!(config[4] & COMMAND_MEMORY))
			return CX3_MEMORY_DECODING_OFF;
	}
	if (!cx3_sysfs_exists(device_dir, "resource0"))
		return CX3_NOT_FOUND;
	if (cx3_sysfs_root_of(device_dir, root, sizeof(root)) && cx3_kernel_is_locked_down(root))
		return CX3_KERNEL_LOCKDOWN;
	if (snprintf(resource, sizeof(resource), "%s/resource0", device_dir) <
		    (int)sizeof(resource) &&
	    access(resource, R_OK | W_OK) != 0)
		return CX3_NOT_ROOT;
	return card->driver[0] ? CX3_DRIVER_BOUND : CX3_OK;
}

int cx3_card_from_sysfs(const char *device_dir, const char *address, struct cx3_card *card,
			struct cx3_error *err)
{
	memset(card, 0, sizeof(*card));
	if (!cx3_sysfs_exists(device_dir, "vendor"))
		return cx3_fail(err, CX3_NOT_FOUND, "no PCI device at %s",
				address);
	snprintf(card->name, sizeof(card->name), "%s", address);
	card->vendor_id = number16(device_dir, "vendor");
	card->device_id = number16(device_dir, "device");
	if (!cx3_pci_id_is_ours(card->vendor_id, card->device_id))
		return cx3_fail(
			err, CX3_NOT_SUPPORTED,
			"%s is %04x:%04x; ConnectX-3 is 15b3:1003, ConnectX-3 Pro 15b3:1007",
			address, card->vendor_id, card->device_id);
	if (cx3_sysfs_exists(device_dir, "physfn"))
		return cx3_fail(err, CX3_NOT_SUPPORTED,
				"%s is a virtual function; name the physical one", address);
	card->subsystem_vendor_id = number16(device_dir, "subsystem_vendor");
	card->subsystem_id = number16(device_dir, "subsystem_device");
	card->pci_revision = number8(device_dir, "revision");
	card->recovery_mode = cx3_pci_id_is_recovery(card->device_id);
	card->virtual_card = has_virtual_mark(device_dir);
	cx3_sysfs_link_name(device_dir, "driver", card->driver, sizeof(card->driver));
	card->link_width = number8(device_dir, "current_link_width");
	card->link_width_max = number8(device_dir, "max_link_width");
	cx3_sysfs_text(device_dir, "current_link_speed", card->link_speed,
		       sizeof(card->link_speed));
	card->bar_status = bar_status(device_dir, card);
	return CX3_OK;
}
