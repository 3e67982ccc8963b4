// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cx3tools.cli.CliRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The transcript in the README is what the demo prints; a line "[...]" stands for left-out lines. */
class ReadmeTest {
    private static final String LEFT_OUT = "[...]";

    @TempDir
    private Path folder;

    @Test
    void theTranscriptIsWhatTheDemoPrints() throws Exception {
        List<String> shown = transcript(Files.readAllLines(Path.of("..", "README.md")));
        List<String> printed = lines(CliRun.in(folder, "demo").out());

        assertThat(shown).as("transcript in README.md").hasSizeGreaterThan(50);
        assertThat(firstNotPrinted(shown, printed)).as("first line of the README that the demo does not print there")
            .isEmpty();
    }

    @Test
    void aLineThatIsNotPrintedIsFound() {
        List<String> printed = List.of("a", "b", "c", "d");
        assertThat(firstNotPrinted(List.of("a", LEFT_OUT, "c", "d"), printed)).isEmpty();
        assertThat(firstNotPrinted(List.of("a", "c"), printed)).isEqualTo("c");
        assertThat(firstNotPrinted(List.of(LEFT_OUT, "d", "c"), printed)).isEqualTo("c");
        assertThat(firstNotPrinted(List.of(LEFT_OUT, "e"), printed)).isEqualTo("e");
        assertThat(firstNotPrinted(List.of("a"), printed)).isEqualTo("end of the transcript");
    }

    private static List<String> transcript(List<String> readme) {
        List<String> shown = new ArrayList<>();
        boolean inside = false;
        for (String line : readme) {
            if (line.startsWith("<!-- end of the transcript")) {
                inside = false;
            } else if (line.startsWith("<!-- transcript")) {
                inside = true;
            } else if (inside && !line.startsWith("```")) {
                shown.add(line.stripTrailing());
            }
        }
        return shown;
    }

    private static List<String> lines(String output) {
        // A progress line is rewritten in place; its last state stays on the screen.
        return Arrays.stream(output.split("\n"))
            .map(line -> line.substring(line.lastIndexOf('\r') + 1).stripTrailing()).toList();
    }

    /** Empty when every stretch stands in the output, in order and directly behind its predecessor. */
    private static String firstNotPrinted(List<String> shown, List<String> printed) {
        int at = 0;
        boolean gap = false;
        for (String line : shown) {
            if (line.equals(LEFT_OUT)) {
                gap = true;
                continue;
            }
            while (gap && at < printed.size() && !printed.get(at).equals(line)) {
                at++;
            }
            if (at >= printed.size() || !printed.get(at).equals(line)) {
                return line;
            }
            at++;
            gap = false;
        }
        return gap || at == printed.size() ? "" : "end of the transcript";
    }
}
