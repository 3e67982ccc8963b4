// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.imagemaker;

import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Images as they lie on a flash: failsafe ones interleaved in chunks, slot 0 in the even and slot
 * 1 in the odd chunks; others from address 0 without a gap.
 */
public final class FlashDump {
    private FlashDump() {
    }

    /**
     * An erased flash.
     *
     * @param size in bytes
     * @return all-ones bytes
     */
    public static byte[] blank(int size) {
        byte[] flash = new byte[size];
        Arrays.fill(flash, (byte) 0xFF);
        return flash;
    }

    /**
     * Puts an image into a slot.
     *
     * @param flash the dump to change
     * @param image the contiguous image
     * @param log2Chunk 16 to 23, or empty for an image that is not failsafe
     * @param slot  0 or 1; only 0 without chunks
     * @throws IllegalArgumentException if the image does not fit
     */
    public static void put(byte[] flash, byte[] image, OptionalInt log2Chunk, int slot) {
        if (log2Chunk.isEmpty() && slot != 0) {
            throw new IllegalArgumentException("an image that is not failsafe has no slot 1");
        }
        int chunk = log2Chunk.isEmpty() ? image.length : 1 << log2Chunk.getAsInt();
        for (int from = 0, index = slot; from < image.length; from += chunk, index += 2) {
            int length = Math.min(chunk, image.length - from);
            long to = (long) index * chunk;
            if (to + length > flash.length) {
                throw new IllegalArgumentException("an image of " + image.length
                        + " bytes does not fit into slot " + slot + " of " + flash.length);
            }
            System.arraycopy(image, from, flash, (int) to, length);
        }
    }

    /**
     * The bytes a flash needs so that both slots hold an image.
     *
     * @param imageLength contiguous length in bytes
     * @param log2Chunk   16 to 23, or empty
     * @return a power of two
     */
    public static int sizeFor(int imageLength, OptionalInt log2Chunk) {
        long need = imageLength;
        if (log2Chunk.isPresent()) {
            long chunk = 1L << log2Chunk.getAsInt();
            need = (imageLength + chunk - 1) / chunk * chunk * 2;
        }
        return Math.toIntExact(Math.max(0x20000, Long.highestOneBit(need * 2 - 1)));
    }
}
