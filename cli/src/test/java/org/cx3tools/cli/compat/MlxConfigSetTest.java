// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.cx3tools.binary.Bytes;
import org.cx3tools.cli.CliRun;
import org.cx3tools.cli.FakeCards;
import org.cx3tools.device.DeviceCause;
import org.cx3tools.device.DeviceException;
import org.cx3tools.fixtures.FakeFirmware;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transcripts of nv-config 4.3 and 4.4. */
class MlxConfigSetTest {
    private static final String HEAD = """

        Device #1:
        ----------

        Device type:    ConnectX3Pro   \s
        Device:         04:00.0        \s

        Configurations:                              Next Boot       New
        """;
    private static final String TABLE = HEAD + """
                 SRIOV_EN                            False(0)        True(1)        \s
                 NUM_OF_VFS                          8               8              \s

        \sApply new Configuration? (y/n) [n] :\s""";
    private static final String DONE = """
        Applying... Done!
        -I- Please reboot machine to load new configurations.
        """;

    @TempDir
    private Path folder;
    private final FakeFirmware firmware = FakeFirmware.retail().storing("0x11/0", "00000008");

    private CliRun run(String answers, String... words) {
        String[] line = new String[words.length + 3];
        line[0] = "mstconfig";
        line[1] = "-d";
        line[2] = "04:00.0";
        System.arraycopy(words, 0, line, 3, words.length);
        return new FakeCards(folder).with("04:00.0", firmware).answering(answers, line);
    }

    private static DeviceException status(int number) {
        return new DeviceException(DeviceCause.IO, "ACCESS_REG (opcode 0x3b) MNVA set of TLV 0x11/0: status 0x"
            + Integer.toHexString(number) + ": refused");
    }

    @Test
    void withYesTheToolAnswersItself() {
        assertThat(run("", "-y", "set", "SRIOV_EN=1", "NUM_OF_VFS=8")).isEqualTo(new CliRun(0, TABLE + "y\n" + DONE, ""));
        assertThat(firmware.stored()).isEqualTo(Map.of("0x11/0", Bytes.ofHex("80000008")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"y\n", "YES\n", "Yes\n", "Y"})
    void yesInAnyCaseIsTaken(String answer) {
        assertThat(run(answer, "s", "SRIOV_EN=true", "NUM_OF_VFS=0x8")).isEqualTo(new CliRun(0, TABLE + DONE, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "n\n", "j\n", "\n"})
    void anythingElseAborts(String answer) {
        assertThat(run(answer, "set", "SRIOV_EN=1", "NUM_OF_VFS=8"))
            .isEqualTo(new CliRun(2, TABLE + "-E- Aborted by user.\n", ""));
        assertThat(firmware.stored()).isEqualTo(Map.of("0x11/0", Bytes.ofHex("00000008")));
    }

    @Test
    void aBrokenRuleIsToldAfterTheQuestion() {
        CliRun run = run("", "-y", "set", "SRIOV_EN=5");
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out()).contains("SRIOV_EN                            False(0)        5               \n").endsWith("""
            Applying... Failed!
            -E- Failed to set configuration: illegal SRIOV_EN parameter value. (should be 0 or 1)
            """);
    }

    @Test
    void forceLeavesOutTheMemoryRuleAlone() {
        assertThat(run("", "-y", "set", "SRIOV_EN=1", "NUM_OF_VFS=64").out())
            .endsWith("-E- Failed to set configuration: illegal SRIOV parameter value. Maximal number of VFs: 63\n");
        assertThat(run("", "-y", "--force", "set", "SRIOV_EN=1", "NUM_OF_VFS=64").out()).endsWith("""
                     NUM_OF_VFS                          8               64             \s

            -W- Force flag specified, the validity of the Parameters will not be checked !
            -W- Incorrect configuration might yield unexpected results. running in this mode is not recommended.
             Apply new Configuration? (y/n) [n] : y
            """ + DONE);
        assertThat(run("", "-y", "--force", "set", "SRIOV_EN=1", "NUM_OF_VFS=128").out())
            .endsWith("-E- Failed to set configuration: Number of VFs exceeds limit (127).\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SRIOV_EN=abc", "NUM_OF_VFS=-1", "LINK_TYPE_P1=0x", "SRIOV_EN=08"})
    void whatIsNoValueIsNotParsed(String word) {
        assertThat(run("", "-y", "set", word)).isEqualTo(new CliRun(3, HEAD + "-E- Failed to parse " + word + "\n", ""));
    }

    @Test
    void namesThatAreNotOfferedAreRefusedBeforeTheTable() {
        assertThat(run("", "-y", "set", "PHY_TYPE_P1=2").out())
            .isEqualTo(HEAD + "-E- Device doesn't support PHY_TYPE_P1 configuration\n");
        assertThat(run("", "-y", "set", "CNP_DSCP_P1=2").out())
            .isEqualTo(HEAD + "-E- Device doesn't support CNP_DSCP_P1 configuration\n");
        assertThat(run("", "-y", "set", "NUM_OF_VF=2")).isEqualTo(new CliRun(3, HEAD + "-E- Unknown Parameter: NUM_OF_VF\n",
            "cx3: note: did you mean NUM_OF_VFS?\n"));
    }

    @ParameterizedTest
    @CsvSource({"1, Device is busy", "4, Register not supported", "7, Bad parameter", "8, Resource unavailable",
        "32, The configuration is rejected", "33, The erase count exceeds its limit", "34, Config Section Corrupted"})
    void aRefusedWriteHasTheVendorsWords(int number, String words) {
        firmware.failingAfterWrites(0, status(number));
        CliRun run = run("", "-y", "set", "SRIOV_EN=1");
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out()).endsWith("Applying... Failed!\n-E- Failed to set configuration: failed to set SRIOV params: "
            + words + "\n");
        assertThat(run.err()).startsWith("cx3: note: ACCESS_REG");
        CliRun reset = run("", "-y", "reset");
        assertThat(reset.code()).isEqualTo(3);
        assertThat(reset.out()).endsWith("Failed!\n-E- Failed to invalidate configurations: Device is busy\n"
            .replace("Device is busy", words));
    }

