// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.cx3tools.device.DeviceException;
import org.cx3tools.image.FirmwareVersion;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticImage;
import org.cx3tools.synthetic.VirtualCardOptions;
import org.cx3tools.synthetic.VirtualCards;

/** Cards and images for machines: small ones, since each access to a register goes to another process. */
public final class GuestCards {
    /** What the cards run at first. */
    public static final FirmwareVersion OLD = new FirmwareVersion(2, 42, 5000);
    /** What is burnt on them. */
    public static final FirmwareVersion NEW = new FirmwareVersion(2, 42, 5700);

    /** The smallest chip: a burn reads all of it for its backup. */
    private static final String CHIP = "W25Q80BV";

    private GuestCards() {
    }

    /** {@return a maker of images for the card of the job} */
    public static SyntheticImage image(FirmwareVersion version) {
        return image(CardModel.HP_764285_B21, version);
    }

    /** {@return a maker of images for a model} */
    public static SyntheticImage image(CardModel model, FirmwareVersion version) {
        return SyntheticImage.of(model).version(version).small();
    }

    /** Makes the card of the job with a small image of the old version. */
    public static Path create(Path file) throws IOException, DeviceException {
        return create(file, Optional.of(image(OLD).build()));
    }

    /** Makes the card of the job with this image, or a blank one. */
    public static Path create(Path file, Optional<Fs2Image> image) throws IOException, DeviceException {
        return create(file, CardModel.HP_764285_B21, image);
    }

    /** Makes a card of a model with this image, or a blank one. */
    public static Path create(Path file, CardModel model, Optional<Fs2Image> image) throws IOException, DeviceException {
        VirtualCards.create(file, VirtualCardOptions.of(model).withChip(CHIP).withImage(image));
        return file;
    }

    /** Writes an image file. */
    public static Path write(Path file, Fs2Image image) throws IOException {
        return Files.write(file, image.bytes().toArray());
    }
}
