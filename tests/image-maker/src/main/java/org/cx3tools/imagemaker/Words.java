// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.imagemaker;

import java.io.ByteArrayOutputStream;

/** Bytes that grow by big-endian words, and reading or changing such words in place. */
final class Words {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Words word(long value) {
        out.write((int) (value >>> 24));
        out.write((int) (value >>> 16));
        out.write((int) (value >>> 8));
        out.write((int) value);
        return this;
    }

    Words pair(int high, int low) {
        return word((long) high << 16 | low & 0xFFFF);
    }

    Words twoWords(long value) {
        return word(value >>> 32).word(value);
    }

    Words bytes(byte[] data) {
        out.writeBytes(data);
        return this;
    }

    int size() {
        return out.size();
    }

    byte[] toArray() {
        return out.toByteArray();
    }

    static long get(byte[] data, int offset) {
        return (data[offset] & 0xFFL) << 24 | (data[offset + 1] & 0xFFL) << 16
                | (data[offset + 2] & 0xFFL) << 8 | data[offset + 3] & 0xFFL;
    }

    static void set(byte[] data, int offset, long value) {
        data[offset] = (byte) (value >>> 24);
        data[offset + 1] = (byte) (value >>> 16);
        data[offset + 2] = (byte) (value >>> 8);
        data[offset + 3] = (byte) value;
    }

    /** The byte that makes the four bytes of a word, this one on top, sum to 0 modulo 256. */
    static int balancingByte(long low24) {
        return (int) -((low24 >> 16 & 0xFF) + (low24 >> 8 & 0xFF) + (low24 & 0xFF)) & 0xFF;
    }

    /** The data with zero bytes up to the next whole word. */
    static byte[] padded(byte[] data) {
        byte[] result = new byte[(data.length + 3) / 4 * 4];
        System.arraycopy(data, 0, result, 0, data.length);
        return result;
    }
}
