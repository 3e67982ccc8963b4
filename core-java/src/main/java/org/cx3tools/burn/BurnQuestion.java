// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.util.List;
import java.util.Optional;
import org.cx3tools.image.FirmwareVersion;
import org.cx3tools.image.GuidBlock;

/**
 * Something the operator has to agree to before a plan is executed, in the order of the list in the
 * plan.
 */
public sealed interface BurnQuestion {

    /**
     * The ROM inside the image is for another device than its firmware.
     *
     * @param firmware PCI device id of the firmware
     * @param rom PCI device id of the ROM
     */
    record RomForOtherDevice(int firmware, int rom) implements BurnQuestion {}

    /**
     * GUIDs and MACs are changed.
     *
     * @param planned the new ones
     * @param current those on flash, if they can be read and their CRC is right
     */
    record IdentityChange(GuidBlock planned, Optional<GuidBlock> current) implements BurnQuestion {}

    /** There is no vendor text on flash; the new image gets a blank one. */
    record BlankVsd() implements BurnQuestion {}

    /**
     * The new firmware is not newer.
     *
     * @param current version on flash
     * @param planned version of the image, the same or older
     */
    record NotNewer(FirmwareVersion current, FirmwareVersion planned) implements BurnQuestion {}

    /**
     * The PSID is changed.
     *
     * @param current PSID on flash
     * @param planned PSID of the image
     */
    record PsidChange(String current, String planned) implements BurnQuestion {}

    /**
     * The configuration area moves; its content is lost.
     *
     * @param current pad in sectors, of the flash image
     * @param planned pad in sectors, of the image
     */
    record ConfigPadChange(long current, long planned) implements BurnQuestion {}

    /**
     * Between some steps the card holds no image that boots.
     *
     * @param danger between which steps, and how to come back
     */
    record NotFailsafe(String danger) implements BurnQuestion {}

    /**
     * The settings of the firmware can be lost.
     *
     * @param risk when, and why
     */
    record SettingsAtRisk(String risk) implements BurnQuestion {}

    /**
     * The flash is laid out in another way.
     *
     * @param current how the image that boots lies now, if there is one
     * @param planned how the new one will lie
     * @param stopovers where copies of the new image are put on the way
     */
    record LayoutChange(Optional<Placement> current, Placement planned, List<Placement> stopovers)
            implements BurnQuestion {
        /** Keeps a copy. */
        public LayoutChange {
            stopovers = List.copyOf(stopovers);
        }
    }
}
