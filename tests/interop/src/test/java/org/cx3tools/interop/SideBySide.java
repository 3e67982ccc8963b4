// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.interop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.cx3tools.harness.Ours;
import org.cx3tools.harness.Outcome;
import org.cx3tools.harness.Stock;

/** Runs the same command line with both tools and compares what they print, write and return. */
final class SideBySide {
    private final Stock stock;
    private final Path folder;
    private final Mismatches mismatches;

    SideBySide(Stock stock, Path folder, Mismatches mismatches) {
        this.stock = stock;
        this.folder = folder;
        this.mismatches = mismatches;
    }

    /** All commands that read an image file; the short query shows less than the full one. */
    void compareAll(Path image, List<String> options, String what) throws Exception {
        compare(image, options, what, "verify");
        compare(image, options, what, "query", "full");
        compare(image, options, what, "dc");
        compareRomFile(image, options, what);
    }

    void compare(Path image, List<String> options, String what, String... command)
            throws Exception {
        String[] words = words(image, options, command);
        Outcome theirs = stock.run(folder, words);
        Outcome ours = ours(words);
        check(what, words, theirs, ours, "");
    }

    private void compareRomFile(Path image, List<String> options, String what) throws Exception {
        Path theirRom = Path.of(image + ".rom-stock");
        Path ourRom = Path.of(image + ".rom-ours");
        Outcome theirs = stock.run(folder, words(image, options, "rrom", theirRom.toString()));
        String[] words = words(image, options, "rrom", ourRom.toString());
        Outcome ours = ours(words);
        boolean same = Files.exists(theirRom) == Files.exists(ourRom)
                && (!Files.exists(ourRom) || Files.mismatch(theirRom, ourRom) < 0);
        check(what, words, theirs, ours, same ? "" : "the ROM files differ");
        Files.deleteIfExists(theirRom);
        Files.deleteIfExists(ourRom);
    }

    private Outcome ours(String... words) {
        return Ours.run(folder, Stream.concat(Stream.of("flint"), Arrays.stream(words))
                .toArray(String[]::new));
    }

    private void check(String what, String[] words, Outcome theirs, Outcome ours, String more) {
        boolean same = more.isEmpty() && ours.exitAndOutput().equals(theirs.exitAndOutput());
        if (same || KnownDifferences.explain(List.of(words), theirs, ours)) {
            return;
        }
        mismatches.add(what + "\n" + String.join(" ", words) + "\n" + more + "\n--- stock\n"
                + theirs.describe() + "\n--- ours\n" + ours.describe());
    }

    private static String[] words(Path image, List<String> options, String... command) {
        return Stream.of(List.of("-i", image.toString()), options, List.of(command))
                .flatMap(List::stream).toArray(String[]::new);
    }
}
