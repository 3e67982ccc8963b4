/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* What the firmware of a model can do, and its default settings. */
#ifndef CX3_SIM_PROFILE_H
#define CX3_SIM_PROFILE_H

#include <stdbool.h>
#include <stdint.h>

#include "state.h"

#define SIM_DEV_CAP_WORDS    64u
#define SIM_DEF_GLOBAL_WORDS 5u
#define SIM_DEF_PORT_WORDS   7u

struct sim_profile {
	const char *model;     /* name of the model, NULL = every other one */
	uint32_t capabilities; /* QUERY_DEV_CAP byte 0xc0, of a card with two ports */
	uint32_t bar2_log2_mib;
	uint32_t global[2];  /* first words of QUERY_DEF_PARAMS for the card */
	uint32_t port[2][3]; /* and for each port */
};

const struct sim_profile *sim_profile_of(const struct sim_state *st);
bool sim_profile_has_port(const struct sim_state *st, unsigned port); /* from 0 on */

/* Answers as they lie in the mailbox. port 0 = the card, 1 and 2 = a port; false: no such port. */
void sim_profile_dev_cap(const struct sim_state *st, uint32_t words[SIM_DEV_CAP_WORDS]);
bool sim_profile_defaults(const struct sim_state *st, unsigned port,
			  uint32_t words[SIM_DEF_PORT_WORDS]);

#endif
