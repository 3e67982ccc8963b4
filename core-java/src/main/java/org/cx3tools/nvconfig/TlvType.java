// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nvconfig;

/** Kinds of stored records, in the order in which they are written (nv-config 1.1, verified). */
public enum TlvType {
    /** Virtual functions. */
    SRIOV(0x11, 4, false),
    /** Wake on LAN of a port. */
    WOL(0x10, 8, true),
    /** Protocol and PHY of a port. */
    VPI(0x12, 4, true),
    /** Size of the doorbell BAR. */
    BAR_SIZE(0x13, 4, false),
    /** InfiniBand boot of a port. */
    INFINIBAND_BOOT(0x2022, 4, true),
    /** The option ROM on a port. */
    PREBOOT(0x2021, 4, true),
    /** More of the option ROM on a port. */
    BOOT_EXTRAS(0x2001, 4, true),
    /** Of the whole card, ConnectX-3 only. */
    CX3_GLOBAL(0x14, 32, false);

    private final int id;
    private final int size;
    private final boolean perPort;

    TlvType(int id, int size, boolean perPort) {
        this.id = id;
        this.size = size;
        this.perPort = perPort;
    }

    /** {@return its number in the interface of firmware} */
    public int id() {
        return id;
    }

    /** {@return bytes of its data} */
    public int size() {
        return size;
    }

    /** {@return whether there is one for each port} */
    public boolean perPort() {
        return perPort;
    }
}
