// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nvconfig;

import java.util.Set;

/** Names of later generations, which no ConnectX-3 offers (nv-config 1.1, source). */
public final class LaterNames {
    private static final Set<String> OF_CARD = Set.of("INT_LOG_MAX_PAYLOAD_SIZE",
            "LOG_DCR_HASH_TABLE_SIZE", "DCR_LIFO_SIZE", "ROCE_NEXT_PROTOCOL", "PORT_OWNER",
            "ALLOW_RD_COUNTERS", "IP_VER");
    private static final Set<String> OF_PORT = Set.of("ROCE_CC_ALGORITHM", "ROCE_CC_PRIO_MASK",
            "CLAMP_TGT_RATE", "CLAMP_TGT_RATE_AFTER_TIME_INC", "RPG_TIME_RESET",
            "RPG_BYTE_RESET", "RPG_THRESHOLD", "RPG_MAX_RATE", "RPG_AI_RATE", "RPG_HAI_RATE",
            "RPG_GD", "RPG_MIN_DEC_FAC", "RPG_MIN_RATE", "RATE_TO_SET_ON_FIRST_CNP", "DCE_TCP_G",
            "DCE_TCP_RTT", "RATE_REDUCE_MONITOR_PERIOD", "INITIAL_ALPHA_VALUE",
            "MIN_TIME_BETWEEN_CNPS", "CNP_DSCP", "CNP_802P_PRIO");

    private LaterNames() {}

    /** {@return whether a name is known, but never offered here} */
    public static boolean contains(String name) {
        return OF_CARD.contains(name) || name.matches(".*_P[12]")
                && OF_PORT.contains(name.substring(0, name.length() - "_P1".length()));
    }
}
