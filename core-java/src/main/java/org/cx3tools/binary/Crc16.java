// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.binary;

import java.util.Objects;

/**
 * The 16-bit checksum of FS2 images: polynomial 0x100B, most significant bit first, direct form.
 *
 * <p>The direct form starts at 0xF6AA and inverts the result; it equals the form that starts at
 * 0xFFFF and shifts 16 zero bits in at the end. Mark: proven against the stock verifier.
 *
 * <p>Eight bytes are taken per step through eight tables (built once, 2048 steps), because one
 * table alone is several times slower when the code has just been started.
 */
public final class Crc16 {
    /** Value of the register before the first byte. */
    public static final int START = 0xf6aa;

    private static final int POLYNOMIAL = 0x100b;
    /** Bytes that are summed up at once, as two halves side by side. */
    private static final int BLOCK = 256;
    private static final int HALF = BLOCK / 2;
    private static final char[] T0 = new char[256];
    private static final char[] T1 = new char[256];
    private static final char[] T2 = new char[256];
    private static final char[] T3 = new char[256];
    private static final char[] T4 = new char[256];
    private static final char[] T5 = new char[256];
    private static final char[] T6 = new char[256];
    private static final char[] T7 = new char[256];
    /** What becomes of the high and low byte of the register when {@link #HALF} zero bytes follow. */
    private static final char[] HALF_HIGH = new char[256];
    private static final char[] HALF_LOW = new char[256];

    static {
        // The table is linear: T[a ^ b] = T[a] ^ T[b], so powers of two are enough.
        int r = POLYNOMIAL;
        for (int bit = 1; bit < 256; bit <<= 1) {
            for (int low = 0; low < bit; low++) {
                T0[bit + low] = (char) (r ^ T0[low]);
            }
            r = (r & 0x8000) != 0 ? (r << 1 ^ POLYNOMIAL) & 0xffff : r << 1;
        }
        char[][] all = {T0, T1, T2, T3, T4, T5, T6, T7};
        for (int k = 1; k < 8; k++) {
            char[] previous = all[k - 1];
            char[] next = all[k];
            for (int i = 0; i < 256; i++) {
                int v = previous[i];
                next[i] = (char) (v << 8 ^ T0[v >> 8]);
            }
        }
        int factor = powerOfX(HALF);
        for (int bit = 1; bit < 256; bit <<= 1) {
            int high = multiply(bit << 8, factor);
            int low = multiply(bit, factor);
            for (int rest = 0; rest < bit; rest++) {
                HALF_HIGH[bit + rest] = (char) (high ^ HALF_HIGH[rest]);
                HALF_LOW[bit + rest] = (char) (low ^ HALF_LOW[rest]);
            }
        }
    }

    private Crc16() {
    }

    /**
     * Computes the checksum of some bytes.
     *
     * @param data the bytes
     * @return 0 to 0xffff
     */
    public static int of(Bytes data) {
        return of(data, 0, data.length());
    }

    /**
     * Computes the checksum of a part.
     *
     * @param data the bytes
     * @param offset first byte
     * @param length number of bytes
     * @return 0 to 0xffff
     */
    public static int of(Bytes data, int offset, int length) {
        return finish(update(START, data, offset, length));
    }

