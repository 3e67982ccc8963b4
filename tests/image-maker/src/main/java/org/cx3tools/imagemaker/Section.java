// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.imagemaker;

/**
 * A section as planned: its place, `next` and CRC come from the layout.
 *
 * @param type    section type, 1 to 12 or one that nobody knows
 * @param param   third word of the section header, of no known meaning
 * @param payload content, of any length; the layout pads it to whole words
 */
public record Section(long type, long param, byte[] payload) {
    /** Code or data loaded to memory. */
    public static final int DDR = 1;
    /** Register records. */
    public static final int CONFIGURATION = 2;
    /** Jump addresses. */
    public static final int JUMP = 3;
    /** The one type whose size field counts bytes. */
    public static final int EMT = 4;
    /** PCI expansion ROM. */
    public static final int ROM = 5;
    /** GUIDs and MACs. */
    public static final int GUID = 6;
    /** Opaque. */
    public static final int BOARD_ID = 7;
    /** Opaque. */
    public static final int USER_DATA = 8;
    /** The board file, compressed. */
    public static final int FW_CONFIGURATION = 9;
    /** Tags. */
    public static final int INFO = 10;
    /** Compressed code. */
    public static final int DDRZ = 11;
    /** Compressed text of the tracer. */
    public static final int HASH_FILE = 12;

    /** Length of a section header in bytes. */
    static final int HEADER = 16;

    /** Bytes in the image: header, payload in whole words, CRC word. */
    int totalLength() {
        return HEADER + Words.padded(payload).length + 4;
    }

    /** What the size word says. */
    long sizeWord() {
        return type == EMT ? payload.length : Words.padded(payload).length / 4;
    }

    /** Whether the type is one of the twelve; after one BOOT2 block nothing else may follow. */
    boolean knownType() {
        return type >= DDR && type <= HASH_FILE;
    }
}
