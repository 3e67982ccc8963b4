// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.cx3tools.cli.CliRun;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticImage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each mistake of an operator: one line with the way out, the right exit code, nothing changed. */
class MistakesTest {
    private static final String CARD = "sim:c.sim";

    @TempDir
    private Path folder;

    @BeforeEach
    void card() throws Exception {
        CliRun.ok(folder, "sim", "create", "c.sim");
        image("own.bin", CardModel.HP_764285_B21);
        image("other.bin", CardModel.MCX354A_FCBT);
    }

    private void image(String name, CardModel model) throws Exception {
        Files.write(folder.resolve(name), SyntheticImage.of(model).build().bytes().toArray());
    }

    private CliRun fails(int code, String part, String... words) {
        CliRun run = CliRun.in(folder, words);
        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(code);
        assertThat(run.err()).contains(part).doesNotContain("Exception", "\tat ");
        assertThat(run.err().lines().filter(line -> line.startsWith("cx3: error: "))).hasSize(1);
        return run;
    }

    @Test
    void aCardThatIsNotThere() {
        fails(1, "cx3 list", "query", "-d", "7f:1f.7");
        fails(2, "give pci:23:00.0", "query", "-d", "hullo");
        fails(1, "sim create", "query", "-d", "sim:none");
    }

    @Test
    void aFileThatIsNoImage() throws Exception {
        Files.writeString(folder.resolve("text"), "hello hello hello hello hello hello");
        fails(1, "no FS2 firmware image", "burn", "-d", CARD, "-i", "text");
        fails(1, "no such file", "burn", "-d", CARD, "-i", "none");
        CliRun.ok(folder, "read", "-d", CARD, "--flash", "flash.bin");
        byte[] dump = Files.readAllBytes(folder.resolve("flash.bin"));
        byte[] second = new byte[dump.length];
        System.arraycopy(dump, 0, second, 0x80000, 0x80000);
        Files.write(folder.resolve("second.bin"), second);
        fails(1, "-d file:second.bin", "query", "-i", "second.bin");
    }

    @Test
    void anImageThatIsCutShort() throws Exception {
        byte[] all = Files.readAllBytes(folder.resolve("own.bin"));
        Files.write(folder.resolve("cut.bin"), Arrays.copyOf(all, 300000));
        fails(1, "damaged or cut short", "burn", "-d", CARD, "-i", "cut.bin");
    }

    @Test
    void anImageOfTheOtherChip() {
        fails(1, "ConnectX-3", "burn", "-d", CARD, "-i", "other.bin", "--allow-psid-change", "-y");
        CliRun run = CliRun.in(folder, "flint", "-d", CARD, "-i", "other.bin", "-y", "-allow_psid_change", "burn");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("-E- Burning FS2 image failed: Device/Image mismatch: ");
    }

    @Test
    void aForeignPsidWithoutConsent() {
        fails(1, "HP_1380110017", "burn", "-d", CARD, "-i", "other.bin", "--no-devid-check", "-y");
        CliRun run = CliRun.in(folder, "flint", "-d", CARD, "-i", "other.bin", "-no_devid_check", "-y", "burn");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("-E- PSID mismatch. The PSID on flash (HP_1380110017) differs from the PSID "
            + "in the given image (MT_1090120019).");
    }

    @Test
    void anOutputThatExistsIsKept() throws Exception {
        Files.writeString(folder.resolve("backup.bin"), "older");
        fails(1, "--force", "read", "-d", CARD, "backup.bin");
        assertThat(folder.resolve("backup.bin")).hasContent("older");
        CliRun.ok(folder, "read", "-d", CARD, "--force", "backup.bin");
        assertThat(folder.resolve("backup.bin")).hasSameBinaryContentAs(folder.resolve("own.bin"));
    }

