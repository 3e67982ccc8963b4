// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn;

import java.util.Objects;
import java.util.OptionalLong;
import org.cx3tools.assemble.BoardKey;
import org.cx3tools.assemble.Field;

/**
 * A field that the images leave no other explanation for.
 *
 * @param key          key of the board file
 * @param field        its field; the name is the one that the key stands for
 * @param evidence     what this rests on
 * @param defaultValue value of the field where the key is absent; empty if no image shows it
 */
public record LearnedField(BoardKey key, Field field, Evidence evidence,
        OptionalLong defaultValue) {
    /** Refuses nulls and a field that has another name than its key asks for. */
    public LearnedField {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(evidence, "evidence");
        Objects.requireNonNull(defaultValue, "defaultValue");
        if (!field.name().equals(key.fieldName())) {
            throw new IllegalArgumentException(field + " is not the field of " + key);
        }
    }
}
