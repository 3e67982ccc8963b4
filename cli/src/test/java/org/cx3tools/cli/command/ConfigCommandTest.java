// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cx3tools.binary.Bytes;
import org.cx3tools.cli.CliRun;
import org.cx3tools.cli.FakeCards;
import org.cx3tools.device.DeviceCause;
import org.cx3tools.device.DeviceException;
import org.cx3tools.fixtures.FakeFirmware;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
    @TempDir
    private Path folder;
    private final FakeFirmware firmware = FakeFirmware.retail();
    private FakeCards cards;

    @BeforeEach
    void card() {
        cards = new FakeCards(folder).with("04:00.0", firmware);
    }

    private CliRun run(String action, String... words) {
        return answering("", action, words);
    }

    private CliRun answering(String answers, String action, String... words) {
        List<String> line = new ArrayList<>(List.of("config", action, "-d", "04:00.0"));
        line.addAll(List.of(words));
        CliRun run = cards.answering(answers, line.toArray(new String[0]));
        assertThat(cards.open()).as("cards left open").isZero();
        return run;
    }

    @Test
    void theQueryShowsDefaultAndNextBoot() {
        firmware.storing("0x12/1", "00000002");
        assertThat(run("query", "LINK_TYPE_P1", "SRIOV_EN")).isEqualTo(new CliRun(0, """
            04:00.0, ConnectX3Pro
                                      default             next boot
            LINK_TYPE_P1              VPI(3)              ETH(2) *
            SRIOV_EN                  True(1)             True(1)
            * differs from the default
            """, ""));
        assertThat(run("query").out()).hasLineCount(23);
        assertThat(run("query", "LINK_TYPE_P1", "--json").out()).contains("\"chip\" : \"ConnectX3Pro\"",
            "\"name\" : \"LINK_TYPE_P1\"", "\"default\" : 3", "\"nextBoot\" : 2", "\"nextBootText\" : \"ETH(2)\"",
            "\"stored\" : true");
    }

    @Test
    void aPlanIsShownAndNothingIsWritten() {
        assertThat(run("set", "SRIOV_EN=0", "NUM_OF_VFS=8", "LINK_TYPE_P1=eth", "--plan")).isEqualTo(new CliRun(0, """
            SRIOV_EN                  True(1) -> False(0)
            NUM_OF_VFS                8, as it is
            LINK_TYPE_P1              VPI(3) -> ETH(2)
            record 0x11/0: new, 00000008
            record 0x12/1: new, 00000002
            """, ""));
        assertThat(run("set", "SRIOV_EN=0", "--plan", "--json").out()).contains("\"written\" : false",
            "\"record\" : \"0x11/0\"", "\"after\" : \"00000008\"", "\"afterText\" : \"False(0)\"");
        assertThat(firmware.stored()).isEmpty();
    }

    @Test
    void whatIsAgreedToIsWritten() {
        assertThat(answering("y\n", "set", "LINK_TYPE_P1=ETH").out()).endsWith("cx3 reset is enough.\n");
        assertThat(run("set", "NUM_OF_VFS=4", "-y", "--json").out()).contains("\"written\" : true");
        assertThat(firmware.stored()).isEqualTo(Map.of("0x11/0", Bytes.ofHex("80000004"), "0x12/1",
            Bytes.ofHex("00000002")));
        assertThat(run("set", "NUM_OF_VFS=4").out()).contains("nothing has to be written");
    }

    @Test
    void withoutConsentNothingIsWritten() {
        CliRun no = answering("n\n", "set", "NUM_OF_VFS=4");
        assertThat(no.code()).isEqualTo(1);
        assertThat(no.err()).contains("nothing was changed");
        assertThat(run("set", "NUM_OF_VFS=4").code()).isEqualTo(2);
        assertThat(firmware.stored()).isEmpty();
    }

    @Test
    void badValuesAreRefusedBeforeTheQuestion() {
        assertThat(run("set", "NUM_OF_VFS=200")).isEqualTo(new CliRun(1, "",
            "cx3: error: Number of VFs exceeds limit (127).\n"));
        assertThat(run("set", "NUM_OF_VFS=100").err()).contains("Maximal number of VFs: 63");
        assertThat(run("set", "NUM_OF_VFS=100", "--force", "--plan").code()).isZero();
        assertThat(run("set", "LINK_TYPE_P1=wifi").err())
            .isEqualTo("cx3: error: LINK_TYPE_P1 cannot be \"wifi\"; it takes ETH|IB|VPI\n");
    }

    @Test
    void mistakesOfferTheWayOut() {
        assertThat(run("set", "NUM_OF_VF=1")).isEqualTo(new CliRun(2, "",
            "cx3: error: no setting is called NUM_OF_VF; did you mean NUM_OF_VFS?\n"));
        assertThat(run("qurey").err()).contains("did you mean query?");
        assertThat(run("set").err()).contains("nothing to set");
        assertThat(run("set", "SRIOV_EN").err()).contains("is not NAME=VALUE");
        assertThat(run("set", "SRIOV_EN=1", "SRIOV_EN=1").err()).contains("given twice");
        assertThat(run("query", "RPG_GD_P1").err()).contains("later generations");
        assertThat(run("query", "PHY_TYPE_P1").err()).contains("Device doesn't support PHY_TYPE_P1 configuration");
        assertThat(run("query", "--plan").err()).contains("--plan goes with set");
        assertThat(run("backup").err()).contains("needs one file name");
        assertThat(cards.run("config", "query").code()).isEqualTo(2);
    }

    @Test
    void aFailureInTheMiddleNamesBothSidesAndTheWayOut() {
        firmware.failingAfterWrites(1, new DeviceException(DeviceCause.NV_NO_RESOURCE, "MNVA set: status 0x8"));
        CliRun run = run("set", "SRIOV_EN=0", "LOG_BAR_SIZE=2", "-y");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("cx3: error: record 0x13/0 was not written: MNVA set: status 0x8; written:"
            + " SRIOV_EN; not written: LOG_BAR_SIZE; " + DeviceCause.NV_NO_RESOURCE.advice()
            + "; then repeat the command for what was not written, or set the others back\n");
    }

    @Test
    void oneNameOrAllAreReset() {
        firmware.storing("0x11/0", "00000004").storing("0x2010/0", "00000001");
        assertThat(run("reset", "SRIOV_EN", "-y").out()).startsWith("""
            SRIOV_EN                  False(0) -> True(1)
            record 0x11/0: 00000004 -> 80000004
            """);
        assertThat(run("reset", "NUM_OF_VFS", "-y").out()).contains("record 0x11/0: 80000004 is dropped\n");
        assertThat(firmware.stored()).containsOnlyKeys("0x2010/0");
        assertThat(run("reset", "--plan").out())
            .isEqualTo("all settings have their defaults already\n"
                + "all records are dropped, also those of the option ROM that have no name here\n");
        assertThat(run("reset", "-y").code()).isZero();
        assertThat(firmware.stored()).isEmpty();
    }

    @Test
    void aBackupIsComparedAndRestored() throws Exception {
        firmware.storing("0x11/0", "00000004").storing("0x2001/1", "000001c8");
        assertThat(run("backup", "s.json").out()).isEqualTo("Settings written to s.json.\n");
        assertThat(Files.readString(folder.resolve("s.json"))).contains("\"record\" : \"0x2001/1\"",
            "\"data\" : \"000001c8\"", "\"IP_VER_P1\" : \"IPv6(1)\"");
        assertThat(run("diff", "s.json").code()).isZero();
        run("set", "NUM_OF_VFS=5", "IP_VER_P1=IPv4", "LINK_TYPE_P1=IB", "-y");
        CliRun diff = run("diff", "s.json");
        assertThat(diff.code()).isEqualTo(1);
        assertThat(diff.out()).contains("NUM_OF_VFS                5 -> 4", "record 0x12/1: 00000001 is dropped");
        assertThat(run("restore", "s.json", "-y").code()).isZero();
        assertThat(firmware.stored()).isEqualTo(Map.of("0x11/0", Bytes.ofHex("00000004"), "0x2001/1",
            Bytes.ofHex("000001c8")));
        assertThat(run("backup", "s.json").err()).contains("exists already");
    }

    @Test
    void aDamagedBackupIsRefused() throws Exception {
        run("backup", "s.json");
        String good = Files.readString(folder.resolve("s.json"));
        Map<String, String> breaks = Map.of("cx3 settings", "my settings", "0x11/0", "0x99/0", "\"data\" : \"\"",
            "\"data\" : \"123456\"", "\"version\" : 1", "\"version\" : 2", "{", "[", "\"records\"", "\"recrods\"",
            "\"0x13/0\"", "\"0x11/0\"");
        breaks.forEach((from, to) -> {
            try {
                Files.writeString(folder.resolve("bad.json"), good.replace(from, to));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            CliRun run = run("restore", "bad.json", "-y");
            assertThat(run.code()).as(from).isEqualTo(1);
            assertThat(run.err()).as(from).contains("is no backup of settings");
        });
        Files.writeString(folder.resolve("hp.json"), good.replaceFirst("\"data\" : \"\"", "\"data\" : \"800000ff\""));
        assertThat(run("restore", "hp.json", "-y").err()).contains("Number of VFs exceeds limit");
        assertThat(firmware.stored()).isEmpty();
    }

    @Test
    void whatCanBeSetIsExplained() {
        assertThat(cards.run("config", "show", "LINK_TYPE_P2").out()).isEqualTo("""
            LINK_TYPE_P2
                protocol of the port: InfiniBand, Ethernet, or VPI = sense it
                values 1 IB, 2 ETH, 3 VPI; record 0x12/2 [1:0]
            """);
        assertThat(cards.run("config", "show").out()).hasLineCount(3 * 31);
        assertThat(run("show").out()).hasLineCount(3 * 20);
        assertThat(run("show", "--json").out()).contains("\"group\" : \"PCI Settings\"");
    }
}
