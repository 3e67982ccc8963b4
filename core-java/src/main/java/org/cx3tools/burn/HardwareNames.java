// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import org.cx3tools.image.ChipIds;

/** Names of chips as the stock tool prints them (fs2-image 8). */
final class HardwareNames {
    private HardwareNames() {}

    static String of(int hwId, int revision) {
        if (hwId == ChipIds.CONNECTX3 && revision <= 1) {
            return "ConnectX-3 A" + revision;
        }
        if (hwId == ChipIds.CONNECTX3_PRO && revision == 0) {
            return "ConnectX-3Pro";
        }
        return String.format("MT%d-%02X", hwId, revision);
    }

    /** Family of a hardware id. */
    static String family(int hwId) {
        return hwId == ChipIds.CONNECTX3_PRO ? "ConnectX-3Pro" : "ConnectX-3";
    }

    /** Whether a PCI device id is one of either family: 4099 to 4112. */
    static boolean knownDeviceId(int deviceId) {
        return ChipIds.isKnownDevice(deviceId);
    }

    /** Family of a known PCI device id: 4103 is the Pro. */
    static String familyOfDeviceId(int deviceId) {
        return family(ChipIds.hwIdOf(deviceId));
    }
}
