// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cx3tools.harness.Places;

/**
 * Passport of a golden vector, a block of tests/vectors/MANIFEST.
 *
 * @param fields what it tells, by name
 */
record Passport(Map<String, String> fields) {
    static final Path FOLDER = Places.root().resolve("tests/vectors");
    static final List<String> NAMES =
            List.of("file", "sha256", "origin", "producer", "licence", "proves");

    static List<Passport> readAll() throws IOException {
        List<Passport> all = new ArrayList<>();
        for (String block : Files.readString(FOLDER.resolve("MANIFEST")).split("\n\n")) {
            Map<String, String> fields = new HashMap<>();
            block.lines().filter(line -> !line.startsWith("#")).forEach(line ->
                    fields.put(line.replaceFirst(": .*", ""), line.replaceFirst("^\\w+: ", "")));
            if (!fields.isEmpty()) {
                all.add(new Passport(Map.copyOf(fields)));
            }
        }
        return all;
    }

    Path file() {
        return FOLDER.resolve(fields.get("file"));
    }

    @Override
    public String toString() {
        return fields.get("file");
    }
}
