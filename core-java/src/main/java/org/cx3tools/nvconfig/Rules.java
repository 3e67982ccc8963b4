// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nvconfig;

import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;

/** What the values must satisfy (nv-config 1.4, verified texts). */
final class Rules {
    private static final long MOST_MB = 512;
    private static final Parameter ON = Parameter.of(ParameterKind.SRIOV_EN);
    private static final Parameter FUNCTIONS = Parameter.of(ParameterKind.NUM_OF_VFS);
    private static final Parameter BAR = Parameter.of(ParameterKind.LOG_BAR_SIZE);

    private Rules() {}

    /** One value by itself. */
    static void range(CardAnswers card, Parameter parameter, long value) throws ConfigException {
        long greatest = card.greatest(parameter);
        if (value < parameter.kind().least() || value > greatest) {
            String most = parameter.kind() == ParameterKind.LOG_BAR_SIZE
                    ? Long.toHexString(greatest) : Long.toString(greatest);
            throw new ConfigException(new ConfigFailure.Illegal(parameter, value,
                    parameter.kind().rule().replace("NAME", parameter.name())
                            .replace("MAX", most), false));
        }
    }

    /**
     * The doorbell BARs of all functions together. The stock tool looks at one side at a time, the
     * other one as stored; here both are as they will be.
     *
     * @param changed what the operator asked for
     * @param after what the next boot would be with
     */
    static void memory(CardAnswers card, Collection<Parameter> changed,
            Map<Parameter, OptionalLong> after) throws ConfigException {
        boolean functionsChanged = changed.contains(ON) || changed.contains(FUNCTIONS);
        long functions = value(card, after, FUNCTIONS);
        long size = value(card, after, BAR);
        if (!functionsChanged && !changed.contains(BAR) || value(card, after, ON) != 1
                || size < Long.SIZE - 32 && (functions + 1) << size <= MOST_MB) {
            return;
        }
        if (functionsChanged) {
            long most = Math.max(0, (MOST_MB >> Math.min(size, 32)) - 1);
            throw new ConfigException(new ConfigFailure.Illegal(FUNCTIONS, functions,
                    "illegal SRIOV parameter value. Maximal number of VFs: " + most, true));
        }
        int most = 63 - Long.numberOfLeadingZeros(Math.max(1, MOST_MB / (functions + 1)));
        throw new ConfigException(new ConfigFailure.Illegal(BAR, size,
                "illegal Bar Size parameter value. Maximal allowed bar size: " + most, true));
    }

    private static long value(CardAnswers card, Map<Parameter, OptionalLong> after,
            Parameter parameter) {
        OptionalLong value = after.getOrDefault(parameter, card.byDefault(parameter));
        return value.orElse(0);
    }
}
