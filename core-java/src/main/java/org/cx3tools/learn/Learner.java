// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.cx3tools.image.FirmwareVersion;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageInfo;

/**
 * Learns from images of one firmware version that were built with different board files.
 *
 * <p>What is assumed: a bit of a Configuration record that differs between the images does so
 * because of a key with numbers, which is written to one field as it is, or because of a text key
 * with few values (at most half as many as images), in some way; and a record's mask covers the
 * fields of its word. From that follows:
 * <ul>
 * <li><b>Place.</b> A key is at a place if some bit there is seen with both values of the key's
 *     bit, all bits of the place agree with the key in all images, and no other key can explain
 *     that bit, not even a switch as its opposite or a text as a choice. An image counts for a bit
 *     only if its record's mask has it. Images without the key must all show the same: its default
 *     value. If a second place follows the key, too, it is ambiguous, unless that place is certain
 *     for another key.
 * <li><b>Width.</b> A field is at least as wide as the largest number of its key; a bit above that
 *     belongs to it for certain only if it varied (with a default value) and nothing else explains
 *     it. It is not wider if the next bit is beyond the word; or in the mask of no image; or a bit
 *     of another key whose place is certain; or if two images speak against it: by a one beside a
 *     number of the key, or by differing from the other images without the key. (One such image
 *     may have been edited by hand, as people do.) Otherwise the next bit is a zero, or set by a
 *     default value, and may or may not belong to it: the width is ambiguous.
 * </ul>
 *
 * <p>Few images, or few that differ, prove little when an assumption does not hold; the evidence of
 * each line tells how many there are. Work grows with keys times varied words; 40 images with 300
 * keys take some 0.1 s.
 */
public final class Learner {
    /** Most images accepted. */
    public static final int MAX_IMAGES = 512;
    /** Most different keys accepted. */
    public static final int MAX_KEYS = 2048;
    /** Most register words accepted. */
    public static final int MAX_WORDS = 8192;
    /** Largest product of keys and register words that differ between images. */
    public static final int MAX_PAIRS = 1 << 21;

    private Learner() {
    }

    /**
     * Learns.
     *
     * @param images images of one firmware version and chip; identical ones count once
     * @return what is certain, and what is not
     * @throws LearnException if they are not of one version and chip, fewer than two, too many, or
     *     one has no readable board file
     */
    public static Learned learn(List<NamedImage> images) throws LearnException {
        if (images.size() > MAX_IMAGES) {
            throw new LearnException(LearnFailure.TOO_MUCH, images.size()
                    + " images are given, at most " + MAX_IMAGES + " are accepted");
        }
        List<NamedImage> different = different(images);
        if (different.size() < 2) {
            throw new LearnException(LearnFailure.TOO_FEW_IMAGES,
                    "learning takes two different images or more, not " + different.size());
        }
        FirmwareVersion version = oneVersion(different);
        Corpus corpus = Corpus.read(different);
        if (corpus.keys().size() * corpus.variedWords().size() > MAX_PAIRS) {
            throw new LearnException(LearnFailure.TOO_MUCH, corpus.keys().size() + " keys and "
                    + corpus.variedWords().size() + " register words that differ are too many");
        }
        return new Decision(corpus).learned(version,
                different.stream().map(NamedImage::name).toList());
    }

    private static List<NamedImage> different(List<NamedImage> images) {
        Set<Fs2Image> seen = new HashSet<>();
        List<NamedImage> different = new ArrayList<>();
        for (NamedImage image : images) {
            if (seen.add(image.image().trimmed())) {
                different.add(image);
            }
        }
        return different;
    }

    private static FirmwareVersion oneVersion(List<NamedImage> images) throws LearnException {
        NamedImage first = images.get(0);
        for (NamedImage image : images) {
            if (!version(image).equals(version(first))) {
                throw new LearnException(LearnFailure.MIXED_VERSIONS, image.name()
                        + " is firmware " + version(image) + ", but " + first.name() + " is "
                        + version(first) + "; fields may move between versions");
            }
            if (chip(image) != chip(first)) {
                throw new LearnException(LearnFailure.MIXED_CHIPS, image.name() + " is for device "
                        + chip(image) + ", but " + first.name() + " is for " + chip(first));
            }
        }
        return version(first);
    }

    private static FirmwareVersion version(NamedImage image) throws LearnException {
        Optional<FirmwareVersion> version = image.image().info().flatMap(ImageInfo::fwVersion);
        return version.orElseThrow(() -> new LearnException(LearnFailure.UNKNOWN_VERSION,
                image.name() + " does not tell its firmware version"));
    }

    private static int chip(NamedImage image) throws LearnException {
        OptionalInt chip = image.image().info().map(ImageInfo::deviceId)
                .orElse(OptionalInt.empty());
        return chip.orElseThrow(() -> new LearnException(LearnFailure.UNKNOWN_VERSION,
                image.name() + " does not tell the device it is for"));
    }
}
