// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.image.FirmwareVersion;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.GuidBlock;
import org.cx3tools.image.ImageFixture;
import org.cx3tools.image.ImageReader;
import org.cx3tools.image.LogicalMedium;
import org.cx3tools.image.Medium;
import org.junit.jupiter.api.Test;

class ImageQueryTest {
    private static final Bytes ROM = new BytesBuilder().fill(0, 512)
            .set(0, Bytes.ofHex("55aa0100")).build();

    private final Bytes plain = new ImageFixture().rom(ROM).build();

    @Test
    void queryOfAFileShowsWhatIsInTheImage() {
        ImageQuery query = ImageQuery.of(ImageFixture.parsed(plain));
        assertThat(query.failsafe()).isTrue();
        assertThat(query.chunkSize()).isEqualTo(0x10000);
        assertThat(query.size()).isEqualTo(plain.length());
        assertThat(query.fwVersion()).hasValue(new FirmwareVersion(2, 36, 5000));
        assertThat(query.psid()).hasValue("TEST_01");
        assertThat(query.hwAccessKeySet()).hasValue(false);
        assertThat(query.romSize()).isEqualTo(512);
        assertThat(query.mac(2)).hasValue(0x0002c9000012L);
        assertThat(query.blankGuids()).isFalse();
    }

    @Test
    void queryOfASlotEqualsTheOneOfTheFileButForTheSlot() throws Exception {
        Fs2Image image = ImageFixture.parsed(plain);
        Medium flash = Medium.of(ImageReader.toFlash(image, 0x40000, 1));
        LogicalMedium slot = ImageReader.open(flash, 0x10000);
        ImageQuery query = ImageQuery.of(slot, true);
        assertThat(query.slot()).isEqualTo(1);
        assertThat(query).usingRecursiveComparison().ignoringFields("slot")
                .isEqualTo(ImageQuery.of(image));
        assertThat(ImageQuery.of(slot, false).rom()).isEmpty();
    }

    @Test
    void queryOfASlotChecksOnlyTheRom() throws Exception {
        Bytes badGuid = ImageFixture.with(plain, ImageFixture.GUID + 532 + 24, 0);
        assertThat(ImageQuery.of(LogicalMedium.contiguous(Medium.of(badGuid)), true).guids())
                .isPresent();
        Bytes badRom = ImageFixture.with(plain, ImageFixture.GUID + 100, 0x1234);
        assertThatThrownBy(() -> ImageQuery.of(
                LogicalMedium.contiguous(Medium.of(badRom)), true))
                .isInstanceOf(FormatException.class).hasMessageContaining("CRC of section ROM");
    }

    @Test
    void blankGuidsHaveNoMac() {
        ImageQuery query = ImageQuery.of(ImageFixture.parsed(
                new ImageFixture().guids(GuidBlock.blank(6)).build()));
        assertThat(query.blankGuids()).isTrue();
        assertThat(query.mac(1)).isEmpty();
    }
}
