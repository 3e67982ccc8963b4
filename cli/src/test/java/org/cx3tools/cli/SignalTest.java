// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignalTest {
    private static final int SIGTERM_CODE = 128 + 15;

    @TempDir
    private Path folder;

    @Test
    void aBurnThatIsToldToEndStopsAtASafePointAndGivesTheLocksBack() throws Exception {
        CliRun.ok(folder, "sim", "create", "c.sim");
        CliRun.ok(folder, "read", "-d", "sim:c.sim", "image.bin");
        CliRun.ok(folder, "sim", "timing", "c.sim", "--busy-reads", "4000", "--max");
        Path output = folder.resolve("burn.out");
        ProcessBuilder command = new ProcessBuilder(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp",
            System.getProperty("java.class.path"), "org.cx3tools.cli.Main", "flint", "-d", "sim:c.sim", "-i",
            "image.bin", "-y", "burn")).directory(folder.toFile()).redirectErrorStream(true)
            .redirectOutput(output.toFile());
        command.environment().put("CX3_STATE_DIR", folder.resolve("cx3-state").toString());
        Process burn = command.start();
        try {
            waitFor(output, "(y/n) [n] : y", burn);
            burn.destroy();
            assertThat(burn.waitFor(60, TimeUnit.SECONDS)).as("the burn ends").isTrue();
        } finally {
            burn.destroyForcibly();
        }
        assertThat(burn.exitValue()).isEqualTo(SIGTERM_CODE);
        assertThat(Files.readString(output))
            .containsPattern("-E- Burning FS2 image failed: (sim:c.sim: c|C)ancelled");
        CliRun.ok(folder, "sim", "timing", "c.sim", "--busy-reads", "0");
        assertThat(CliRun.ok(folder, "hw", "-d", "sim:c.sim", "--json").out())
            .contains("\"programmingHeld\" : false", "\"gatewayHeld\" : false");
        assertThat(CliRun.ok(folder, "flint", "-d", "sim:c.sim", "verify").out()).contains("Image is bootable.");
    }

    private static void waitFor(Path output, String text, Process process) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.readString(output).contains(text)) {
            assertThat(process.isAlive()).as(Files.readString(output)).isTrue();
            assertThat(System.nanoTime()).as("the burn begins").isLessThan(deadline);
            Thread.sleep(20);
        }
    }
}
