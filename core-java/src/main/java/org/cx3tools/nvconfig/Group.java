// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nvconfig;

/** What belongs together in the vendor's list, in its alphabetical order (nv-config 1.1). */
public enum Group {
    /** More of the option ROM. */
    BOOT_EXTRAS("Boot Settings Extras", "what the option ROM asks for when it boots"),
    /** Whole card. */
    CX3_GLOBAL("CX3 Global", "the whole ConnectX-3 card"),
    /** InfiniBand boot. */
    INFINIBAND_BOOT("Infiniband Boot Settings", "boot over InfiniBand"),
    /** PCI side. */
    PCI("PCI Settings", "what the card offers on the PCI bus"),
    /** Option ROM. */
    PREBOOT("Preboot Boot Settings", "the option ROM on each port"),
    /** Ports. */
    VPI("VPI Settings", "protocol and PHY of each port"),
    /** Wake on LAN. */
    WOL("Wake On LAN", "waking the machine over the network");

    private final String title;
    private final String meaning;

    Group(String title, String meaning) {
        this.title = title;
        this.meaning = meaning;
    }

    /** {@return the vendor's name of the group} */
    public String title() {
        return title;
    }

    /** {@return what it is about} */
    public String meaning() {
        return meaning;
    }
}
