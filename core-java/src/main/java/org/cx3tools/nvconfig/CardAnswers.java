// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nvconfig;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.cx3tools.binary.Bytes;
import org.cx3tools.device.DeviceException;

/** What firmware told once about itself: capabilities, and the defaults as far as it has them. */
final class CardAnswers {
    private static final int PORTS = 2;
    /** In the same place of all three answers (nv-config 1.3, source); which numbers cards give is unknown. */
    private static final Source PAYLOAD_VERSION = Source.global(0, 31, 24);
    private static final long KNOWN_PAYLOAD = 1;
    private static final Source LARGEST_FUNCTION = Source.limit(0x38, 7, 0);
    private static final int LARGEST_FUNCTION_OF_ZERO = 128;
    private static final Source LARGEST_BAR = Source.limit(0xc8, 8, 3);

    private final Bytes capabilities;
    private final Map<Integer, Bytes> defaults;

    private CardAnswers(Bytes capabilities, Map<Integer, Bytes> defaults) {
        this.capabilities = capabilities;
        this.defaults = defaults;
    }

    /** Four questions. A card with one port refuses the last one, old firmware the last three. */
    static CardAnswers read(ConfigPort port) throws DeviceException {
        Bytes capabilities = port.deviceCapabilities();
        Map<Integer, Bytes> defaults = new TreeMap<>();
        for (int which = 0; which <= PORTS; which++) {
            try {
                defaults.put(which, port.defaultParameters(which));
            } catch (DeviceException e) {
                if (!Refusals.ofCommand(e)) {
                    throw e;
                }
            }
        }
        return new CardAnswers(capabilities, defaults);
    }

    /** Whether an answer has a layout from before the one that is known. */
    boolean hasOldDefaults() {
        return defaults.values().stream().anyMatch(answer -> PAYLOAD_VERSION.of(answer, 0) < KNOWN_PAYLOAD);
    }

    boolean offers(Parameter parameter) {
        Optional<Source> bit = parameter.kind().capability();
        if (bit.isEmpty()) {
            return defaults.containsKey(parameter.port());
        }
        OptionalLong value = of(bit.get(), parameter.port());
        return value.isPresent() && value.getAsLong() == 1;
    }

    OptionalLong byDefault(Parameter parameter) {
        OptionalLong told = of(parameter.kind().byDefault(), parameter.port());
        return told.isEmpty() ? told
                : parameter.known(told.getAsLong() + parameter.kind().defaultPlus());
    }

    /** The greatest value of a parameter on this card. */
    long greatest(Parameter parameter) {
        if (parameter.kind().greatest() >= 0) {
            return parameter.kind().greatest();
        }
        if (parameter.kind() == ParameterKind.LOG_BAR_SIZE) {
            return LARGEST_BAR.of(capabilities, 0);
        }
        long function = LARGEST_FUNCTION.of(capabilities, 0);
        return (function == 0 ? LARGEST_FUNCTION_OF_ZERO : function) - 1;
    }

    private OptionalLong of(Source source, int port) {
        Bytes answer = switch (source.answer()) {
            case CAPABILITIES -> capabilities;
            case GLOBAL -> defaults.get(0);
            case PORT -> defaults.get(port);
        };
        return answer == null ? OptionalLong.empty() : OptionalLong.of(source.of(answer, port));
    }
}
