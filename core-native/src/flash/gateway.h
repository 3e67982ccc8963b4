/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* One command of the flash gateway (flash-access 4.1 to 4.3). The gateway lock is held by the
 * caller. */
#ifndef CX3_FLASH_GATEWAY_H
#define CX3_FLASH_GATEWAY_H

#include "flash/session.h"

/* Bits of CMD. [verified] */
#define CX3_GW_READ		0x00000001u
#define CX3_GW_OPCODE_PHASE	0x00000004u
#define CX3_GW_ADDRESS_PHASE	0x00000008u
#define CX3_GW_DATA_PHASE	0x00000010u
#define CX3_GW_HOLD		0x00000020u /* chip select stays low */
#define CX3_GW_SIZE(log2_bytes) ((uint32_t)(log2_bytes) << 8)
#define CX3_GW_BANK(bank)	((uint32_t)(bank) << 11)
#define CX3_GW_ENABLE		0x00002000u
#define CX3_GW_OPCODE(opcode)	(((uint32_t)(opcode) << 16) | CX3_GW_OPCODE_PHASE)
#define CX3_GW_BUSY		0x40000000u

/*
 * flags: the bits above but for BUSY, ENABLE and BANK, which are added. words_in are written to
 * DATA before, words_out read after. ADDR is written only with CX3_GW_ADDRESS_PHASE.
 */
struct cx3_gateway_command {
	uint32_t flags;
	unsigned bank;
	uint32_t address;
	const uint32_t *words_in;
	unsigned words_in_count;
	uint32_t *words_out;
	unsigned words_out_count;
};

/* CX3_GATEWAY_TIMEOUT when busy does not clear within a second. */
int cx3_gateway_run(struct cx3_flash *flash, const struct cx3_gateway_command *command,
		    struct cx3_error *err);
/* Waits for a command somebody else started and did not live to see the end of. */
int cx3_gateway_wait_idle(struct cx3_flash *flash, struct cx3_error *err);

#endif
