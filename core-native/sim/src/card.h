/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* Inside of the virtual card: what its parts know of each other. All but lock and unlock run under
 * the lock. */
#ifndef CX3_SIM_CARD_H
#define CX3_SIM_CARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "chips.h"
#include "cx3/sim.h"
#include "error.h"
#include "state.h"

struct cx3_sim {
	int fd;
	size_t map_bytes;
	struct sim_state *state;
	uint8_t *data; /* banks * bank_bytes */
	/* Checked copies: the mapping can change below us, array bounds must not. */
	const struct sim_chip *chip;
	unsigned banks;
	uint32_t bank_bytes;
};

/* file_lock.c */
int sim_lock_attach(struct cx3_sim *sim, struct cx3_error *err);
void sim_lock(struct cx3_sim *sim);
void sim_unlock(struct cx3_sim *sim);

/* file_check.c: CX3_OK or CX3_SIM_STATE_CORRUPT; fills the checked copies. */
int sim_state_check(struct cx3_sim *sim, uint64_t file_bytes, struct cx3_error *err);

/* power.c */
void sim_power_up(struct cx3_sim *sim);
void sim_power_cut(struct cx3_sim *sim);
void sim_reset(struct cx3_sim *sim);
void sim_function_reset(struct cx3_sim *sim);
void sim_advance_ns(struct cx3_sim *sim, uint64_t ns);
int sim_no_power(struct cx3_error *err);
void sim_violation(struct cx3_sim *sim, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* registers.c: one register of a card that has power; the configuration gateway comes in here too.
 */
int sim_register_read(struct cx3_sim *sim, uint32_t reg, uint32_t *value, struct cx3_error *err);
int sim_register_write(struct cx3_sim *sim, uint32_t reg, uint32_t value, struct cx3_error *err);

/* gateway.c */
uint32_t sim_gateway_read(struct cx3_sim *sim, uint32_t reg);
void sim_gateway_write(struct cx3_sim *sim, uint32_t reg, uint32_t value);
void sim_gateway_raise_cs(struct cx3_sim *sim);

/* nor.c: the chip of one bank as its pins see it. */
void sim_nor_select(struct cx3_sim *sim, unsigned bank);
uint8_t sim_nor_transfer(struct cx3_sim *sim, unsigned bank, uint8_t in);
void sim_nor_deselect(struct cx3_sim *sim, unsigned bank);
void sim_nor_power_up(struct cx3_sim *sim, unsigned bank);

/* nor_cells.c: what happens to the cells while the chip is busy. */
void sim_nor_settle(struct cx3_sim *sim, unsigned bank); /* finishes what is over by the clock */
void sim_nor_finish(struct cx3_sim *sim, unsigned bank); /* waits for it; a stuck chip gives up */
void sim_nor_tear(struct cx3_sim *sim, unsigned bank, uint64_t seed);
bool sim_nor_busy(struct cx3_sim *sim, unsigned bank);
bool sim_nor_protected(const struct cx3_sim *sim, unsigned bank, uint32_t address,
		       uint32_t len_bytes);
uint8_t *sim_nor_cells(struct cx3_sim *sim, unsigned bank);

/* fault.c */
void sim_fault_on_access(struct cx3_sim *sim);
bool sim_fault_gateway_stuck(struct cx3_sim *sim);
bool sim_fault_hcr_stuck(struct cx3_sim *sim);
uint8_t sim_fault_hcr_status(struct cx3_sim *sim, uint32_t opcode); /* 0 = none */
uint8_t sim_fault_nv_status(struct cx3_sim *sim);
enum sim_op_fate { SIM_OP_GOES_ON, SIM_OP_STUCK, SIM_OP_CUT };
enum sim_op_fate sim_fault_flash_op(struct cx3_sim *sim, unsigned bank, bool program);
bool sim_fault_masks_registers(struct cx3_sim *sim, uint32_t *value); /* of the access under way */
void sim_fault_power_cycle(struct cx3_sim *sim);

/* boot.c: the boot code in the card's ROM. use_register: a reset start, 0xf0000 says where to look
 * first. */
void sim_boot(struct cx3_sim *sim, bool use_register);

#endif
