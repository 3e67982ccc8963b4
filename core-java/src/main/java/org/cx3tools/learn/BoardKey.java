// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn;

import java.util.Objects;
import org.cx3tools.assemble.FieldDictionary;

/**
 * A key of a board file.
 *
 * @param section name between the brackets
 * @param key     key, case as written
 */
public record BoardKey(String section, String key) {
    /** Refuses nulls. */
    public BoardKey {
        Objects.requireNonNull(section, "section");
        Objects.requireNonNull(key, "key");
    }

    /** {@return the name of the field that the key stands for} */
    public String fieldName() {
        return FieldDictionary.fieldName(section, key);
    }

    /** {@return the form {@code [HCA] sriov_en}} */
    @Override
    public String toString() {
        return "[" + section + "] " + key;
    }
}
