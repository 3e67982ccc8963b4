// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.output;

/** Text out of files that nobody vouches for: nothing in it may reach the terminal as a control code. */
public final class Printable {
    private static final int FIRST = 0x20;
    private static final int DELETE = 0x7f;
    private static final int LAST_C1 = 0x9f;

    private Printable() {
    }

    /**
     * Makes text harmless.
     *
     * @param text any text
     * @return the same with control characters as {@code \x1b}
     */
    public static String of(String text) {
        int at = 0;
        while (at < text.length() && harmless(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 8);
        for (char c : text.toCharArray()) {
            if (harmless(c)) {
                out.append(c);
            } else {
                out.append("\\x").append(Out.hex(c, 2));
            }
        }
        return out.toString();
    }

    /**
     * Makes text of several lines harmless.
     *
     * @param text any text
     * @return the same, line ends kept
     */
    public static String lines(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            out.append(of(text.substring(from, end))).append('\n');
            from = end + 1;
        }
        return out.append(of(text.substring(from))).toString();
    }

    private static boolean harmless(char c) {
        return c >= FIRST && (c < DELETE || c > LAST_C1);
    }
}
