// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cx3tools.cli.CliRun;

/** The installed mstflint 4.21 as the judge, and ours beside it. */
final class StockFlint {
    private static final Path STOCK = Path.of("/usr/bin/mstflint");
    private static final int DEADLINE_SECONDS = 20;

    private StockFlint() {
    }

    /** Skips the test without it. */
    static void assumeInstalled() {
        assumeTrue(Files.isExecutable(STOCK), "mstflint is not installed");
    }

    /** Exit code, line end, and all it prints. */
    static String run(Path folder, List<String> words) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(STOCK.toString()));
        line.addAll(words);
        Path output = folder.resolve("stock.out");
        Process process = new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true)
            .redirectOutput(output.toFile()).start();
        process.getOutputStream().close();
        assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).as("mstflint ends").isTrue();
        return process.exitValue() + "\n" + Files.readString(output, StandardCharsets.ISO_8859_1);
    }

    /** The same of cx3 flint. */
    static String ours(Path folder, List<String> words) {
        List<String> line = new ArrayList<>(List.of("flint"));
        line.addAll(words);
        CliRun run = CliRun.in(folder, line.toArray(new String[0]));
        return run.code() + "\n" + run.out();
    }

    /** Seed of random tests; {@code -Dcx3.seed} repeats one. */
    static long seed() {
        String given = System.getProperty("cx3.seed", "");
        return given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
    }
}
