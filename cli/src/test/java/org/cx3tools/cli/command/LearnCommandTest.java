// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cx3tools.cli.CliRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Learning on the command line: what the virtual firmware does with its keys is found again. */
class LearnCommandTest {
    private static final int BOARDS = 8;

    @TempDir
    private Path folder;

    /** Boards whose values count in binary, so that no two keys go together. */
    @BeforeEach
    void boardsOfOneFirmware() throws Exception {
        CliRun.ok(folder, "sim", "create", "card.sim");
        CliRun.ok(folder, "read", "-d", "sim:card.sim", "a.bin");
        Files.createDirectory(folder.resolve("boards"));
        List<String> archive = new ArrayList<>(List.of("archive", "create", "boards.mfa"));
        for (int i = 0; i < BOARDS; i++) {
            CliRun.ok(folder, "set", "-i", "a.bin", "--new-psid", "BOARD_" + i, "sriov_en=" + (i & 1), "dpdp_en="
                + ((i & 2) != 0), "eth_xfi_en=" + (i >> 2 & 1), "total_vfs=" + (i * 37 & 0xff), "-o", "boards/" + i + ".bin");
            archive.add("boards/" + i + ".bin");
        }
        CliRun.ok(folder, archive.toArray(String[]::new));
    }

    @Test
    void fieldsAreFoundAndTheirDictionaryCanBeUsed() throws Exception {
        CliRun learned = CliRun.ok(folder, "learn", "boards.mfa", "-o", "learned.fields");

        assertThat(learned.out()).contains("hca.sriov_en 0x1fb00.0 1", "8 images", "8 different images");
        assertThat(Files.readString(folder.resolve("learned.fields"))).contains("hca.eth_xfi_en 0x1fb00.1 1 ; 8 images");
        assertThat(CliRun.ok(folder, "fields", "sriov", "--fields", "learned.fields").out())
            .contains("hca.sriov_en 0x1fb00.0 1");
        assertThat(CliRun.ok(folder, "learn", "boards", "--json").out()).contains("\"name\" : \"hca.sriov_en\"");
    }

    @Test
    void whatCannotBeLearnedFromIsTold() throws Exception {
        assertThat(CliRun.in(folder, "learn", "a.bin").err()).contains("two different images");
        assertThat(CliRun.in(folder, "learn", "boards", "--fw-version", "2.36.5000").code()).isEqualTo(1);
        CliRun.ok(folder, "set", "-i", "boards/0.bin", "--tag", "fw_version=2.36.5000", "-o", "boards/old.bin");
        assertThat(CliRun.in(folder, "learn", "boards").err()).contains("choose one with --fw-version");
        CliRun.ok(folder, "learn", "boards", "--fw-version", "2.42.5700");
        Files.writeString(folder.resolve("boards/x.bin"), "noise");
        assertThat(CliRun.in(folder, "learn", "boards").err()).startsWith("cx3: error: boards/x.bin");
        Files.createDirectory(folder.resolve("empty"));
        assertThat(CliRun.in(folder, "learn", "empty").err()).contains("holds no .bin and no .mfa");
    }
}
