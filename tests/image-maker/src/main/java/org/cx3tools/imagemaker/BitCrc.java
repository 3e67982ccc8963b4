// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.imagemaker;

/**
 * The 16-bit checksum of FS2, done in the slow "augmented" way of its definition: the message goes
 * in bit by bit, followed by sixteen zero bits. A table-driven implementation starts from another
 * value and knows nothing of those bits, so the two only agree when both are right.
 */
public final class BitCrc {
    private static final int POLYNOMIAL = 0x100B;

    private int register = 0xFFFF;

    /**
     * Checksum of a part of an array.
     *
     * @param data the message
     * @param from first byte
     * @param to   byte after the last one
     * @return the checksum, 0 to 0xFFFF
     */
    public static int of(byte[] data, int from, int to) {
        return new BitCrc().add(data, from, to).value();
    }

    /**
     * Appends bytes to the message.
     *
     * @param data the bytes
     * @param from first byte
     * @param to   byte after the last one
     * @return this object
     */
    public BitCrc add(byte[] data, int from, int to) {
        int state = register;
        for (int i = from; i < to; i++) {
            for (int bit = 7; bit >= 0; bit--) {
                state = push(state, data[i] >> bit & 1);
            }
        }
        register = state;
        return this;
    }

    /**
     * The checksum of what was added so far; more may be added afterwards.
     *
     * @return the checksum, 0 to 0xFFFF
     */
    public int value() {
        int state = register;
        for (int i = 0; i < 16; i++) {
            state = push(state, 0);
        }
        return state ^ 0xFFFF;
    }

    private static int push(int state, int bit) {
        int shifted = (state << 1 | bit) & 0xFFFF;
        return (state & 0x8000) != 0 ? shifted ^ POLYNOMIAL : shifted;
    }
}
