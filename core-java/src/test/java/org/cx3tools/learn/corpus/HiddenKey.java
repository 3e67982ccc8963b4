// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn.corpus;

import java.util.Optional;
import java.util.TreeSet;

/**
 * A key of the hidden dictionary with what each board says about it.
 *
 * @param section      section of the board file
 * @param name         key
 * @param field        its field; empty for a key that firmware uses as text only
 * @param defaultValue what firmware takes where the key is absent
 * @param numbers      number by board, null where the key is absent
 * @param twin         index of the key that it is perfectly correlated with, or -1
 */
public record HiddenKey(String section, String name, Optional<HiddenField> field,
        long defaultValue, Long[] numbers, int twin) {
    /**
     * Where a key ends up.
     *
     * @param address register address
     * @param bit     lowest bit
     * @param width   number of bits
     */
    public record HiddenField(long address, int bit, int width) {
    }

    /** {@return what the field holds on a board} */
    public long content(int board) {
        return numbers[board] == null ? defaultValue : numbers[board];
    }

    /** {@return how many distinct numbers the board files have for it} */
    public int distinct() {
        var seen = new TreeSet<Long>();
        for (Long number : numbers) {
            if (number != null) {
                seen.add(number);
            }
        }
        return seen.size();
    }

    /** {@return the largest number of any board file} */
    public long largest() {
        long largest = 0;
        for (Long number : numbers) {
            largest = Math.max(largest, number == null ? 0 : number);
        }
        return largest;
    }
}
