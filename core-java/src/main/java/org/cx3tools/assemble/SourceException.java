// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.assemble;

import java.util.Objects;

/** A line of a text source that is not understood; nothing is guessed. */
public final class SourceException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 80;

    private final int line;
    private final String text;

    /**
     * Makes the error.
     *
     * @param source name of the file or resource
     * @param line   line number from 1, 0 when the whole file is meant
     * @param text   the line, empty when the whole file is meant
     * @param what   what is wrong with it
     */
    public SourceException(String source, int line, String text, String what) {
        super(source + (line == 0 ? "" : " line " + line) + ": "
                + Objects.requireNonNull(what, "what")
                + (text.isEmpty() ? "" : ": '" + shown(text) + "'"));
        this.line = line;
        this.text = text;
    }

    /** {@return the line number from 1, or 0 when the whole file is meant} */
    public int line() {
        return line;
    }

    /** {@return the line as it stands in the source} */
    public String text() {
        return text;
    }

    private static String shown(String text) {
        StringBuilder out = new StringBuilder();
        String line = text.strip();
        for (int i = 0; i < line.length() && i < SHOWN; i++) {
            char c = line.charAt(i);
            out.append(c >= ' ' && c < 0x7f ? c : c == '\t' ? ' ' : '?');
        }
        return out + (line.length() > SHOWN ? "..." : "");
    }
}
