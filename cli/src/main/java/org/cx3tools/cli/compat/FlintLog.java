// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.cx3tools.cli.Problems;

/** The record of a burn that {@code -log FILE} or the variable FLINT_LOG_FILE asks for (fs2-image 7.5). */
final class FlintLog {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("MMM dd HH:mm:ss ", Locale.ROOT);

    private final Optional<Path> file;

    private FlintLog(Optional<Path> file) {
        this.file = file;
    }

    static FlintLog of(FlintSession session) {
        String name = session.has(FlintOption.LOG) ? session.arguments().value(FlintOption.LOG)
            : System.getenv().getOrDefault("FLINT_LOG_FILE", "");
        return new FlintLog(name.isEmpty() ? Optional.empty() : Optional.of(session.streams().resolve(name)));
    }

    /** A record in a file. */
    static FlintLog to(Path file) {
        return new FlintLog(Optional.of(file));
    }

    /** No record. */
    static FlintLog none() {
        return new FlintLog(Optional.empty());
    }

    /**
     * Adds one line.
     *
     * @return empty, or why it could not be written
     */
    Optional<String> add(String text) {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            byte[] line = (LocalDateTime.now().format(STAMP) + text + "\n").getBytes(StandardCharsets.UTF_8);
            Files.write(file.get(), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("Failed to open log file: " + Problems.message(e));
        }
    }
}
