// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.assemble;

import java.util.Objects;

/**
 * A record of a Configuration section that got other bits.
 *
 * @param section index of the section in the chain, from 0
 * @param record  index of the record in the section, from 0
 * @param field   the field that changed
 * @param before  the record before
 * @param after   the record after
 */
public record RecordChange(int section, int record, Field field, ConfigurationRecord before,
        ConfigurationRecord after) {
    /** Refuses nulls. */
    public RecordChange {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
    }
}
