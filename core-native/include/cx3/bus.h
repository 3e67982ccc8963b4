/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * The one seam to hardware. Everything above (semaphores, gateway, flash session) runs unmodified on a BAR,
 * on config space, on the virtual card, on a recorded trace and behind a fault injector.
 */
#ifndef CX3_BUS_H
#define CX3_BUS_H

#include <stdbool.h>
#include <stdint.h>

#include "cx3/status.h"

/* CR space: 1 MiB, offsets at or above are refused. [verified] */
#define CX3_CR_SIZE_BYTES 0x100000u

/*
 * All values are in CPU order with the register's bit 31 first on the wire: a BAR bus swaps, the rest does not.
 * cr_address is a multiple of 4 below CX3_CR_SIZE_BYTES. Return 0 or a negative cx3_status, filling err.
 * now_us is monotonic; it may be simulated time. sleep_us advances at least that much.
 */
struct cx3_bus_ops {
	int (*read32)(void *ctx, uint32_t cr_address, uint32_t *value, struct cx3_error *err);
	int (*write32)(void *ctx, uint32_t cr_address, uint32_t value, struct cx3_error *err);
	uint64_t (*now_us)(void *ctx);
	void (*sleep_us)(void *ctx, uint64_t us);
	void (*close)(void *ctx);
};

struct cx3_bus {
	const struct cx3_bus_ops *ops; /* NULL = no bus */
	void *ctx;
	bool needs_flush; /* BAR way: reads after writes go behind the flush of 0xf0380 (flash-access 1.5) */
};

/* BAR0 through <device_dir>/resource0 (flash-access 1.3, 1.4). Checks 0xf0014 for the special values. */
int cx3_bus_open_bar(const char *device_dir, struct cx3_bus *out, struct cx3_error *err);

/* Config space 0x58/0x5c of <device_dir>/config, with the write-only-address variant (flash-access 1.6). */
int cx3_bus_open_config(const char *device_dir, struct cx3_bus *out, struct cx3_error *err);

/* Virtual card in a file, see cx3/sim.h. */
int cx3_bus_open_sim(const char *path, struct cx3_bus *out, struct cx3_error *err);

/*
 * Wraps *inner (which it owns from then on, on success) and appends each access and sleep to a text file, one a line:
 * "R f03fc 00000000", "W f0400 409f2215", "S 300" (sleep, us), "T 12345" (clock answer), "F 1" (the bus needs the ordering flush,
 * once, on top). A line that starts with '#' is a comment. An older trace of that name is replaced; the file is complete after close.
 */
int cx3_bus_wrap_recorder(struct cx3_bus *inner, const char *trace_path, struct cx3_bus *out,
			  struct cx3_error *err);

/*
 * Plays a recorded trace; any access that differs from it is CX3_TRACE_MISMATCH with line number. A sleep that the trace has must
 * come; one that it lacks only moves the clock, so that traces can be written by hand.
 */
int cx3_bus_open_replay(const char *trace_path, struct cx3_bus *out, struct cx3_error *err);

/* Fault injector over any bus: what to break at the n-th access (counted from 1, reads and writes together). */
struct cx3_bus_fault {
	uint64_t at_access; /* 0 = never */
	uint64_t count;	    /* for so many accesses, 0 = for ever */
	enum {
		CX3_BUS_FAULT_FAIL,	/* access fails with CX3_FAULT_INJECTED */
		CX3_BUS_FAULT_ALL_ONES, /* reads give 0xffffffff, writes are lost */
		CX3_BUS_FAULT_FLIP_BIT, /* reads have bit `bit` inverted */
		CX3_BUS_FAULT_LOCKED,	/* reads give 0xbad0cafe */
	} kind;
	unsigned bit;
	uint32_t only_register; /* 0 = any register; else count only accesses to this one */
};
int cx3_bus_wrap_fault(struct cx3_bus *inner, const struct cx3_bus_fault *fault, struct cx3_bus *out,
		       struct cx3_error *err);

/* Accepts a bus with ops NULL; leaves ops NULL. */
void cx3_bus_close(struct cx3_bus *bus);

#endif
