// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.imagemaker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Random damage to an image of any maker. All kinds but the first two redo the checksums
 * afterwards, so that no checksum hides the damage from the checks behind it.
 */
public enum Noise {
    /** A few bits anywhere. */
    FLIPPED_BITS {
        @Override
        byte[] apply(byte[] copy, Random random) {
            flip(copy, random);
            return copy;
        }
    },
    /** The end is missing. */
    CUT {
        @Override
        byte[] apply(byte[] copy, Random random) {
            int length = random.nextInt(copy.length);
            return Arrays.copyOf(copy, random.nextInt(4) == 0 ? length : length / 4 * 4);
        }
    },
    /** A few bits anywhere, behind good checksums. */
    FLIPPED_BITS_CHECKED {
        @Override
        byte[] apply(byte[] copy, Random random) {
            Parts parts = Parts.of(copy);
            flip(copy, random);
            parts.refreshChecksums(copy);
            return copy;
        }
    },
    /** The end is missing, and the chain ends with the last section that is whole. */
    CUT_CHECKED {
        @Override
        byte[] apply(byte[] copy, Random random) {
            List<Parts.Part> sections = Parts.of(copy).sections();
            Parts.Part last = sections.get(random.nextInt(sections.size()));
            Words.set(copy, last.start() + 12, random.nextBoolean() ? 0 : ImageLayout.LAST);
            byte[] cut = Arrays.copyOf(copy, last.end() + 4 * random.nextInt(5));
            return repaired(random.nextBoolean() ? sized(cut) : cut);
        }
    },
    /** Words that others depend on (headers, tags, GUIDs, ROM) get values that may hurt. */
    STRUCTURE {
        @Override
        byte[] apply(byte[] copy, Random random) {
            Parts parts = Parts.of(copy);
            List<Integer> places = structuralWords(parts);
            int changes = 1 + random.nextInt(2);
            for (int i = 0; i < changes; i++) {
                int at = places.get(random.nextInt(places.size()));
                Words.set(copy, at, nasty(Words.get(copy, at), copy.length, parts, random));
            }
            parts.refreshChecksums(copy);
            return copy;
        }
    },
    /** The length of a BOOT2 block or section; checksums are where the new lengths put them. */
    EDITED_LENGTH {
        @Override
        byte[] apply(byte[] copy, Random random) {
            Parts parts = Parts.of(copy);
            Parts.Part part = parts.all().get(random.nextInt(parts.all().size()));
            long old = Words.get(copy, part.start() + 4);
            long size = random.nextInt(3) == 0 ? nasty(old, copy.length, parts, random)
                    : Math.max(0, old + random.nextInt(17) - 8);
            Words.set(copy, part.start() + 4, size);
            long end = part.start() + 20 + (part.type() == Section.EMT ? size : 4 * size);
            if (!part.isBoot() && random.nextBoolean() && end < copy.length
                    && Words.get(copy, part.start() + 12) != ImageLayout.LAST) {
                Words.set(copy, part.start() + 12, end);
            }
            return repaired(copy);
        }
    },
    /** Two sections have changed places. */
    SWAPPED_SECTIONS {
        @Override
        byte[] apply(byte[] copy, Random random) {
            List<Parts.Part> order = new ArrayList<>(Parts.of(copy).sections());
            int first = random.nextInt(order.size());
            int second = random.nextInt(order.size());
            Parts.Part kept = order.get(first);
            order.set(first, order.get(second));
            order.set(second, kept);
            return relinked(copy, order, random);
        }
    },
    /** A section is missing. */
    DROPPED_SECTION {
        @Override
        byte[] apply(byte[] copy, Random random) {
            List<Parts.Part> order = new ArrayList<>(Parts.of(copy).sections());
            order.remove(random.nextInt(order.size()));
            return relinked(copy, order, random);
        }
    },
    /** A section is there twice. */
    REPEATED_SECTION {
        @Override
        byte[] apply(byte[] copy, Random random) {
            List<Parts.Part> order = new ArrayList<>(Parts.of(copy).sections());
            order.add(random.nextInt(order.size() + 1), order.get(random.nextInt(order.size())));
            return relinked(copy, order, random);
        }
    };

