// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import java.util.Objects;

/** A board file that cannot be read or changed as asked; {@link #line()} tells where. */
public final class BoardFileException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;

    /**
     * Makes the error.
     *
     * @param line line number from 1, or 0 when the whole file is meant
     * @param what what is wrong and what to do about it
     */
    public BoardFileException(int line, String what) {
        super((line == 0 ? "board file: " : "board file line " + line + ": ")
                + Objects.requireNonNull(what, "what"));
        this.line = line;
    }

    /** {@return the line number from 1, or 0 when the whole file is meant} */
    public int line() {
        return line;
    }
}
