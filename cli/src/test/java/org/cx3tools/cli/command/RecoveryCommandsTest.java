// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.cx3tools.cli.CliRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups, interrupted burns and what brings a card back, as an operator sees them. */
class RecoveryCommandsTest {
    private static final String CARD = "sim:card.sim";

    @TempDir
    private Path folder;

    @BeforeEach
    void aCardAndTwoImages() throws Exception {
        ok("sim", "create", "card.sim");
        ok("read", "-d", CARD, "old.bin");
        ok("sim", "create", "other.sim");
        ok("burn", "-d", "sim:other.sim", "-i", "old.bin", "--vsd", "the new one", "-y");
        ok("read", "-d", "sim:other.sim", "new.bin");
        for (Path file : List.of(folder.resolve("cx3-state"))) {
            try (Stream<Path> files = Files.walk(file)) {
                files.filter(Files::isRegularFile).forEach(f -> f.toFile().delete());
            }
        }
    }

    private String ok(String... words) {
        return CliRun.ok(folder, words).out();
    }

    private CliRun burn(String... more) {
        String[] words = {"burn", "-d", CARD, "-i", "new.bin", "-y", "--use-image-ps"};
        String[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return CliRun.in(folder, all);
    }

    /** The power fails at an erase or program of a burn, and comes back. */
    private void interruptedAt(int operation) {
        ok("sim", "fault", "card.sim", "power-cut-at-op", "--at", String.valueOf(operation), "--seed", "3");
        assertThat(burn().code()).isEqualTo(1);
        ok("sim", "power-cycle", "card.sim");
    }

    private String vsd() {
        return ok("flint", "-d", CARD, "query").lines().filter(line -> line.startsWith("VSD:")).findFirst().orElse("");
    }

    private Path backup() throws Exception {
        try (Stream<Path> files = Files.list(folder.resolve("cx3-state/backups"))) {
            return files.filter(f -> f.toString().endsWith(".bin")).findFirst().orElseThrow();
        }
    }

    @Test
    void theNextRunRecognisesAnInterruptedBurnAndFinishesIt() {
        interruptedAt(1000);
        String plan = ok("recover", "-d", CARD, "--plan");
        assertThat(plan).contains("State of the flash: A burn was interrupted. The image at 0x0 (firmware 2.42.5700) is"
            + " intact and boots; an image was begun at 0x80000.", "got as far as: writing the new image without its"
            + " signature", "Before that it made the backup");
        assertThat(ok("recover", "-d", CARD, "-y")).contains("Done. Firmware 2.42.5700 is in slot 1");
        assertThat(vsd()).contains("the new one");
        assertThat(ok("recover", "-d", CARD)).contains("The flash is in order: the image at 0x80000");
    }

    @Test
    void whatTheOperatorNamesGoesBeforeTheJournal() {
        interruptedAt(1000);
        assertThat(ok("recover", "-d", CARD, "-i", "old.bin", "-y")).contains("Done.");
        assertThat(vsd()).doesNotContain("the new one");
        for (String[] both : new String[][] {{"--keep", "0", "--roll-back"}, {"-i", "old.bin", "--keep", "0"},
            {"--guid", "1"}}) {
            String[] words = Stream.concat(Stream.of("recover", "-d", CARD, "-y"), Stream.of(both))
                .toArray(String[]::new);
            assertThat(CliRun.in(folder, words).code()).isEqualTo(2);
        }
    }

    @Test
    void anInterruptedBurnIsRolledBack() {
        interruptedAt(1000);
        assertThat(ok("recover", "-d", CARD, "--roll-back", "-y")).contains("the interrupted burn is forgotten");
        assertThat(ok("recover", "-d", CARD, "--plan")).doesNotContain("journal");
        assertThat(ok("verify", "-d", CARD)).contains("good");
    }

    @Test
    void withoutTheJournalTheFlashAloneTells() throws Exception {
        interruptedAt(1000);
        try (Stream<Path> files = Files.list(folder.resolve("cx3-state/journal"))) {
            files.forEach(f -> f.toFile().delete());
        }
        assertThat(burn("--plan").out()).contains("State of the flash: A burn was interrupted.", "begun at 0x80000")
            .doesNotContain("journal");
        assertThat(burn().code()).isZero();
        assertThat(vsd()).contains("the new one");
    }

    @Test
    void ofTwoImagesOneIsChosen() throws Exception {
        assertThat(burn().code()).isZero();
        poke(0, 0x4d, 0x54, 0x46, 0x57); // the old one has its signature again: cut before the last step
        ok("sim", "power-cycle", "card.sim");
        CliRun undecided = CliRun.in(folder, "recover", "-d", CARD, "-y");
        assertThat(undecided.code()).isEqualTo(1);
        assertThat(undecided.out()).contains("There are 2 intact images");
        assertThat(undecided.err()).contains("--keep 0x0 or --keep 0x80000");
        ok("recover", "-d", CARD, "--keep", "0x80000", "-y");
        assertThat(ok("sim", "power-cycle", "card.sim")).contains("runs from 0x80000");
        // And back to the one that was invalidated.
        ok("recover", "-d", CARD, "--keep", "0", "-y");
        assertThat(ok("sim", "power-cycle", "card.sim")).contains("runs from 0x0");
        assertThat(vsd()).doesNotContain("the new one");
    }

    @Test
    void anImageWithoutSignatureIsGivenItBack() throws Exception {
        poke(0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);
        assertThat(ok("sim", "power-cycle", "card.sim")).contains("recovery");
        assertThat(ok("recover", "-d", CARD, "-y")).contains("No image on the flash boots",
            "only lacks its signature", "writing the signature at 0x0");
        assertThat(ok("sim", "power-cycle", "card.sim")).contains("runs from 0x0");
    }

    @Test
    void aDeadCardIsBroughtBackFromItsBackup() throws Exception {
        ok("backup", "-d", CARD);
        poke(0x3000, 1, 2, 3);
        assertThat(ok("sim", "power-cycle", "card.sim")).contains("recovery");
        CliRun recovered = CliRun.in(folder, "recover", "-d", CARD, "-y");
        assertThat(recovered.code()).as(recovered.err()).isZero();
        assertThat(recovered.err()).contains("taking the backup");
        assertThat(ok("sim", "power-cycle", "card.sim")).contains("firmware 2.42.5700 runs from");
        assertThat(ok("query", "-d", CARD)).contains("24be05c557c1");
    }

    @Test
    void aBlankCardNeedsTheSticker() {
        ok("sim", "create", "blank.sim", "--blank");
        CliRun nothing = CliRun.in(folder, "recover", "-d", "sim:blank.sim", "-y");
        assertThat(nothing.code()).isEqualTo(1);
        assertThat(nothing.out()).contains("The flash is blank");
        assertThat(nothing.err()).contains("--guid", "--mac", "sticker");
        ok("recover", "-d", "sim:blank.sim", "-i", "old.bin", "--guid", "0x24be05ffffc557c0", "--mac",
            "24:be:05:c5:57:c1", "-y");
        assertThat(ok("sim", "power-cycle", "blank.sim")).contains("runs from");
        assertThat(ok("query", "-d", "sim:blank.sim")).contains("24be05c557c1");
    }

    @Test
    void aBackupIsRestoredExactlyOrOnlyItsImage() throws Exception {
        poke(0x1f0000, 1, 2, 3, 4); // settings of the firmware
        ok("backup", "-d", CARD);
        byte[] before = flash("before.bin");
        assertThat(burn().code()).isZero();
        poke(0x1f0000, 5, 6, 7, 8);
        String name = backup().toString();
        assertThat(ok("restore", "-d", CARD, name, "-y")).contains("Done.");
        assertThat(flash("image.bin")[0x1f0000]).isEqualTo((byte) 5);
        assertThat(vsd()).doesNotContain("the new one");
        assertThat(ok("restore", "-d", CARD, name, "--exact", "-y")).contains("writing everything else of the backup");
        assertThat(flash("after.bin")).isEqualTo(before);
        assertThat(ok("sim", "power-cycle", "card.sim")).contains("runs from 0x0");
    }

    @Test
    void aBackupOfAnotherCardIsRefused() throws Exception {
        ok("sim", "create", "third.sim", "--model", "mcx354a-fcbt");
        ok("backup", "-d", "sim:third.sim");
        CliRun refused = CliRun.in(folder, "restore", "-d", CARD, backup().toString(), "-y");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("the backup is of another card: its node GUID is ");
        CliRun damaged = damagedBackup();
        assertThat(damaged.code()).isEqualTo(1);
        assertThat(damaged.err()).contains("SHA-256");
    }

    private CliRun damagedBackup() throws Exception {
        byte[] bytes = Files.readAllBytes(backup());
        bytes[100] ^= 1;
        Files.write(backup(), bytes);
        assertThat(CliRun.in(folder, "backup", "--verify", backup().toString()).code()).isEqualTo(1);
        return CliRun.in(folder, "restore", "-d", CARD, backup().toString(), "-y");
    }

    @Test
    void backupsAreListedAndJudged() throws Exception {
        assertThat(ok("backup", "--list")).contains("no backups");
        assertThat(ok("backup", "-d", CARD)).contains("Backup written", "images: 0x0 INTACT 2.42.5700");
        assertThat(ok("backup", "-d", CARD)).contains("backed up already");
        assertThat(ok("backup", "--list")).contains("card.sim", "0x0 INTACT 2.42.5700");
        assertThat(ok("backup", "--verify", backup().toString(), "--json")).contains("\"good\" : true",
            "\"pci.subsystem\" : \"103c:22f4\"");
    }

    @Test
    void mistakesOfTheBackupCommandAreNamed() throws Exception {
        assertThat(CliRun.in(folder, "backup", "--list", "-d", CARD).code()).isEqualTo(2);
        assertThat(CliRun.in(folder, "backup", "--verify", "a", "b").code()).isEqualTo(2);
        CliRun root = CliRun.in(folder, "backup", "--verify", "/");
        assertThat(root.code()).isEqualTo(1);
        assertThat(root.out() + root.err()).contains("is no backup").doesNotContain("internal error");
        ok("sim", "create", "blank.sim", "--blank");
        ok("backup", "-d", "sim:blank.sim");
        assertThat(ok("backup", "--verify", backup().toString())).contains("good", "from which nothing boots");
    }

    @Test
    void aRehearsalIsToldAndTheCardIsLeftAlone() throws Exception {
        byte[] before = flash("before.bin");
        CliRun run = burn("--rehearse", "--plan");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("Rehearsal: a twin of the card was burnt and its power cut at 200 of",
            "it booted every time");
        assertThat(flash("after.bin")).isEqualTo(before);
    }

    @Test
    void aPlanTellsItsWorkAsJson() {
        assertThat(burn("--plan", "--json").out()).contains("\"erases\" : [ ]", "\"pagesProgrammed\" : ",
            "\"chipMilliseconds\" : ", "\"undoneUntilStep\" : 6", "\"dangerFromMilliseconds\" : -1", "\"burnt\" : false");
    }

    @Test
    void locksOfAnUnknownOwnerNeedAWord() {
        ok("sim", "fault", "card.sim", "lock-held", "--value", "0xf03a0");
        CliRun refused = CliRun.in(folder, "recover", "-d", CARD, "-y");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("programming lock (0xf03a0)", "who could hold them is not known",
            "--clear-locks");
        ok("sim", "fault", "card.sim", "none");
    }

    private byte[] flash(String name) throws Exception {
        ok("read", "-d", CARD, "--flash", name);
        return Files.readAllBytes(folder.resolve(name));
    }

    /** What the flash of a card holds is the end of its file. */
    private void poke(int address, int... bytes) throws Exception {
        Path file = folder.resolve("card.sim");
        byte[] all = Files.readAllBytes(file);
        int flash = all.length - 0x200000;
        for (int i = 0; i < bytes.length; i++) {
            all[flash + address + i] = (byte) bytes[i];
        }
        Files.write(file, all);
    }
}
