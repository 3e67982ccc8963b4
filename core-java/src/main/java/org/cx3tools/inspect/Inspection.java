// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.inspect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cx3tools.assemble.FieldDictionary;
import org.cx3tools.binary.Bytes;
import org.cx3tools.burn.FlashContent;
import org.cx3tools.burn.FlashSituation;
import org.cx3tools.flash.FlashInfo;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageLocator;
import org.cx3tools.image.ImageOutline;
import org.cx3tools.image.ImageReader;
import org.cx3tools.image.LogicalMedium;
import org.cx3tools.image.Medium;

/**
 * What a file or a flash holds: an image, or a whole flash with both of its slots.
 *
 * @param kind      how the image lies in it
 * @param size      size of the file or flash in bytes
 * @param images    images with a signature, by ascending address; an image file has one
 * @param unsigned  of a flash: images that lack nothing but their signature
 * @param situation of a flash: what an operator should know, one paragraph
 */
public record Inspection(Kind kind, long size, List<ImageView> images, List<ImageView> unsigned,
        Optional<String> situation) {
    private static final int SMALLEST_FLASH = 0x40000;

    /** How an image lies in what was inspected. */
    public enum Kind {
        /** Contiguous from the first byte, as a release. */
        IMAGE,
        /** As on flash. */
        FLASH
    }

    /** Makes the lists unchangeable. */
    public Inspection {
        images = List.copyOf(images);
        unsigned = List.copyOf(unsigned);
    }

    /** {@return the image that counts: the first one without problems, else the first one} */
    public Optional<ImageView> main() {
        return images.stream().filter(i -> i.problems().isEmpty()).findFirst()
                .or(() -> images.stream().findFirst());
    }

    /** {@return number of bytes behind the image of an image file} */
    public long trailing() {
        return kind == Kind.FLASH || images.isEmpty() ? 0 : size - images.get(0).size();
    }

    /**
     * Inspects the content of a file. It is taken for a dump of a flash if a signature stands
     * elsewhere than at its begin, if its size is one of a flash and an intact image lies on it, or if
     * only that makes sense of it.
     *
     * @param content all of the file
     * @param more    fields known beside those that ship with us
     * @return what it holds
     * @throws FormatException if there is no trace of an image
     */
    public static Inspection of(Bytes content, FieldDictionary more) throws FormatException {
        try {
            Medium medium = Medium.of(content);
            List<Long> starts = ImageLocator.starts(medium);
            if (starts.equals(List.of(0L))) {
                LogicalMedium whole = LogicalMedium.contiguous(medium);
                ImageView view = view(whole, 0, 0, more);
                boolean good = view.problems().isEmpty();
                if (isPowerOfTwo(content.length()) ? good && !goodOnFlash(medium, more)
                        : good || !readsAsFlash(medium)) {
                    return new Inspection(Kind.IMAGE, content.length(), List.of(view), List.of(),
                            Optional.empty());
                }
            }
            Inspection flash = of(FlashContent.of(FlashInfo.ofDump("file", content.length()), content), more);
            if (flash.images().isEmpty() && flash.unsigned().isEmpty()) {
                throw new FormatException(0, "image", ImageLocator.MAGIC.hex()
                        + " at 0 or a power of two from 0x10000 on", "none");
            }
            return flash;
        } catch (FormatException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
    }

    /**
     * Inspects a flash.
     *
     * @param flash what it holds, read whole
     * @param more  fields known beside those that ship with us
     */
    public static Inspection of(FlashContent flash, FieldDictionary more) {
        Bytes dump = flash.dump().orElseThrow(
                () -> new IllegalArgumentException("only a flash that was read whole is inspected"));
        FlashSituation situation = FlashSituation.of(flash);
        try {
            List<ImageView> images = new ArrayList<>();
            for (long start : flash.starts()) {
                images.add(onFlash(Medium.of(dump), start, more));
            }
            List<ImageView> unsigned = new ArrayList<>();
            for (FlashSituation.Complete complete : situation.complete()) {
                unsigned.add(view(LogicalMedium.contiguous(Medium.of(complete.image().bytes())),
                        complete.start(), complete.start() == 0 ? 0 : 1, more));
            }
            return new Inspection(Kind.FLASH, dump.length(), images, unsigned,
                    Optional.of(situation.text()));
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
    }

    private static ImageView onFlash(Medium medium, long start, FieldDictionary more)
            throws IOException {
        try {
            LogicalMedium image = ImageReader.open(medium, start);
            return view(image, start, image.slot(), more);
        } catch (FormatException e) {
            // Where it would go on is not known, but what begins there can still be looked at.
            Bytes rest = medium.read(start, (int) (medium.size() - start));
            ImageView view = view(LogicalMedium.contiguous(Medium.of(rest)), start,
                    start == 0 ? 0 : 1, more);
            List<String> problems = new ArrayList<>(List.of(e.getMessage()));
            view.problems().stream().filter(p -> !p.equals(e.getMessage())).forEach(problems::add);
            return view.withProblems(problems);
        }
    }

    private static ImageView view(LogicalMedium image, long start, int slot, FieldDictionary more)
            throws IOException {
        return ImageView.of(image, start, slot, fields(image, more));
    }

    /** The synthetic fields are known only in images of ours. */
    private static FieldDictionary fields(LogicalMedium image, FieldDictionary more)
            throws IOException {
        FieldDictionary known;
        try {
            ImageOutline outline = ImageOutline.read(image);
            known = FieldDictionary.forImage(Fs2Image.parse(image.read(0, outline.end())));
        } catch (FormatException e) {
            known = FieldDictionary.observed();
        }
        return known.preferring(more);
    }

    private static boolean goodOnFlash(Medium medium, FieldDictionary more) throws IOException {
        return onFlash(medium, 0, more).problems().isEmpty();
    }

    private static boolean readsAsFlash(Medium medium) throws IOException {
        try {
            ImageReader.read(medium, 0);
            return true;
        } catch (FormatException e) {
            return false;
        }
    }

    private static boolean isPowerOfTwo(int size) {
        return size >= SMALLEST_FLASH && Integer.bitCount(size) == 1;
    }
}
