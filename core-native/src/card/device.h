/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* A card that is open: the bus, what is known of the card, what this session holds, counters. */
#ifndef CX3_CARD_DEVICE_H
#define CX3_CARD_DEVICE_H

#include <stdatomic.h>

#include "bus/stock_lock.h"
#include "card/lock_file.h"
#include "cx3/device.h"
#include "cx3/sim.h"
#include "pci/sysfs.h"

#define CX3_MAX_HELD 4

struct cx3_device {
	struct cx3_bus bus;
	struct cx3_card card;
	struct cx3_sim *sim;		 /* of the bus below; NULL = no virtual card by name */
	char device_dir[CX3_PATH_BYTES]; /* sysfs folder, "" = none */
	struct cx3_lock_file lock;	 /* our own */
	bool semaphores_seen;		 /* one was taken or looked at */
	bool found_locked;		 /* one was not to be had */
	struct cx3_stock_lock flush_lock;

	bool flush_enabled;
	bool writes_pending; /* written since the last flush: the next read goes behind one */
	bool flash_open;     /* one flash session at a time */

	bool mailbox_probed; /* whether firmware offers its mailbox in CR space, too */
	bool has_cr_mailbox;

	uint32_t held[CX3_MAX_HELD]; /* semaphores this session took, in order */
	unsigned held_count;

	struct cx3_counters counters;
	uint64_t opened_us;
	atomic_bool cancelled;
};

/* Any register, counted, ordered by the flush where the bus needs it. */
int cx3_cr_read32(struct cx3_device *device, uint32_t cr_address, uint32_t *value,
		  struct cx3_error *err);
int cx3_cr_write32(struct cx3_device *device, uint32_t cr_address, uint32_t value,
		   struct cx3_error *err);
uint64_t cx3_device_now_us(const struct cx3_device *device);
void cx3_device_sleep_us(const struct cx3_device *device, uint64_t us);
/* CX3_CANCELLED when cx3_device_cancel was called. */
int cx3_device_check_cancel(struct cx3_device *device, struct cx3_error *err);

/* hw id, revision and recovery mode from CR 0xf0014; CX3_UNKNOWN_HARDWARE when it is neither of our
 * chips. */
int cx3_device_identify(struct cx3_device *device, struct cx3_error *err);
/* Ids of the virtual card from its config space, which change when it finds nothing to boot. */
int cx3_device_read_sim_ids(struct cx3_device *device, struct cx3_error *err);

#endif
