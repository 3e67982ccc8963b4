// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cx3tools.cli.CliRun;
import org.cx3tools.cli.FakeCards;
import org.cx3tools.device.DeviceCause;
import org.cx3tools.device.DeviceException;
import org.cx3tools.fixtures.FakeFirmware;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The mistakes of nv-config 2.6 and 4.5; those that need no card are compared with the installed tool. */
class MlxConfigMistakesTest {
    private static final Path STOCK = Path.of("/usr/bin/mstconfig");

    @TempDir
    private Path folder;
    private final FakeFirmware firmware = FakeFirmware.retail();

    private CliRun run(String line) {
        List<String> words = new ArrayList<>(List.of("mstconfig"));
        words.addAll(List.of(line.isEmpty() ? new String[0] : line.split(" ")));
        return new FakeCards(folder).with("04:00.0", firmware).run(words.toArray(new String[0]));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', value = {
        "'' ! No command found. For more information please read the help message:",
        "-y ! No command found. For more information please read the help message:",
        "set ! missing configuration arguments. For more information please run mstconfig -h|--help.",
        "-d 04:00.0 s ! missing configuration arguments. For more information please run mstconfig -h|--help.",
        "set SRIOV_EN=1 ! set command expects device to be specified.",
        "set -d 04:00.0 SRIOV_EN=1 ! set command expects device to be specified.",
        "i ! show_confs command expects device to be specified.",
        "clear_semaphore ! clear_semaphore command expects device to be specified.",
        "-d 04:00.0 set SRIOV_EN ! Invalid Configuration argument SRIOV_EN",
        "-d 04:00.0 set SRIOV_EN= ! Invalid Configuration argument SRIOV_EN",
        "-d 04:00.0 set A=B=C ! Invalid Configuration argument A",
        "-d 04:00.0 set =1 ! Invalid Configuration argument =1",
        "-d 04:00.0 set SRIOV_EN=1 -y ! Invalid Configuration argument -y",
        "-d 04:00.0 show_confs X ! Invalid Configuration argument X",
        "-d 04:00.0 set NUM_OF_VFS=1 NUM_OF_VFS=1 ! Duplicate parameter, NUM_OF_VFS.",
        "-d 04:00.0 reset X ! reset command expects no argument but 1 argument received",
        "reset X Y Z ! reset command expects no argument but 3 argument received",
        "-q ! invalid argument: -q",
        "-d04:00.0 q ! invalid argument: -d04:00.0",
        "-d ! missing device name",
        "--db ! missing database file name",
        "-f ! missing file name",
        "-eng ! missing OpenSSL engine",
        "set_raw ! set_raw command expects device to be specified.",
        "-d 04:00.0 set_raw ! set_raw command expects raw TLV file to be specified.",
        "-d 04:00.0 backup ! backup command expects file to be specified.",
    })
    void aMistakeHasTheVendorsWordsAndTheHelpBehindThem(String line, String text) throws Exception {
        CliRun run = run(line);
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out()).startsWith("-E- " + text + "\nUsage: cx3 mstconfig ");
        if (Files.isExecutable(STOCK)) {
            assertThat(stock(line)).startsWith("-E- " + text + "\n    NAME:");
        }
    }

    private String stock(String line) throws Exception {
        List<String> words = new ArrayList<>(List.of(STOCK.toString()));
        words.addAll(List.of(line.isEmpty() ? new String[0] : line.split(" ")));
        Path output = folder.resolve("stock.out");
        Process process = new ProcessBuilder(words).redirectOutput(output.toFile()).redirectError(
            ProcessBuilder.Redirect.DISCARD).start();
        process.getOutputStream().close();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(output);
        Assumptions.assumeFalse(text.contains("root"), "the stock tool wants root");
        return text;
    }

    @Test
    void aCardThatCannotBeOpenedIsNamedByTheReasonBeside() {
        assertThat(run("-d 06:00.0 q")).isEqualTo(new CliRun(3, "-E- Failed to open the device\n",
            "cx3: note: 06:00.0: no such device; `cx3 list` shows the cards of this machine, `cx3 sim create` makes a"
            + " virtual one\n"));
        assertThat(new FakeCards(folder).with("04:00.0", firmware.storing("0x11/0", "00000001"))
            .run("mlxconfig", "-y", "-d", "", "reset").code()).isEqualTo(3);
        assertThat(firmware.stored()).as("a card that nobody named").isNotEmpty();
        assertThat(run("-d other q").out()).isEqualTo("-E- Failed to identify the device\n");
        assertThat(run("-d 06:00.0 -f x set_raw").out())
            .isEqualTo("-E- Failed to run set_raw command: Failed to open the device\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', value = {
        "1 ! Unsupported FW (version 2.31.5000 or above required for CX3/PRO)",
        "2 ! Unsupported FW (version 2.31.5000 or above required for CX3/PRO)",
        "3 ! general Error, Unknown TLV",
        "4 ! Cannot perform operation, Driver might be down.",
        "9 ! general Error, Bad reset state",
        "10 ! general Error, Unknown status",
    })
    void firmwareThatDoesNotAnswerHasTheVendorsWords(int number, String words) {
        firmware.failingAtOpening(new DeviceException(DeviceCause.IO, "QUERY_DEV_CAP (opcode 0x3, modifier 0, input"
            + " modifier 0x0) ended with status 0x" + Integer.toHexString(number) + ": no"));
        assertThat(run("-d 04:00.0 q").out()).isEqualTo("-E- Failed to open device: 04:00.0. " + words + "\n");
    }

    @Test
    void aHeldLockHasTheVendorsWords() {
        firmware.failingAtOpening(new DeviceException(DeviceCause.SEMAPHORE_TIMEOUT, "held"));
        assertThat(run("-d 04:00.0 q").out())
            .isEqualTo("-E- Failed to open device: 04:00.0. general Error, Semaphore locked\n");
    }

    @Test
    void aHeldLockIsFreedWithoutAskingFirmware() {
        firmware.failingAtOpening(new DeviceException(DeviceCause.SEMAPHORE_TIMEOUT, "held"));
        FakeCards cards = new FakeCards(folder).with("04:00.0", firmware);
        assertThat(cards.run("mlxconfig", "-d", "04:00.0", "clear_semaphore"))
            .isEqualTo(new CliRun(0, "-W- Forcefully clearing device Semaphore...\n Done!\n", ""));
        assertThat(cards.cleared()).isEqualTo(1);
        assertThat(cards.run("mlxconfig", "-d", "06:00.0", "clear_semaphore").out())
            .isEqualTo("-W- Forcefully clearing device Semaphore...\n-E- Failed to open the device\n Failed!\n");
    }

    @Test
    void inRecoveryModeNobodyIsAsked() {
        assertThat(new FakeCards(folder).with("04:00.0", firmware).inRecoveryMode().run("mlxconfig", "-d", "04:00.0", "q"))
            .isEqualTo(new CliRun(3, "-E- Device in Livefish mode is not supported\n", ""));
    }

    @Test
    void commandsOfLaterGenerationsAreRefused() {
        assertThat(run("-d 04:00.0 -f x set_raw")).isEqualTo(new CliRun(3,
            "-E- Failed to run set_raw command: set_raw command is not supported for this device\n", ""));
        assertThat(run("-d 04:00.0 -f x backup").out()).isEqualTo("Collecting...\n Failed!\n"
            + "-E- Failed to backup the configurations: backup command is not supported for this device\n");
        assertThat(run("-d 04:00.0 apply").code()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-v", "--version", "-d 04:00.0 -v", "-v q"})
    void theVersionIsOurs(String line) {
        assertThat(run(line).out()).startsWith("cx3 mstconfig, cx3tools ").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-h", "--help", "-h q"})
    void helpIsNoMistake(String line) {
        assertThat(run(line).code()).isZero();
        assertThat(run(line).out()).startsWith("Usage: cx3 mstconfig ").contains("EXAMPLE", "Exit codes:");
    }
}
