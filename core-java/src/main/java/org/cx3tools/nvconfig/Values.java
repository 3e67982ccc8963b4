// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nvconfig;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * How the values of a parameter are written.
 *
 * @param first number of the first text
 * @param texts texts of the numbers from there on; empty when it is just a number
 * @param placeholder what the vendor's list says in the place of a number
 */
public record Values(int first, List<String> texts, String placeholder) {
    static final Values SWITCH = named(0, "False", "True");
    /** All ones mean something else to the stock tool. */
    private static final long GREATEST = 0xfffffffeL;

    /** Takes the list over. */
    public Values {
        texts = List.copyOf(texts);
    }

    static Values named(int first, String... texts) {
        return new Values(first, List.of(texts), "");
    }

    static Values number(String placeholder) {
        return new Values(0, List.of(), placeholder);
    }

    /**
     * Reads what an operator typed: a text, whatever its case, or a number as in C (12, 0x0c, 014).
     *
     * @param word what was typed
     * @return the number, below 32 bits of ones; empty when it is neither
     */
    public OptionalLong parse(String word) {
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i).equalsIgnoreCase(word)) {
                return OptionalLong.of(first + i);
            }
        }
        String lower = word.toLowerCase(Locale.ROOT).replaceFirst("^[+]", "");
        int radix = lower.startsWith("0x") ? 16 : lower.length() > 1 && lower.startsWith("0") ? 8
                : 10;
        String digits = radix == 16 ? lower.substring(2) : lower;
        if (digits.isEmpty() || Character.digit(digits.charAt(0), radix) < 0) {
            return OptionalLong.empty();
        }
        try {
            long value = Long.parseLong(digits, radix);
            return value > GREATEST ? OptionalLong.empty() : OptionalLong.of(value);
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /**
     * Writes a value.
     *
     * @param value the number
     * @return {@code True(1)}, or the number alone when it has no text
     */
    public String text(long value) {
        long index = value - first;
        return index >= 0 && index < texts.size() ? texts.get((int) index) + "(" + value + ")"
                : Long.toString(value);
    }

    /** {@return what can be typed: {@code ETH|IB|VPI} in alphabetical order, or the placeholder} */
    public String alternatives() {
        return texts.isEmpty() ? placeholder : String.join("|", new TreeSet<>(texts));
    }
}
