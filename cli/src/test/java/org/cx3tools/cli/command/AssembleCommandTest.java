// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cx3tools.cli.CliRun;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticImage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssembleCommandTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void image() throws Exception {
        Files.write(folder.resolve("a.bin"),
            SyntheticImage.of(CardModel.HP_764285_B21).build().bytes().toArray());
        CliRun.ok(folder, "dump-config", "-i", "a.bin", "a.ini");
    }

    @Test
    void anUnchangedBoardFileGivesTheSameBytes() {
        CliRun.ok(folder, "assemble", "-fw", "a.bin", "-conf", "a.ini", "-wrimage", "b.bin");
        assertThat(folder.resolve("b.bin")).hasSameBinaryContentAs(folder.resolve("a.bin"));
    }

    @Test
    void aDisassembledFolderAssemblesToTheSameBytes() {
        CliRun.ok(folder, "disassemble", "-i", "a.bin", "parts");
        CliRun.ok(folder, "assemble", "-fw", "parts/firmware.mlx", "-wrimage", "b.bin");
        assertThat(folder.resolve("b.bin")).hasSameBinaryContentAs(folder.resolve("a.bin"));
        CliRun.ok(folder, "mlxburn", "-fw", "parts/firmware.mlx", "-conf", "a.ini", "-wrimage", "c.bin");
        assertThat(folder.resolve("c.bin")).hasSameBinaryContentAs(folder.resolve("a.bin"));
    }

    @Test
    void aChangedKeyWithoutAFieldIsAnErrorWithTheWaysOut() throws Exception {
        String text = Files.readString(folder.resolve("a.ini"), StandardCharsets.ISO_8859_1);
        Files.writeString(folder.resolve("b.ini"), text.replace("lbist_shift_freq = 3", "lbist_shift_freq = 4"));
        CliRun run = CliRun.in(folder, "assemble", "-fw", "a.bin", "-conf", "b.ini", "-wrimage", "b.bin");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("lbist_shift_freq", "--fields", "--text-only");
        assertThat(folder.resolve("b.bin")).doesNotExist();
        CliRun vendor = CliRun.in(folder, "mlxburn", "-fw", "none.mlx", "-wrimage", "b.bin");
        assertThat(vendor.code()).isEqualTo(1);
        assertThat(vendor.out()).isEqualTo("-E- none.mlx: no such file or folder\n".replace("none.mlx",
            folder.resolve("none.mlx").toString()));
        CliRun.ok(folder, "assemble", "-fw", "a.bin", "-conf", "b.ini", "-wrimage", "b.bin", "--text-only");
    }

    @Test
    void anImageThatExistsIsKept() throws Exception {
        Files.writeString(folder.resolve("b.bin"), "older");
        CliRun run = CliRun.in(folder, "assemble", "-fw", "a.bin", "-conf", "a.ini", "-wrimage", "b.bin");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("--force").hasLineCount(1);
        assertThat(folder.resolve("b.bin")).hasContent("older");
    }
}
