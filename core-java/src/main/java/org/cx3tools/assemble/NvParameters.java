// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.assemble;

import java.util.Map;

/** Keys of board files whose effect a non-volatile parameter of the firmware has too. */
final class NvParameters {
    private static final Map<String, String> BY_KEY = Map.of(
            "sriov_en", "SRIOV_EN",
            "total_vfs", "NUM_OF_VFS");

    private NvParameters() {
    }

    /** {@return the parameter that does the same, empty if none is known} */
    static String of(String section, String key) {
        return section.equals("HCA") ? BY_KEY.getOrDefault(key, "") : "";
    }
}
