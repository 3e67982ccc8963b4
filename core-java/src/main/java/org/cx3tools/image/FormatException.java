// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import java.util.Objects;

/** Data does not have the form it must have: where, what, and what was expected instead. */
public final class FormatException extends Exception {
    private static final long serialVersionUID = 1L;

    private final long offset;
    private final String what;
    private final String expected;
    private final String found;

    /**
     * Describes one error.
     *
     * @param offset where, in bytes from the start of the image or file
     * @param what the field or structure that is wrong
     * @param expected what should be there
     * @param found what is there
     */
    public FormatException(long offset, String what, String expected, String found) {
        super(Objects.requireNonNull(what, "what") + " at offset 0x" + Long.toHexString(offset)
                + ": expected " + Objects.requireNonNull(expected, "expected") + ", found "
                + Objects.requireNonNull(found, "found"));
        this.offset = offset;
        this.what = what;
        this.expected = expected;
        this.found = found;
    }

    /** {@return where, in bytes from the start of the image or file} */
    public long offset() {
        return offset;
    }

    /** {@return the field or structure that is wrong} */
    public String what() {
        return what;
    }

    /** {@return what should be there} */
    public String expected() {
        return expected;
    }

    /** {@return what is there} */
    public String found() {
        return found;
    }
}
