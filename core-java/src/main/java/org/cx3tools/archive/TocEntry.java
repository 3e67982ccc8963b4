// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.archive;

import java.util.ArrayList;
import java.util.List;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.image.FormatException;

/**
 * One entry of the TOC: a piece of an image, or, with size 0, only a version.
 *
 * <pre>
 *   0  u32     offset in the DATA payload, low 32 bits
 *   4  u32     size in bytes
 *   8  u16     kind: 0 padding, 1 FW, 0x101 CLP, 0x110 PXE, 0x111 UEFI, 0x121 FCODE
 *  10  u8      0
 *  11  u8      number of version fields, 0 to 4
 *  12  4 u16   version
 *  20  u16     offset, bits 47:32
 *  22  u16     size of metadata, 0
 * </pre>
 *
 * @param offset offset in the DATA payload; without meaning if the size is 0
 * @param size size in bytes
 * @param kind number of the kind
 * @param version the version fields in use
 */
record TocEntry(int offset, int size, int kind, List<Integer> version) {
    static final int SIZE = 24;
    static final int MAX_VERSION_FIELDS = 4;

    private static final int OFFSET = 0;
    private static final int DATA_SIZE = 4;
    private static final int KIND = 8;
    private static final int ZERO = 10;
    private static final int FIELDS = 11;
    private static final int VERSION = 12;
    private static final int OFFSET_HIGH = 20;
    private static final int METADATA = 22;

    /** Makes the list unchangeable. */
    TocEntry {
        version = List.copyOf(version);
        if (offset < 0 || size < 0 || version.size() > MAX_VERSION_FIELDS) {
            throw new IllegalArgumentException("no such TOC entry");
        }
    }

    /** {@return offset of the first byte behind the piece} */
    int end() {
        return offset + size;
    }

    /**
     * Reads an entry.
     *
     * @param toc the TOC
     * @param at offset of the entry in its payload
     * @param dataSize bytes of the DATA payload; the piece lies inside of them
     */
    static TocEntry parse(Payload toc, int at, int dataSize) throws FormatException {
        Bytes b = toc.bytes();
        long offset = (long) b.u16(at + OFFSET_HIGH) << 32 | b.word(at + OFFSET);
        long size = b.word(at + DATA_SIZE);
        if (size > dataSize) {
            throw toc.wrong(at + DATA_SIZE, "size of a TOC entry", "at most " + dataSize
                    + " bytes, the size of DATA", size + " bytes");
        }
        if (size != 0 && offset > dataSize - size) {
            boolean high = b.u16(at + OFFSET_HIGH) != 0;
            throw toc.wrong(at + (high ? OFFSET_HIGH : OFFSET), "offset of a TOC entry",
                    "at most " + PlainText.hex(dataSize - size), PlainText.hex(offset));
        }
        toc.require(at + ZERO, "reserved field of a TOC entry", 0, b.u8(at + ZERO));
        int fields = b.u8(at + FIELDS);
        if (fields > MAX_VERSION_FIELDS) {
            throw toc.wrong(at + FIELDS, "number of version fields", "0 to "
                    + MAX_VERSION_FIELDS, Integer.toString(fields));
        }
        toc.require(at + METADATA, "size of metadata of a TOC entry", 0, b.u16(at + METADATA));
        List<Integer> version = new ArrayList<>(fields);
        for (int i = 0; i < fields; i++) {
            version.add(b.u16(at + VERSION + 2 * i));
        }
        return new TocEntry(size == 0 ? 0 : (int) offset, (int) size, b.u16(at + KIND), version);
    }

    void write(BytesBuilder out) {
        out.addWord(offset).addWord(size).addWord((long) kind << 16 | version.size());
        for (int i = 0; i < MAX_VERSION_FIELDS; i++) {
            int field = i < version.size() ? version.get(i) : 0;
            out.addU8(field >> 8).addU8(field);
        }
        // Offsets have 31 bits here, and there is no metadata.
        out.addWord(0);
    }
}
