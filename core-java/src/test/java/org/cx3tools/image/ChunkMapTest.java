// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.cx3tools.binary.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkMapTest {
    private static final ChunkMap HALF_MIB = new ChunkMap(true, 19);

    /* Passport: the worked example of fs2-image 3.1, from the reference translation. */
    @ParameterizedTest
    @CsvSource({"0, 0, 80000", "3b50, 3b50, 83b50", "7ffff, 7ffff, fffff",
        "80000, 100000, 180000", "a791f, 12791f, 1a791f", "f0000, 170000, 1f0000"})
    void workedExampleIsMet(String logical, String slot0, String slot1) {
        long from = Long.parseLong(logical, 16);
        assertThat(HALF_MIB.physical(from, 0)).isEqualTo(Long.parseLong(slot0, 16));
        assertThat(HALF_MIB.physical(from, 1)).isEqualTo(Long.parseLong(slot1, 16));
    }

    @Test
    void translationThereAndBackIsTheSame() {
        Random random = Seed.start("thereAndBack");
        for (int i = 0; i < 1000; i++) {
            ChunkMap map = new ChunkMap(true, 16 + random.nextInt(8));
            long logical = random.nextInt(1 << 24);
            int slot = random.nextInt(2);
            long physical = map.physical(logical, slot);
            assertThat(map.logical(physical)).isEqualTo(logical);
            assertThat(map.slotOf(physical)).isEqualTo(slot);
        }
    }

    @Test
    void noAddressBelongsToTwoOffsets() {
        ChunkMap map = new ChunkMap(true, 16);
        boolean[] taken = new boolean[64];
        for (int slot = 0; slot < 2; slot++) {
            for (long chunk = 0; chunk < 32; chunk++) {
                int at = (int) (map.physical(chunk << 16, slot) >> 16);
                assertThat(taken[at]).isFalse();
                taken[at] = true;
            }
        }
    }

    @Test
    void splitPiecesCoverTheRangeAndStayInOneChunk() {
        Random random = Seed.start("split");
        for (int i = 0; i < 300; i++) {
            ChunkMap map = new ChunkMap(true, 16 + random.nextInt(4));
            long logical = random.nextInt(1 << 22);
            int length = random.nextInt(1 << 20);
            int slot = random.nextInt(2);
            long at = logical;
            for (ChunkMap.Piece piece : map.split(logical, length, slot)) {
                assertThat(piece.logical()).isEqualTo(at);
                assertThat(piece.physical()).isEqualTo(map.physical(at, slot));
                assertThat(piece.length()).isPositive();
                assertThat(map.physical(at + piece.length() - 1, slot))
                        .isEqualTo(piece.physical() + piece.length() - 1);
                at += piece.length();
            }
            assertThat(at).isEqualTo(logical + length);
        }
    }

    @Test
    void contiguousMapChangesNothing() {
        ChunkMap map = ChunkMap.contiguous();
        assertThat(map.physical(0x123456, 0)).isEqualTo(0x123456);
        assertThat(map.split(16, 1 << 24, 0))
                .isEqualTo(List.of(new ChunkMap.Piece(16, 16, 1 << 24)));
        assertThatThrownBy(() -> map.physical(0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void chunkSizesOutsideTheFormatAreRefused() {
        for (int log2 : new int[] {0, 15, 24}) {
            assertThatThrownBy(() -> new ChunkMap(true, log2))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
