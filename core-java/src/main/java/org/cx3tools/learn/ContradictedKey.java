// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn;

import java.util.List;
import java.util.Objects;
import org.cx3tools.assemble.BoardKey;
import org.cx3tools.assemble.Field;

/**
 * A key that a place follows in almost all images, but not in all: the line is not used.
 *
 * @param key            key of the board file
 * @param place          the place that comes nearest, with the smallest possible width
 * @param agreeing       images in which the place agrees with the key
 * @param contradictions the others
 */
public record ContradictedKey(BoardKey key, Field place, int agreeing,
        List<Contradiction> contradictions) {
    /** Makes the list unchangeable. */
    public ContradictedKey {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(place, "place");
        contradictions = List.copyOf(contradictions);
    }

    /**
     * An image that does not agree. Bits that the record's mask leaves out count as 0 in both
     * numbers.
     *
     * @param image    name of the image
     * @param hasKey   whether its board file has the key
     * @param expected number of the key, or what other images without the key have there
     * @param found    what the image has there
     */
    public record Contradiction(String image, boolean hasKey, long expected, long found) {
        /** Refuses nulls. */
        public Contradiction {
            Objects.requireNonNull(image, "image");
        }

        /** {@return one line for people} */
        @Override
        public String toString() {
            return image + (hasKey ? "" : " (without the key)") + ": expected " + expected
                    + ", found " + found;
        }
    }
}
