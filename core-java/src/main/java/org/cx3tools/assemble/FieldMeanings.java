// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.assemble;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What fields stand for. Name and place of the Ethernet fields are observed (source-form 1); that
 * they mean what the IEEE calls by these names is our reading (inferred), but for the 56 Gbit/s bits,
 * whose effect was reported from real cards.
 */
public final class FieldMeanings {
    private static final Pattern ETHERNET = Pattern.compile(
            "scratchpad\\.eth\\.port\\[([01])\\]\\.(?:eth_802_3ap_(\\w+)_(ability|enable)|(\\w+))");
    private static final Map<String, String> MODES = Map.of(
            "56kr4", "56 Gbit/s over four lanes (56GBASE-KR4, the vendor's own)",
            "cr4", "40 Gbit/s over copper cables (40GBASE-CR4)",
            "kr4", "40 Gbit/s over backplanes (40GBASE-KR4)",
            "kr", "10 Gbit/s over one lane (10GBASE-KR)",
            "kx", "1 Gbit/s (1000BASE-KX)",
            "kx4", "10 Gbit/s over four lanes (10GBASE-KX4)",
            "kr2", "20 Gbit/s over two lanes (the vendor's own)",
            "100M", "100 Mbit/s");
    private static final Map<String, String> OTHERS = Map.of(
            "mode_40g_is_50g", "the port counts 40 Gbit/s as 50 Gbit/s (inferred from the name)",
            "b0_hw_eye_opener_cfg_measure_time", "time that the receiver measures its eye, unit unknown");

    private FieldMeanings() {
    }

    /**
     * Explains a field.
     *
     * @param field the field
     * @return one sentence; empty if nothing is known beyond its name
     */
    public static Optional<String> of(Field field) {
        Matcher matcher = ETHERNET.matcher(field.name());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String port = "port " + (Integer.parseInt(matcher.group(1)) + 1) + ": ";
        if (matcher.group(2) != null) {
            String mode = MODES.get(matcher.group(2));
            return mode == null ? Optional.empty() : Optional.of(port
                    + (matcher.group(3).equals("ability") ? "can do " : "offers ") + mode
                    + (matcher.group(3).equals("ability") ? "" : " in autonegotiation"));
        }
        return Optional.ofNullable(OTHERS.get(matcher.group(4))).map(text -> port + text);
    }

    /**
     * Names the non-volatile parameter of a card that does the same without a new image.
     *
     * @param key key of the board file
     * @return name of the parameter; empty if none is known
     */
    public static Optional<String> parameterOf(BoardKey key) {
        String name = NvParameters.of(key.section(), key.key());
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }
}
