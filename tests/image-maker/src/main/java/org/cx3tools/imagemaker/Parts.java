// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.imagemaker;

import java.util.ArrayList;
import java.util.List;

/**
 * The parts of any image, good or damaged, as far as its chain can be followed; and checksums made
 * anew over them, so that damage gets past the checksums.
 *
 * @param all BOOT2 blocks and sections in the order of the chain
 */
public record Parts(List<Part> all) {
    private static final int MOST = 1024;
    private static final long MOST_BOOT_WORDS = 1048576;

    /**
     * One BOOT2 block or section.
     *
     * @param type   section type, or {@link #BOOT}
     * @param start  offset of its first byte
     * @param length bytes with header and CRC word, a multiple of 4
     */
    public record Part(long type, int start, int length) {
        /** The type of a BOOT2 block. */
        public static final long BOOT = -1;

        /** Offset of the CRC word. */
        int crcAt() {
            return start + length - 4;
        }

        int end() {
            return start + length;
        }

        boolean isBoot() {
            return type == BOOT;
        }
    }

    /** Makes the list unchangeable. */
    public Parts {
        all = List.copyOf(all);
    }

    /**
     * Follows the chain until it ends, leaves the image or leads back.
     *
     * @param image any bytes
     * @return the parts that are whole
     */
    public static Parts of(byte[] image) {
        List<Part> parts = new ArrayList<>();
        long at = boot(image, ImageLayout.FIRST_BOOT, parts);
        if (at > 0 && at + 4 <= image.length && !known(Words.get(image, (int) at))) {
            at = boot(image, at, parts);
        }
        while (at > 0 && at % 4 == 0 && at + Section.HEADER <= image.length
                && parts.size() < MOST) {
            int start = (int) at;
            long type = Words.get(image, start);
            long size = Words.get(image, start + 4);
            long payload = type == Section.EMT ? (size + 3) / 4 * 4 : size * 4;
            long length = Section.HEADER + payload + 4;
            if (at + length > image.length) {
                break;
            }
            parts.add(new Part(type, start, (int) length));
            long next = Words.get(image, start + 12);
            at = next == ImageLayout.LAST || next < at + length ? 0 : next;
        }
        return new Parts(parts);
    }

    private static long boot(byte[] image, long at, List<Part> parts) {
        if (at + 8 > image.length) {
            return 0;
        }
        long words = Words.get(image, (int) at + 4);
        long length = 4 * (words + 4);
        if (words < 4 || words > MOST_BOOT_WORDS || at + length > image.length) {
            return 0;
        }
        parts.add(new Part(Part.BOOT, (int) at, (int) length));
        return at + length;
    }

    private static boolean known(long type) {
        return type >= Section.DDR && type <= Section.HASH_FILE;
    }

    /** The BOOT2 blocks. */
    List<Part> boots() {
        return all.stream().filter(Part::isBoot).toList();
    }

    /** The sections. */
    List<Part> sections() {
        return all.stream().filter(part -> !part.isBoot()).toList();
    }

    /**
     * Makes the checksums of the parts and the full one anew. Blank ones stay blank where the
     * GUIDs are.
     *
     * @param image the image to change; not shorter than the parts
     */
    public void refreshChecksums(byte[] image) {
        if (all.isEmpty() || image.length < all.get(all.size() - 1).end()) {
            return;
        }
        boolean blank = false;
        for (Part part : all) {
            if (part.type() == Section.GUID && isBlank(image, part)) {
                blank = true;
            } else {
                Words.set(image, part.crcAt(), BitCrc.of(image, part.start(), part.crcAt()));
            }
        }
        Words.set(image, ImageLayout.CRC_WORD, Words.get(image, ImageLayout.CRC_WORD) | 0xFFFF);
        if (!blank) {
            int crc = BitCrc.of(image, 0, all.get(all.size() - 1).end());
            image[ImageLayout.CRC_WORD + 2] = (byte) (crc >> 8);
            image[ImageLayout.CRC_WORD + 3] = (byte) crc;
        }
    }

    /**
     * Makes size and pointers of the header fit the parts.
     *
     * @param image the image to change; not shorter than the parts
     */
    public void refreshHeader(byte[] image) {
        if (all.isEmpty() || image.length < all.get(all.size() - 1).end()) {
            return;
        }
        Words.set(image, ImageLayout.SIZE_WORD, all.get(all.size() - 1).end());
        for (int i = all.size() - 1; i >= 0; i--) {
            long payload = all.get(i).start() + Section.HEADER;
            if (all.get(i).type() == Section.INFO) {
                Words.set(image, ImageLayout.INFO_POINTER,
                        (long) Words.balancingByte(payload) << 24 | payload);
            } else if (all.get(i).type() == Section.GUID) {
                Words.set(image, ImageLayout.GUID_POINTER, payload);
            }
        }
    }

    private static boolean isBlank(byte[] image, Part part) {
        for (int at = part.start() + Section.HEADER; at < part.crcAt(); at++) {
            if (image[at] != (byte) 0xFF) {
                return false;
            }
        }
        return Words.get(image, part.crcAt()) == 0xFFFF;
    }
}
