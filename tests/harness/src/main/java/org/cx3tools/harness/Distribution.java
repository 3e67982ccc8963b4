// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.harness;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The distribution, unpacked somewhere.
 *
 * @param home the folder that holds bin and lib
 */
public record Distribution(Path home) {
    /** An account without privileges; every system has its number. */
    public static final String NOBODY = "65534";

    /**
     * Unpacks the archive that the build just made.
     *
     * @param into a folder, made if missing
     * @return the distribution
     * @throws Exception if there is no archive or tar refuses it
     */
    public static Distribution unpack(Path into) throws Exception {
        Files.createDirectories(into);
        Outcome outcome = Program.of(into,
                List.of("tar", "-xzf", archive(".tar.gz").toString())).run();
        if (outcome.exit() != 0) {
            throw new IOException("tar: " + outcome.describe());
        }
        try (Stream<Path> found = Files.list(into)) {
            return new Distribution(found.filter(Files::isDirectory).findFirst().orElseThrow());
        }
    }

    /**
     * The archive in the target folder of the module cli.
     *
     * @param ending {@code .tar.gz} or {@code .zip}
     * @return its path
     * @throws IOException if there is none
     */
    public static Path archive(String ending) throws IOException {
        Path target = Places.root().resolve("cli/target");
        var pattern = FileSystems.getDefault().getPathMatcher("glob:cx3tools-*" + ending);
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> pattern.matches(file.getFileName())).findFirst()
                    .orElseThrow(() -> new IOException("no " + ending + " in " + target));
        }
    }

    /**
     * The program to start.
     *
     * @return its path
     */
    public Path program() {
        return home.resolve("bin/cx3");
    }

    /**
     * A command line of ours as a process, not started.
     *
     * @param folder working folder
     * @param words  command and options
     * @return the program
     */
    public Program command(Path folder, String... words) {
        return as(Optional.empty(), folder, words);
    }

    /**
     * The same without privileges, whoever runs the tests.
     *
     * @param folder working folder
     * @param words  command and options
     * @return the program
     */
    public Program unprivileged(Path folder, String... words) {
        return as(isRoot() ? Optional.of(NOBODY) : Optional.empty(), folder, words);
    }

    private Program as(Optional<String> user, Path folder, String... words) {
        List<String> command = new ArrayList<>();
        user.ifPresent(id -> command.addAll(List.of("setpriv", "--reuid", id, "--regid", id,
                "--clear-groups", "--")));
        command.add(program().toString());
        command.addAll(List.of(words));
        return Program.of(folder, command);
    }

    /**
     * Whether the tests run as root.
     *
     * @return true for root
     */
    public static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /**
     * Gives a folder and all in it to the account without privileges, if that is not ours.
     *
     * @param folder the folder
     * @throws Exception if it cannot be given away
     */
    public static void giveToNobody(Path folder) throws Exception {
        if (isRoot()) {
            Program.of(folder, List.of("chown", "-R", NOBODY + ":" + NOBODY, folder.toString()))
                    .run();
        }
    }
}
