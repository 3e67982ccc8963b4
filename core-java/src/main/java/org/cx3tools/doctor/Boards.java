// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.doctor;

import java.util.Map;
import java.util.Optional;

/** Which PSID belongs to which board, as far as it is known. */
final class Boards {
    private static final int HP = 0x103c;
    private static final int MELLANOX = 0x15b3;
    /** Subsystem ids of HP [reported, nv-config 7.2]. */
    private static final Map<Integer, String> HP_BOARDS = Map.of(0x22f4, "HP_1380110017", 0x22f3, "HP_1370110017");

    private Boards() {
    }

    /** {@return the PSID of a board, or what it begins with; empty when that is not known} */
    static Optional<String> psid(int subsystemVendor, int subsystem) {
        return switch (subsystemVendor) {
            case HP -> Optional.of(HP_BOARDS.getOrDefault(subsystem, "HP_"));
            case MELLANOX -> Optional.of("MT_");
            default -> Optional.empty();
        };
    }
}
