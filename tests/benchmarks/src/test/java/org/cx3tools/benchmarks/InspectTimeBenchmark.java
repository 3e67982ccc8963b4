// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.cx3tools.harness.Distribution;
import org.cx3tools.harness.Outcome;
import org.cx3tools.harness.Program;
import org.cx3tools.imagemaker.RandomImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wall time of {@code cx3 inspect} of an image of release size. Not part of a normal build, see README.md. */
class InspectTimeBenchmark {
    private static final int RUNS = 15;
    private static final int WARM_UP = 3;
    private static final double GOAL_MS = 300;

    @TempDir
    Path folder;

    @Test
    void inspectAnswersWithinItsTime() throws Exception {
        Distribution distribution = Distribution.unpack(folder.resolve("cx3"));
        Outcome setup = Program.of(folder, List.of(distribution.home().resolve("bin/cx3-setup").toString())).run();
        assertThat(setup.exit()).as(setup.describe()).isZero();
        Files.write(folder.resolve("image.bin"),
                RandomImage.of(1, RandomImage.Size.RELEASE).layout().bytes());
        double text = median(distribution.command(folder, "inspect", "-i", "image.bin"));
        double json = median(distribution.command(folder, "inspect", "-i", "image.bin", "--json"));
        System.out.println(String.format(Locale.ROOT, "inspect of an image of %d bytes: %.0f ms as text, %.0f ms as"
                + " JSON (median of %d; goal %.0f)", Files.size(folder.resolve("image.bin")), text, json, RUNS, GOAL_MS));
        assertThat(text).as("ms, on an idle machine").isLessThan(GOAL_MS);
        assertThat(json).as("ms, on an idle machine").isLessThan(GOAL_MS);
    }

    private static double median(Program program) throws Exception {
        double[] times = new double[RUNS];
        for (int i = -WARM_UP; i < RUNS; i++) {
            long start = System.nanoTime();
            Outcome outcome = program.run();
            assertThat(outcome.exit()).as(outcome.describe()).isZero();
            times[Math.max(i, 0)] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(times);
        return times[RUNS / 2];
    }
}
