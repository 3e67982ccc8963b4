// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import java.util.Optional;

/**
 * One line of a board file: where it lies in the text, and what it says.
 *
 * @param start      first character in the text
 * @param end        character behind the line, its line end included
 * @param valueStart first character of the value, meaningless without an entry
 * @param valueEnd   character behind the value, meaningless without an entry
 * @param section    section that holds from this line on
 * @param header     whether the line opens a section
 * @param entry      key and value, if the line has them
 */
record BoardFileLine(int start, int end, int valueStart, int valueEnd, String section,
        boolean header, Optional<BoardFileEntry> entry) {
    private static final int SHOWN = 60;

    static BoardFileLine parse(String text, int start, int end, String section, int number)
            throws BoardFileException {
        int last = end;
        while (last > start && isBlankOrEnd(text.charAt(last - 1))) {
            last--;
        }
        int first = start;
        while (first < last && isBlankOrEnd(text.charAt(first))) {
            first++;
        }
        if (first == last || text.charAt(first) == ';') {
            return new BoardFileLine(start, end, 0, 0, section, false, Optional.empty());
        }
        if (text.charAt(first) == '[') {
            return header(text, start, end, first, last, number);
        }
        int equals = text.indexOf('=', first);
        if (equals < 0 || equals >= last || text.charAt(first) == '#') {
            throw new BoardFileException(number, "neither '[section]' nor 'key = value'"
                    + " nor a ';' comment: " + shown(text, first, last));
        }
        String key = text.substring(first, equals).strip();
        if (key.isEmpty() || key.indexOf(';') >= 0) {
            throw new BoardFileException(number, "no key before '=': "
                    + shown(text, first, last));
        }
        int valueStart = equals + 1;
        int valueEnd = commentStart(text, valueStart, last);
        while (valueEnd > valueStart && isBlankOrEnd(text.charAt(valueEnd - 1))) {
            valueEnd--;
        }
        while (valueStart < valueEnd && isBlankOrEnd(text.charAt(valueStart))) {
            valueStart++;
        }
        var entry = new BoardFileEntry(section, key, text.substring(valueStart, valueEnd), number);
        return new BoardFileLine(start, end, valueStart, valueEnd, section, false,
                Optional.of(entry));
    }

    private static BoardFileLine header(String text, int start, int end, int first, int last,
            int number) throws BoardFileException {
        int close = text.indexOf(']', first);
        if (close < 0 || close >= last) {
            throw new BoardFileException(number, "section name without ']': "
                    + shown(text, first, last));
        }
        String rest = text.substring(close + 1, last).strip();
        if (!rest.isEmpty() && rest.charAt(0) != ';') {
            throw new BoardFileException(number, "text behind ']': " + shown(text, first, last));
        }
        String name = text.substring(first + 1, close).strip();
        if (name.isEmpty()) {
            throw new BoardFileException(number, "section without a name");
        }
        return new BoardFileLine(start, end, 0, 0, name, true, Optional.empty());
    }

    /** A ';' ends the value when it stands first or behind a blank. */
    private static int commentStart(String text, int from, int last) {
        for (int i = from; i < last; i++) {
            if (text.charAt(i) == ';' && (i == from || isBlankOrEnd(text.charAt(i - 1)))) {
                return i;
            }
        }
        return last;
    }

    private static boolean isBlankOrEnd(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
    }

    private static String shown(String text, int first, int last) {
        StringBuilder out = new StringBuilder();
        for (int i = first; i < last && i < first + SHOWN; i++) {
            char c = text.charAt(i);
            out.append(c >= ' ' && c < 0x7f ? c : '?');
        }
        return "'" + out + (last - first > SHOWN ? "...'" : "'");
    }

    String text(String all) {
        return all.substring(start, end);
    }

    String withValue(String all, String value) {
        return all.substring(start, valueStart) + value + all.substring(valueEnd, end);
    }
}
