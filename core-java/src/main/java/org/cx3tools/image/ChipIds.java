// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

/** Numbers of the two chips (fs2-image 1.2 and 8). */
public final class ChipIds {
    /** Hardware id of ConnectX-3. */
    public static final int CONNECTX3 = 0x1f5;
    /** Hardware id of ConnectX-3 Pro. */
    public static final int CONNECTX3_PRO = 0x1f7;

    private static final int FIRST_DEVICE = 4099;
    private static final int LAST_DEVICE = 4112;
    private static final int PRO_DEVICE = 4103;

    private ChipIds() {
    }

    /**
     * Tells whether a PCI device id is one of either chip.
     *
     * @param deviceId PCI device id, as in tag 3 of Image Info
     * @return true from 4099 to 4112
     */
    public static boolean isKnownDevice(int deviceId) {
        return deviceId >= FIRST_DEVICE && deviceId <= LAST_DEVICE;
    }

    /**
     * Tells which chip a PCI device id is of.
     *
     * @param deviceId PCI device id of one of the chips
     * @return hardware id: 4103 is the Pro, all others are ConnectX-3
     */
    public static int hwIdOf(int deviceId) {
        return deviceId == PRO_DEVICE ? CONNECTX3_PRO : CONNECTX3;
    }
}
