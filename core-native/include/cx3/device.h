/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * Cards: listing, opening, identity, register access by name, reset. A device is used by one thread at a time;
 * cx3_device_cancel may be called from any thread.
 */
#ifndef CX3_DEVICE_H
#define CX3_DEVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cx3/bus.h"
#include "cx3/status.h"

struct cx3_device;

enum cx3_access {
	CX3_ACCESS_NONE,
	CX3_ACCESS_BAR,
	CX3_ACCESS_CONFIG,
	CX3_ACCESS_SIM,
	CX3_ACCESS_OTHER, /* a bus handed in by the caller */
};

struct cx3_card {
	char name[512]; /* as to be given again: "0000:23:00.0", "sim:/path" */
	uint16_t vendor_id, device_id, subsystem_vendor_id, subsystem_id;
	uint8_t pci_revision;
	uint16_t hw_id;	    /* CR 0xf0014 [15:0], 0 = not read */
	uint8_t hw_revision; /* CR 0xf0014 [23:16] */
	bool recovery_mode; /* PCI id == hw id + 1 (live-fish): no bootable image was found */
	bool virtual_card;  /* a cx3tools virtual card, by name or by the marker in config space 0xf0 */
	enum cx3_access access;
	char driver[64];    /* bound kernel driver, "" = none */
	int bar_status;	    /* why the BAR cannot be used, as far as sysfs tells without touching the card; CX3_OK = it can */
	uint8_t link_width, link_width_max; /* PCIe lanes from sysfs, 0 = unknown */
	char link_speed[32];
};

/*
 * Config space bytes 0xf0..0xff of a virtual card that a guest machine sees as a PCI device. They lie outside of every
 * capability of a real card (last one: 0xc0, 0x18 bytes [reported]) and reading config space changes nothing.
 */
#define CX3_VIRTUAL_MARK_OFFSET 0xf0u
#define CX3_VIRTUAL_MARK "cx3tools-virtual" /* 16 bytes, no NUL on the card */

/* Called for each card found, in order of address; a non-zero return ends the listing with that value. */
typedef int (*cx3_list_fn)(void *user, const struct cx3_card *card);

/*
 * All ConnectX-3 and ConnectX-3 Pro functions below <sysfs_root>/bus/pci/devices (NULL = "/sys"); virtual functions are left out.
 * Reads sysfs attributes only, never a register, and needs no privilege.
 */
int cx3_list_cards(const char *sysfs_root, cx3_list_fn fn, void *user, struct cx3_error *err);

/*
 * Locks: a card of the machine is locked in lock_dir, made with mode 0700 when it is not there. A virtual card, and a card of an
 * injected sysfs_root, only when lock_dir is given: a folder that belongs to the caller and to nobody else.
 * With the real sysfs, the lock files of the stock tool (/tmp/mstflint_lockfiles) are taken around each pair of config accesses and
 * each flush when that folder exists; links are not followed there and nothing is written.
 */
struct cx3_open_options {
	const char *sysfs_root;	  /* NULL = "/sys"; anything else also skips the root check (tests) */
	const char *lock_dir;	  /* NULL = "/run/lock/cx3tools": one lock file a card, so that two processes of ours know of each other */
	const char *trace_path;	  /* record all accesses here, NULL = no */
	bool no_flush;		  /* leave out the ordering flush of the BAR way */
	bool allow_driver;	  /* go on although a kernel driver is bound; else CX3_DRIVER_BOUND, reading included */
};

/*
 * spec: "pci:0000:23:00.0", "pci:23:00.0", "23:00.0", "pciconf:23:00.0", "sim:FILE"; also the stock names of flash-access 1.2
 * ("pciconf-23:00.0", "mlx4_0", sysfs and /proc paths). A card in recovery mode goes over config space.
 */
int cx3_device_open(const char *spec, const struct cx3_open_options *options, struct cx3_device **out,
		    struct cx3_error *err);

/* A device over a bus of the caller's, which the device owns on success. For tests and replay. */
int cx3_device_open_bus(struct cx3_bus *bus, struct cx3_device **out, struct cx3_error *err);

/* Gives back what this session took, in reverse order. Accepts NULL. */
void cx3_device_close(struct cx3_device *device);

const struct cx3_card *cx3_device_card(const struct cx3_device *device);

/* Any thread: the running operation stops at its next safe point with CX3_CANCELLED. Sticky until close. */
void cx3_device_cancel(struct cx3_device *device);

/*
 * One register. Semaphores (0xf0300..0xf03ff) and the gateway (0xf0400..0xf041f) are refused: reading a semaphore takes it.
 */
int cx3_device_read32(struct cx3_device *device, uint32_t cr_address, uint32_t *value,
		      struct cx3_error *err);
int cx3_device_write32(struct cx3_device *device, uint32_t cr_address, uint32_t value,
		       struct cx3_error *err);

struct cx3_counters {
	uint64_t reads, writes; /* CR accesses of this handle, flushes included */
	uint64_t spi_commands;
	uint64_t elapsed_us; /* by the bus clock: simulated time on the virtual card */
};
void cx3_device_counters(const struct cx3_device *device, struct cx3_counters *out);

/* Version of the running firmware (CR 0x1f064..0x1f070). All zero when none runs. */
struct cx3_running_version {
	uint16_t major, minor, subminor;
	uint16_t year;
	uint8_t month, day, hour, minute, second; /* BCD, as on the card */
};
int cx3_device_running_version(struct cx3_device *device, struct cx3_running_version *out,
			       struct cx3_error *err);

/* Chip reset as mlx4_core does it (flash-access 7): refused while a driver is bound. */
int cx3_device_reset(struct cx3_device *device, struct cx3_error *err);

/* VPD bytes; *len_bytes in: room, out: bytes there. CX3_NOT_SUPPORTED in recovery mode or without the file. */
int cx3_device_vpd(struct cx3_device *device, uint8_t *buffer, size_t *len_bytes,
		   struct cx3_error *err);

/* State of the two flash semaphores without taking what is free for longer than the question. */
struct cx3_lock_state {
	uint32_t programming; /* 0xf03a0: 0 = free */
	uint32_t gateway;     /* 0xf03fc: 0 = free */
};
int cx3_device_lock_state(struct cx3_device *device, struct cx3_lock_state *out, struct cx3_error *err);

/* Frees both flash semaphores whoever holds them. Only on explicit request of the user. */
int cx3_device_clear_semaphores(struct cx3_device *device, struct cx3_error *err);

#endif
