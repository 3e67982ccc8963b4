// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageLocator;
import org.cx3tools.image.ImageReader;
import org.cx3tools.image.LogicalMedium;
import org.cx3tools.image.Medium;

/** Judges images. Whatever the bytes are, it ends, and wrong bytes are told, never thrown. */
public final class Verifier {
    private Verifier() {
    }

    /**
     * Verifies a file that holds an image in contiguous form, as release files do.
     *
     * @param file content of the file
     * @return both judgements of the first image in it
     */
    public static VerifyReport verify(Bytes file) {
        try {
            return verify(StockWalk.ofFile(file));
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
    }

    /**
     * Verifies a flash or a raw dump, where a failsafe image is interleaved.
     *
     * @param flash the flash or dump
     * @return both judgements of the first image on it, as the stock tool chooses it
     * @throws IOException if the flash cannot be read
     */
    public static VerifyReport verify(Medium flash) throws IOException {
        return verify(StockWalk.ofFlash(flash));
    }

    /**
     * Tells only what the stock tool says of a file; faster than both judgements.
     *
     * @param file content of a file
     * @param striped true to read it as a raw dump (option -striped_image)
     * @return its verdict
     */
    public static StockVerdict stockVerdict(Bytes file, boolean striped) {
        try {
            Medium medium = Medium.of(file);
            return (striped ? StockWalk.ofFlash(medium) : StockWalk.ofFile(file)).verdict();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
    }

    /**
     * Tells only what the stock tool says of a flash.
     *
     * @param flash the flash
     * @return its verdict
     * @throws IOException if the flash cannot be read
     */
    public static StockVerdict stockVerdict(Medium flash) throws IOException {
        return StockWalk.ofFlash(flash).verdict();
    }

    /**
     * Lists what is wrong with an image.
     *
     * @param image the image with all its bytes
     * @return all findings in order of offset
     */
    public static List<Finding> findings(Fs2Image image) {
        try {
            return findings(LogicalMedium.contiguous(Medium.of(image.bytes())));
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
    }

    /**
     * Lists what is wrong with an image in one slot of a flash.
     *
     * @param image where the image is, for example from {@link ImageReader#open}
     * @return all findings in order of offset
     * @throws IOException if the medium cannot be read
     */
    public static List<Finding> findings(LogicalMedium image) throws IOException {
        return new StrictCheck(new PartCache(image)).run();
    }

    /**
     * Picks the first finding that forbids to use an image.
     *
     * @param findings what is wrong
     * @return the first error; empty if there is none
     */
    public static Optional<Finding> firstError(List<Finding> findings) {
        return findings.stream().filter(f -> f.severity() == Finding.Severity.ERROR).findFirst();
    }

    /**
     * Tells whether findings leave an image usable.
     *
     * @param findings what is wrong
     * @return true if none of them is an error
     */
    public static boolean good(List<Finding> findings) {
        for (Finding finding : findings) {
            if (finding.severity() == Finding.Severity.ERROR) {
                return false;
            }
        }
        return true;
    }

    private static VerifyReport verify(StockWalk walk) throws IOException {
        StockVerdict stock = walk.verdict();
        List<Finding> findings = new ArrayList<>();
        List<Long> starts = walk.starts();
        if (starts.isEmpty()) {
            findings.add(new Finding(0, "magic", ImageLocator.MAGIC.hex()
                    + " at 0 or a power of two from 0x10000 on", "none",
                    Finding.Severity.ERROR));
            return new VerifyReport(stock, findings);
        }
        if (starts.size() > 2) {
            findings.add(new Finding(starts.get(2), "number of images", "one or two",
                    Integer.toString(starts.size()), Finding.Severity.ERROR));
        }
        if (walk.medium().size() % 4 != 0) {
            findings.add(new Finding(walk.medium().size(), "size of the data",
                    "a multiple of 4", walk.medium().size() + " bytes",
                    Finding.Severity.ERROR));
        }
        PartCache parts = walk.parts();
        if (walk.isFlash()) {
            try {
                parts = new PartCache(ImageReader.open(walk.medium(), starts.get(0)));
            } catch (FormatException e) {
                findings.add(new Finding(e.offset(), e.what(), e.expected(), e.found(),
                        Finding.Severity.ERROR));
                return new VerifyReport(stock, findings);
            }
            if (walk.parts().image().equals(parts.image())) {
                parts = walk.parts();
            }
        } else if (starts.get(0) != 0) {
            findings.add(new Finding(0, "start of the image in the file", "0",
                    Hex.of(starts.get(0)), Finding.Severity.ERROR));
            return new VerifyReport(stock, findings);
        }
        findings.addAll(new StrictCheck(parts).run());
        return new VerifyReport(stock, findings);
    }
}
