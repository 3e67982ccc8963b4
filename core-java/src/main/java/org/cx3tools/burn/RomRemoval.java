// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.util.List;
import java.util.Optional;
import org.cx3tools.device.CardInfo;
import org.cx3tools.device.DeviceException;
import org.cx3tools.flash.FlashPort;
import org.cx3tools.flash.Progress;
import org.cx3tools.image.FirmwareVersion;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageEditor;
import org.cx3tools.image.ImageInfo;
import org.cx3tools.image.SectionType;

/**
 * Takes the boot ROM out of the image on flash (fs2-image 6.3): the image is read, verified,
 * rebuilt without ROM, and burnt like any other.
 */
public final class RomRemoval {
    private static final FirmwareVersion FIRST_SUPPORTED = new FirmwareVersion(2, 6, 1410);

    private RomRemoval() {}

    /**
     * Plans the removal.
     *
     * @param flash the flash of the card
     * @param card the card
     * @param allowRomChange go on although the firmware has a product version common with its ROM
     * @param progress told about reading
     * @throws BurnException {@link BurnFailure.RomStays} when there is no ROM, or it may not be
     *     removed alone; {@link BurnFailure.DamagedPart} when the image on flash is not intact
     * @throws DeviceException when the flash cannot be read
     */
    public static BurnPlan plan(FlashPort flash, CardInfo card, boolean allowRomChange,
            Progress progress) throws BurnException, DeviceException {
        FlashContent content = FlashContent.read(flash, false, progress);
        FlashReader.Reading reading = FlashReader.current(flash, content, progress);
        Fs2Image image = reading.image();
        if (!reading.problems().isEmpty()) {
            throw new BurnException(new BurnFailure.DamagedPart("whole", reading.start(),
                    reading.problems().get(0), "burn a good image over it"));
        }
        if (image.section(SectionType.ROM).isEmpty()) {
            throw new BurnException(new BurnFailure.RomStays(
                    "The FW does not contain a ROM section", "nothing has to be done"));
        }
        Optional<FirmwareVersion> version = image.info().flatMap(ImageInfo::fwVersion);
        if (version.isPresent() && version.get().compareTo(FIRST_SUPPORTED) < 0) {
            throw new BurnException(new BurnFailure.RomStays(
                    "Unsupported Fw version (" + version.get() + ")",
                    "burn " + FIRST_SUPPORTED + " or newer first"));
        }
        String product = image.info().flatMap(ImageInfo::productVersion).orElse("");
        if (!product.isEmpty() && !allowRomChange) {
            throw new BurnException(new BurnFailure.RomStays("The device FW contains common FW/ROM"
                    + " Product Version - The ROM cannot be removed separately",
                    "--allow_rom_change removes it nevertheless"));
        }
        try {
            BurnOptions keepAll = BurnOptions.defaults().withImageGuids().withImagePs()
                    .withImageRom();
            BurnPlan plan = BurnPlan.make(ImageEditor.withoutRom(image), content, keepAll, card);
            return plan.withQuestions(plan.questions().stream()
                    .filter(q -> q instanceof BurnQuestion.NotFailsafe).toList());
        } catch (FormatException e) {
            throw new BurnException(new BurnFailure.BadImage(List.of(e.getMessage())), e);
        }
    }
}
