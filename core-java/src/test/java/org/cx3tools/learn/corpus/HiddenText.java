// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn.corpus;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.cx3tools.learn.corpus.HiddenKey.HiddenField;

/**
 * A key whose values are words, and which may still set bits.
 *
 * @param name  key of section HCA
 * @param field where the code of the word goes; empty if it goes nowhere, as with words
 *              that are not repeated
 * @param words word by board, null where the key is absent
 * @param codes code by board
 */
public record HiddenText(String name, Optional<HiddenField> field, String[] words, long[] codes) {
    private static final List<String> CHOICES = List.of("auto", "slow", "fast", "off");

    static HiddenText make(String name, Optional<HiddenField> field, int boards, Random random) {
        String[] words = new String[boards];
        long[] codes = new long[boards];
        int rare = 2 + random.nextInt(8);
        for (int board = 0; board < boards; board++) {
            int choice = random.nextInt(rare) == 0 ? 1 + random.nextInt(3) : 0;
            codes[board] = 3 - choice;
            words[board] = choice == 0 && name.endsWith("0") ? null : CHOICES.get(choice);
        }
        HiddenText text = new HiddenText(name, field, words, codes);
        return text.distinct() * 2 <= boards ? text
                : new HiddenText(name, Optional.empty(), words, codes);
    }

    /** {@return how many different words there are, none being one of them} */
    public int distinct() {
        Set<String> seen = new HashSet<>();
        for (String word : words) {
            seen.add(word == null ? "" : word);
        }
        return seen.size();
    }

    /** {@return whether two boards have the same word, or none} */
    public boolean same(int board, int other) {
        return words[board] == null ? words[other] == null : words[board].equals(words[other]);
    }
}
