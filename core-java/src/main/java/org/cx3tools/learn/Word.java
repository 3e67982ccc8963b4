// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn;

/** A register word over all images, bit by bit. */
final class Word {
    private final long address;
    private final BitColumn[] bits = new BitColumn[32];

    Word(long address, int images) {
        this.address = address;
        for (int bit = 0; bit < bits.length; bit++) {
            bits[bit] = new BitColumn(images);
        }
    }

    void add(int image, long value, long mask) {
        for (int bit = 0; bit < bits.length; bit++) {
            if ((mask >>> bit & 1) != 0) {
                bits[bit].set(image, (value >>> bit & 1) != 0);
            }
        }
    }

    long address() {
        return address;
    }

    BitColumn bit(int bit) {
        return bits[bit];
    }

    boolean varied() {
        for (BitColumn bit : bits) {
            if (bit.varied()) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether the record of an image covers all bits of a field} */
    boolean covers(int image, int bit, int width) {
        for (int i = bit; i < bit + width; i++) {
            if (!bits[i].covers(image)) {
                return false;
            }
        }
        return true;
    }

    /** {@return the value of a field in an image, bits that are not covered being 0} */
    long value(int image, int bit, int width) {
        long value = 0;
        for (int i = 0; i < width; i++) {
            value |= bits[bit + i].ones().get(image) ? 1L << i : 0;
        }
        return value;
    }

    /** {@return which bits of a field are covered in an image, as a mask of its value} */
    long coverage(int image, int bit, int width) {
        long mask = 0;
        for (int i = 0; i < width; i++) {
            mask |= bits[bit + i].covers(image) ? 1L << i : 0;
        }
        return mask;
    }
}
