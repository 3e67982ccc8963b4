// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.binary;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/**
 * An immutable run of bytes with big-endian access.
 *
 * <p>Slices share storage with their origin, which is safe because nothing can change it: data is
 * copied on the way in and on the way out. All offsets are in bytes from the start of this value;
 * an offset outside it is a programmer mistake and throws {@link IndexOutOfBoundsException}.
 */
public final class Bytes {
    private static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final byte[] array;
    private final int start;
    private final int length;

    private Bytes(byte[] array, int start, int length) {
        this.array = array;
        this.start = start;
        this.length = length;
    }

    /** {@return the value with no bytes} */
    public static Bytes empty() {
        return EMPTY;
    }

    /**
     * Copies an array.
     *
     * @param source bytes to copy
     * @return the value
     */
    public static Bytes of(byte[] source) {
        return new Bytes(source.clone(), 0, source.length);
    }

    /**
     * Copies part of an array.
     *
     * @param source bytes to copy from
     * @param offset first byte
     * @param length number of bytes
     * @return the value
     */
    public static Bytes of(byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        return new Bytes(Arrays.copyOfRange(source, offset, offset + length), 0, length);
    }

    /** Takes an array over without a copy; only for arrays that nobody else keeps. */
    static Bytes adopt(byte[] array, int length) {
        return new Bytes(array, 0, length);
    }

    /**
     * Parses hexadecimal text; blanks between digits are skipped.
     *
     * @param hex an even number of hexadecimal digits
     * @return the value
     * @throws IllegalArgumentException if the text is not hexadecimal
     */
    public static Bytes ofHex(String hex) {
        byte[] out = new byte[hex.length() / 2 + 1];
        int digits = 0;
        for (int i = 0; i < hex.length(); i++) {
            char c = hex.charAt(i);
            if (c == ' ' || c == '\n') {
                continue;
            }
            int digit = Character.digit(c, 16);
            if (digit < 0) {
                throw new IllegalArgumentException("not a hexadecimal digit: " + c);
            }
            out[digits / 2] = (byte) (out[digits / 2] << 4 | digit);
            digits++;
        }
        if (digits % 2 != 0) {
            throw new IllegalArgumentException("odd number of hexadecimal digits");
        }
        return of(out, 0, digits / 2);
    }

