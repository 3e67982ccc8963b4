// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import java.util.Objects;
import java.util.Optional;

/**
 * A key whose value differs between two board files. Comments and blanks never make a change.
 *
 * @param section  section of the key
 * @param key      the key
 * @param oldValue value in the first file; empty if the key was added
 * @param newValue value in the second file; empty if the key was removed
 * @param line     line of the key in the second file, or in the first if it was removed
 */
public record BoardFileChange(String section, String key, Optional<String> oldValue,
        Optional<String> newValue, int line) {
    /** Refuses nulls, and a change of nothing into nothing. */
    public BoardFileChange {
        Objects.requireNonNull(section, "section");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(oldValue, "oldValue");
        Objects.requireNonNull(newValue, "newValue");
        if (oldValue.isEmpty() && newValue.isEmpty()) {
            throw new IllegalArgumentException("a change needs an old or a new value");
        }
    }

    /** {@return whether the key exists only in the second file} */
    public boolean added() {
        return oldValue.isEmpty();
    }

    /** {@return whether the key exists only in the first file} */
    public boolean removed() {
        return newValue.isEmpty();
    }

    /**
     * {@return whether both values mean the same number, as {@code true} and {@code 1} do: such a
     * change is one of the text only}
     */
    public boolean sameNumber() {
        if (added() || removed()) {
            return false;
        }
        var before = BoardFileValue.number(oldValue.get());
        return before.isPresent() && before.equals(BoardFileValue.number(newValue.get()));
    }

    /** {@return the change in one line, as {@code [HCA] sriov_en: true -> 0}} */
    @Override
    public String toString() {
        return "[" + section + "] " + key + ": " + oldValue.orElse("(absent)") + " -> "
                + newValue.orElse("(removed)");
    }
}
