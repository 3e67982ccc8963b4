// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.imagemaker;

import java.util.Arrays;
import java.util.Locale;

/**
 * A good image with one broken field. Checksums are redone where the field would otherwise be
 * caught by them, so that each kind tests the check it is named after.
 */
public enum Damage {
    /** A magic word. */
    MAGIC {
        @Override
        byte[] apply(ImageLayout image, byte[] copy) {
            copy[5] ^= 0x10;
            return copy;
        }
    },
    /** The check byte of the failsafe word. */
    FAILSAFE_CHECK_BYTE {
        @Override
        byte[] apply(ImageLayout image, byte[] copy) {
            copy[ImageLayout.FAILSAFE_WORD] ^= 0x01;
            return recrc(image, copy);
        }
    },
    /** The check byte of the Image Info pointer. */
    INFO_POINTER_CHECK_BYTE {
        @Override
        byte[] apply(ImageLayout image, byte[] copy) {
            copy[ImageLayout.INFO_POINTER] ^= 0x40;
            return recrc(image, copy);
        }
    },
    /** An Image Info pointer behind the image. */
    INFO_POINTER_TOO_LARGE {
        @Override
        byte[] apply(ImageLayout image, byte[] copy) {
            long pointer = 0xFFFFF0;
            Words.set(copy, ImageLayout.INFO_POINTER,
                    (long) Words.balancingByte(pointer) << 24 | pointer);
            return recrc(image, copy);
        }
    },
    /** A GUID pointer behind the image. */
    GUID_POINTER_TOO_LARGE {
        @Override
        byte[] apply(ImageLayout image, byte[] copy) {
            Words.set(copy, ImageLayout.GUID_POINTER, 0x0FFFFFF0L);
            return recrc(image, copy);
        }
    },
    /** Four bytes less than the image has. */
    IMAGE_SIZE_TOO_SMALL {
        @Override
        byte[] apply(ImageLayout image, byte[] copy) {
            Words.set(copy, ImageLayout.SIZE_WORD, copy.length - 4L);
            return recrc(image, copy);
        }
    },
    /** More bytes than the image has. */
    IMAGE_SIZE_TOO_LARGE {
        @Override
        byte[] apply(ImageLayout image, byte[] copy) {
            Words.set(copy, ImageLayout.SIZE_WORD, copy.length + 0x1000L);
            return recrc(image, copy);
        }
    },
    /** The size of erased flash in the first BOOT2. */
    BOOT_SIZE_ERASED {
        @Override
        byte[] apply(ImageLayout image, byte[] copy) {
            Words.set(copy, image.boots().get(0) + 4, 0xFFFFFFFFL);
            return recrc(image, copy);
        }
    },
    /** A BOOT2 of fewer words than one can have. */
    BOOT_SIZE_TOO_SMALL {
        @Override
        byte[] apply(ImageLayout image, byte[] copy) {
            Words.set(copy, image.boots().get(0) + 4, 3);
            return recrc(image, copy);
        }
    },
    /** One bit in the code of the last BOOT2. */
    BOOT_CONTENT {
        @Override
        byte[] apply(ImageLayout image, byte[] copy) {
            copy[image.boots().get(image.boots().size() - 1) + 12] ^= 0x02;
            return fullCrc(copy);
        }
    },
    /** Garbage in the upper half of a BOOT2 CRC word. */
    BOOT_CRC_UPPER_HALF {
        @Override
        byte[] apply(ImageLayout image, byte[] copy) {
            copy[image.boots().get(0) + image.plan().boots().get(0).totalLength() - 4] = 1;
            return fullCrc(copy);
        }
    },
    /** A section larger than any may be. */
    SECTION_SIZE_HUGE {
        @Override
        byte[] apply(ImageLayout image, byte[] copy) {
            Words.set(copy, last(image) + 4, 0x7FFFFFFFL);
            return recrc(image, copy);
        }
    },
    /** A last section that would end behind the file. */
    SECTION_SIZE_BEYOND_FILE {
        @Override
        byte[] apply(ImageLayout image, byte[] copy) {
            Words.set(copy, last(image) + 4, Words.get(copy, last(image) + 4) + 64);
            return recrc(image, copy);
        }
    },
    /** One bit in a section header's param word. */
    SECTION_HEADER_BIT {
        @Override
        byte[] apply(ImageLayout image, byte[] copy) {
            copy[last(image) + 9] ^= 0x08;
            return fullCrc(copy);
        }
    },
    /** The checksum of the last section. */
    SECTION_CRC {
        @Override
        byte[] apply(ImageLayout image, byte[] copy) {
            copy[copy.length - 1] ^= 0x01;
            return fullCrc(copy);
        }
    },
    /** Garbage in the upper half of a section's CRC word. */
    SECTION_CRC_UPPER_HALF {
        @Override
        byte[] apply(ImageLayout image, byte[] copy) {
            copy[copy.length - 4] = (byte) 0xFF;
            return fullCrc(copy);
        }
    },
    /** A chain that ends after its first section. */
    CHAIN_ENDS_EARLY {
        @Override
        byte[] apply(ImageLayout image, byte[] copy) {
            Words.set(copy, image.sections().get(0) + 12, ImageLayout.LAST);
            return recrc(image, copy);
        }
    },
    /** A chain that goes back to where it was. */
    CHAIN_LOOPS {
        @Override
        byte[] apply(ImageLayout image, byte[] copy) {
            Words.set(copy, last(image) + 12, image.sections().get(0));
            return recrc(image, copy);
        }
    },
    /** A chain that goes on behind the file. */
    CHAIN_LEAVES_FILE {
        @Override
        byte[] apply(ImageLayout image, byte[] copy) {
            Words.set(copy, last(image) + 12, copy.length + 0x100L);
            return recrc(image, copy);
        }
    },
    /** A next pointer that is no multiple of four. */
    CHAIN_MISALIGNED {
        @Override
        byte[] apply(ImageLayout image, byte[] copy) {
            int at = image.sections().get(0) + 12;
            Words.set(copy, at, image.sections().get(1) + 2L);
            return recrc(image, copy);
        }
    },
    /** The checksum over all. */
    FULL_CRC {
        @Override
        byte[] apply(ImageLayout image, byte[] copy) {
            copy[ImageLayout.CRC_WORD + 3] ^= 0x01;
            return copy;
        }
    },
    /** An info tag that goes on behind the section. */
    INFO_TAG_OVERRUNS {
        @Override
        byte[] apply(ImageLayout image, byte[] copy) {
            int at = image.offsetOf(Section.INFO) + Section.HEADER;
            Words.set(copy, at, Words.get(copy, at) & 0xFF000000L | 0x1000);
            return recrc(image, copy);
        }
    },
    /** More than 32 GUID entries. */
    GUID_COUNT {
        @Override
        byte[] apply(ImageLayout image, byte[] copy) {
            Words.set(copy, image.offsetOf(Section.GUID) + 4, 66);
            return recrc(image, copy);
        }
    },
    /** A blank checksum over GUIDs that are not blank. */
    GUID_CRC_BLANK {
        @Override
        byte[] apply(ImageLayout image, byte[] copy) {
            int at = image.offsetOf(Section.GUID);
            Words.set(copy, at + Section.HEADER, 0x0002C903L);
            int length = (int) Words.get(copy, at + 4) * 4;
            Words.set(copy, at + Section.HEADER + length, 0xFFFF);
            return fullCrc(copy);
        }
    },
    /** A first GUID and a checksum that are blank before GUIDs that are not. */
    FIRST_GUID_BLANK {
        @Override
        byte[] apply(ImageLayout image, byte[] copy) {
            int at = image.offsetOf(Section.GUID);
            int length = (int) Words.get(copy, at + 4) * 4;
            Words.set(copy, at + Section.HEADER, 0xFFFFFFFFL);
            Words.set(copy, at + Section.HEADER + 4, 0xFFFFFFFFL);
            Words.set(copy, at + Section.HEADER + 8, 0x0002C903L);
            Words.set(copy, at + Section.HEADER + length, 0xFFFF);
            return fullCrc(copy);
        }
    },
    /** A size that is the right one only in 32 bits. */
    SECTION_SIZE_WRAPS {
        @Override
        byte[] apply(ImageLayout image, byte[] copy) {
            int at = image.offsetOf(Section.INFO);
            Words.set(copy, at + 4, Words.get(copy, at + 4) | 0x40000000L);
            return recrc(image, copy);
        }
    },
    /** A format that does not exist. */
    FORMAT_VERSION {
        @Override
        byte[] apply(ImageLayout image, byte[] copy) {
            copy[ImageLayout.FORMAT_WORD] = 1;
            return recrc(image, copy);
        }
    },
    /** The last word of the file is missing. */
    LAST_WORD_MISSING {
        @Override
        byte[] apply(ImageLayout image, byte[] copy) {
            return Arrays.copyOf(copy, copy.length - 4);
        }
    },
    /** Half of the file is missing. */
    HALF_MISSING {
        @Override
        byte[] apply(ImageLayout image, byte[] copy) {
            return Arrays.copyOf(copy, copy.length / 8 * 4);
        }
    },
    /** The last byte of the file is missing. */
    LAST_BYTE_MISSING {
        @Override
        byte[] apply(ImageLayout image, byte[] copy) {
            return Arrays.copyOf(copy, copy.length - 1);
        }
    };

    abstract byte[] apply(ImageLayout image, byte[] copy);

    /**
     * Breaks the field in a copy.
     *
     * @param image a good image with GUIDs, at least three sections and an Image Info section
     * @return the broken image
     */
    public byte[] of(ImageLayout image) {
        return apply(image, image.bytes().clone());
    }

    /**
     * The name on a command line.
     *
     * @return lower case with dashes
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static int last(ImageLayout image) {
        return image.sections().get(image.sections().size() - 1);
    }

    private static byte[] recrc(ImageLayout image, byte[] copy) {
        image.refreshCrcs(copy);
        return copy;
    }

    private static byte[] fullCrc(byte[] copy) {
        ImageLayout.refreshFullCrc(copy);
        return copy;
    }
}
