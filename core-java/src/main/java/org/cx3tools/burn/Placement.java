// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.util.ArrayList;
import java.util.List;
import org.cx3tools.image.ChunkMap;
import org.cx3tools.image.Fs2Image;

/**
 * One way for an image to lie on a flash.
 *
 * @param map how it is cut
 * @param slot 0 or 1; 0 when it is not cut
 */
public record Placement(ChunkMap map, int slot) {
    private static final int LOWEST_LOG2_CHUNK = 16;
    private static final int HIGHEST_LOG2_CHUNK = 23;

    /** {@return where an image says that it lies, in this slot} */
    static Placement of(Fs2Image image, int slot) {
        return new Placement(image.header().chunkMap(), slot);
    }

    /** All ways that a flash of this size has, simple ones first. */
    static List<Placement> all(long flashBytes) {
        List<Placement> all = new ArrayList<>();
        all.add(new Placement(ChunkMap.contiguous(), 0));
        for (int log2 = HIGHEST_LOG2_CHUNK; log2 >= LOWEST_LOG2_CHUNK; log2--) {
            ChunkMap map = new ChunkMap(true, log2);
            if (2 * map.chunkSize() <= flashBytes) {
                all.add(new Placement(map, 1));
                all.add(new Placement(map, 0));
            }
        }
        return all;
    }

    /** {@return flash address of the first byte} */
    public long start() {
        return map.startOf(slot);
    }

    /** Physical ranges of an image of this size, in ascending logical order. */
    List<BurnStep.Range> ranges(int size) {
        return Layout.pieces(map, slot, size);
    }

    /** {@return as a clause for a person: "at 0x80000 in chunks of 512 KiB"} */
    public String text() {
        return String.format("at 0x%x", start()) + (map.failsafe()
                ? ", failsafe in chunks of " + map.chunkSize() / 1024 + " KiB" : ", not failsafe");
    }
}
