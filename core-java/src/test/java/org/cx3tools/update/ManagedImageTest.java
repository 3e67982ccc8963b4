// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.cx3tools.binary.Bytes;
import org.cx3tools.device.Device;
import org.cx3tools.device.Devices;
import org.cx3tools.image.FirmwareVersion;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageEditor;
import org.cx3tools.image.Section;
import org.cx3tools.image.SectionType;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagedImageTest {
    private static final FirmwareVersion VERSION = new FirmwareVersion(2, 42, 5700);
    private static final Fs2Image IMAGE = SyntheticImage.of(CardModel.HP_764285_B21).small()
            .rom(true).version(VERSION).build();

    @TempDir
    private Path folder;

    @Test
    void versionsAndTextsComeOutOfTheImage() throws Exception {
        ManagedImage image = ManagedImage.ofImage(IMAGE.bytes());
        assertThat(image.query().fwVersion()).contains(VERSION);
        assertThat(image.partNumber()).contains("764285-B21_Ax");
        assertThat(image.description().orElseThrow()).startsWith("HP InfiniBand FDR/Ethernet");
        assertThat(image.roms()).containsOnlyKeys("PXE", "UEFI");
        assertThat(image.roms().get("PXE")).matches("3\\.4\\.\\d{4}");
    }

    @Test
    void aBoardFileThatCannotBeReadCostsOnlyItsTexts() throws Exception {
        byte[] bytes = IMAGE.bytes().toArray();
        Section board = IMAGE.section(SectionType.FW_CONFIGURATION).orElseThrow();
        bytes[board.payloadStart() + 4] ^= 1;
        ManagedImage image = ManagedImage.ofImage(Bytes.of(bytes));
        assertThat(image.partNumber()).isEmpty();
        assertThat(image.description()).isEmpty();
        assertThat(image.query().psid()).contains("HP_1380110017");
    }

    @Test
    void aDamagedRomIsAnError() throws Exception {
        byte[] bytes = IMAGE.bytes().toArray();
        bytes[IMAGE.section(SectionType.ROM).orElseThrow().payloadStart() + 16] ^= 1;
        assertThatThrownBy(() -> ManagedImage.ofImage(Bytes.of(bytes)))
                .isInstanceOf(FormatException.class).hasMessageContaining("CRC of section ROM");
        assertThat(ManagedImage.ofImage(ImageEditor.withoutRom(IMAGE).bytes()).roms()).isEmpty();
    }

    @Test
    void aBlankFlashHasNoImage() throws Exception {
        byte[] flash = new byte[2 << 20];
        Arrays.fill(flash, (byte) 0xff);
        Path file = Files.write(folder.resolve("flash.bin"), flash);
        try (Device device = Devices.open("file:" + file)) {
            assertThat(ManagedImage.ofCard(device)).isEmpty();
        }
    }
}
