// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.harness;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The image maker of the shared folder. Hundreds of images are made by one Python process, which
 * also counts its checksums by half words: the script alone takes a second for an image.
 *
 * @param script the maker
 * @param python the interpreter
 */
public record Mkfs2(Path script, Path python) {
    /** Why a test is skipped without it. */
    public static final String MISSING =
            "needs python3 and tools/mkfs2.py in the shared folder (CX3_SHARED or ../shared)";

    /**
     * Looks for script and interpreter.
     *
     * @return the maker, if both are there
     */
    public static Optional<Mkfs2> find() {
        Optional<Path> python = Stock.find("python3");
        return Places.shared().map(shared -> shared.resolve("tools/mkfs2.py"))
                .filter(Files::isReadable)
                .flatMap(script -> python.map(found -> new Mkfs2(script, found)));
    }

    /**
     * Makes images.
     *
     * @param folder   where relative output names start
     * @param commands one list of command line words for each image
     * @throws IOException          if the maker fails
     * @throws InterruptedException if this thread is interrupted
     */
    public void make(Path folder, List<List<String>> commands)
            throws IOException, InterruptedException {
        String input = commands.stream().map(words -> String.join("\t", words))
                .collect(Collectors.joining("\n"));
        Outcome outcome = Program.of(folder, List.of(python.toString(), "-c", driver(),
                script.toString())).reading(input).within(Duration.ofMinutes(5)).run();
        if (outcome.exit() != 0) {
            throw new IOException("mkfs2.py failed: " + outcome.describe());
        }
    }

    private static String driver() throws IOException {
        try (InputStream source = Mkfs2.class.getResourceAsStream("mkfs2_driver.py")) {
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
