// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/**
 * Numbers of one key over all images, bit by bit. An image is in {@link #present()} or in
 * {@link #absent()}.
 */
final class KeyNumbers {
    private static final BitSet NONE = new BitSet(0);

    private final long[] values;
    private final BitSet present;
    private final BitSet absent;
    private final BitSet[] ones;
    private final BitSet[] zeros;
    private final int distinct;

    /** Takes one number per image; those of images that are not present do not count. */
    KeyNumbers(long[] values, BitSet present, BitSet absent) {
        this.values = values;
        this.present = present;
        this.absent = absent;
        Set<Long> seen = new HashSet<>();
        long all = 0;
        for (int i = present.nextSetBit(0); i >= 0; i = present.nextSetBit(i + 1)) {
            seen.add(values[i]);
            all |= values[i];
        }
        distinct = seen.size();
        int size = Math.max(1, Long.SIZE - Long.numberOfLeadingZeros(all));
        ones = new BitSet[size];
        zeros = new BitSet[size];
        for (int bit = 0; bit < size; bit++) {
            ones[bit] = new BitSet(values.length);
            for (int i = present.nextSetBit(0); i >= 0; i = present.nextSetBit(i + 1)) {
                ones[bit].set(i, (values[i] >>> bit & 1) != 0);
            }
            zeros[bit] = (BitSet) present.clone();
            zeros[bit].andNot(ones[bit]);
        }
    }

    BitSet present() {
        return present;
    }

    BitSet absent() {
        return absent;
    }

    /** Number of an image that has the key. */
    long value(int image) {
        return values[image];
    }

    /** How many distinct numbers there are. */
    int distinct() {
        return distinct;
    }

    /** Bits that the largest number needs, at least 1. */
    int size() {
        return ones.length;
    }

    /** Images whose number has the bit; bits above the largest number are zero. */
    BitSet ones(int bit) {
        return bit < ones.length ? ones[bit] : NONE;
    }

    BitSet zeros(int bit) {
        return bit < zeros.length ? zeros[bit] : present;
    }

    /** Whether a column can be this bit of the key: equal where it is given, else constant. */
    boolean fits(int bit, BitColumn column) {
        return !ones(bit).intersects(column.zeros()) && !zeros(bit).intersects(column.ones())
                && !column.variedIn(absent);
    }

    /** How many images say that a column is no zero on top of the key's numbers. */
    int againstZero(BitColumn column) {
        BitSet wrong = (BitSet) present.clone();
        wrong.and(column.ones());
        BitSet ones = (BitSet) absent.clone();
        ones.and(column.ones());
        BitSet zeros = (BitSet) absent.clone();
        zeros.and(column.zeros());
        return wrong.cardinality() + Math.min(ones.cardinality(), zeros.cardinality());
    }

    /** Whether the key is a switch, and a column can be its opposite. */
    boolean fitsInverted(BitColumn column) {
        return ones.length == 1 && !ones[0].intersects(column.ones())
                && !zeros[0].intersects(column.zeros()) && !column.variedIn(absent);
    }

    /** Whether a column that fits this bit is seen with both values of it. */
    boolean followed(int bit, BitColumn column) {
        return ones(bit).intersects(column.ones()) && zeros(bit).intersects(column.zeros());
    }
}
