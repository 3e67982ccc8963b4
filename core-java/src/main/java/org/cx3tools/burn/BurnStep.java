// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.util.List;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.Fs2Image;

/** One step of a burn, in the order in which the plan lists them. */
public sealed interface BurnStep {

    /**
     * A contiguous stretch of flash.
     *
     * @param logical offset in the image in bytes
     * @param physical flash address in bytes
     * @param length bytes
     */
    record Range(long logical, long physical, int length) {
        /** {@return address behind the last byte} */
        public long end() {
            return physical + length;
        }
    }

    /** {@return what is done, as a clause for a person: "writing the new image to slot 1"} */
    String text();

    /**
     * An image is made invalid: its first word is programmed to zero, without an erase.
     *
     * @param start flash address of its first byte
     * @param why what it is: "old", "stale"
     */
    record Invalidate(long start, String why) implements BurnStep {
        @Override
        public String text() {
            return String.format("invalidating the %s image at 0x%x", why, start);
        }
    }

    /**
     * Everything behind the signature is written.
     *
     * @param image the image
     * @param ranges where, in the order of writing; what is shared with an image that stays is left
     *     out
     * @param name what it is: "the new image"
     */
    record WriteBody(Fs2Image image, List<Range> ranges, String name) implements BurnStep {
        /** Keeps a copy. */
        public WriteBody {
            ranges = List.copyOf(ranges);
        }

        /** {@return bytes to write} */
        public long length() {
            return ranges.stream().mapToLong(Range::length).sum();
        }

        @Override
        public String text() {
            return "writing " + name + " without its signature";
        }
    }

    /**
     * The whole image is read back, compared and verified; bad pages are written again.
     *
     * @param image the image
     * @param ranges where, in ascending logical order
     * @param name what it is
     */
    record VerifySlot(Fs2Image image, List<Range> ranges, String name) implements BurnStep {
        /** Keeps a copy. */
        public VerifySlot {
            ranges = List.copyOf(ranges);
        }

        @Override
        public String text() {
            return "verifying " + name;
        }
    }

    /**
     * The signature is programmed and read back. From here on the new image is complete.
     *
     * @param start flash address
     */
    record WriteSignature(long start) implements BurnStep {
        @Override
        public String text() {
            return String.format("writing the signature at 0x%x", start);
        }
    }

    /**
     * The first 4 KiB are compared again, now with their signature.
     *
     * @param start flash address
     * @param head the bytes, at most 4096
     * @param name what it is
     */
    record VerifyHead(long start, Bytes head, String name) implements BurnStep {
        @Override
        public String text() {
            return "verifying the start of " + name;
        }
    }

    /**
     * The whole image is read back and compared once more, signature and all.
     *
     * @param image the image
     * @param ranges where, in ascending logical order
     * @param name what it is
     */
    record VerifyAgain(Fs2Image image, List<Range> ranges, String name) implements BurnStep {
        /** Keeps a copy. */
        public VerifyAgain {
            ranges = List.copyOf(ranges);
        }

        @Override
        public String text() {
            return "verifying all of " + name + " again";
        }
    }

    /**
     * The chip is told where to start after its next reset. A failure is only a warning.
     *
     * @param start flash address
     */
    record SetBootAddress(long start) implements BurnStep {
        @Override
        public String text() {
            return String.format("setting the boot address to 0x%x", start);
        }
    }

    /**
     * Other parts of the flash get their content: the settings of the firmware, what a backup holds.
     *
     * @param areas what goes where
     * @param text what is done
     */
    record WriteAreas(List<Area> areas, String text) implements BurnStep {
        /**
         * A stretch of flash and what it is to hold.
         *
         * @param physical flash address in bytes
         * @param content the bytes
         */
        public record Area(long physical, Bytes content) {}

        /** Keeps a copy. */
        public WriteAreas {
            areas = List.copyOf(areas);
        }

        /** The settings of the firmware. */
        static WriteAreas settings(List<Area> areas) {
            return new WriteAreas(areas, "putting what belongs to it, such as the settings of the firmware");
        }
    }
}
