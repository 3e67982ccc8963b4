// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.output;

import org.cx3tools.image.FirmwareVersion;
import org.cx3tools.update.ManagedImage;
import org.cx3tools.update.UpdateStatus;

/** A card beside the images that there are, in the vendor's words (nv-config 5.1, verified). */
public final class UpdateText {
    /** What an image or a card does not tell. */
    public static final String MISSING = "N/A";

    private UpdateText() {
    }

    /**
     * What is to be done with a card.
     *
     * @param status how it compares
     * @return as the vendor writes it
     */
    public static String status(UpdateStatus status) {
        return switch (status) {
            case UP_TO_DATE -> "Up to date";
            case UPDATE_REQUIRED -> "Update required";
            case FORCED -> "Forced update required";
            case NONE -> "No matching image found";
            case MULTIPLE -> "Multiple image files found";
        };
    }

    /**
     * The firmware version of an image.
     *
     * @param image the image
     * @return as 2.42.5700, {@code N/A} when it tells none
     */
    public static String firmware(ManagedImage image) {
        return image.query().fwVersion().map(FirmwareVersion::toString).orElse(MISSING);
    }
}
