// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.imagemaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void aSeedMakesAFlashDumpWithTheImageInSlotOne() throws Exception {
        long seed = 0;
        while (RandomImage.of(seed, RandomImage.Size.SMALL).layout().plan().log2Chunk()
                .orElse(0) != 16) {
            seed++;
        }
        Path out = folder.resolve("flash.bin");

        int status = run("--out", out.toString(), "--seed", Long.toString(seed), "--flash",
                "0x80000", "--slot", "1");

        byte[] flash = Files.readAllBytes(out);
        assertThat(status).isZero();
        assertThat(flash).hasSize(0x80000);
        assertThat(Words.get(flash, 0)).isEqualTo(0xFFFFFFFFL);
        assertThat(Words.get(flash, 0x10000)).isEqualTo(ImageLayout.MAGIC[0]);
        assertThat(text.toString(StandardCharsets.UTF_8)).contains("seed " + seed);
    }

    @Test
    void anUnknownDamageListsTheKnownOnes() {
        int status = run("--out", folder.resolve("x").toString(), "--damage", "rust");
        assertThat(status).isEqualTo(2);
        assertThat(text.toString(StandardCharsets.UTF_8)).contains("unknown damage rust",
                "chain-loops");
    }

    @Test
    void anUnknownOptionIsRefused() {
        assertThat(run("--colour", "blue")).isEqualTo(2);
    }

    private int run(String... args) {
        return Main.run(args, new PrintStream(text, true, StandardCharsets.UTF_8));
    }
}
