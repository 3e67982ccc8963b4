/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* The vendor capability in configuration space (flash-access 1.6), an option of the card. */
#ifndef CX3_SIM_CONFIG_VENDOR_H
#define CX3_SIM_CONFIG_VENDOR_H

#include <stdbool.h>
#include <stdint.h>

#include "card.h"

#define SIM_CAP_VENDOR	     0xc0u /* place and length [reported] */
#define SIM_CAP_VENDOR_BYTES 0x18u

bool sim_in_vendor_capability(uint32_t offset);

/* Dwords; under the lock. A read of the counter gives the next ticket. */
uint32_t sim_vendor_read(struct cx3_sim *sim, uint32_t offset);
int sim_vendor_write(struct cx3_sim *sim, uint32_t offset, uint32_t value, struct cx3_error *err);

#endif
