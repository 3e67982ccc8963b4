// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn;

import java.util.BitSet;
import java.util.List;
import org.cx3tools.assemble.BoardKey;

/**
 * A key with its numbers, or with its texts if some value is no number.
 *
 * @param name     the key
 * @param readings its numbers; two readings (first counts, last counts) if an image repeats the
 *                 key with different numbers; none for a text key
 * @param groups   for a text key the images with each of its values, and those without it
 */
record Key(BoardKey name, List<KeyNumbers> readings, List<BitSet> groups) {
    /** Images per value that make a text a choice; with fewer it is a name of the board. */
    private static final int IMAGES_PER_CHOICE = 2;

    static Key ofText(BoardKey name, List<BitSet> groups) {
        return new Key(name, List.of(), groups);
    }

    static Key ofNumbers(BoardKey name, List<KeyNumbers> readings) {
        return new Key(name, readings, List.of());
    }

    KeyNumbers numbers() {
        return readings.get(0);
    }

    boolean text() {
        return readings.isEmpty();
    }

    boolean repeated() {
        return readings.size() > 1;
    }

    boolean varied() {
        return readings.stream().anyMatch(reading -> reading.distinct() > 1);
    }

    /**
     * Whether a bit can come from this text key: it is a choice of few values, and the bit is the
     * same wherever the value is. A name that differs on every board would explain everything.
     */
    boolean choosesBit(BitColumn column, int images) {
        return text() && !name.isText()
                && groups.size() * IMAGES_PER_CHOICE <= images
                && groups.stream().noneMatch(column::variedIn);
    }
}