    abstract byte[] apply(byte[] copy, Random random);

    /**
     * Damages a copy.
     *
     * @param image  a good image
     * @param random decides
     * @return the damaged copy
     */
    public byte[] of(byte[] image, Random random) {
        return apply(image.clone(), random);
    }

    /**
     * The name for messages.
     *
     * @return lower case with blanks
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static void flip(byte[] copy, Random random) {
        int flips = 1 + random.nextInt(3);
        for (int i = 0; i < flips; i++) {
            copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        }
    }

    private static byte[] repaired(byte[] image) {
        Parts.of(image).refreshChecksums(image);
        return image;
    }

    private static byte[] sized(byte[] image) {
        List<Parts.Part> parts = Parts.of(image).all();
        Words.set(image, ImageLayout.SIZE_WORD, parts.get(parts.size() - 1).end());
        return image;
    }

    /** Puts sections in a new order; whether size and pointers of the header follow is chance. */
    private static byte[] relinked(byte[] image, List<Parts.Part> order, Random random) {
        List<Parts.Part> boots = Parts.of(image).boots();
        Words out = new Words();
        out.bytes(Arrays.copyOf(image, boots.get(boots.size() - 1).end()));
        long info = 0;
        long guids = 0;
        for (int i = 0; i < order.size(); i++) {
            Parts.Part part = order.get(i);
            long payload = out.size() + Section.HEADER;
            info = part.type() == Section.INFO ? payload : info;
            guids = part.type() == Section.GUID ? payload : guids;
            byte[] raw = Arrays.copyOfRange(image, part.start(), part.end());
            Words.set(raw, 12, i == order.size() - 1 ? ImageLayout.LAST
                    : out.size() + raw.length);
            out.bytes(raw);
        }
        byte[] bytes = out.toArray();
        if (random.nextInt(3) != 0) {
            Words.set(bytes, ImageLayout.INFO_POINTER,
                    (long) Words.balancingByte(info) << 24 | info);
            Words.set(bytes, ImageLayout.GUID_POINTER, guids);
        }
        return repaired(random.nextInt(3) != 0 && !order.isEmpty() ? sized(bytes) : bytes);
    }

    private static List<Integer> structuralWords(Parts parts) {
        List<Integer> places = new ArrayList<>();
        addWords(places, ImageLayout.CRC_WORD, ImageLayout.FIRST_BOOT);
        for (Parts.Part part : parts.all()) {
            int header = part.start() + Section.HEADER;
            int payload = part.crcAt() - header;
            addWords(places, part.start(), part.isBoot() ? part.start() + 8 : header);
            if (part.type() == Section.INFO || part.type() == Section.GUID) {
                addWords(places, header, header + payload);
            } else if (part.type() == Section.ROM || part.type() == Section.FW_CONFIGURATION) {
                addWords(places, header, header + Math.min(payload, 256));
            }
        }
        return places;
    }

    private static void addWords(List<Integer> places, int from, int to) {
        for (int at = from; at < to; at += 4) {
            places.add(at);
        }
    }

    private static long nasty(long old, int length, Parts parts, Random random) {
        return switch (random.nextInt(11)) {
            case 0 -> 0;
            case 1 -> 1;
            case 2 -> 0xFFFFFFFFL;
            case 3 -> ImageLayout.LAST;
            case 4 -> old + 4;
            case 5 -> old - 4;
            case 6 -> old ^ 1L << random.nextInt(32);
            case 7 -> random.nextInt() & 0xFFFFFFFFL;
            case 8 -> parts.all().get(random.nextInt(parts.all().size())).start();
            case 9 -> length - 4L * random.nextInt(3);
            default -> old + random.nextInt(64);
        };
    }
}
