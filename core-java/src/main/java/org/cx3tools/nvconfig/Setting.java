// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nvconfig;

import java.util.OptionalLong;

/**
 * What one parameter is set to. What the running firmware works with cannot be asked (nv-config
 * 3.4).
 *
 * @param parameter which
 * @param byDefault what counts when nothing is stored; empty when firmware does not tell
 * @param next what counts from the next boot on; empty when it is not known
 * @param stored whether that comes from a stored record
 */
public record Setting(Parameter parameter, OptionalLong byDefault, OptionalLong next,
        boolean stored) {

    /** {@return whether the next boot will not be with the default} */
    public boolean changed() {
        return !byDefault.equals(next);
    }

    /** {@return the default as text} */
    public String defaultText() {
        return parameter.text(byDefault);
    }

    /** {@return what counts from the next boot on, as text} */
    public String nextText() {
        return parameter.text(next);
    }
}
