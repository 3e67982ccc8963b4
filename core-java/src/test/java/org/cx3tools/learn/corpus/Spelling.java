// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn.corpus;

import java.util.Random;

/** Writes lines of board files in all the ways that were seen in real ones. */
final class Spelling {
    private final Random random;

    Spelling(Random random) {
        this.random = random;
    }

    String line(String key, long number) {
        String[] assigns = {"=", " = ", "\t= ", " =", "   =   "};
        String[] ends = {"", "", "", " ", " ; board", "\t;; was 7"};
        return (random.nextInt(20) == 0 ? ";; next one\n" : "") + key + pick(assigns)
                + number(number) + pick(ends) + (random.nextInt(5) == 0 ? "\r\n" : "\n");
    }

    private String number(long number) {
        String hex = Long.toHexString(number);
        String[] forms = {Long.toString(number), Long.toString(number), "0x" + hex,
            "0X" + hex.toUpperCase(java.util.Locale.ROOT), "0x0" + hex, "00" + number};
        String[] trueForms = {"1", "true", "TRUE", "True", "0x1"};
        String[] falseForms = {"0", "false", "FALSE", "False", "0x00"};
        return number == 1 ? pick(trueForms) : number == 0 ? pick(falseForms) : pick(forms);
    }

    private String pick(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
