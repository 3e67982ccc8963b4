// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.imagemaker;

/**
 * The 16-bit checksum of FS2, done in the "augmented" way of its definition: the message goes
 * in bit by bit, followed by sixteen zero bits. The usual table-driven implementation starts from
 * another value and knows nothing of those bits, so the two only agree when both are right.
 */
public final class BitCrc {
    private static final int POLYNOMIAL = 0x100B;

    /** What eight zero bits make of a register that has only its upper byte. */
    private static final int[] EIGHT_BITS = new int[256];

    static {
        for (int top = 0; top < EIGHT_BITS.length; top++) {
            int state = top << 8;
            for (int i = 0; i < 8; i++) {
                state = push(state, 0);
            }
            EIGHT_BITS[top] = state;
        }
    }

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
            state = EIGHT_BITS[state >> 8] ^ (state << 8 & 0xFFFF) ^ data[i] & 0xFF;
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
