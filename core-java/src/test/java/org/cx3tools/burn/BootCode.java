// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageLocator;
import org.cx3tools.image.ImageReader;
import org.cx3tools.image.Medium;

/** What a card could boot from. */
final class BootCode {
    private BootCode() {}

    /**
     * One place with a signature.
     *
     * @param start flash address
     * @param problems why it does not boot; empty if it does
     * @param image the image, empty bytes when it cannot be read
     */
    record Candidate(long start, List<String> problems, Bytes image) {}

    static List<Candidate> candidates(Bytes flash) {
        List<Candidate> out = new ArrayList<>();
        Medium medium = Medium.of(flash);
        try {
            for (long start : ImageLocator.starts(medium)) {
                try {
                    Fs2Image image = ImageReader.read(medium, start);
                    out.add(new Candidate(start, Judge.problems(image), image.bytes()));
                } catch (FormatException e) {
                    out.add(new Candidate(start, List.of(e.getMessage()), Bytes.empty()));
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out;
    }

    /** Images that boot, by ascending address: the two boot policies take the first or the last. */
    static List<Fs2Image> bootable(Bytes flash) {
        List<Fs2Image> out = new ArrayList<>();
        for (Candidate candidate : candidates(flash)) {
            if (candidate.problems().isEmpty()) {
                try {
                    out.add(Fs2Image.parse(candidate.image()));
                } catch (FormatException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return out;
    }
}