    /**
     * Encodes text as UTF-8.
     *
     * @param text any text
     * @return its bytes, without a terminator
     */
    public static Bytes ofText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return adopt(utf8, utf8.length);
    }

    /**
     * Reads a whole file.
     *
     * @param file path of a readable file
     * @param limit largest size accepted, in bytes; longer files are an error and are not loaded
     * @return the content
     * @throws IOException if the file cannot be read or is longer than the limit
     */
    public static Bytes ofFile(Path file, long limit) throws IOException {
        if (Files.isRegularFile(file) && Files.size(file) <= limit) {
            byte[] content = Files.readAllBytes(file);
            return adopt(content, content.length);
        }
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a folder");
        }
        // A pipe without a writer would be waited for without end.
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException(file + " is not a regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            int most = (int) Math.min(limit, Integer.MAX_VALUE - 16);
            byte[] content = in.readNBytes(most);
            if (content.length == most && in.read() >= 0) {
                throw new IOException(file + " is longer than " + most
                        + " bytes, too long for what is expected here");
            }
            return adopt(content, content.length);
        }
    }

    /** {@return number of bytes} */
    public int length() {
        return length;
    }

    /**
     * Reads one byte.
     *
     * @param offset offset in bytes
     * @return 0 to 255
     */
    public int u8(int offset) {
        Objects.checkIndex(offset, length);
        return array[start + offset] & 0xff;
    }

    /**
     * Reads a big-endian 16-bit number.
     *
     * @param offset offset in bytes
     * @return 0 to 0xffff
     */
    public int u16(int offset) {
        Objects.checkFromIndexSize(offset, 2, length);
        int at = start + offset;
        return (array[at] & 0xff) << 8 | array[at + 1] & 0xff;
    }

    /**
     * Reads a big-endian 32-bit word.
     *
     * @param offset offset in bytes
     * @return 0 to 0xffffffff
     */
    public long word(int offset) {
        Objects.checkFromIndexSize(offset, 4, length);
        int at = start + offset;
        return ((array[at] & 0xff) << 24 | (array[at + 1] & 0xff) << 16
                | (array[at + 2] & 0xff) << 8 | array[at + 3] & 0xff) & 0xffffffffL;
    }

    /**
     * Reads a big-endian 64-bit number, for example a GUID.
     *
     * @param offset offset in bytes
     * @return the 64 bits
     */
    public long u64(int offset) {
        return word(offset) << 32 | word(offset + 4);
    }

    /**
     * Reads a little-endian 32-bit word, as used in expansion ROMs.
     *
     * @param offset offset in bytes
     * @return 0 to 0xffffffff
     */
    public long wordLittleEndian(int offset) {
        return Integer.reverseBytes((int) word(offset)) & 0xffffffffL;
    }

    /**
     * Takes a part.
     *
     * @param offset first byte
     * @param count number of bytes
     * @return the part; it shares storage with this value
     */
    public Bytes slice(int offset, int count) {
        Objects.checkFromIndexSize(offset, count, length);
        return count == 0 ? EMPTY : new Bytes(array, start + offset, count);
    }

    /**
     * Takes everything from an offset on.
     *
     * @param offset first byte, 0 to length
     * @return the part; it shares storage with this value
     */
    public Bytes from(int offset) {
        return slice(offset, length - offset);
    }

    /** {@return a copy of the bytes} */
    public byte[] toArray() {
        return Arrays.copyOfRange(array, start, start + length);
    }

    /**
     * Copies bytes out.
     *
     * @param offset first byte of this value
     * @param target array to copy to
     * @param targetOffset where to put the first byte
     * @param count number of bytes
     */
    public void copyTo(int offset, byte[] target, int targetOffset, int count) {
        Objects.checkFromIndexSize(offset, count, length);
        System.arraycopy(array, start + offset, target, targetOffset, count);
    }

    /** {@return a read-only big-endian view} */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(array, start, length).slice().asReadOnlyBuffer();
    }

    /**
     * Tells whether every byte has one value.
     *
     * @param value 0 to 255
     * @return true if so, also for no bytes
     */
    public boolean isFilledWith(int value) {
        for (int i = 0; i < length; i++) {
            if ((array[start + i] & 0xff) != value) {
                return false;
            }
        }
        return true;
    }

    /**
     * Searches a pattern.
     *
     * @param pattern at least one byte
     * @param from first offset to look at, 0 to length
     * @return offset of the first hit, or -1
     */
    public int indexOf(Bytes pattern, int from) {
        int last = length - pattern.length;
        byte first = pattern.array[pattern.start];
        for (int i = from; i <= last; i++) {
            if (array[start + i] == first && Arrays.equals(array, start + i,
                    start + i + pattern.length, pattern.array, pattern.start,
                    pattern.start + pattern.length)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Decodes text that ends at the first NUL or at the end. Bytes that are not ASCII are taken as
     * ISO 8859-1, so that no byte is lost.
     *
     * @return the text without the NUL
     */
    public String text() {
        int end = 0;
        while (end < length && array[start + end] != 0) {
            end++;
        }
        return new String(array, start, end, StandardCharsets.ISO_8859_1);
    }

    /** {@return lower-case hexadecimal digits, two per byte} */
    public String hex() {
        char[] digits = new char[length * 2];
        for (int i = 0; i < length; i++) {
            int b = array[start + i] & 0xff;
            digits[2 * i] = HEX[b >> 4];
            digits[2 * i + 1] = HEX[b & 15];
        }
        return new String(digits);
    }

    byte[] array() {
        return array;
    }

    int start() {
        return start;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(array, start, start + length,
                that.array, that.start, that.start + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + array[start + i];
        }
        return hash;
    }

    /** {@return length and the first bytes, for messages} */
    @Override
    public String toString() {
        return length + " bytes " + slice(0, Math.min(length, 16)).hex()
                + (length > 16 ? "..." : "");
    }
}
