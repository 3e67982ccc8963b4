// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.archive;

import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.image.FormatException;

/**
 * Head of a section.
 *
 * <pre>
 *  0  u8   type: 1 MAP, 2 TOC, 3 DATA
 *  1  u16  0
 *  3  u8   flags; bit 0: the payload is xz
 *  4  u32  size of the payload as stored, in bytes
 * </pre>
 *
 * @param kind type
 * @param xz true if the payload is an xz stream
 * @param size size of the payload as stored, in bytes
 */
record SectionHeader(SectionKind kind, boolean xz, int size) {
    static final int SIZE = 8;

    private static final int TYPE = 0;
    private static final int ZERO = 1;
    private static final int FLAGS = 3;
    private static final int STORED_SIZE = 4;
    private static final int FLAG_XZ = 1;

    /** Checks the size. */
    SectionHeader {
        if (size < 0) {
            throw new IllegalArgumentException("negative size");
        }
    }

    /**
     * Reads a head.
     *
     * @param file the archive
     * @param at offset of the head
     * @param end offset of the first byte that no section may have
     * @param kind the section that must be here
     * @return the head; its payload lies before the end
     * @throws FormatException if a field is wrong or the payload is cut off
     */
    static SectionHeader parse(Bytes file, int at, int end, SectionKind kind)
            throws FormatException {
        if (end - at < SIZE) {
            throw new FormatException(at, "section " + kind, "a head of " + SIZE + " bytes",
                    end - at + " bytes");
        }
        if (file.u8(at + TYPE) != kind.code()) {
            throw new FormatException(at + TYPE, "type of section " + kind,
                    Integer.toString(kind.code()), Integer.toString(file.u8(at + TYPE)));
        }
        if (file.u16(at + ZERO) != 0) {
            throw new FormatException(at + ZERO, "reserved field of section " + kind, "0",
                    PlainText.hex(file.u16(at + ZERO)));
        }
        int flags = file.u8(at + FLAGS);
        if ((flags & ~FLAG_XZ) != 0) {
            throw new FormatException(at + FLAGS, "flags of section " + kind, "0 or 1",
                    PlainText.hex(flags));
        }
        long size = file.word(at + STORED_SIZE);
        if (size > end - at - SIZE) {
            throw new FormatException(at + STORED_SIZE, "size of section " + kind,
                    "at most " + (end - at - SIZE) + " bytes", size + " bytes");
        }
        if ((flags & FLAG_XZ) == 0 && size > kind.limit()) {
            throw new FormatException(at + STORED_SIZE, "size of section " + kind,
                    "at most " + kind.limit() + " bytes", size + " bytes");
        }
        return new SectionHeader(kind, (flags & FLAG_XZ) != 0, (int) size);
    }

    void write(BytesBuilder out) {
        out.addWord((long) kind.code() << 24 | (xz ? FLAG_XZ : 0)).addWord(size);
    }
}
