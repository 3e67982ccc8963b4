// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn;

import java.util.List;
import java.util.Objects;
import org.cx3tools.assemble.BoardKey;
import org.cx3tools.assemble.Field;

/**
 * A key that varied but cannot be pinned to one field.
 *
 * @param key        key of the board file
 * @param kind       what is undecided
 * @param candidates places that fit, at most {@link #MAX_LISTED}; for {@link Ambiguity#WIDTH} all
 *                   possible widths of the one place, smallest first; for the others the width is
 *                   the smallest possible one
 * @param others     keys that it cannot be told apart from, at most {@link #MAX_LISTED}
 * @param why        one sentence for people
 */
public record AmbiguousKey(BoardKey key, Ambiguity kind, List<Field> candidates,
        List<BoardKey> others, String why) {
    /** Most candidates or keys that are listed. */
    public static final int MAX_LISTED = 32;

    /** Makes the lists unchangeable. */
    public AmbiguousKey {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(why, "why");
        candidates = List.copyOf(candidates);
        others = List.copyOf(others);
    }
}
