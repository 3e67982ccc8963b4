// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.tukaani.xz.FilterOptions;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZ;
import org.tukaani.xz.XZOutputStream;

/** Streams of xz for tests: of any check and filters, and of one block many times. */
final class XzParts {
    private XzParts() {
    }

    static byte[] pack(byte[] payload, int check, FilterOptions... filters) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (XZOutputStream xz = new XZOutputStream(out, filters, check)) {
            xz.write(payload);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    static byte[] pack(byte[] payload) {
        return pack(payload, XZ.CHECK_CRC32, new LZMA2Options());
    }

    /**
     * Makes a stream of zeros whose index may lie.
     *
     * @param blocks how many blocks
     * @param size what each one unpacks to
     * @param told what the index says of each one
     */
    static byte[] bomb(int blocks, int size, int told) {
        return repeated(pack(new byte[size]), blocks, told);
    }

    /** Makes a stream of one block many times, with an index that tells any size of each. */
    static byte[] repeated(byte[] one, int blocks, int told) {
        ByteBuffer in = ByteBuffer.wrap(one).order(ByteOrder.LITTLE_ENDIAN);
        int indexSize = (in.getInt(one.length - 8) + 1) * 4;
        int indexStart = one.length - 12 - indexSize;
        byte[] block = Arrays.copyOfRange(one, 12, indexStart);
        // The size without padding is the first number of the one record.
        int[] at = {indexStart + 2};
        long unpadded = number(one, at);

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(one, 0, 12);
        ByteArrayOutputStream index = new ByteArrayOutputStream();
        index.write(0);
        addNumber(index, blocks);
        for (int i = 0; i < blocks; i++) {
            out.writeBytes(block);
            addNumber(index, unpadded);
            addNumber(index, told);
        }
        while (index.size() % 4 != 0) {
            index.write(0);
        }
        addCrc(index, index.toByteArray());
        out.writeBytes(index.toByteArray());
        ByteBuffer tail = ByteBuffer.allocate(6).order(ByteOrder.LITTLE_ENDIAN);
        tail.putInt(index.size() / 4 - 1).put(one, 6, 2);
        addCrc(out, tail.array());
        out.writeBytes(tail.array());
        out.writeBytes(new byte[] {'Y', 'Z'});
        return out.toByteArray();
    }

    /** Says that the one block needs another window: 2^(code / 2 + 12) bytes, code even. */
    static byte[] withWindow(byte[] one, int code) {
        byte[] out = one.clone();
        out[16] = (byte) code;
        CRC32 crc = new CRC32();
        crc.update(out, 12, 8);
        ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN).putInt(20, (int) crc.getValue());
        return out;
    }

    private static long number(byte[] in, int[] at) {
        long value = 0;
        for (int shift = 0;; shift += 7) {
            int b = in[at[0]++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }

    private static void addNumber(ByteArrayOutputStream out, long value) {
        long rest = value;
        while (rest >= 0x80) {
            out.write((int) rest | 0x80);
            rest >>= 7;
        }
        out.write((int) rest);
    }

    private static void addCrc(ByteArrayOutputStream out, byte[] of) {
        CRC32 crc = new CRC32();
        crc.update(of);
        out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) crc.getValue()).array());
    }
}
