// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.device;

import java.util.Optional;
import org.cx3tools.image.ChipIds;

/**
 * What a card is, as far as it is known without touching its flash. Numbers are 0 when they are not
 * known.
 *
 * @param name name to be given again: "0000:23:00.0", "sim:/path", "file:/path"
 * @param vendorId PCI vendor, 0x15b3
 * @param deviceId PCI device: 0x1003, 0x1007, in recovery mode 0x01f6, 0x01f8
 * @param subsystemVendorId PCI subsystem vendor, 0x103c for HP
 * @param subsystemId PCI subsystem
 * @param pciRevision PCI revision
 * @param hwId register 0xf0014 bits 15:0: 0x1f5 or 0x1f7; 0 = not read
 * @param hwRevision register 0xf0014 bits 23:16
 * @param recoveryMode no bootable image was found at power-on
 * @param virtualCard one of ours: a virtual card by name or by its mark in configuration space, or
 *     a flash file
 * @param access how the registers are reached
 * @param driver bound kernel driver
 * @param barProblem why the memory window cannot be used; empty when it can
 * @param linkWidth PCIe lanes in use
 * @param linkWidthMax PCIe lanes of the card
 * @param linkSpeed PCIe speed in the words of the kernel, "" when not known
 */
public record CardInfo(
        String name,
        int vendorId,
        int deviceId,
        int subsystemVendorId,
        int subsystemId,
        int pciRevision,
        int hwId,
        int hwRevision,
        boolean recoveryMode,
        boolean virtualCard,
        AccessWay access,
        Optional<String> driver,
        Optional<DeviceCause> barProblem,
        int linkWidth,
        int linkWidthMax,
        String linkSpeed) {

    /** Hardware id of ConnectX-3. */
    public static final int HW_CONNECTX3 = ChipIds.CONNECTX3;

    /** Hardware id of ConnectX-3 Pro. */
    public static final int HW_CONNECTX3_PRO = ChipIds.CONNECTX3_PRO;

    /** {@return whether there is a chip whose hardware id is known; false for a flash file} */
    public boolean hasHardwareId() {
        return hwId != 0;
    }

    /** What stands for the card when there is none: a raw flash dump. */
    static CardInfo ofFlashFile(String name) {
        return new CardInfo(name, 0, 0, 0, 0, 0, 0, 0, false, true, AccessWay.FILE,
                Optional.empty(),
                Optional.empty(), 0, 0, "");
    }
}
