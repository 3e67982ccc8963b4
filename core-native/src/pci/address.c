/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "pci/address.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bus/error.h"
#include "pci/sysfs.h"

static bool hex_part(const char **text, char end, unsigned long max, unsigned long *value)
{
	size_t digits = strspn(*text, "0123456789abcdefABCDEF");

	if (digits == 0 || digits > 8 || (*text)[digits] != end)
		return false;
	*value = strtoul(*text, NULL, 16);
	*text += digits + (end != '\0');
	return *value <= max;
}

bool cx3_pci_address_parse(const char *text, char address[CX3_ADDRESS_BYTES])
{
	unsigned long domain = 0, bus, device, function;
	const char *colon = strchr(text, ':');

	if (colon && strchr(colon + 1, ':') && !hex_part(&text, ':', 0xffff, &domain))
		return false;
	if (!hex_part(&text, ':', 0xff, &bus) || !hex_part(&text, '.', 0x1f, &device) ||
	    !hex_part(&text, '\0', 7, &function))
		return false;
	snprintf(address, CX3_ADDRESS_BYTES, "%04x:%02x:%02x.%x", (unsigned)(domain & 0xffff),
		 (unsigned)(bus & 0xff), (unsigned)(device & 0x1f), (unsigned)(function & 7));
	return true;
}

/* "/sys/bus/pci/devices/0000:23:00.0/config" and "/proc/bus/pci/23/00.0" */
static bool parse_path(const char *text, struct cx3_spec *out)
{
	static const char sys[] = "/sys/bus/pci/devices/";
	static const char proc[] = "/proc/bus/pci/";
	char part[64];
	char *slash;

	if (strncmp(text, sys, sizeof(sys) - 1) == 0) {
		if (snprintf(part, sizeof(part), "%s", text + sizeof(sys) - 1) >= (int)sizeof(part))
			return false;
		slash = strchr(part, '/');
		if (!slash)
			return false;
		*slash = '\0';
		if (strcmp(slash + 1, "config") == 0)
			out->access = CX3_ACCESS_CONFIG;
		else if (strcmp(slash + 1, "resource0") == 0)
			out->access = CX3_ACCESS_BAR;
		else
			return false;
		return cx3_pci_address_parse(part, out->address);
	}
	if (strncmp(text, proc, sizeof(proc) - 1) == 0) {
		if (snprintf(part, sizeof(part), "%s", text + sizeof(proc) - 1) >=
		    (int)sizeof(part))
			return false;
		slash = strchr(part, '/');
		if (!slash)
			return false;
		*slash = ':';
		out->access = CX3_ACCESS_CONFIG;
		return cx3_pci_address_parse(part, out->address);
	}
	return false;
}

static int parse_driver_name(const char *text, const char *sysfs_root, struct cx3_spec *out,
			     struct cx3_error *err)
{
	char link[128], name[64];

	if (strchr(text, '/') || strlen(text) > 32)
		return cx3_fail(err, CX3_INVALID_ARGUMENT, "\"%.64s\" is no device name", text);
	snprintf(link, sizeof(link), "class/infiniband/%s/device", text);
	if (!cx3_sysfs_link_name(sysfs_root, link, name, sizeof(name)) ||
	    !cx3_pci_address_parse(name, out->address))
		return cx3_fail(err, CX3_NOT_FOUND,
				"%.32s is not there; name the card by its PCI address", text);
	out->access = CX3_ACCESS_BAR;
	return CX3_OK;
}

int cx3_spec_parse(const char *text, const char *sysfs_root, struct cx3_spec *out,
		   struct cx3_error *err)
{
	bool known;

	memset(out, 0, sizeof(*out));
	if (strncmp(text, "sim:", 4) == 0) {
		out->access = CX3_ACCESS_SIM;
		out->sim_path = text + 4;
		if (*out->sim_path)
			return CX3_OK;
		return cx3_fail(err, CX3_INVALID_ARGUMENT, "sim: needs a file, sim:FILE");
	}
	if (strncmp(text, "mlx4_", 5) == 0)
		return parse_driver_name(text, sysfs_root, out, err);
	if (text[0] == '/') {
		known = parse_path(text, out);
	} else if (strncmp(text, "pciconf:", 8) == 0 || strncmp(text, "pciconf-", 8) == 0) {
		out->access = CX3_ACCESS_CONFIG;
		known = cx3_pci_address_parse(text + 8, out->address);
	} else {
		out->access = CX3_ACCESS_BAR;
		known = cx3_pci_address_parse(strncmp(text, "pci:", 4) == 0 ? text + 4 : text,
					      out->address);
	}
	if (known)
		return CX3_OK;
	return cx3_fail(err, CX3_INVALID_ARGUMENT,
			"\"%.64s\" is no device name; give pci:0000:23:00.0, pciconf:0000:23:00.0 "
			"or sim:FILE",
			text);
}
