// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cx3tools.burn.BurnListener;
import org.cx3tools.burn.BurnOptions;
import org.cx3tools.burn.BurnPlan;
import org.cx3tools.burn.BurnWork;
import org.cx3tools.burn.Burner;
import org.cx3tools.burn.FlashContent;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceAddress;
import org.cx3tools.device.DeviceException;
import org.cx3tools.device.Devices;
import org.cx3tools.device.OpenOptions;
import org.cx3tools.device.VirtualCard;
import org.cx3tools.flash.Progress;
import org.cx3tools.image.FirmwareVersion;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticImage;
import org.cx3tools.synthetic.VirtualCardOptions;
import org.cx3tools.synthetic.VirtualCards;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RehearsalTest {
    @TempDir
    private Path folder;

    private static Fs2Image image(int subminor) {
        return SyntheticImage.of(CardModel.HP_764285_B21).version(new FirmwareVersion(2, 42, subminor)).small()
            .seed(subminor).build();
    }

    private Device open(String name) throws DeviceException {
        return Devices.open(DeviceAddress.parse("sim:" + folder.resolve(name)),
            OpenOptions.defaults().withLockDir(folder.resolve("locks")));
    }

    private Path card(String chip) throws Exception {
        Path file = folder.resolve(chip + ".sim");
        VirtualCards.create(file, VirtualCardOptions.of(CardModel.HP_764285_B21).withChip(chip)
            .withImage(Optional.of(image(5000))));
        return file;
    }

    @ParameterizedTest
    @ValueSource(strings = {"W25Q80BV", "M25P16", "SST25VF016B", "N25Q032", "MX25L1606E"})
    void aTwinOfEveryKindOfChipIsBurntAndTheCardIsLeftAlone(String chip) throws Exception {
        Path file = card(chip);
        try (Device device = open(chip + ".sim")) {
            FlashContent content = FlashContent.whole(device.flash(), Progress.NONE);
            BurnPlan plan = BurnPlan.make(image(5700), content, BurnOptions.defaults(), device.card());
            List<Integer> told = new ArrayList<>();
            Rehearsal.Report report = Rehearsal.run(plan, content, device.card(), 20, (done, total) -> told.add(done));
            assertThat(report.passed()).as(report.text()).isTrue();
            assertThat(report.cuts()).isEqualTo(20);
            assertThat(told).hasSize(20);
            assertThat(report.text()).contains("20 of ", "booted every time");
            VirtualCard.Traffic traffic = VirtualCard.state(file).traffic();
            assertThat(traffic.erases() + traffic.programs()).isZero();
        }
    }

    @Test
    void aPlanThatBricksIsFoundOut() throws Exception {
        // An image of more than half the chip that is not failsafe, over another one: dangerous, and agreed to.
        Fs2Image large = SyntheticImage.of(CardModel.MCX311A_XCAT).build();
        try (Device device = dangerous(large)) {
            FlashContent there = FlashContent.whole(device.flash(), Progress.NONE);
            BurnPlan plan = BurnPlan.make(large, there, BurnOptions.defaults().withVsd("x"), device.card());
            assertThat(plan.danger()).isPresent();
            Rehearsal.Report report = Rehearsal.run(plan, there, device.card(), 10, (done, total) -> {});
            assertThat(report.completes()).isTrue();
            assertThat(report.passed()).isFalse();
            assertThat(report.failures()).isNotEmpty().allMatch(text -> text.contains("it does not boot"));
        }
    }

    private Device dangerous(Fs2Image large) throws Exception {
        VirtualCards.create(folder.resolve("large.sim"), VirtualCardOptions.of(CardModel.MCX311A_XCAT)
            .withChip("W25Q80BV").withImage(Optional.of(large)));
        return open("large.sim");
    }

    /** What the plan says about erases and programs is what the C core does on the chip. */
    @ParameterizedTest
    @ValueSource(strings = {"W25Q80BV", "M25P16", "N25Q032"})
    void theWorkOfAPlanIsWhatTheCardDoes(String chip) throws Exception {
        Path file = card(chip);
        for (int version = 5700; version < 5704; version++) {
            try (Device device = open(chip + ".sim")) {
                FlashContent content = FlashContent.whole(device.flash(), Progress.NONE);
                BurnPlan plan = BurnPlan.make(image(version), content, BurnOptions.defaults(), device.card());
                BurnWork work = BurnWork.of(plan, content);
                VirtualCard.resetCounters(file);
                Burner.execute(plan, device, BurnListener.NONE);
                VirtualCard.Traffic traffic = VirtualCard.state(file).traffic();
                assertThat(work.content()).isEqualTo(FlashContent.whole(device.flash(), Progress.NONE).dump()
                    .orElseThrow());
                assertThat((long) work.erases().size()).as("erases of %d", version).isEqualTo(traffic.erases());
                assertThat((long) work.pagesProgrammed()).as("programs of %d", version)
                    .isEqualTo(traffic.programs());
                assertThat(work.chipTime()).isPositive();
                assertThat(work.undoneUntil()).isPresent();
            }
        }
    }
}