    /**
     * Continues a checksum.
     *
     * @param state {@link #START} or an earlier result of this method
     * @param data the bytes
     * @param offset first byte
     * @param length number of bytes
     * @return the new state
     */
    public static int update(int state, Bytes data, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, data.length());
        return update(state, data.array(), data.start() + offset, length);
    }

    /**
     * Continues a checksum.
     *
     * @param state {@link #START} or an earlier result of this method
     * @param data the bytes
     * @param offset first byte
     * @param length number of bytes
     * @return the new state
     */
    public static int update(int state, byte[] data, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, data.length);
        int r = state;
        int end = offset + length;
        int at = offset;
        for (; end - at >= BLOCK; at += BLOCK) {
            r = halves(r, data, at);
        }
        return rest(r, data, at, end - at);
    }

    /**
     * One block as two sums that do not wait for each other: the register is linear, so the sum of the
     * first half, moved on by the length of the second, and that of the second alone make the whole.
     * Kept short and called often, so that the compiler takes notice of it early.
     */
    private static int halves(int state, byte[] data, int offset) {
        char[] t0 = T0;
        char[] t1 = T1;
        char[] t2 = T2;
        char[] t3 = T3;
        char[] t4 = T4;
        char[] t5 = T5;
        char[] t6 = T6;
        char[] t7 = T7;
        int r = state;
        int s = 0;
        for (int at = offset, to = offset + HALF; at < to; at += 8) {
            r = t7[(r >> 8 ^ data[at]) & 0xff] ^ t6[(r ^ data[at + 1]) & 0xff]
                    ^ t5[data[at + 2] & 0xff] ^ t4[data[at + 3] & 0xff]
                    ^ t3[data[at + 4] & 0xff] ^ t2[data[at + 5] & 0xff]
                    ^ t1[data[at + 6] & 0xff] ^ t0[data[at + 7] & 0xff];
            s = t7[(s >> 8 ^ data[at + HALF]) & 0xff] ^ t6[(s ^ data[at + HALF + 1]) & 0xff]
                    ^ t5[data[at + HALF + 2] & 0xff] ^ t4[data[at + HALF + 3] & 0xff]
                    ^ t3[data[at + HALF + 4] & 0xff] ^ t2[data[at + HALF + 5] & 0xff]
                    ^ t1[data[at + HALF + 6] & 0xff] ^ t0[data[at + HALF + 7] & 0xff];
        }
        return HALF_HIGH[r >> 8] ^ HALF_LOW[r & 0xff] ^ s;
    }

    private static int rest(int state, byte[] data, int offset, int length) {
        int r = state;
        for (int at = offset; at < offset + length; at++) {
            r = (r << 8 ^ T0[(r >> 8 ^ data[at]) & 0xff]) & 0xffff;
        }
        return r;
    }

    /**
     * Continues a checksum with one word.
     *
     * @param state {@link #START} or an earlier result
     * @param word its low 32 bits are used, most significant byte first
     * @return the new state
     */
    public static int updateWord(int state, long word) {
        int r = state;
        for (int shift = 24; shift >= 0; shift -= 8) {
            r = (r << 8 ^ T0[(int) (r >> 8 ^ word >> shift) & 0xff]) & 0xffff;
        }
        return r;
    }

    /**
     * Continues a checksum with bytes whose own checksum is known, without reading them again.
     *
     * @param state {@link #START} or an earlier result
     * @param crc finished checksum of the bytes alone
     * @param length number of these bytes
     * @return the new state
     */
    public static int append(int state, int crc, long length) {
        // Both runs differ only in their start value; that difference times x^(8 length) remains.
        return finish(crc) ^ multiply((state ^ START) & 0xffff, powerOfX(length));
    }

    /** x to the power of so many bytes, modulo the polynomial of the checksum. */
    private static int powerOfX(long bytes) {
        int factor = 1;
        int square = 0x100;
        for (long n = bytes; n != 0; n >>= 1) {
            if ((n & 1) != 0) {
                factor = multiply(factor, square);
            }
            square = multiply(square, square);
        }
        return factor;
    }

    /** Multiplies two polynomials modulo the one of the checksum. */
    private static int multiply(int a, int b) {
        int product = 0;
        for (int bit = 15; bit >= 0; bit--) {
            product = (product & 0x8000) != 0 ? (product << 1 ^ POLYNOMIAL) & 0xffff
                    : product << 1;
            if ((b >> bit & 1) != 0) {
                product ^= a;
            }
        }
        return product;
    }

    /**
     * Ends a checksum.
     *
     * @param state the state after the last byte
     * @return 0 to 0xffff
     */
    public static int finish(int state) {
        return state ^ 0xffff;
    }
}
