// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.archive;

import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.image.FormatException;

/** Texts of archives: which ones are accepted, and how all others are shown. */
final class PlainText {
    private PlainText() {
    }

    /** {@return true if every character is printable ASCII, blanks included} */
    static boolean isPrintable(String text) {
        return text.chars().allMatch(c -> c >= 0x20 && c <= 0x7e);
    }

    /** {@return true for printable ASCII that can be (part of) the name of a file anywhere} */
    static boolean isPsid(String text) {
        return !text.isEmpty() && text.charAt(0) != '.'
                && text.chars().allMatch(c -> c > 0x20 && c <= 0x7e && c != '/');
    }

    /** {@return the text with everything but printable ASCII as <code>\x1b</code>} */
    static String escaped(String text) {
        if (isPrintable(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c <= 0x7e) {
                out.append(c);
            } else {
                out.append(c < 0x10 ? "\\x0" : "\\x").append(Integer.toHexString(c));
            }
        }
        return out.toString();
    }

    static String hex(long number) {
        return "0x" + Long.toHexString(number);
    }

    /** Reads a text that is padded with NUL to a fixed size; at least one NUL must be there. */
    static String fixed(Payload from, int at, int size, String what) throws FormatException {
        Bytes field = from.bytes().slice(at, size);
        String text = field.text();
        if (text.length() == size || !field.from(text.length()).isFilledWith(0)) {
            throw from.wrong(at, what, "a text padded with NUL to " + size + " bytes",
                    field.hex());
        }
        return text;
    }

    /** Writes such a text. */
    static void writeFixed(BytesBuilder out, String text, int size) {
        out.add(Bytes.ofText(text)).fill(0, size - text.length());
    }
}
