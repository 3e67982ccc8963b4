// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.cx3tools.cli.CliRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives, and that every command that takes an image takes one. */
class ArchiveCommandTest {
    private static final String PSID = "HP_1380110017";

    @TempDir
    private Path folder;

    @BeforeEach
    void anArchiveOfTwoBoards() {
        CliRun.ok(folder, "sim", "create", "card.sim");
        CliRun.ok(folder, "read", "-d", "sim:card.sim", "a.bin");
        CliRun.ok(folder, "set", "-i", "a.bin", "--new-psid", "OTHER_01", "--vsd", "other", "-o", "b.bin");
        CliRun.ok(folder, "archive", "create", "two.mfa", "a.bin", "b.bin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"query", "inspect", "verify", "dump-config", "set", "unlock-56g --plan", "rom list", "fields",
        "convert -o out.bin", "disassemble parts", "drop-rom --plan --allow-rom-change", "diff b.bin two.mfa",
        "assemble -fw two.mfa -conf board.ini", "mlxburn", "flint verify", "flint query"})
    void everyCommandThatTakesAnImageTakesABoardOfAnArchive(String command) throws Exception {
        Files.writeString(folder.resolve("board.ini"), CliRun.ok(folder, "dump-config", "-i", "b.bin").out());
        String line = switch (command) {
            case "set" -> "set -i two.mfa --psid OTHER_01 --vsd new -o new.bin";
            case "diff b.bin two.mfa", "assemble -fw two.mfa -conf board.ini" -> command + " --psid OTHER_01";
            case "unlock-56g --plan", "drop-rom --plan --allow-rom-change" ->
                command + " -i two.mfa --psid OTHER_01 -o new.bin";
            case "mlxburn" -> "mlxburn -fw two.mfa -psid OTHER_01 -conf board.ini -wrimage w.bin";
            case "flint verify", "flint query" -> "flint -i two.mfa -psid OTHER_01 " + command.substring(6);
            default -> command + " -i two.mfa --psid OTHER_01";
        };
        CliRun run = CliRun.ok(folder, line.split(" "));

        assertThat(run.err()).doesNotContain("error");
        if (command.equals("query") || command.equals("flint query")) {
            assertThat(run.out()).contains("OTHER_01");
        }
    }

    @Test
    void itIsListedVerifiedAndTakenApart() throws Exception {
        assertThat(CliRun.ok(folder, "archive", "list", "two.mfa").out()).contains(PSID, "OTHER_01", "FW 2.42.5700",
            "UEFI 14.11.0045", "2 boards");
        assertThat(CliRun.ok(folder, "archive", "verify", "two.mfa").out()).contains("all good");
        CliRun.ok(folder, "archive", "extract", "two.mfa", "one.bin", "--psid", PSID);
        assertThat(Files.mismatch(folder.resolve("one.bin"), folder.resolve("a.bin"))).isEqualTo(-1);
        CliRun.ok(folder, "archive", "extract", "two.mfa", "all", "--all");
        assertThat(Files.mismatch(folder.resolve("all/OTHER_01.bin"), folder.resolve("b.bin"))).isEqualTo(-1);
        assertThat(CliRun.in(folder, "archive", "extract", "two.mfa", "all", "--all").err()).contains("exists already");
        CliRun.ok(folder, "archive", "create", "plain.mfa", "all/OTHER_01.bin", "all/" + PSID + ".bin", "--plain");
        assertThat(Files.size(folder.resolve("plain.mfa"))).isGreaterThan(Files.size(folder.resolve("two.mfa")));
        assertThat(CliRun.ok(folder, "archive", "list", "plain.mfa", "--json").out()).contains("\"psid\" : \"OTHER_01\"");
    }

    @Test
    void aBurnTakesTheBoardOfTheCard() {
        CliRun.ok(folder, "set", "-d", "sim:card.sim", "--vsd", "was there", "-y");

        CliRun.ok(folder, "burn", "-d", "sim:card.sim", "-i", "two.mfa", "-y");

        assertThat(CliRun.ok(folder, "query", "-d", "sim:card.sim").out()).contains(PSID);
        CliRun other = CliRun.in(folder, "burn", "-d", "sim:card.sim", "-i", "two.mfa", "--psid", "OTHER_01", "-y");
        assertThat(other.err()).contains("PSID");
        assertThat(other.code()).isEqualTo(1);
    }

    @Test
    void mistakesAreTold() throws Exception {
        assertThat(CliRun.in(folder, "query", "-i", "two.mfa").err()).contains("an archive of 2 boards", "OTHER_01");
        assertThat(CliRun.in(folder, "query", "-i", "two.mfa", "--psid", "OTHER_02").err()).contains("OTHER_01");
        assertThat(CliRun.in(folder, "query", "-i", "a.bin", "--psid", "OTHER_01").err()).contains("is no archive");
        assertThat(CliRun.in(folder, "query", "-d", "sim:card.sim", "--psid", "X").code()).isEqualTo(2);
        assertThat(CliRun.in(folder, "set", "-i", "two.mfa", "--psid", "OTHER_01", "--vsd", "x").err())
            .contains("add -o FILE");
        assertThat(CliRun.in(folder, "archive", "list", "a.bin").err()).contains("is no archive");
        assertThat(CliRun.in(folder, "archive", "create", "three.mfa", "a.bin", "a.bin").err()).contains(PSID);
        assertThat(CliRun.in(folder, "archive", "list", "two.mfa", "--plain").code()).isEqualTo(2);
        byte[] cut = java.util.Arrays.copyOf(Files.readAllBytes(folder.resolve("two.mfa")), 5000);
        Files.write(folder.resolve("cut.mfa"), cut);
        assertThat(CliRun.in(folder, "archive", "verify", "cut.mfa").err()).contains("damaged or cut short");
        assertThat(CliRun.in(folder, "diff", "a.bin", "b.bin", "--psid", "X").code()).isEqualTo(2);
    }

    @Test
    void theVendorsCommandsLeaveAnArchiveAlone() throws Exception {
        byte[] before = Files.readAllBytes(folder.resolve("two.mfa"));

        CliRun run = CliRun.in(folder, "flint", "-i", "two.mfa", "-psid", "OTHER_01", "-mac", "0002c9aabbcc", "sg");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("An archive is not changed");
        assertThat(Files.readAllBytes(folder.resolve("two.mfa"))).isEqualTo(before);
    }
}
