/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * Two profiles (nv-config 1.5): the HP card and retail firmware [reported]. What no report tells is
 * chosen: VPI and the option ROM on for retail cards, the payload version.
 */
#include "profile.h"

#include <string.h>

#include "cx3/sim.h"
#include "firmware.h"

/* QUERY_DEV_CAP byte 0xc0 */
#define CAN_SRIOV	  0x01u
#define CAN_WOL(port)	  (0x02u << (port))
#define CAN_VPI(port)	  (0x08u << (port))
#define CAN_BAR		  0x20u
#define CAN_VPI_ON_BOTH	  (CAN_VPI(0) | CAN_VPI(1))
#define CAP_FUNCTIONS	  (0x38u / 4)
#define CAP_UAR		  (0x48u / 4)
#define CAP_UAR_SHIFT	  16
#define CAP_SETTINGS	  (0xc0u / 4)
#define CAP_BAR_MAX	  (0xc8u / 4)
#define CAP_BAR_MAX_SHIFT 3
#define MAX_FUNCTIONS	  128u
#define BAR2_MAX_LOG2	  5u

/* QUERY_DEF_PARAMS, nv-config 1.3 */
#define PAYLOAD_SHIFT	  24
#define PAYLOAD_VERSION	  1u
#define G0_STEER_SETTABLE (1u << 16)
#define G0_CQ_SETTABLE	  (1u << 17)
#define G1_UAR_SHIFT	  8
#define G1_UAR_MAX_SHIFT  12
#define G1_IP_SETTABLE	  (1u << 21)
#define G1_CQ_TIMESTAMP	  (1u << 29)
#define G1_SRIOV	  (1u << 31)
#define P0_FORCE_SETTABLE (1u << 17)
#define P0_VPI_SETTABLE	  (1u << 18)
#define P0_WOL_SETTABLE	  (1u << 19)
#define P1_BOOT_VLAN	  1u
#define P1_PXE		  (1u << 16)
#define P1_LINK_VPI	  (3u << 25)
#define P1_WOL_MAGIC	  (1u << 27)
#define P1_OPTION_ROM	  (1u << 29)
#define P2_IB_BOOT	  (1u << 28)

#define P1_BOOT (P1_BOOT_VLAN | P1_PXE | P1_LINK_VPI | P1_OPTION_ROM)

static const struct sim_profile PROFILES[] = {
	{
		.model = "hp-764285-b21",
		.capabilities = CAN_SRIOV | CAN_WOL(1) | CAN_VPI_ON_BOTH | CAN_BAR,
		.bar2_log2_mib = 5,
		.global = {G0_STEER_SETTABLE | G0_CQ_SETTABLE,
			   16 | G1_IP_SETTABLE | G1_CQ_TIMESTAMP | G1_SRIOV},
		.port = {{P0_FORCE_SETTABLE | P0_VPI_SETTABLE, P1_BOOT, P2_IB_BOOT},
			 {P0_FORCE_SETTABLE | P0_VPI_SETTABLE | P0_WOL_SETTABLE,
			  P1_BOOT | P1_WOL_MAGIC, P2_IB_BOOT}},
	},
	{
		.model = NULL,
		.capabilities = CAN_SRIOV | CAN_VPI_ON_BOTH | CAN_BAR,
		.bar2_log2_mib = 3,
		.global = {G0_CQ_SETTABLE, 8 | G1_IP_SETTABLE | G1_CQ_TIMESTAMP | G1_SRIOV},
		.port = {{P0_VPI_SETTABLE, P1_BOOT, P2_IB_BOOT},
			 {P0_VPI_SETTABLE, P1_BOOT, P2_IB_BOOT}},
	},
};

const struct sim_profile *sim_profile_of(const struct sim_state *st)
{
	const struct sim_profile *profile = PROFILES;

	while (profile->model &&
	       strncmp(profile->model, st->model_name, sizeof(st->model_name)) != 0)
		profile++;
	return profile;
}

bool sim_profile_has_port(const struct sim_state *st, unsigned port)
{
	return port == 0 || (port < SIM_PORTS && st->port_type[port]);
}

/* The size of BAR2 is that of now: a driver lays out its doorbells by it. The other words are of no
 * use to a tool. */
void sim_profile_dev_cap(const struct sim_state *st, uint32_t words[SIM_DEV_CAP_WORDS])
{
	uint32_t capabilities = sim_profile_of(st)->capabilities;
	uint32_t bar2_log2_mib = sim_firmware_bar2_log2_mib(st);

	memset(words, 0, SIM_DEV_CAP_WORDS * sizeof(*words));
	if (!sim_profile_has_port(st, 1))
		capabilities &= ~(CAN_WOL(1) | CAN_VPI(1));
	words[CAP_FUNCTIONS] = MAX_FUNCTIONS;
	words[CAP_UAR] = (bar2_log2_mib ? bar2_log2_mib - 1 : 0) << CAP_UAR_SHIFT;
	words[CAP_SETTINGS] = capabilities;
	words[CAP_BAR_MAX] = BAR2_MAX_LOG2 << CAP_BAR_MAX_SHIFT;
}

bool sim_profile_defaults(const struct sim_state *st, unsigned port,
			  uint32_t words[SIM_DEF_PORT_WORDS])
{
	const struct sim_profile *profile = sim_profile_of(st);

	memset(words, 0, SIM_DEF_PORT_WORDS * sizeof(*words));
	if (port == 0) {
		memcpy(words, profile->global, sizeof(profile->global));
		words[1] |= (st->bar2_log2_mib & 0xf) << G1_UAR_SHIFT | BAR2_MAX_LOG2
										<< G1_UAR_MAX_SHIFT;
	} else if (port <= SIM_PORTS && sim_profile_has_port(st, port - 1)) {
		memcpy(words, profile->port[port - 1], sizeof(profile->port[port - 1]));
	} else {
		return false;
	}
	if (st->fault.kind != CX3_SIM_FAULT_OLD_PAYLOAD)
		words[0] |= PAYLOAD_VERSION << PAYLOAD_SHIFT;
	return true;
}
