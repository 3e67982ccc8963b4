// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.cx3tools.cli.CliRun;
import org.cx3tools.cli.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
    @TempDir
    private Path folder;

    @Test
    void everyCommandHasHelpWithAnExampleAndExitCodes() {
        for (String command : Main.COMMANDS) {
            String flag = command.equals("flint") || command.equals("mlxburn") ? "-help" : "--help";
            CliRun run = CliRun.in(folder, command, flag);
            assertThat(run.code()).as(command).isZero();
            assertThat(run.out()).as(command).contains("Usage: cx3 " + command, "EXAMPLE", "Exit codes:");
        }
    }

    @Test
    void theOverviewNamesEveryCommand() {
        assertThat(CliRun.in(folder, "--help").out()).contains(Main.COMMANDS);
        assertThat(CliRun.in(folder).code()).isEqualTo(2);
    }

    @Test
    void aMistypedCommandOffersTheNearest() {
        CliRun run = CliRun.in(folder, "brun");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("cx3: error: unknown command \"brun\"; did you mean burn?\n");
    }

    @Test
    void aMistypedOptionOffersTheNearest() {
        CliRun run = CliRun.in(folder, "query", "--imge", "x");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).isEqualTo(
            "cx3: error: unknown option --imge for cx3 query; did you mean --image?\n");
    }

    @Test
    void missingTargetsValuesAndArgumentsAreUsageErrors() {
        for (List<String> words : List.of(List.of("query"), List.of("query", "-i"), List.of("read", "-d", "sim:x"),
                List.of("burn", "-d", "sim:x"), List.of("query", "-i", "a", "-d", "sim:b"), List.of("sim", "info"),
                List.of("sim", "explode", "x"), List.of("hw"), List.of("list", "extra"))) {
            CliRun run = CliRun.in(folder, words.toArray(new String[0]));
            assertThat(run.code()).as(words.toString()).isEqualTo(2);
            assertThat(run.err()).as(words.toString()).startsWith("cx3: error: ").hasLineCount(1);
        }
    }

    @Test
    void optionsMayStandBehindArguments() {
        CliRun.ok(folder, "sim", "create", "c.sim", "--model", "mcx354a-fcbt");
        CliRun.ok(folder, "read", "image.bin", "-d", "sim:c.sim");
        assertThat(folder.resolve("image.bin")).exists();
    }

    @Test
    void reportsComeAsJson() {
        CliRun.ok(folder, "sim", "create", "c.sim");
        assertThat(CliRun.ok(folder, "query", "-d", "sim:c.sim", "--json").out())
            .contains("\"firmwareVersion\" : \"2.42.5700\"", "\"24be05c557c1\"");
        assertThat(CliRun.ok(folder, "hw", "-d", "sim:c.sim", "--json").out()).contains("\"programmingHeld\" : false");
        assertThat(CliRun.ok(folder, "sim", "info", "c.sim", "--json").out()).contains("\"powered\" : true");
        assertThat(CliRun.ok(folder, "list", "--sim", "c.sim", "--json").out()).contains("\"virtual\" : true");
        assertThat(CliRun.ok(folder, "verify", "-d", "sim:c.sim", "--json").out()).contains("\"good\" : true");
    }

    @Test
    void optionsOfAVirtualCardAreSetByName() {
        CliRun.ok(folder, "sim", "create", "o.sim", "--blank", "--size", "4M");
        CliRun.ok(folder, "sim", "timing", "o.sim", "--set",
            "gateway-ns=900,reset-ms=500,held-read-streams=off,link-width=4,bar2-log2-mib=5,vendor-capability=on");
        String info = CliRun.ok(folder, "sim", "info", "o.sim").out();
        assertThat(info).contains("W25Q32BV, 4096 KiB").contains("gateway-ns=900", "reset-ms=500",
            "held-read-streams=off", "link-width=4", "bar2-log2-mib=5", "vendor-capability=on");
        CliRun wrong = CliRun.in(folder, "sim", "timing", "o.sim", "--set", "reset=1");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("reset-ms");
        assertThat(CliRun.in(folder, "sim", "timing", "o.sim", "--set", "reset-raises-cs=2").err())
            .contains("on or off");
        assertThat(CliRun.in(folder, "sim", "timing", "o.sim", "--set", "reset-ms=60001").err()).contains("60 s");
        assertThat(CliRun.in(folder, "sim", "fault", "o.sim", "protection", "--value", "0x10000001c").err())
            .contains("32 bits");
        assertThat(CliRun.in(folder, "sim", "create", "p.sim", "--size", "3M").err()).contains("0x400000");
    }

    @Test
    void theDoctorEndsWithTheClassOfItsFinding() throws Exception {
        CliRun.ok(folder, "sim", "create", "d.sim");
        CliRun healthy = CliRun.ok(folder, "doctor", "-d", "sim:d.sim");
        assertThat(healthy.out()).contains("Nothing found.", "Looked at: locks of the card, images on flash",
            "Not looked at: kernel log: that of this machine does not know this card");
        CliRun.ok(folder, "sim", "fault", "d.sim", "lock-held", "--value", "0xf03fc", "--at", "0");
        CliRun locked = CliRun.in(folder, "doctor", "-d", "sim:d.sim", "--json");
        assertThat(locked.code()).isEqualTo(14);
        assertThat(locked.out()).contains("\"exitCode\" : 14", "\"kind\" : \"LOCKS_LEFT\"",
            "$ cx3 hw -d sim:d.sim --clear-semaphore");
        CliRun blind = CliRun.ok(folder, "doctor", "-d", "sim:d.sim", "--no-card");
        assertThat(blind.out()).contains("Not looked at: registers and flash: left out as asked");
        CliRun noLog = CliRun.in(folder, "doctor", "-d", "sim:d.sim", "--kernel-log", "nowhere");
        assertThat(noLog.code()).isEqualTo(1);
        assertThat(noLog.err()).contains("nowhere: no such file");
        assertThat(CliRun.in(folder, "doctor", "-d", "00:1f.7").code()).isEqualTo(1);
    }

    @Test
    void aCardThatLeavesRecoveryModeTellsWhatRuns() {
        CliRun.ok(folder, "sim", "create", "whole.sim");
        CliRun.ok(folder, "read", "-d", "sim:whole.sim", "image.bin");
        CliRun.ok(folder, "sim", "create", "blank.sim", "--blank");
        CliRun.ok(folder, "burn", "-d", "sim:blank.sim", "-i", "image.bin", "-y", "--nofs", "--guid", "0x24be05ffffc557c0",
            "--mac", "0x24be05c557c1");
        assertThat(CliRun.ok(folder, "reset", "-d", "sim:blank.sim", "-y").out())
            .isEqualTo("Running firmware before: none\nRunning firmware after:  2.42.5700\n");
    }
}
