// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import java.io.IOException;
import java.util.Objects;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;

/**
 * One slot of a medium, read by offsets in the image. The only place where reading crosses chunk
 * borders.
 *
 * @param medium what is read
 * @param map how the image lies on it
 * @param slot 0 or 1
 */
public record LogicalMedium(Medium medium, ChunkMap map, int slot) {
    /** Checks that nothing is missing. */
    public LogicalMedium {
        Objects.requireNonNull(medium, "medium");
        Objects.requireNonNull(map, "map");
    }

    /**
     * Takes a medium as it is, as for a release file.
     *
     * @param medium what is read
     * @return offsets are equal to addresses
     */
    public static LogicalMedium contiguous(Medium medium) {
        return new LogicalMedium(medium, ChunkMap.contiguous(), 0);
    }

    /**
     * Reads a range of the image.
     *
     * @param logical offset of the first byte
     * @param length number of bytes
     * @return the bytes
     * @throws IOException if a part is outside the medium or the medium fails
     */
    public Bytes read(long logical, int length) throws IOException {
        long within = map.failsafe() ? map.chunkSize() - (logical & map.chunkSize() - 1) : length;
        if (length <= within) {
            return medium.read(map.physical(logical, slot), length);
        }
        // Look at the last byte first, so that a wrong size does not take memory.
        medium.read(map.physical(logical + length - 1, slot), 1);
        BytesBuilder all = new BytesBuilder(length);
        for (ChunkMap.Piece piece : map.split(logical, length, slot)) {
            all.add(medium.read(piece.physical(), piece.length()));
        }
        return all.build();
    }

    /** {@return number of bytes of this slot that are on the medium} */
    public long size() {
        if (!map.failsafe()) {
            return medium.size();
        }
        long chunk = map.chunkSize();
        long pairs = medium.size() / (2 * chunk);
        long rest = medium.size() % (2 * chunk) - slot * chunk;
        return pairs * chunk + Math.max(0, Math.min(chunk, rest));
    }
}
