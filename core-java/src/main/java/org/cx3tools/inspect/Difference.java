// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.inspect;

import java.util.Optional;

/**
 * One thing in which two images differ.
 *
 * @param kind   what it is about
 * @param where  name of the thing, for example {@code psid}, {@code [IB] port1_802_3ap_56kr4_enable}
 * @param before what the first one has; empty if it lacks the thing
 * @param after  what the second one has; empty if it lacks the thing
 */
public record Difference(Kind kind, String where, Optional<String> before, Optional<String> after) {
    /** What a difference is about, in the order in which they are told. */
    public enum Kind {
        /** Which images a flash holds, and what lies beside them. */
        FLASH,
        /** A word of the header. */
        HEADER,
        /** A section as a whole: there or not, its size, its opaque content. */
        SECTION,
        /** A tag of Image Info. */
        TAG,
        /** A GUID or MAC. */
        IDENTITY,
        /** A key of the board file, or its text. */
        BOARD_FILE,
        /** Bits of a Configuration record. */
        RECORD,
        /** A part of the boot ROM. */
        ROM
    }

    static Difference of(Kind kind, String where, String before, String after) {
        return new Difference(kind, where, Optional.of(before), Optional.of(after));
    }

    /** {@return the whole as one line} */
    @Override
    public String toString() {
        return where + ": " + before.orElse("(none)") + " -> " + after.orElse("(none)");
    }
}
