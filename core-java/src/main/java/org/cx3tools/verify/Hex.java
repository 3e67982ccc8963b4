// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.verify;

/** Hexadecimal text without the cost of a formatter, which would show in the start-up time. */
final class Hex {
    private Hex() {
    }

    static String of(long value) {
        return "0x" + Long.toHexString(value);
    }

    /** As %08x. */
    static String eight(long value) {
        return padded(value & 0xffffffffL, 8);
    }

    /** As %06x: longer numbers keep all their digits. */
    static String six(long value) {
        return padded(value & 0xffffffffL, 6);
    }

    private static String padded(long value, int width) {
        String digits = Long.toHexString(value);
        return "00000000".substring(8 - Math.max(0, width - digits.length())) + digits;
    }
}
