// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.junit.jupiter.api.Test;

class ImageReaderTest {
    private static final int FLASH = 0x80000;

    /** Longer than one chunk of 64 KiB, so that it is spread. */
    private final Fs2Image image = ImageFixture.parsed(new ImageFixture()
            .section(1, new BytesBuilder().fill(0x3c, 0x18000).build()).build());

    @Test
    void imageIsReadBackFromEitherSlot() throws Exception {
        for (int slot = 0; slot < 2; slot++) {
            Medium flash = Medium.of(ImageReader.toFlash(image, FLASH, slot));
            assertThat(ImageLocator.starts(flash)).isEqualTo(List.of(slot * 0x10000L));
            assertThat(ImageReader.read(flash, slot * 0x10000L)).isEqualTo(image);
        }
    }

    @Test
    void slotsLeaveEachOtherAlone() throws Exception {
        Bytes first = ImageReader.toFlash(image, FLASH, 0);
        Bytes second = ImageReader.toFlash(image, FLASH, 1);
        for (int at = 0; at < FLASH; at += 64) {
            assertThat(first.slice(at, 64).isFilledWith(0xff)
                    || second.slice(at, 64).isFilledWith(0xff)).as("offset %d", at).isTrue();
        }
    }

    @Test
    void failsafeImageMustStartAtZeroOrAtItsChunkSize() {
        Bytes moved = new BytesBuilder().fill(0xff, 0x20000).add(image.bytes()).build();
        assertThatThrownBy(() -> ImageReader.open(Medium.of(moved), 0x20000))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("start address of the image");
    }

    @Test
    void notFailsafeImageMustStartAtZero() throws Exception {
        Bytes plain = new ImageFixture().notFailsafe().build();
        assertThat(ImageReader.read(Medium.of(plain), 0).bytes()).isEqualTo(plain);
        Bytes moved = new BytesBuilder().fill(0xff, 0x10000).add(plain).build();
        assertThatThrownBy(() -> ImageReader.open(Medium.of(moved), 0x10000))
                .isInstanceOf(FormatException.class).hasMessageContaining("not failsafe");
    }

    @Test
    void imageThatIsTooLargeForItsSlotIsRefused() {
        assertThatThrownBy(() -> ImageReader.toFlash(image, 0x20000, 1))
                .isInstanceOf(FormatException.class).hasMessageContaining("image size");
    }

    @Test
    void sizeOfASlotCountsItsChunksOnly() {
        ChunkMap map = new ChunkMap(true, 16);
        Medium flash = Medium.of(new BytesBuilder().fill(0, 0x38000).build());
        assertThat(new LogicalMedium(flash, map, 0).size()).isEqualTo(0x20000);
        assertThat(new LogicalMedium(flash, map, 1).size()).isEqualTo(0x18000);
    }

    @Test
    void readingBehindTheMediumIsAnError() {
        Medium small = Medium.of(Bytes.ofHex("00010203"));
        assertThatThrownBy(() -> small.read(2, 4)).isInstanceOf(IOException.class)
                .hasMessageContaining("address 0x2");
    }

    @Test
    void magicIsFoundOnlyWhereAnImageMayBegin() throws IOException {
        BytesBuilder flash = new BytesBuilder().fill(0xff, 0x40010);
        flash.set(0x30000, ImageLocator.MAGIC).set(0x40000, ImageLocator.MAGIC);
        assertThat(ImageLocator.starts(Medium.of(flash.build()))).containsExactly(0x40000L);
        Bytes cut = flash.build().slice(0, 0x4000c);
        assertThat(ImageLocator.starts(Medium.of(cut))).isEmpty();
    }
}
