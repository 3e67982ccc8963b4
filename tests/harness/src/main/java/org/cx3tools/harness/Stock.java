// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The stock tool as judge.
 *
 * @param program path of the executable
 */
public record Stock(Path program) {
    /** Why a test is skipped without it. */
    public static final String MISSING = "the stock tool mstflint is not installed";

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    /**
     * Looks along the search path.
     *
     * @return the tool, if installed
     */
    public static Optional<Stock> find() {
        return find("mstflint").map(Stock::new);
    }

    static Optional<Path> find(String name) {
        for (String folder : System.getenv("PATH").split(":")) {
            Path candidate = Path.of(folder, name);
            if (Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /**
     * Runs one command line; a run of more than ten seconds is killed (a looping chain hangs it).
     *
     * @param folder working folder
     * @param words  everything after the name of the tool
     * @return what it left behind
     * @throws IOException          if it cannot be started
     * @throws InterruptedException if this thread is interrupted
     */
    public Outcome run(Path folder, String... words) throws IOException, InterruptedException {
        return run(DEADLINE, folder, words);
    }

    /**
     * Runs one command line with another deadline.
     *
     * @param deadline after which it is killed
     * @param folder   working folder
     * @param words    everything after the name of the tool
     * @return what it left behind
     * @throws IOException          if it cannot be started
     * @throws InterruptedException if this thread is interrupted
     */
    public Outcome run(Duration deadline, Path folder, String... words)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(words));
        return Program.of(folder, command).within(deadline).run();
    }
}