    @Test
    void aFailureInTheMiddleNamesWhatWasWritten() {
        firmware.failingAfterWrites(1, new DeviceException(DeviceCause.NV_NO_RESOURCE, "MNVA set: status 0x8"));
        assertThat(run("", "-y", "set", "LINK_TYPE_P2=ETH", "LOG_BAR_SIZE=2", "SRIOV_EN=1").out()).endsWith("""
            -E- Failed to set configuration: failed to set VPI port2 params: Resource unavailable
            -E- Written: SRIOV_EN; not written: LINK_TYPE_P2, LOG_BAR_SIZE
            """);
    }

    @Test
    void aFailedReadEndsASetWithoutAReason() {
        firmware.failingAtReading(status(4));
        CliRun run = run("", "-y", "set", "SRIOV_EN=1");
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out()).endsWith("-E- Failed to query device current configuration\n");
    }

    @Test
    void aResetDropsEverything() {
        assertThat(run("", "-y", "reset")).isEqualTo(new CliRun(0,
            "\n Reset configuration for device 04:00.0? (y/n) [n] : y\n" + DONE, ""));
        assertThat(firmware.stored()).isEmpty();
        assertThat(run("", "r")).isEqualTo(new CliRun(2,
            "\n Reset configuration for device 04:00.0? (y/n) [n] : -E- Aborted by user.\n", ""));
    }

    @Test
    void aResetWithoutANameIsForAllCards() {
        FakeFirmware other = FakeFirmware.hp().storing("0x12/1", "00000002");
        CliRun run = new FakeCards(folder).with("04:00.0", firmware).with("05:00.0", other).answering("y\n", "mlxconfig",
            "reset");
        assertThat(run).isEqualTo(new CliRun(0, "\n Reset configuration for all devices? (y/n) [n] : " + DONE, ""));
        assertThat(firmware.stored()).isEmpty();
        assertThat(other.stored()).isEmpty();
    }
}
