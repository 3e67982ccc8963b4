// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nvconfig;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.cx3tools.binary.Bytes;

/**
 * What will be written, checked as a whole; nothing has been written yet.
 *
 * @param changes what becomes of the parameters, in the order of the table
 * @param steps the records to write or to drop, in this order
 */
public record ConfigPlan(List<Change> changes, List<Step> steps) {
    /** Takes the lists over. */
    public ConfigPlan {
        changes = List.copyOf(changes);
        steps = List.copyOf(steps);
    }

    /**
     * What becomes of one parameter.
     *
     * @param parameter which
     * @param before what would count from the next boot on without the change
     * @param after what will
     */
    public record Change(Parameter parameter, OptionalLong before, OptionalLong after) {
        /** {@return whether it is one at all} */
        public boolean different() {
            return !before.equals(after);
        }
    }

    /**
     * One record.
     *
     * @param tlv which
     * @param before what is stored now; empty = nothing
     * @param after what will be; empty = it is dropped
     * @param parameters why, in the order of the table
     */
    public record Step(Tlv tlv, Optional<Bytes> before, Optional<Bytes> after,
            List<Parameter> parameters) {
        /** Takes the list over. */
        public Step {
            parameters = List.copyOf(parameters);
        }
    }
}
