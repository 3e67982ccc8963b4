// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nativecore;

import java.util.Objects;

/**
 * What kind of virtual card to make: {@code struct cx3_sim_model} of {@code cx3/sim.h}.
 *
 * @param vendorId PCI vendor, 16 bits
 * @param deviceId PCI device, 16 bits
 * @param subsystemVendorId PCI subsystem vendor, 16 bits
 * @param subsystemId PCI subsystem, 16 bits
 * @param hwId hardware id (CR 0xf0014, low half)
 * @param hwRevision hardware revision (CR 0xf0014, bits 23 to 16)
 * @param chip name of a chip, one of {@link NativeSim#chipNames()}
 * @param bankSizeBytes size of one chip in bytes: the chip of that size in the family of {@code chip} is taken; 0 means
 *     {@code chip} itself
 * @param banks number of chips, 1 or 2
 * @param port1Type link type of port 1 (CR 0x1f148): 1 InfiniBand, 2 Ethernet, 0 no such port
 * @param port2Type link type of port 2 (CR 0x1f164), likewise
 * @param modelName name of the model: {@code hp-764285-b21}
 * @param vpd vital product data, at most 4096 bytes; copied on the way in and out
 */
public record NativeSimModel(
        int vendorId,
        int deviceId,
        int subsystemVendorId,
        int subsystemId,
        int hwId,
        int hwRevision,
        String chip,
        long bankSizeBytes,
        int banks,
        int port1Type,
        int port2Type,
        String modelName,
        byte[] vpd) {

    private static final int MAX_VPD_BYTES = 4096;

    /** Checks the ranges and copies the VPD. */
    public NativeSimModel {
        check16(vendorId, "vendorId");
        check16(deviceId, "deviceId");
        check16(subsystemVendorId, "subsystemVendorId");
        check16(subsystemId, "subsystemId");
        check16(hwId, "hwId");
        Objects.requireNonNull(chip, "chip");
        Objects.requireNonNull(modelName, "modelName");
        vpd = Objects.requireNonNull(vpd, "vpd").clone();
        if (hwRevision < 0 || hwRevision > 0xff) {
            throw new IllegalArgumentException("hwRevision does not fit 8 bits: " + hwRevision);
        }
        if (bankSizeBytes < 0 || bankSizeBytes > 0xffff_ffffL) {
            throw new IllegalArgumentException(
                    "bankSizeBytes does not fit 32 bits: " + bankSizeBytes);
        }
        if (banks < 1 || banks > 2) {
            throw new IllegalArgumentException("banks is " + banks + ", expected 1 or 2");
        }
        checkPort(port1Type, "port1Type");
        checkPort(port2Type, "port2Type");
        if (vpd.length > MAX_VPD_BYTES) {
            throw new IllegalArgumentException(
                    "vpd has " + vpd.length + " bytes, at most 4096 fit");
        }
    }

    /**
     * Returns the vital product data.
     *
     * @return a copy
     */
    @Override
    public byte[] vpd() {
        return vpd.clone();
    }

    long[] numbers() {
        return new long[] {
            vendorId, deviceId, subsystemVendorId, subsystemId, hwId, hwRevision, bankSizeBytes,
                    banks, port1Type, port2Type
        };
    }

    private static void checkPort(int type, String name) {
        if (type < 0 || type > 2) {
            throw new IllegalArgumentException(name + " is " + type + ", expected 0, 1 or 2");
        }
    }

    private static void check16(int value, String name) {
        if (value < 0 || value > 0xffff) {
            throw new IllegalArgumentException(name + " does not fit 16 bits: " + value);
        }
    }
}
