// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.update;

import java.util.List;
import java.util.Optional;
import org.cx3tools.image.FirmwareVersion;

/**
 * A card beside the images that there are; only the firmware version decides (nv-config 5.1,
 * verified).
 */
public enum UpdateStatus {
    /** The image is not newer. */
    UP_TO_DATE,
    /** The image is newer. */
    UPDATE_REQUIRED,
    /** The image is not newer, and is to be burnt all the same. */
    FORCED,
    /** No image has the PSID of the card. */
    NONE,
    /** Several have. */
    MULTIPLE;

    /** {@return whether there is something to burn} */
    public boolean burns() {
        return this == UPDATE_REQUIRED || this == FORCED;
    }

    /**
     * Compares. An image or a card that tells no version is never newer or older.
     *
     * @param card what is on the card
     * @param matching the images with its PSID
     * @param force burn what is not newer, too
     * @return what is to be done
     */
    public static UpdateStatus of(ManagedImage card, List<AvailableImage> matching,
            boolean force) {
        if (matching.size() != 1) {
            return matching.isEmpty() ? NONE : MULTIPLE;
        }
        Optional<FirmwareVersion> now = card.query().fwVersion();
        Optional<FirmwareVersion> then = matching.get(0).managed().query().fwVersion();
        boolean newer = now.isPresent() && then.isPresent()
                && then.get().compareTo(now.get()) > 0;
        return newer ? UPDATE_REQUIRED : force ? FORCED : UP_TO_DATE;
    }
}
