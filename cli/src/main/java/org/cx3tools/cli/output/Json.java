// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.output;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** JSON text. The library behind it is loaded only when {@code --json} was given. */
public final class Json {
    private Json() {
    }

    /**
     * Prints a value as JSON, indented, with a newline at the end.
     *
     * @param out where to
     * @param value maps, lists, texts, numbers and truth values
     */
    public static void print(Out out, Object value) {
        out.line(text(value));
    }

    /**
     * A value as JSON, indented.
     *
     * @param value maps, lists, texts, numbers and truth values
     * @return text without a newline at the end
     */
    public static String text(Object value) {
        try {
            return JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads one JSON object.
     *
     * @param text of a file
     * @return its members; empty when the text is none
     */
    public static Optional<Map<String, Object>> object(String text) {
        try {
            return Optional.ofNullable(JSON.std.mapFrom(text));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
