// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.synthetic;

import java.util.Objects;
import java.util.Optional;
import org.cx3tools.image.Fs2Image;

/**
 * What kind of virtual card to make.
 *
 * @param model    the card
 * @param chip     flash chip, a name of the virtual card's own table
 * @param bankSize size of one chip in bytes, which picks the chip of that size in the family of
 *                 {@code chip}; 0 for {@code chip} itself
 * @param banks    number of chips, 1 or 2
 * @param image    what is on the flash; empty for a blank one, then the card is in recovery mode
 */
public record VirtualCardOptions(CardModel model, String chip, long bankSize, int banks,
        Optional<Fs2Image> image) {
    /** Refuses nulls. */
    public VirtualCardOptions {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(chip, "chip");
        Objects.requireNonNull(image, "image");
    }

    /** {@return the card as it is sold: default chip, one bank, its own firmware with ROM} */
    public static VirtualCardOptions of(CardModel model) {
        return new VirtualCardOptions(model, CardModel.DEFAULT_CHIP, 0, 1,
                Optional.of(SyntheticImage.of(model).build()));
    }

    /** {@return the same with another chip} */
    public VirtualCardOptions withChip(String newChip) {
        return new VirtualCardOptions(model, newChip, bankSize, banks, image);
    }

    /** {@return the same with another size of a chip, in bytes} */
    public VirtualCardOptions withBankSize(long newSize) {
        return new VirtualCardOptions(model, chip, newSize, banks, image);
    }

    /** {@return the same with another number of chips} */
    public VirtualCardOptions withBanks(int newBanks) {
        return new VirtualCardOptions(model, chip, bankSize, newBanks, image);
    }

    /** {@return the same with another image, or none} */
    public VirtualCardOptions withImage(Optional<Fs2Image> newImage) {
        return new VirtualCardOptions(model, chip, bankSize, banks, newImage);
    }
}
