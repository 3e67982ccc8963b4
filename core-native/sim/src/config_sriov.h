/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* The SR-IOV capability in configuration space (nv-config 7.4): there while firmware runs with
 * SR-IOV on. */
#ifndef CX3_SIM_CONFIG_SRIOV_H
#define CX3_SIM_CONFIG_SRIOV_H

#include <stdbool.h>
#include <stdint.h>

#include "card.h"

#define SIM_EXT_SRIOV 0x108u /* [reported] */

bool sim_has_sriov(const struct sim_state *st);
bool sim_in_sriov(const struct sim_state *st, uint32_t offset);

/* Dwords; under the lock. next: the capability behind it. mask: which bits are written. */
uint32_t sim_sriov_read(const struct sim_state *st, uint32_t offset, uint32_t next);
void sim_sriov_write(struct sim_state *st, uint32_t offset, uint32_t value, uint32_t mask);

#endif
