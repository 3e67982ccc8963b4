// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The forms in which board files write numbers: 1, 0, true, false, decimal, hexadecimal. */
public final class BoardFileValue {
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,18}");
    private static final Pattern HEX = Pattern.compile("0[xX][0-9a-fA-F]{1,15}");

    private BoardFileValue() {
    }

    /**
     * Reads a value as an unsigned number.
     *
     * @param value value text
     * @return the number, true being 1 and false 0; empty when the text is not a number of these
     *         forms (names, descriptions, signed or longer numbers)
     */
    public static OptionalLong number(String value) {
        String text = value.strip();
        switch (text.toLowerCase(Locale.ROOT)) {
            case "true":
                return OptionalLong.of(1);
            case "false":
                return OptionalLong.of(0);
            default:
                break;
        }
        if (DECIMAL.matcher(text).matches()) {
            return OptionalLong.of(Long.parseLong(text));
        }
        if (HEX.matcher(text).matches()) {
            return OptionalLong.of(Long.parseLong(text.substring(2), 16));
        }
        return OptionalLong.empty();
    }
}
