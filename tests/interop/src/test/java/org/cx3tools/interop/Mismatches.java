// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.cx3tools.harness.Places;

/** Gathers what did not match, so that one run shows all of it and not the first only. */
final class Mismatches {
    private static final int SHOWN = 3;

    private final String topic;
    private final List<String> found = new ArrayList<>();

    Mismatches(String topic) {
        this.topic = topic;
    }

    synchronized void add(String text) {
        found.add(text);
    }

    /** Fails if there is any; the message holds the first few, a file in target all. */
    void assertNone() throws IOException {
        if (found.isEmpty()) {
            return;
        }
        Path file = Places.root().resolve("tests/interop/target/" + topic + "-mismatches.txt");
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n\n", found) + "\n", StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING);
        assertThat(found.subList(0, Math.min(SHOWN, found.size())))
                .as("%d mismatches, all of them in %s", found.size(), file).isEmpty();
    }
}
