// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.binary;

import java.util.Arrays;
import java.util.Objects;

/**
 * Builds {@link Bytes}: appends at the end, and overwrites what is already there.
 *
 * <p>Numbers are written big-endian. Not safe for use by several threads.
 */
public final class BytesBuilder {
    private byte[] array;
    private int length;

    /** Starts with nothing. */
    public BytesBuilder() {
        this(256);
    }

    /**
     * Starts with nothing.
     *
     * @param capacity bytes to reserve
     */
    public BytesBuilder(int capacity) {
        array = new byte[capacity];
    }

    /**
     * Starts with a copy of some bytes.
     *
     * @param content bytes to start with
     * @return a builder that holds them
     */
    public static BytesBuilder copyOf(Bytes content) {
        return new BytesBuilder(content.length()).add(content);
    }

    /** {@return number of bytes so far} */
    public int length() {
        return length;
    }

    /**
     * Appends bytes.
     *
     * @param more what to append
     * @return this
     */
    public BytesBuilder add(Bytes more) {
        int at = grow(more.length());
        more.copyTo(0, array, at, more.length());
        return this;
    }

    /**
     * Appends one byte.
     *
     * @param value its low 8 bits are used
     * @return this
     */
    public BytesBuilder addU8(int value) {
        int at = grow(1);
        array[at] = (byte) value;
        return this;
    }

    /**
     * Appends a 32-bit word.
     *
     * @param value its low 32 bits are used
     * @return this
     */
    public BytesBuilder addWord(long value) {
        grow(4);
        return setWord(length - 4, value);
    }

    /**
     * Appends a 64-bit number.
     *
     * @param value all 64 bits
     * @return this
     */
    public BytesBuilder addU64(long value) {
        return addWord(value >>> 32).addWord(value);
    }

    /**
     * Appends one byte value several times.
     *
     * @param value its low 8 bits are used
     * @param count how many
     * @return this
     */
    public BytesBuilder fill(int value, int count) {
        int at = grow(count);
        Arrays.fill(array, at, at + count, (byte) value);
        return this;
    }

    /**
     * Appends zero bytes until the length is a multiple.
     *
     * @param multiple in bytes, at least 1
     * @return this
     */
    public BytesBuilder padTo(int multiple) {
        int over = length % multiple;
        return over == 0 ? this : fill(0, multiple - over);
    }

    /**
     * Overwrites a 32-bit word.
     *
     * @param offset where, inside what is there
     * @param value its low 32 bits are used
     * @return this
     */
    public BytesBuilder setWord(int offset, long value) {
        Objects.checkFromIndexSize(offset, 4, length);
        array[offset] = (byte) (value >> 24);
        array[offset + 1] = (byte) (value >> 16);
        array[offset + 2] = (byte) (value >> 8);
        array[offset + 3] = (byte) value;
        return this;
    }

    /**
     * Overwrites one byte.
     *
     * @param offset where, inside what is there
     * @param value its low 8 bits are used
     * @return this
     */
    public BytesBuilder setU8(int offset, int value) {
        Objects.checkIndex(offset, length);
        array[offset] = (byte) value;
        return this;
    }

    /**
     * Overwrites bytes.
     *
     * @param offset where, inside what is there
     * @param content what to put there
     * @return this
     */
    public BytesBuilder set(int offset, Bytes content) {
        Objects.checkFromIndexSize(offset, content.length(), length);
        content.copyTo(0, array, offset, content.length());
        return this;
    }

    /**
     * Reads back a 32-bit word.
     *
     * @param offset where
     * @return 0 to 0xffffffff
     */
    public long word(int offset) {
        Objects.checkFromIndexSize(offset, 4, length);
        return ((array[offset] & 0xff) << 24 | (array[offset + 1] & 0xff) << 16
                | (array[offset + 2] & 0xff) << 8 | array[offset + 3] & 0xff) & 0xffffffffL;
    }

    /**
     * Computes the image checksum over a part of what is there.
     *
     * @param offset first byte
     * @param count number of bytes
     * @return 0 to 0xffff
     */
    public int crc16(int offset, int count) {
        Objects.checkFromIndexSize(offset, count, length);
        return Crc16.finish(Crc16.update(Crc16.START, array, offset, count));
    }

    /** {@return the bytes so far; later changes of the builder do not show in them} */
    public Bytes build() {
        return Bytes.of(array, 0, length);
    }

    private int grow(int count) {
        int at = length;
        int wanted = Math.addExact(length, count);
        if (wanted > array.length) {
            array = Arrays.copyOf(array, Math.max(wanted, Math.addExact(length, length >> 1)));
        }
        length = wanted;
        return at;
    }
}
