/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#ifndef CX3_BUS_REPLAY_H
#define CX3_BUS_REPLAY_H

#include "cx3/bus.h"

/* Accesses of the trace that were not played yet; 0 for any other bus. For tests: a trace is played
 * to its end. */
unsigned long cx3_bus_replay_left(const struct cx3_bus *bus);

#endif
