/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* The running firmware as far as the tools talk to it: the command registers at 0x80780, the
 * mailbox, the settings it started with. */
#ifndef CX3_SIM_FIRMWARE_H
#define CX3_SIM_FIRMWARE_H

#include <stdbool.h>
#include <stdint.h>

#include "state.h"

struct cx3_sim;
struct sim_image_facts;

/* An image starts: finds the place of its settings and takes those that are stored. */
void sim_firmware_start(struct cx3_sim *sim, const struct sim_image_facts *facts);

/* Registers that are there only while firmware runs. */
bool sim_firmware_has(const struct cx3_sim *sim, uint32_t reg);
uint32_t sim_firmware_read(struct cx3_sim *sim, uint32_t reg);
void sim_firmware_write(struct cx3_sim *sim, uint32_t reg, uint32_t value);

/* What is seen of the settings: 1 InfiniBand, 2 Ethernet, 0 = no such port; size of BAR2. */
uint32_t sim_firmware_port_type(const struct sim_state *st, unsigned port);
uint32_t sim_firmware_bar2_log2_mib(const struct sim_state *st);

/* nv_access.c: one register access packet in a mailbox, answered in its place; the status of the
 * command. */
uint8_t sim_nv_access(struct cx3_sim *sim, uint32_t *mailbox);

#endif
