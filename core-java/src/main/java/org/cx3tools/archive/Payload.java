// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.archive;

import org.cx3tools.binary.Bytes;
import org.cx3tools.image.FormatException;

/**
 * Payload of a section, unpacked.
 *
 * @param kind the section
 * @param bytes what it holds
 * @param origin offset in the file that errors count from; 0 for an unpacked payload, which has no
 *     place in the file
 * @param unpacked true if it was xz
 */
record Payload(SectionKind kind, Bytes bytes, long origin, boolean unpacked) {
    /** {@return the error of one field} Its offset counts in the file, or in unpacked bytes. */
    FormatException wrong(long offset, String what, String expected, String found) {
        return new FormatException(origin + offset,
                unpacked ? what + " (unpacked " + kind + ")" : what, expected, found);
    }

    /** Refuses a number that is not what it must be. */
    void require(long offset, String what, long expected, long found) throws FormatException {
        if (found != expected) {
            throw wrong(offset, what, Long.toString(expected), Long.toString(found));
        }
    }
}
