// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.verify;

import java.util.Objects;

/**
 * One thing that is wrong with an image.
 *
 * @param offset where, in bytes from the start of the image
 * @param what the field or structure
 * @param expected what should be there
 * @param found what is there
 * @param severity how bad it is
 */
public record Finding(long offset, String what, String expected, String found,
        Severity severity) {
    /** How bad a finding is. */
    public enum Severity {
        /** The image must not be used. */
        ERROR,
        /** The image works, but something about it is unusual. */
        WARNING,
        /** Good to know, nothing to do about it. */
        NOTE
    }

    /** Checks that nothing is missing. */
    public Finding {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(expected, "expected");
        Objects.requireNonNull(found, "found");
        Objects.requireNonNull(severity, "severity");
    }

    /** {@return the whole as one line} */
    @Override
    public String toString() {
        return "0x" + Long.toHexString(offset) + " " + what + ": expected " + expected
                + ", found " + found;
    }
}
