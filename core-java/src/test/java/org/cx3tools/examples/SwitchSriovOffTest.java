// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.cx3tools.burn.FlashReader;
import org.cx3tools.device.Device;
import org.cx3tools.device.Devices;
import org.cx3tools.flash.Progress;
import org.cx3tools.image.BoardFile;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.VirtualCardOptions;
import org.cx3tools.synthetic.VirtualCards;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwitchSriovOffTest {
    @TempDir
    private Path folder;

    @Test
    void theExampleSwitchesOneSettingOffAndKeepsTheRest() throws Exception {
        Path card = folder.resolve("card.sim");
        VirtualCards.create(card, VirtualCardOptions.of(CardModel.HP_764285_B21));
        Path backup = folder.resolve("backup.bin");
        Fs2Image before = image("sim:" + card);
        assertThat(SwitchSriovOff.switchOff("sim:" + card, backup)).startsWith("Burnt to slot 1");

        Fs2Image after = image("sim:" + card);
        assertThat(board(before).get("HCA", "sriov_en")).contains("1");
        assertThat(board(after).get("HCA", "sriov_en")).contains("0");
        assertThat(after.guids()).isEqualTo(before.guids());
        assertThat(after.romPayload()).isEqualTo(before.romPayload());
        assertThat(image("file:" + backup)).isEqualTo(before);
        assertThat(Files.size(backup)).isEqualTo(0x200000);
    }

    private static Fs2Image image(String name) throws Exception {
        try (Device device = Devices.open(name)) {
            FlashReader.Reading reading = FlashReader.current(device.flash(), Progress.NONE);
            assertThat(reading.problems()).isEmpty();
            return reading.image();
        }
    }

    private static BoardFile board(Fs2Image image) throws Exception {
        return BoardFile.parse(image.fwConfiguration().orElseThrow().toArray());
    }
}
