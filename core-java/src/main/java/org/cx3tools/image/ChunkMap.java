// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the bytes of an image are on flash (fs2-image 3.1).
 *
 * <p>A failsafe flash is cut into chunks of {@code 2^log2Chunk} bytes. Even chunks belong to
 * slot 0, odd ones to slot 1, so the physical address of a logical one has the slot number as an
 * extra bit at position {@code log2Chunk}. Without failsafe both addresses are equal.
 *
 * @param failsafe true if the flash is interleaved
 * @param log2Chunk 16 to 23 if failsafe, else 0
 */
public record ChunkMap(boolean failsafe, int log2Chunk) {
    private static final ChunkMap CONTIGUOUS = new ChunkMap(false, 0);

    /** One stretch that is contiguous on flash. */
    public record Piece(long logical, long physical, int length) {
    }

    /** Checks the range of the chunk size. */
    public ChunkMap {
        if (failsafe ? log2Chunk < 16 || log2Chunk > 23 : log2Chunk != 0) {
            throw new IllegalArgumentException("no such chunk size: 2^" + log2Chunk);
        }
    }

    /** {@return the map of an image that is not interleaved} */
    public static ChunkMap contiguous() {
        return CONTIGUOUS;
    }

    /** {@return chunk size in bytes; 0 if not failsafe} */
    public long chunkSize() {
        return failsafe ? 1L << log2Chunk : 0;
    }

    /**
     * Tells where a slot begins.
     *
     * @param slot 0 or 1
     * @return physical address of its first byte
     */
    public long startOf(int slot) {
        return physical(0, slot);
    }

    /**
     * Translates to a flash address.
     *
     * @param logical offset in the image, 0 or more
     * @param slot 0 or 1; must be 0 if not failsafe
     * @return physical address in bytes
     */
    public long physical(long logical, int slot) {
        checkSlot(slot);
        if (!failsafe) {
            return logical;
        }
        long low = (1L << log2Chunk) - 1;
        return logical & low | (long) slot << log2Chunk | (logical & ~low) << 1;
    }

    /**
     * Translates to an offset in the image.
     *
     * @param physical physical address in bytes
     * @return the offset; which slot it is in tells {@link #slotOf}
     */
    public long logical(long physical) {
        if (!failsafe) {
            return physical;
        }
        long low = (1L << log2Chunk) - 1;
        return physical & low | physical >> 1 & ~low;
    }

    /**
     * Tells which slot an address is in.
     *
     * @param physical physical address in bytes
     * @return 0 or 1; 0 if not failsafe
     */
    public int slotOf(long physical) {
        return failsafe ? (int) (physical >> log2Chunk & 1) : 0;
    }

    /**
     * Cuts a range of an image at chunk borders.
     *
     * @param logical first offset
     * @param length number of bytes
     * @param slot 0 or 1
     * @return the pieces in ascending order, each contiguous on flash; none for length 0
     */
    public List<Piece> split(long logical, int length, int slot) {
        List<Piece> pieces = new ArrayList<>();
        long at = logical;
        long end = logical + length;
        while (at < end) {
            long stop = failsafe ? Math.min(end, (at >> log2Chunk) + 1 << log2Chunk) : end;
            pieces.add(new Piece(at, physical(at, slot), (int) (stop - at)));
            at = stop;
        }
        return pieces;
    }

    private void checkSlot(int slot) {
        if (slot != 0 && (slot != 1 || !failsafe)) {
            throw new IllegalArgumentException("no such slot: " + slot);
        }
    }
}
