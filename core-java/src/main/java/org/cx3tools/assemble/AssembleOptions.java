// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.assemble;

import java.util.Objects;

/**
 * How to assemble.
 *
 * @param fields   fields known in addition to those that ship with us
 * @param textOnly whether keys without a known field change the text only; the result tells what
 *                 was left undone
 */
public record AssembleOptions(FieldDictionary fields, boolean textOnly) {
    /** Refuses nulls. */
    public AssembleOptions {
        Objects.requireNonNull(fields, "fields");
    }

    /** {@return no further fields, and an unknown key is an error} */
    public static AssembleOptions defaults() {
        return new AssembleOptions(FieldDictionary.empty(), false);
    }

    /** {@return the same with these further fields} */
    public AssembleOptions withFields(FieldDictionary more) {
        return new AssembleOptions(more, textOnly);
    }

    /** {@return the same, with or without the text-only way out} */
    public AssembleOptions withTextOnly(boolean wanted) {
        return new AssembleOptions(fields, wanted);
    }
}
