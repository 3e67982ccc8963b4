// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.synthetic;

import org.cx3tools.image.FirmwareVersion;

/**
 * What tells one card model from another.
 *
 * @param modelName         name on command lines
 * @param deviceId          PCI device id; the vendor is 15b3 for all
 * @param subsystemVendorId PCI subsystem vendor
 * @param subsystemId       PCI subsystem
 * @param hwId              501 ConnectX-3, 503 ConnectX-3 Pro
 * @param hwRevision        chip revision
 * @param psid              PSID of its firmware
 * @param partName          Name in the board file, shown as part number
 * @param description       Description in the board file
 * @param firmware          version of the firmware it comes with
 * @param nodeGuid          node GUID; ports and system image follow
 * @param mac               MAC of port 1; port 2 follows
 * @param ports             number of ports
 * @param failsafe          whether its firmware is a failsafe image
 */
public record CardFacts(String modelName, int deviceId, int subsystemVendorId, int subsystemId,
        int hwId, int hwRevision, String psid, String partName, String description,
        FirmwareVersion firmware, long nodeGuid, long mac, int ports, boolean failsafe) {
    /** PCI vendor id of all models. */
    public static final int VENDOR_ID = 0x15b3;
}
