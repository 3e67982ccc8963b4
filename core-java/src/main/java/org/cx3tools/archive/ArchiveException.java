// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.archive;

import java.util.Objects;

/** An archive cannot be made of what was given; the reason can be switched on. */
public final class ArchiveException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final int index;

    /** Why it cannot be made. */
    public enum Reason {
        /** There are no boards, or more than an archive may have. */
        COUNT,
        /** The PSID of an image is missing or has characters that are refused. */
        PSID,
        /** Two images have one PSID. */
        DUPLICATE_PSID,
        /** The image does not tell its firmware version. */
        VERSION,
        /** The board file cannot be read, or tells no part number and none was given. */
        BOARD_FILE,
        /** A text is not printable ASCII, too long, or a key is not allowed. */
        TEXT,
        /** The archive would be larger than is read. */
        SIZE
    }

    ArchiveException(Reason reason, int index, String message) {
        super(Objects.requireNonNull(message, "message"));
        this.reason = Objects.requireNonNull(reason, "reason");
        this.index = index;
    }

    /** {@return why the archive cannot be made} */
    public Reason reason() {
        return reason;
    }

    /** {@return which of the given boards it is about, from 0; -1 if it is about all of them} */
    public int index() {
        return index;
    }
}
