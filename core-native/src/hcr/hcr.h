/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* The command interface: one engine for any block of command registers, its mailbox, and what is
 * asked through both. */
#ifndef CX3_HCR_HCR_H
#define CX3_HCR_HCR_H

#include "card/device.h"
#include "cx3/hcr.h"

/* Seven words of command registers and the semaphore that keeps their users apart. The driver's own
 * block would be one more of these, with a mailbox in host memory. */
struct cx3_hcr_block {
	const char *name;
	uint32_t registers; /* CR address of the first word */
	uint32_t lock;	    /* CR address of the semaphore */
};

/* Opcodes. [source, verified] */
enum cx3_hcr_opcode {
	CX3_HCR_QUERY_DEV_CAP = 0x03,
	CX3_HCR_ACCESS_REG = 0x3b,
	CX3_HCR_MBOX_WRITE = 0x70,
	CX3_HCR_MBOX_READ = 0x71,
	CX3_HCR_QUERY_DEF_PARAMS = 0x73,
};

/* Parameters are {high word, low word}. */
struct cx3_hcr_command {
	enum cx3_hcr_opcode opcode;
	unsigned opcode_modifier;
	uint32_t input_modifier;
	uint32_t in[2];
	bool wants_out;
	uint32_t out[2];
};

/* One call of the public interface, with the lock held. */
struct cx3_hcr {
	struct cx3_device *device;
	const struct cx3_hcr_block *block;
	bool committed; /* firmware has changed something: no cancel before its answer was read */
};

/* session.c: refuses a card without firmware and takes the lock; end gives it back and returns the
 * first failure, status or its own. */
int cx3_hcr_begin(struct cx3_hcr *hcr, struct cx3_device *device, struct cx3_error *err);
int cx3_hcr_end(struct cx3_hcr *hcr, int status, struct cx3_error *err);

/* engine.c: one command, from waiting for the registers to the status of firmware. */
int cx3_hcr_run(struct cx3_hcr *hcr, struct cx3_hcr_command *command, struct cx3_error *err);

/* mailbox.c: words of the mailbox, from an even index on; an odd count is filled up with a 0. */
enum cx3_hcr_way { CX3_HCR_WAY_COMMANDS, CX3_HCR_WAY_CR_SPACE };
int cx3_hcr_mailbox_write(struct cx3_hcr *hcr, enum cx3_hcr_way way, unsigned first,
			  const uint32_t *words, unsigned count, struct cx3_error *err);
int cx3_hcr_mailbox_read(struct cx3_hcr *hcr, enum cx3_hcr_way way, unsigned first, uint32_t *words,
			 unsigned count, struct cx3_error *err);
/* Which way to the mailbox a register access takes; probed once a device. */
int cx3_hcr_mailbox_way(struct cx3_hcr *hcr, enum cx3_hcr_way *way, struct cx3_error *err);

#endif
