// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.assemble;

import java.util.Objects;

/**
 * A named field in register space, as a line {@code NAME ADDRESS.BIT WIDTH} places it (observed).
 *
 * @param name    name as {@code scratchpad.eth.port[0].eth_802_3ap_56kr4_enable}
 * @param address register address in bytes, a multiple of 4
 * @param bit     lowest bit in the word, 0 to 31
 * @param width   number of bits, 1 to 32
 */
public record Field(String name, long address, int bit, int width) {
    /** Refuses fields that do not lie in one word. */
    public Field {
        Objects.requireNonNull(name, "name");
        if (address < 0 || address > 0xffffffffL || address % 4 != 0 || bit < 0 || width < 1
                || bit + width > 32) {
            throw new IllegalArgumentException("field " + name + " does not lie in one word");
        }
    }

    /** {@return the bits of the word that belong to the field} */
    public long mask() {
        return (1L << width) - 1 << bit;
    }

    /** {@return whether a number fits into the field} */
    public boolean fits(long value) {
        return value >= 0 && value < 1L << width;
    }

    /** {@return the field's value in a word} */
    public long get(long word) {
        return (word & mask()) >>> bit;
    }

    /** {@return the word with another value in the field, all other bits kept} */
    public long set(long word, long value) {
        if (!fits(value)) {
            throw new IllegalArgumentException(value + " does not fit " + this);
        }
        return word & ~mask() & 0xffffffffL | value << bit;
    }

    /** {@return the line that places the field} */
    @Override
    public String toString() {
        return name + " 0x" + Long.toHexString(address) + "." + bit + " " + width;
    }
}
