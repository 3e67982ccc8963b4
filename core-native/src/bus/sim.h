/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#ifndef CX3_BUS_SIM_H
#define CX3_BUS_SIM_H

#include "cx3/bus.h"
#include "cx3/sim.h"

/* The virtual card behind a bus made by cx3_bus_open_sim, for what is no register (VPD, config
 * space); else NULL. */
struct cx3_sim *cx3_bus_sim(const struct cx3_bus *bus);

#endif
