// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.assemble;

import java.util.Objects;

/**
 * Something an operator should know about an assembly that succeeded.
 *
 * @param kind    what it is about
 * @param subject the parameter, key or file it is about
 * @param text    a sentence for people
 */
public record AssembleNote(Kind kind, String subject, String text) {
    /** What a note is about. */
    public enum Kind {
        /** A parameter outside any group was left out; the vendor's builder warns of it too. */
        PARAMETER_OUTSIDE_GROUP,
        /** A key changed in the text only, on request. */
        TEXT_ONLY,
        /** A field changed in its record only, because no key of the board file is known for it. */
        BITS_ONLY,
        /** The bits of the image did not say what its own board file said. */
        BITS_DISAGREED,
        /** Bytes behind the end of the image were left out. */
        TRAILING_BYTES
    }

    /** Refuses nulls. */
    public AssembleNote {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(text, "text");
    }
}
