// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.device;

import java.util.regex.Pattern;

/** Names that the stock tool takes (flash-access 1.2, verified). */
final class StockNames {
    static final Pattern BDF =
            Pattern.compile(
                    "(?:(?<domain>[0-9a-fA-F]{1,8}):)?(?<bus>[0-9a-fA-F]{1,8})"
                    + ":(?<dev>[0-9a-fA-F]{1,8})"
                    + "\\.(?<fn>[0-9a-fA-F]{1,8})");
    static final Pattern NAME = Pattern.compile("mlx4_[0-9]{1,4}");
    static final Pattern PATH =
            Pattern.compile("/sys/bus/pci/devices/[0-9a-fA-F]{4,8}:[0-9a-fA-F]{2}:[0-9a-fA-F]{2}"
                    + "\\.[0-7]/(resource0|config)"
                    + "|/proc/bus/pci/([0-9a-fA-F]{4,8}:)?[0-9a-fA-F]{2}/[0-9a-fA-F]{2}\\.[0-7]");

    private StockNames() {}
}
