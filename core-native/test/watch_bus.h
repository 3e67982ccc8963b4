/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* A bus to a virtual card that notes the commands to firmware that pass, and can stop the device in
 * the middle. */
#ifndef CX3_TEST_WATCH_BUS_H
#define CX3_TEST_WATCH_BUS_H

#include <stdint.h>

#include "cx3/bus.h"
#include "cx3/device.h"

#define WATCH_HCR	  0x80780u
#define WATCH_HCR_COMMAND 0x80798u
#define WATCH_MAILBOX	  0xe0000u
#define WATCH_GO	  0x00800000u
#define WATCH_COMMANDS	  512u
#define WATCH_WRITES	  64u

struct watch {
	struct cx3_bus inner;
	struct cx3_device *device;
	uint32_t hcr[7];
	struct {
		uint32_t command, modifier, in_high, in_low;
	} commands[WATCH_COMMANDS];
	unsigned count;
	struct {
		uint32_t reg, value;
	} mailbox_writes[WATCH_WRITES];
	unsigned mailbox_write_count;
	/* The device is cancelled at this access, counted from 1; 0 = never. */
	uint64_t accesses, cancel_at;
};

/* Opens the card; w->device is to be closed. Counts from there on. */
int watch_open(struct watch *w, const char *sim_path, struct cx3_error *err);

#endif
