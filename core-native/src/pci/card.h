/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* What sysfs tells about one function, without touching a register of the card. */
#ifndef CX3_PCI_CARD_H
#define CX3_PCI_CARD_H

#include "cx3/device.h"

#define CX3_PCI_VENDOR		 0x15b3u
#define CX3_PCI_CX3		 0x1003u
#define CX3_PCI_CX3_PRO		 0x1007u
#define CX3_PCI_CX3_RECOVERY	 0x01f6u
#define CX3_PCI_CX3_PRO_RECOVERY 0x01f8u

bool cx3_pci_id_is_ours(uint16_t vendor_id, uint16_t device_id);
bool cx3_pci_id_is_recovery(uint16_t device_id);

/*
 * device_dir: <sysfs_root>/bus/pci/devices/<address>. CX3_NOT_FOUND when there is no such device,
 * CX3_NOT_SUPPORTED when it is another device or a virtual function.
 */
int cx3_card_from_sysfs(const char *device_dir, const char *address, struct cx3_card *card,
			struct cx3_error *err);

#endif
