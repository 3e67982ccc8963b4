// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn;

import java.util.List;

/**
 * A key with its numbers.
 *
 * @param name       the key
 * @param readings   its numbers; two readings (first counts, last counts) if an image repeats the
 *                   key with different numbers
 * @param textImages how many images have it with a value that is no number
 */
record Key(BoardKey name, List<KeyNumbers> readings, int textImages) {
    KeyNumbers numbers() {
        return readings.get(0);
    }

    boolean text() {
        return textImages > 0;
    }

    boolean repeated() {
        return readings.size() > 1;
    }

    boolean varied() {
        return readings.stream().anyMatch(reading -> reading.distinct() > 1);
    }

    /**
     * Whether bits can come from this key: it has numbers, and is not a name that happens to look
     * like one here and there.
     */
    boolean explains() {
        return numbers().present().cardinality() > textImages;
    }
}
