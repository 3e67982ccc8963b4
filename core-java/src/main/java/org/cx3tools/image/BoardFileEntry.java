// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import java.util.Objects;

/**
 * One key of a board file with the value it has there.
 *
 * @param section name between the brackets, empty for keys above the first section
 * @param key     key, case as written
 * @param value   value without blanks around it and without a comment behind it
 * @param line    line number from 1
 */
public record BoardFileEntry(String section, String key, String value, int line) {
    /** Refuses nulls. */
    public BoardFileEntry {
        Objects.requireNonNull(section, "section");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
    }
}
