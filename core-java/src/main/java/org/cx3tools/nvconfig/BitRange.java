// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nvconfig;

/**
 * A field of a 32-bit word.
 *
 * @param high its most significant bit, 0 to 31
 * @param low its least significant bit
 */
public record BitRange(int high, int low) {
    /** Checks the order. */
    public BitRange {
        if (low < 0 || high > 31 || low > high) {
            throw new IllegalArgumentException("no bits of a word: " + high + ":" + low);
        }
    }

    /** {@return the bits of the field, in place} */
    public long mask() {
        return greatest() << low;
    }

    /** {@return the greatest number that fits} */
    public long greatest() {
        return (1L << (high - low + 1)) - 1;
    }

    /** {@return the value of the field in a word} */
    public long of(long word) {
        return word >> low & greatest();
    }

    /** {@return the word with another value in the field} */
    public long in(long word, long value) {
        return word & ~mask() | (value & greatest()) << low;
    }

    /** As documents write it: {@code [15:0]}, {@code [31]}. */
    @Override
    public String toString() {
        return high == low ? "[" + low + "]" : "[" + high + ":" + low + "]";
    }
}
