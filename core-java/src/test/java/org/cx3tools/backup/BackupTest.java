// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.Seed;
import org.cx3tools.burn.BurnListener;
import org.cx3tools.burn.BurnOptions;
import org.cx3tools.burn.BurnPlan;
import org.cx3tools.burn.FlashContent;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceAddress;
import org.cx3tools.device.DeviceCause;
import org.cx3tools.device.DeviceException;
import org.cx3tools.device.Devices;
import org.cx3tools.device.OpenOptions;
import org.cx3tools.device.VirtualCard;
import org.cx3tools.flash.Progress;
import org.cx3tools.image.FirmwareVersion;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.state.StateFolder;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticImage;
import org.cx3tools.synthetic.VirtualCardOptions;
import org.cx3tools.synthetic.VirtualCards;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
    @TempDir
    private Path folder;

    private Path card;
    private StateFolder state;

    @BeforeEach
    void aCard() throws Exception {
        card = folder.resolve("card.sim");
        VirtualCards.create(card, VirtualCardOptions.of(CardModel.HP_764285_B21).withChip("W25Q80BV")
            .withImage(Optional.of(image(5000))));
        state = new StateFolder(folder.resolve("state"));
    }

    private static Fs2Image image(int subminor) {
        return SyntheticImage.of(CardModel.HP_764285_B21).version(new FirmwareVersion(2, 42, subminor)).small().build();
    }

    private Device open() throws DeviceException {
        return Devices.open(DeviceAddress.parse("sim:" + card),
            OpenOptions.defaults().withLockDir(folder.resolve("locks")));
    }

    private BackupStore.Saved save() throws Exception {
        try (Device device = open()) {
            return BackupStore.in(state).save(device.card(), FlashContent.whole(device.flash(), Progress.NONE));
        }
    }

    @Test
    void aBackupTellsOfWhichCardItIsAndIsKeptOnce() throws Exception {
        BackupStore.Saved first = save();
        assertThat(first.outcome()).isEqualTo(BackupStore.Outcome.WRITTEN);
        BackupManifest manifest = first.backup().manifest();
        assertThat(manifest.value("pci.id")).isEqualTo("15b3:1007");
        assertThat(manifest.value("pci.subsystem")).isEqualTo("103c:22f4");
        assertThat(manifest.value("card.psid")).isEqualTo("HP_1380110017");
        assertThat(manifest.value("card.guids")).contains("24be05ffffc557c0");
        assertThat(manifest.value("slots")).isEqualTo("0x0 INTACT 2.42.5000");
        assertThat(manifest.value("chip.jedec")).isEqualTo("0x1440ef");
        assertThat(first.backup().problems()).isEmpty();
        assertThat(Files.getPosixFilePermissions(first.backup().file()))
            .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(first.backup().file().getParent()))
            .isEqualTo(PosixFilePermissions.fromString("rwx------"));

        assertThat(save().outcome()).isEqualTo(BackupStore.Outcome.THERE_ALREADY);
        assertThat(BackupStore.in(state).list()).hasSize(1);
        // One that was damaged since does not count.
        byte[] bytes = Files.readAllBytes(first.backup().file());
        bytes[0x1234] ^= 1;
        Files.write(first.backup().file(), bytes);
        assertThat(first.backup().problems()).singleElement().asString().contains("SHA-256");
        assertThat(save().outcome()).isEqualTo(BackupStore.Outcome.WRITTEN);
    }

    @Test
    void aBackupReadsBackAsItWasWritten() throws Exception {
        Backup backup = save().backup();
        for (Path name : List.of(backup.file(), Path.of(backup.file().toString().replace(".bin", ".manifest")))) {
            assertThat(Backup.open(name).manifest().values()).containsExactlyInAnyOrderEntriesOf(
                backup.manifest().values());
        }
        try (Device device = open()) {
            assertThat(backup.content()).isEqualTo(FlashContent.whole(device.flash(), Progress.NONE).dump().orElseThrow());
        }
    }

    @Test
    void hostileManifestsAreRefusedWithASentence() throws Exception {
        Backup backup = save().backup();
        Path manifest = Path.of(backup.file().toString().replace(".bin", ".manifest"));
        byte[] good = Files.readAllBytes(manifest);
        Random random = Seed.start("manifests");
        for (int i = 0; i < 2000; i++) {
            byte[] bad = good.clone();
            for (int k = 0; k <= random.nextInt(4); k++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            Files.write(manifest, i % 5 == 0 ? Arrays.copyOf(bad, random.nextInt(bad.length)) : bad);
            try {
                Backup.open(manifest).problems();
            } catch (BackupException e) {
                assertThat(e).message().isNotBlank();
            }
        }
        for (String text : List.of("", "format=1\n", "format=2\n", "size=\\u00", "format=1\nsize=-5\nsha256=x\n")) {
            Files.writeString(manifest, text);
            assertThatThrownBy(() -> Backup.open(manifest)).isInstanceOf(BackupException.class);
        }
        Files.write(manifest, new byte[1 << 20]);
        assertThatThrownBy(() -> Backup.open(manifest)).isInstanceOf(BackupException.class);
    }

    @Test
    void controlCharactersOfAManifestDoNotReachATerminal() throws Exception {
        Backup backup = save().backup();
        Path manifest = Path.of(backup.file().toString().replace(".bin", ".manifest"));
        for (String evil : List.of("\\u001b]0;x", "\\u009b31m", "\\n", "\u001b[2J")) {
            Files.writeString(manifest, Files.readString(manifest).replaceFirst("(?m)^device=.*$",
                Matcher.quoteReplacement("device=" + evil)));
            assertThatThrownBy(() -> Backup.open(manifest)).as(evil).isInstanceOf(BackupException.class)
                .hasMessageContaining("control character");
            assertThat(BackupStore.in(state).list()).isEmpty();
        }
        assertThatThrownBy(() -> Backup.open(Path.of("/"))).isInstanceOf(BackupException.class);
    }

    @Test
    void aFaithfulCopyOfADamagedFlashIsUnharmed() throws Exception {
        VirtualCards.create(folder.resolve("blank.sim"), VirtualCardOptions.of(CardModel.HP_764285_B21)
            .withChip("W25Q80BV").withImage(Optional.empty()));
        card = folder.resolve("blank.sim");
        Backup backup = save().backup();
        assertThat(backup.problems()).isEmpty();
        assertThat(backup.boots()).isFalse();
        // Another blank card is another card, though the content is the same.
        Files.copy(card, folder.resolve("twin.sim"));
        card = folder.resolve("twin.sim");
        assertThat(save().outcome()).isEqualTo(BackupStore.Outcome.WRITTEN);
    }

    @Test
    void aFolderThatOthersWriteToIsRefused() throws Exception {
        Path open = state.made("backups");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> BackupStore.in(state)).isInstanceOf(IOException.class)
            .hasMessageContaining("can be written by others");
    }

    @Test
    void aSymbolicLinkInPlaceOfTheFolderIsNotFollowed() throws Exception {
        Files.createDirectories(state.path());
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(state.path().resolve("backups"), elsewhere);
        assertThatThrownBy(() -> BackupStore.in(state)).isInstanceOf(IOException.class);
        assertThat(elsewhere).isEmptyDirectory();
    }

    private BurnPlan plan(Device device, FlashContent content) throws Exception {
        return BurnPlan.make(image(5700), content, BurnOptions.defaults(), device.card());
    }

    @Test
    void aBurnBacksUpFirstAndItsJournalGoesAtTheEnd() throws Exception {
        try (Device device = open()) {
            FlashContent content = FlashContent.whole(device.flash(), Progress.NONE);
            BackupStore.Saved saved = GuardedBurn.execute(plan(device, content), device,
                Optional.of(content), state, BurnListener.NONE).orElseThrow();
            assertThat(saved.backup().content()).isEqualTo(content.dump().orElseThrow());
            assertThat(BurnJournal.of(state, device.spec()).read()).isEmpty();
            assertThat(state.path().resolve("journal")).isEmptyDirectory();
        }
    }

    @Test
    void anInterruptedBurnLeavesAJournalWithTheImage() throws Exception {
        try (Device device = open()) {
            FlashContent content = FlashContent.whole(device.flash(), Progress.NONE);
            BurnPlan plan = plan(device, content);
            VirtualCard.setFault(card, new VirtualCard.Fault(VirtualCard.FaultKind.POWER_CUT_AT_OP, 20, 0, 0, 1));
            assertThatThrownBy(() -> GuardedBurn.execute(plan, device, Optional.of(content), state,
                BurnListener.NONE)).hasMessageContaining("still boots");
            BurnJournal.Entry entry = BurnJournal.of(state, device.spec()).read().orElseThrow();
            assertThat(entry.image()).isEqualTo(plan.image());
            assertThat(entry.text()).contains("2.42.5700 over 2.42.5000", "writing the new image", "process "
                + ProcessHandle.current().pid(), entry.backup());
            assertThat(Backup.open(Path.of(entry.backup())).problems()).isEmpty();
            assertThat(entry.isOf(content)).isTrue();
            Path other = folder.resolve("other.sim");
            VirtualCards.create(other, VirtualCardOptions.of(CardModel.MCX354A_FCBT));
            try (Device another = Devices.open(DeviceAddress.parse("sim:" + other),
                    OpenOptions.defaults().withLockDir(folder.resolve("locks")))) {
                assertThat(entry.isOf(FlashContent.whole(another.flash(), Progress.NONE))).isFalse();
            }
        }
    }

    @Test
    void withoutRoomForABackupNothingIsChanged() throws Exception {
        Files.createFile(folder.resolve("state"));
        try (Device device = open()) {
            FlashContent content = FlashContent.whole(device.flash(), Progress.NONE);
            long before = VirtualCard.state(card).traffic().programs();
            assertThatThrownBy(() -> GuardedBurn.execute(plan(device, content), device,
                Optional.of(content), state, BurnListener.NONE))
                .isInstanceOfSatisfying(DeviceException.class, e -> assertThat(e.reason()).isEqualTo(DeviceCause.IO))
                .hasMessageContaining("nothing was changed on the card");
            assertThat(VirtualCard.state(card).traffic().programs()).isEqualTo(before);
        }
    }

    @Test
    void aTornJournalIsNone() throws Exception {
        try (Device device = open()) {
            FlashContent content = FlashContent.whole(device.flash(), Progress.NONE);
            BurnJournal journal = BurnJournal.of(state, device.spec());
            journal.begin(plan(device, content), Optional.of(content), "");
            assertThat(journal.read()).isPresent();
            Path image;
            try (var files = Files.list(state.path().resolve("journal"))) {
                image = files.filter(f -> f.toString().endsWith(".image")).findFirst().orElseThrow();
            }
            Bytes whole = Bytes.ofFile(image, 1 << 24);
            Files.write(image, whole.slice(0, whole.length() / 2).toArray());
            assertThat(journal.read()).isEmpty();
            journal.end();
            assertThat(state.path().resolve("journal")).isEmptyDirectory();
        }
    }
}
