// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.cx3tools.cli.CliRun;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticRelease;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No flag of {@code mlxfwmanager} is read and then ignored, and each of the vendor's has an answer. */
class ManagerFlagsTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void aCardAndAnArchive() throws Exception {
        CliRun.ok(folder, "sim", "create", "c.sim");
        Files.write(folder.resolve("old.bin"), SyntheticRelease.image(CardModel.HP_764285_B21).bytes().toArray());
        CliRun.ok(folder, "set", "-i", "old.bin", "--new-psid", "OTHER_01", "-o", "other.bin");
        CliRun.ok(folder, "archive", "create", "both.mfa", "other.bin", "old.bin");
    }

    private CliRun run(String line) {
        return CliRun.in(folder, ("mlxfwmanager " + line).split(" "));
    }

    private void isRefused(String line, String text) {
        CliRun run = run(line);
        assertThat(run.code()).as(line + ": " + run).isEqualTo(3);
        assertThat(run.out()).as(line).startsWith("-E- ").contains(text);
    }

    @Test
    void aListTakesNoFlagsOfOtherCommands() {
        for (String flag : new String[] {"-d sim:c.sim", "-u", "--query", "--query-format XML", "--query-xml", "-f", "-L log.txt",
            "--extract", "--clear-semaphore"}) {
            isRefused("-i both.mfa -l " + flag, "are not to be used in the same command");
        }
    }

    @Test
    void severalDevicesAddUpAndEachIsOneCard() {
        CliRun.ok(folder, "sim", "create", "d.sim");
        for (String devices : new String[] {"-d sim:c.sim -d sim:d.sim", "-d sim:c.sim;sim:d.sim;sim:c.sim",
            "-d ;sim:c.sim;;sim:./c.sim; -d sim:d.sim"}) {
            CliRun run = run(devices);
            assertThat(run.code()).as(devices).isZero();
            assertThat(run.out()).as(devices).contains("Device #2:", "sim:c.sim\n", "sim:d.sim\n").doesNotContain("Device #3:");
        }
        CliRun update = run("-d sim:c.sim;sim:c.sim -i old.bin -u -f -y");
        assertThat(update.out()).contains("Found 1 device(s)").containsOnlyOnce("Updating FW");
    }

    @Test
    void noDeviceBetweenSemicolonsIsNone() {
        isRefused("-d ;;", "Flag --dev names no device: \";;\"");
        assertThat(CliRun.in(folder, "mlxfwmanager", "-d", "").out()).contains("names no device");
    }

    @Test
    void anythingElseIsGivenOnce() {
        isRefused("-d sim:c.sim -i old.bin -i other.bin", "--image-file is given twice: old.bin and other.bin");
    }

    @Test
    void queryXmlIsTheFormat() {
        assertThat(run("-d sim:c.sim --query-xml").out())
            .isEqualTo(run("-d sim:c.sim --query-format XML").out()).startsWith("<Devices>");
        isRefused("-d sim:c.sim --query-xml --query-format Text", "are not to be used in the same command");
    }

    @Test
    void imagesOfAnArchiveAreExtracted() throws Exception {
        assertThat(run("-i both.mfa --extract --psid HP_1380110017 --extract-file one.bin").code()).isZero();
        assertThat(folder.resolve("one.bin")).hasSameBinaryContentAs(folder.resolve("old.bin"));
        CliRun again = run("-i both.mfa --extract --psid OTHER_01 --extract-file one.bin");
        assertThat(again.code()).isEqualTo(8);
        assertThat(again.out()).contains("one.bin exists already");

        assertThat(run("-i both.mfa --extract-all --extract-dir out").code()).isZero();
        assertThat(folder.resolve("out/OTHER_01.bin")).hasSameBinaryContentAs(folder.resolve("other.bin"));
        assertThat(folder.resolve("out/HP_1380110017.bin")).exists();

        isRefused("-i both.mfa --extract --extract-file two.bin", "choose one with --psid: OTHER_01 HP_1380110017");
        isRefused("--extract --extract-file two.bin", "Flag --extract needs an archive");
        isRefused("-i both.mfa --extract --psid OTHER_01", "Flag --extract needs an output");
        isRefused("-D . --extract-all --extract-dir out", "are not to be used in the same command");
        isRefused("-i both.mfa --psid OTHER_01 -d sim:c.sim", "Flag --psid goes with --list-content or --extract");
    }

    @Test
    void aDamagedArchiveIsNotExtracted() throws Exception {
        byte[] archive = Files.readAllBytes(folder.resolve("both.mfa"));
        archive[archive.length / 2] ^= 1;
        Files.write(folder.resolve("bad.mfa"), archive);
        CliRun run = run("-i bad.mfa --extract-all --extract-dir out");
        assertThat(run.code()).isEqualTo(17);
        assertThat(run.out()).startsWith("-E- bad.mfa is damaged or cut short: ");
    }

    @Test
    void aListCanBeOfOneBoard() {
        CliRun run = run("-i both.mfa -l --psid OTHER_01");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("OTHER_01").doesNotContain("HP_1380110017");
        CliRun none = run("-i both.mfa -l --psid NONE_01");
        assertThat(none.code()).isEqualTo(9);
        assertThat(none.out()).isEqualTo("-E- No image with PSID NONE_01 found in both.mfa\n");
    }

    @Test
    void flagsThatAreNotOfferedNameWhatIs() {
        isRefused("--crc", "cx3 archive verify");
        isRefused("--lookup", "-l --psid");
        isRefused("--ffv", "-l lists");
        isRefused("-x", "--extract takes");
        isRefused("--online", "cx3 uses no network");
        isRefused("--log", "-L FILE");
    }

    @Test
    void theLocksOfTheFlashAreFreedAndNothingElse() {
        assertThat(run("-d sim:c.sim --clear-semaphore")).isEqualTo(new CliRun(0, "", ""));
        isRefused("--clear-semaphore", "needs a device");
        isRefused("-d sim:c.sim --clear-semaphore -u -i old.bin", "are not to be used in the same command");
        CliRun none = run("-d sim:none.sim --clear-semaphore");
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.out()).startsWith("-E- sim:none.sim: no such device");
    }

    @Test
    void firmwareControlIsNothingToLeaveOut() {
        CliRun run = run("-d sim:c.sim -i old.bin -u -f -y --no_fw_ctrl");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("Updating FW ...     Done");
        isRefused("-d sim:c.sim --no_fw_ctrl", "Flag --no_fw_ctrl goes with --update");
    }
}
