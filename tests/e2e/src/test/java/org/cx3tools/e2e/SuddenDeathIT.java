// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cx3tools.harness.Distribution;
import org.cx3tools.harness.Outcome;
import org.cx3tools.harness.Program;
import org.cx3tools.nativecore.NativeSim;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A burn that dies or is interrupted in the middle, seen by the next command. */
class SuddenDeathIT {
    private static final int PAGES = 300;
    /** Makes a burn, which takes a fifth of a second on a virtual card, take some seconds. */
    private static final String SLOW = "400";
    private static final String DEVICE = "sim:card.sim";

    @TempDir
    static Path space;

    private static Distribution distribution;
    private Path work;

    @BeforeAll
    static void unpack() throws Exception {
        distribution = Distribution.unpack(space.resolve("cx3"));
    }

    @BeforeEach
    void aCardAndAnImage() throws Exception {
        work = Files.createTempDirectory(space, "work");
        expectSuccess("sim", "create", "card.sim", "--model", "hp-764285-b21");
        expectSuccess("flint", "-d", DEVICE, "ri", "image.bin");
        expectSuccess("sim", "timing", "card.sim", "--busy-reads", SLOW);
    }

    @Test
    void afterAKillTheNextCommandExplainsTheLocksAndTheirRemedyWorks() throws Exception {
        Process burn = burnUntilTheMiddle();
        burn.destroyForcibly().waitFor();

        Outcome blocked = run("query", "-d", DEVICE);
        assertThat(blocked.exit()).as(blocked.describe()).isNotZero();
        assertThat(blocked.output() + blocked.errors()).containsIgnoringCase("semaphore")
                .doesNotContain("Exception");

        expectSuccess("flint", "-d", DEVICE, "-clear_semaphore");
        assertBootsTheOldImage();
        expectSuccess("flint", "-d", DEVICE, "-i", "image.bin", "-y", "burn");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void aSignalReleasesTheLocksAndKeepsTheOldImage(String signal) throws Exception {
        Process burn = burnUntilTheMiddle();
        Program.of(work, List.of("kill", "-" + signal, Long.toString(burn.pid()))).run();
        assertThat(burn.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(burn.exitValue()).isNotZero();

        assertBootsTheOldImage();
        expectSuccess("flint", "-d", DEVICE, "-i", "image.bin", "-y", "burn");
    }

    private void assertBootsTheOldImage() throws Exception {
        expectSuccess("sim", "power-cycle", "card.sim");
        expectSuccess("sim", "timing", "card.sim", "--busy-reads", "0");
        expectSuccess("query", "-d", DEVICE);
        Outcome verify = run("flint", "-d", DEVICE, "verify");
        assertThat(verify.describe()).contains("Image is bootable");
    }

    /** A burn writes 2800 pages or more; the counters of the card tell when some are done. */
    private Process burnUntilTheMiddle() throws Exception {
        Path card = work.resolve("card.sim");
        long before = NativeSim.info(card).programs();
        Program command = distribution.command(work, "flint", "-d", DEVICE, "-i", "image.bin", "-y",
                "burn");
        // Whoever runs the tests under nohup passes on an ignored SIGHUP.
        List<String> words = new ArrayList<>(List.of("env", "--default-signal=HUP,INT,TERM"));
        words.addAll(command.command());
        Process burn = new Program(words, command.folder(), command.input(), command.deadline(),
                command.extraEnvironment()).start();
        while (burn.isAlive() && NativeSim.info(card).programs() - before < PAGES) {
            Thread.sleep(1);
        }
        assertThat(burn.isAlive()).as("the burn ended before its middle").isTrue();
        return burn;
    }

    private void expectSuccess(String... words) throws Exception {
        Outcome outcome = run(words);
        assertThat(outcome.exit()).as(outcome.describe()).isZero();
    }

    private Outcome run(String... words) throws Exception {
        return distribution.command(work, words).run();
    }
}
