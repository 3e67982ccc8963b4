// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.archive;

import org.cx3tools.binary.Bytes;
import org.cx3tools.image.FormatException;

/**
 * What an xz stream says about itself, read from its end, before anything is unpacked.
 *
 * <p>Header (12), blocks, index, footer (12), then zeros up to the end of the section. The index
 * tells the sizes of all blocks; they are a claim, which only bounds what unpacking may yield.
 *
 * @param length bytes of the stream, without the zeros behind it
 * @param unpackedSize bytes it says it unpacks to
 */
record XzOutline(int length, int unpackedSize) {
    /** Most blocks of a stream; a packer with threads makes one for some 24 MiB. */
    static final int MAX_BLOCKS = 1024;

    private static final Bytes MAGIC = Bytes.ofHex("fd377a585a00");
    private static final Bytes FOOTER_MAGIC = Bytes.ofText("YZ");
    private static final int HEADER = 12;
    private static final int FOOTER = 12;
    private static final int FLAGS = 6;
    private static final int CHECK_NONE = 0;
    private static final int CHECK_CRC32 = 1;
    private static final int CRC = 4;
    private static final int MIN_INDEX = 8;
    /** Least bytes of a block without its padding: a header of 8, no data, no check. */
    private static final int MIN_BLOCK = 9;
    private static final int MAX_NUMBER_BYTES = 9;

    /**
     * Reads it.
     *
     * @param section payload of a section as stored
     * @param kind the section
     * @param origin offset of the payload in the file
     * @return the outline; the stream has one filter only, and a check the stock tool can stand
     * @throws FormatException if it is no such stream, or says it is too large
     */
    static XzOutline of(Bytes section, SectionKind kind, long origin) throws FormatException {
        return new Reader(section, kind, origin).read();
    }

    private static final class Reader {
        private final Bytes in;
        private final SectionKind kind;
        private final long origin;
        private int at;
        private int indexEnd;

        Reader(Bytes in, SectionKind kind, long origin) {
            this.in = in;
            this.kind = kind;
            this.origin = origin;
        }

        XzOutline read() throws FormatException {
            int end = in.length();
            while (end > 0 && in.u8(end - 1) == 0) {
                end--;
            }
            if (end < HEADER + MIN_INDEX + FOOTER) {
                throw wrong(0, "xz stream", "at least " + (HEADER + MIN_INDEX + FOOTER)
                        + " bytes", end + " bytes");
            }
            checkHeader();
            if (!in.slice(end - 2, 2).equals(FOOTER_MAGIC)) {
                throw wrong(end - 2, "end of the xz stream", FOOTER_MAGIC.hex(),
                        in.slice(end - 2, 2).hex());
            }
            long indexSize = (in.wordLittleEndian(end - 8) + 1) * 4;
            long indexStart = end - FOOTER - indexSize;
            if (indexSize < MIN_INDEX || indexStart < HEADER) {
                throw wrong(end - 8, "size of the xz index", MIN_INDEX + " to "
                        + (end - FOOTER - HEADER) + " bytes", indexSize + " bytes");
            }
            at = (int) indexStart;
            indexEnd = end - FOOTER - CRC;
            return new XzOutline(end, readIndex());
        }

        private void checkHeader() throws FormatException {
            if (!in.slice(0, MAGIC.length()).equals(MAGIC)) {
                throw wrong(0, "xz stream", MAGIC.hex(), in.slice(0, MAGIC.length()).hex());
            }
            int check = in.u16(FLAGS);
            if (check != CHECK_NONE && check != CHECK_CRC32) {
                throw wrong(FLAGS, "check of the xz stream", "none (0) or CRC32 (1), the stock"
                        + " tool crashes on others", Integer.toString(check));
            }
        }

        private int readIndex() throws FormatException {
            int indexStart = at;
            if (in.u8(at) != 0) {
                throw wrong(at, "start of the xz index", "0", Integer.toString(in.u8(at)));
            }
            at++;
            int countAt = at;
            long blocks = number();
            if (blocks > MAX_BLOCKS) {
                throw wrong(countAt, "number of xz blocks", "at most " + MAX_BLOCKS,
                        Long.toString(blocks));
            }
            long total = 0;
            int block = HEADER;
            for (int i = 0; i < blocks; i++) {
                int sizeAt = at;
                long packed = number();
                if (packed < MIN_BLOCK || packed > indexStart - block) {
                    throw wrong(sizeAt, "size of an xz block", MIN_BLOCK + " to "
                            + (indexStart - block) + " bytes", packed + " bytes");
                }
                checkFilters(block);
                block += (int) (packed + 3 & ~3L);
                int unpackedAt = at;
                long unpacked = number();
                if (unpacked > kind.limit() - total) {
                    throw wrong(unpackedAt, "unpacked size", "at most " + kind.limit()
                            + " bytes", total + unpacked < 0 ? "more than a file can have"
                                    : total + unpacked + " bytes");
                }
                total += unpacked;
            }
            if (block != indexStart) {
                throw wrong(block, "xz blocks", "their end at " + PlainText.hex(indexStart),
                        "at " + PlainText.hex(block));
            }
            return (int) total;
        }

        private void checkFilters(int block) throws FormatException {
            if (in.u8(block) == 0 || (in.u8(block + 1) & 3) != 0) {
                throw wrong(block, "head of an xz block", "one filter, LZMA2",
                        in.slice(block, 2).hex());
            }
        }

        /** Reads seven bits a byte, low ones first; the top bit says that more follow. */
        private long number() throws FormatException {
            long value = 0;
            for (int i = 0; i < MAX_NUMBER_BYTES; i++) {
                if (at >= indexEnd) {
                    throw wrong(at, "xz index", "a number", "its end");
                }
                int b = in.u8(at++);
                value |= (long) (b & 0x7f) << 7 * i;
                if (b < 0x80) {
                    return value;
                }
            }
            throw wrong(at, "number in the xz index", "at most " + MAX_NUMBER_BYTES + " bytes",
                    "more");
        }

        private FormatException wrong(int offset, String what, String expected, String found) {
            return new FormatException(origin + offset, what + " of section " + kind, expected,
                    found);
        }
    }
}
