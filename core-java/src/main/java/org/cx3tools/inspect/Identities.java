// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.inspect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cx3tools.image.GuidBlock;

/** The entries of a GUID section by name (fs2-image 5). */
public final class Identities {
    private static final List<String> NAMES = List.of("node GUID", "port 1 GUID", "port 2 GUID",
            "system image GUID", "port 1 MAC", "port 2 MAC");

    private Identities() {
    }

    /**
     * Names every entry.
     *
     * @param block the entries
     * @return 16 hexadecimal digits for each, MACs too, since their upper bits may be damaged
     */
    public static Map<String, String> of(GuidBlock block) {
        Map<String, String> values = new LinkedHashMap<>();
        List<Long> entries = block.entries();
        for (int i = 0; i < entries.size(); i++) {
            values.put(i < NAMES.size() ? NAMES.get(i) : "entry " + i,
                    String.format("%016x", entries.get(i)));
        }
        return values;
    }
}
