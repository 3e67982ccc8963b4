// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.synthetic;

import java.time.LocalDate;
import org.cx3tools.assemble.AssembleException;
import org.cx3tools.assemble.Disassembler;
import org.cx3tools.assemble.FieldDictionary;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.FirmwareVersion;
import org.cx3tools.image.Fs2Image;

/**
 * A synthetic release of firmware 2.36.5000, as the operator's job assembles it: no boot ROM,
 * section sizes of that release, the board file of the card model.
 */
public final class SyntheticRelease {
    /** Version of the release. */
    public static final FirmwareVersion VERSION = new FirmwareVersion(2, 36, 5000);

    private SyntheticRelease() {
    }

    /** {@return the image of the release for a card} */
    public static Fs2Image image(CardModel model) {
        return SyntheticImage.of(model).version(VERSION).date(LocalDate.of(2016, 1, 6))
                .rom(false).build();
    }

    /** {@return the file name of the release source for a card, as the vendor named it} */
    public static String fileName(CardModel model) {
        return model.facts().hwId() == 503 ? "fw-ConnectX3Pro-rel.mlx" : "fw-ConnectX3-rel.mlx";
    }

    /** {@return the release source for a card in one text, in our dialect} */
    public static Bytes source(CardModel model) {
        try {
            return new Disassembler(FieldDictionary.empty()).singleFile(image(model));
        } catch (AssembleException e) {
            throw new IllegalStateException("a synthetic release does not come apart", e);
        }
    }
}
