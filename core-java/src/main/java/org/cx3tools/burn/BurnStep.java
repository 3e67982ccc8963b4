// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.util.List;

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
     * @param ranges where, in the order of writing
     */
    record WriteBody(List<Range> ranges) implements BurnStep {
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
            return "writing the new image without its signature";
        }
    }

    /**
     * The whole slot is read back, compared and verified; bad pages are written again.
     *
     * @param ranges where, in ascending logical order
     */
    record VerifySlot(List<Range> ranges) implements BurnStep {
        /** Keeps a copy. */
        public VerifySlot {
            ranges = List.copyOf(ranges);
        }

        @Override
        public String text() {
            return "verifying the new image";
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
     * @param length bytes, at most 4096
     */
    record VerifyHead(long start, int length) implements BurnStep {
        @Override
        public String text() {
            return "verifying the start of the new image";
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
}
