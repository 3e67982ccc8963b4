// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nativecore;

import java.util.Objects;

/**
 * Identity of a card: {@code struct cx3_card} of {@code cx3/device.h}.
 *
 * @param name the name to open it by: {@code 0000:23:00.0}, {@code sim:/path}
 * @param vendorId PCI vendor, 16 bits
 * @param deviceId PCI device, 16 bits
 * @param subsystemVendorId PCI subsystem vendor, 16 bits
 * @param subsystemId PCI subsystem, 16 bits
 * @param pciRevision PCI revision, 8 bits
 * @param hwId hardware id (CR 0xf0014, low half), 0 when it was not read
 * @param hwRevision hardware revision (CR 0xf0014, bits 23 to 16), 0 when it was not read
 * @param recoveryMode true when the card found no bootable image
 * @param virtualCard true for a cx3tools virtual card, by its name or by the mark in its config
 *     space
 * @param access the way it was opened, {@link Access#NONE} in a listing
 * @param driver the bound kernel driver, empty when there is none
 * @param barStatus {@link NativeStatus#OK}, or why the BAR cannot be used, as far as sysfs tells
 * @param linkWidth PCIe lanes in use, 0 when unknown
 * @param linkWidthMax PCIe lanes of the card, 0 when unknown
 * @param linkSpeed speed of the link as the kernel prints it, empty when unknown
 */
public record NativeCard(
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
        Access access,
        String driver,
        NativeStatus barStatus,
        int linkWidth,
        int linkWidthMax,
        String linkSpeed) {

    /** The way to the registers of a card; same order as {@code enum cx3_access}. */
    public enum Access {
        /** Not opened. */
        NONE,
        /** BAR0 through sysfs. */
        BAR,
        /** Config space. */
        CONFIG,
        /** A virtual card in a file. */
        SIM,
        /** A bus that was handed in: replayed traces, tests. */
        OTHER;

        private static final Access[] BY_NUMBER = values();
    }

    /** Numbers that cross the boundary for one card, see {@code cx3_jni_card} on the C side. */
    static final int NUMBERS = 13;

    /** Texts that cross the boundary for one card: name, driver, link speed. */
    static final int TEXTS = 3;

    /** Checks that nothing is null. */
    public NativeCard {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(driver, "driver");
        Objects.requireNonNull(barStatus, "barStatus");
        Objects.requireNonNull(linkSpeed, "linkSpeed");
    }

    static NativeCard of(long[] n, byte[][] texts) {
        return new NativeCard(
                NativeText.decode(texts[0]),
                (int) n[0], (int) n[1], (int) n[2], (int) n[3], (int) n[4], (int) n[5], (int) n[6],
                n[7] != 0, n[8] != 0,
                Access.BY_NUMBER[(int) n[9]],
                NativeText.decode(texts[1]),
                NativeStatus.of((int) n[10]),
                (int) n[11], (int) n[12],
                NativeText.decode(texts[2]));
    }
}
