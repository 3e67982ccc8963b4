// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.imagemaker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Random damage: flipped bits, cuts, and structural words changed with all checksums redone. */
public final class Noise {
    private Noise() {
    }

    /**
     * Flips a few bits anywhere.
     *
     * @param image  the image
     * @param random decides
     * @return a damaged copy
     */
    public static byte[] flippedBits(ImageLayout image, Random random) {
        byte[] copy = image.bytes().clone();
        int flips = 1 + random.nextInt(3);
        for (int i = 0; i < flips; i++) {
            copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    /**
     * Cuts the image off anywhere.
     *
     * @param image  the image
     * @param random decides
     * @return a shorter copy
     */
    public static byte[] cut(ImageLayout image, Random random) {
        int length = random.nextInt(image.bytes().length);
        return Arrays.copyOf(image.bytes(), random.nextInt(4) == 0 ? length : length / 4 * 4);
    }

    /**
     * Sets words that others depend on (header, section headers, tags, GUIDs, ROM header) to
     * values that are likely to hurt, and redoes all checksums, so that no checksum hides them.
     *
     * @param image  the image
     * @param random decides
     * @return a damaged copy
     */
    public static byte[] structure(ImageLayout image, Random random) {
        byte[] copy = image.bytes().clone();
        List<Integer> places = structuralWords(image);
        int changes = 1 + random.nextInt(2);
        for (int i = 0; i < changes; i++) {
            int at = places.get(random.nextInt(places.size()));
            Words.set(copy, at, nasty(Words.get(copy, at), image, random));
        }
        image.refreshCrcs(copy);
        return copy;
    }

    private static List<Integer> structuralWords(ImageLayout image) {
        List<Integer> places = new ArrayList<>();
        addWords(places, ImageLayout.CRC_WORD, ImageLayout.FIRST_BOOT);
        for (int boot : image.boots()) {
            addWords(places, boot, boot + 8);
        }
        for (int i = 0; i < image.sections().size(); i++) {
            int from = image.sections().get(i);
            addWords(places, from, from + Section.HEADER);
            int payload = image.lengthOf(i) - Section.HEADER - 4;
            long type = image.plan().sections().get(i).type();
            if (type == Section.INFO || type == Section.GUID) {
                addWords(places, from + Section.HEADER, from + Section.HEADER + payload);
            } else if (type == Section.ROM || type == Section.FW_CONFIGURATION) {
                addWords(places, from + Section.HEADER,
                        from + Section.HEADER + Math.min(payload, 256));
            }
        }
        return places;
    }

    private static void addWords(List<Integer> places, int from, int to) {
        for (int at = from; at < to; at += 4) {
            places.add(at);
        }
    }

    private static long nasty(long old, ImageLayout image, Random random) {
        long length = image.bytes().length;
        return switch (random.nextInt(11)) {
            case 0 -> 0;
            case 1 -> 1;
            case 2 -> 0xFFFFFFFFL;
            case 3 -> ImageLayout.LAST;
            case 4 -> old + 4;
            case 5 -> old - 4;
            case 6 -> old ^ 1L << random.nextInt(32);
            case 7 -> random.nextInt() & 0xFFFFFFFFL;
            case 8 -> image.sections().get(random.nextInt(image.sections().size()));
            case 9 -> length - 4L * random.nextInt(3);
            default -> old + random.nextInt(64);
        };
    }
}
