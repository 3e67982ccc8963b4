/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* Names of devices, as the user gives them (flash-access 1.2). */
#ifndef CX3_PCI_ADDRESS_H
#define CX3_PCI_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "cx3/device.h"

#define CX3_ADDRESS_BYTES 16 /* "0000:23:00.0" and NUL */

struct cx3_spec {
	enum cx3_access access; /* CX3_ACCESS_BAR also stands for "as fits the card" */
	char address[CX3_ADDRESS_BYTES];
	const char *sim_path; /* part of the text given */
};

/* "23:00.0", "0000:23:0.0" (hex, any width) -> "0000:23:00.0". */
bool cx3_pci_address_parse(const char *text, char address[CX3_ADDRESS_BYTES]);

/* CX3_INVALID_ARGUMENT when it is no name, CX3_NOT_FOUND when an mlx4_N is not there. */
int cx3_spec_parse(const char *text, const char *sysfs_root, struct cx3_spec *out,
		   struct cx3_error *err);

#endif
