// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageInfo;

/** Marks of synthetic images, which no real card may get. */
final class Synthetic {
    private static final Bytes MARK =
            Bytes.ofText("CX3TOOLS SYNTHETIC IMAGE, NOT FIRMWARE");

    private Synthetic() {}

    /** What tells that an image is synthetic; empty when nothing does. */
    static Optional<String> evidence(Fs2Image image) {
        Bytes boot = image.boot2Blocks().get(0).data();
        if (boot.length() >= MARK.length() && boot.slice(0, MARK.length()).equals(MARK)) {
            return Optional.of("mark in BOOT2");
        }
        Optional<String> prs = image.info().flatMap(ImageInfo::prsName)
                .filter(p -> p.toLowerCase(Locale.ROOT).startsWith("synthetic"));
        if (prs.isPresent()) {
            return Optional.of("PRS name " + prs.get());
        }
        try {
            String text = image.fwConfiguration().map(b -> new String(b.toArray(),
                    StandardCharsets.ISO_8859_1)).orElse("");
            String line = text.lines().findFirst().orElse("").toLowerCase(Locale.ROOT);
            return line.contains("synthetic") ? Optional.of("board file") : Optional.empty();
        } catch (FormatException e) {
            return Optional.empty();
        }
    }
}
