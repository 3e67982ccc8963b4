// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn.corpus;

import java.util.Map;
import java.util.TreeMap;

/** Register words of all boards: value and mask, a mask of zero where there is no record. */
public final class Registers {
    private final int boards;
    private final Map<Long, long[]> values = new TreeMap<>();
    private final Map<Long, long[]> masks = new TreeMap<>();

    Registers(int boards) {
        this.boards = boards;
    }

    void put(long address, int board, long value, long mask) {
        values.computeIfAbsent(address, a -> new long[boards])[board] |= value & mask;
        masks.computeIfAbsent(address, a -> new long[boards])[board] |= mask;
    }

    void flip(long address, int board, int bit) {
        values.get(address)[board] ^= 1L << bit;
    }

    Iterable<Long> addresses() {
        return values.keySet();
    }

    long value(long address, int board) {
        return values.get(address)[board];
    }

    long mask(long address, int board) {
        return masks.get(address)[board];
    }

    boolean covered(long address, int board, int bit) {
        return (mask(address, board) >>> bit & 1) != 0;
    }

    long bit(long address, int board, int bit) {
        return value(address, board) >>> bit & 1;
    }
}
