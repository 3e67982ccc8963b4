// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.assemble;

import java.util.Objects;

/**
 * A wish of an operator: a key of the board file or a register field, and its value.
 *
 * @param name  {@code [SECTION] key}, a key alone if it can mean only one, or the name of a field
 * @param value as a board file writes it: 1, 0, true, false, decimal or 0x hexadecimal; of keys
 *              that are text, any text
 */
public record Assignment(String name, String value) {
    /** Refuses nulls. */
    public Assignment {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return name + "=" + value;
    }
}
