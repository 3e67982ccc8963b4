// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nativecore;

import java.util.Objects;

/**
 * A fault of a virtual card: {@code struct cx3_sim_fault} of {@code cx3/sim.h}.
 *
 * @param kind what breaks
 * @param at when: the n-th operation, access or command from now, or a time in microseconds; see
 *     {@link Kind}
 * @param count how often, 0 means for ever, where it applies
 * @param value detail of the kind, 32 bits
 * @param seed makes torn content repeatable
 */
public record NativeSimFault(Kind kind, long at, long count, int value, long seed) {
    /** What breaks; same order as {@code enum cx3_sim_fault_kind}. */
    public enum Kind {
        /** Nothing. */
        NONE,
        /** Power is cut at the n-th flash operation, program or erase, which is torn. */
        POWER_CUT_AT_OP,
        /** Power is cut at the n-th register access. */
        POWER_CUT_AT_ACCESS,
        /** The gateway stays busy from the n-th command on. */
        STUCK_GATEWAY,
        /** The chip stays busy from the n-th program or erase on. */
        STUCK_CHIP,
        /** The n-th program leaves one bit wrong; value = number of the bit in the page. */
        WRONG_BIT,
        /**
         * A stranger holds the semaphore with CR address value until at microseconds, 0 = for ever.
         */
        LOCK_HELD,
        /** The chip has protection bits set; value = its status register. */
        PROTECTION,
        /** No chip answers. */
        NO_CHIP,
        /** The chip has an unknown id; value = its JEDEC id with the vendor in bits 23 to 16. */
        UNKNOWN_CHIP,
        /** Every register reads 0xbad0cafe. */
        CR_LOCKED,
        /** Every register reads all ones. */
        ALL_ONES,
        /** Firmware does not end its commands from the n-th on. */
        STUCK_HCR,
        /**
         * The n-th command fails; value = its status in bits 7 to 0, the only opcode in bits 19 to
         * 8, 0 = any.
         */
        HCR_STATUS,
        /** The n-th access to settings fails; value = status, 1 to 0x7f. */
        NV_STATUS,
        /** Default settings come with payload version 0 instead of 1. */
        OLD_PAYLOAD;

        private static final Kind[] BY_NUMBER = values();
    }

    /** No fault: takes an earlier one back. */
    public static final NativeSimFault NONE = new NativeSimFault(Kind.NONE, 0, 0, 0, 0);

    /** Checks that nothing is null or negative. */
    public NativeSimFault {
        Objects.requireNonNull(kind, "kind");
        if (at < 0 || count < 0) {
            throw new IllegalArgumentException("at and count must not be negative: " + at + ", " +
                    count);
        }
    }

    static NativeSimFault of(long[] n, int first) {
        return new NativeSimFault(
                Kind.BY_NUMBER[(int) n[first]],
                n[first + 1], n[first + 2], (int) n[first + 3], n[first + 4]);
    }
}