    @Test
    void aFailedBackupLeavesAnOlderOneUntouched() throws Exception {
        Files.writeString(folder.resolve("backup.bin"), "older");
        CliRun.ok(folder, "sim", "fault", "c.sim", "power-cut-at-access", "--at", "5000");
        fails(1, "power", "read", "-d", CARD, "--force", "backup.bin");
        CliRun.ok(folder, "sim", "power-cycle", "c.sim");
        CliRun.ok(folder, "sim", "fault", "c.sim", "power-cut-at-access", "--at", "5000");
        assertThat(CliRun.in(folder, "flint", "-d", CARD, "ri", "backup.bin").code()).isEqualTo(1);
        assertThat(folder.resolve("backup.bin")).hasContent("older");
        try (var files = Files.list(folder)) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".part"));
        }
    }

    @Test
    void aFullDiskIsOneLine() {
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full");
        fails(1, "No space left", "read", "-d", CARD, "--force", "/dev/full");
    }

    @Test
    void aHeldLockNamesTheWayOutAndIsClearedOnRequestOnly() {
        CliRun.ok(folder, "sim", "fault", "c.sim", "lock-held", "--value", "0xf03a0");
        fails(1, "--clear-semaphore", "hw", "-d", CARD);
        fails(2, "add -y", "hw", "-d", CARD, "--clear-semaphore");
        CliRun.ok(folder, "hw", "-d", CARD, "--clear-semaphore", "-y");
        CliRun.ok(folder, "sim", "fault", "c.sim", "none");
        CliRun.ok(folder, "query", "-d", CARD);
    }

    @Test
    void faultsOfTheCardAreOneLineAndTheNextCommandWorks() {
        for (String fault : new String[] {"no-chip", "cr-locked", "all-ones", "stuck-gateway"}) {
            CliRun.ok(folder, "sim", "fault", "c.sim", fault);
            fails(1, "sim:", "query", "-d", CARD);
            CliRun.ok(folder, "sim", "fault", "c.sim", "none");
            CliRun.ok(folder, "query", "-d", CARD);
        }
    }

    @Test
    void aBurnAsksAndKeepsTheCardWhenDeclined() {
        CliRun declined = CliRun.onTerminal(folder, "n\n", "burn", "-d", CARD, "-i", "own.bin");
        assertThat(declined.code()).isEqualTo(7);
        assertThat(CliRun.in(folder, "flint", "-d", CARD, "-i", "own.bin", "--no", "burn").code()).isEqualTo(7);
        CliRun aborted = CliRun.in(folder, "flint", "-d", CARD, "-i", "own.bin", "burn");
        assertThat(aborted.code()).isEqualTo(7);
        assertThat(aborted.out()).contains("-E- Aborted by user");
        fails(2, "add -y", "burn", "-d", CARD, "-i", "own.bin");
        assertThat(CliRun.ok(folder, "sim", "info", "c.sim", "--json").out()).contains("\"programs\" : 0");
    }

    @Test
    void aPlanChangesNothing() {
        assertThat(CliRun.ok(folder, "burn", "-d", CARD, "-i", "own.bin", "--plan").out())
            .contains("Slot:               1", "kept from the card", "writing the signature");
        assertThat(CliRun.ok(folder, "sim", "info", "c.sim", "--json").out()).contains("\"programs\" : 0");
    }

    @Test
    void aPipeWithoutAWriterIsNotWaitedFor() throws Exception {
        Process made = new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start();
        assertThat(made.waitFor()).isZero();
        CliRun own = CliRun.in(folder, "verify", "-i", "pipe");
        assertThat(own.code()).isEqualTo(1);
        assertThat(own.err()).contains("pipe is not a regular file").hasLineCount(1);
        CliRun flint = CliRun.in(folder, "flint", "-i", "pipe", "verify");
        assertThat(flint.code()).isEqualTo(1);
        assertThat(flint.out()).contains("not a regular file");
        assertThat(CliRun.in(folder, "verify", "-i", ".").err()).contains("is a folder");
    }
}
