// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.archive;

/** The three sections of an archive, in the order of the file. */
enum SectionKind {
    /** Boards. */
    MAP(1, MfaArchive.MAX_MAP_SIZE),
    /** Pieces of images. */
    TOC(2, MfaArchive.MAX_TOC_ENTRIES * TocEntry.SIZE),
    /** Bytes of images. */
    DATA(3, MfaArchive.MAX_SIZE);

    private final int code;
    private final int limit;

    SectionKind(int code, int limit) {
        this.code = code;
        this.limit = limit;
    }

    /** {@return number in the file} */
    int code() {
        return code;
    }

    /** {@return most bytes of a payload, unpacked} */
    int limit() {
        return limit;
    }
}
