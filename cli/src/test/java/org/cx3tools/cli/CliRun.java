// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.cx3tools.cli.output.Out;

/** One command line, run in this process as a script would run it: no terminal. */
public record CliRun(int code, String out, String err) {
    /** Runs a command whose relative names start in a folder. */
    public static CliRun in(Path folder, String... words) {
        return answering(folder, "", words);
    }

    /** The same, with answers waiting at the standard input. */
    public static CliRun answering(Path folder, String answers, String... words) {
        return run(folder, answers, Streams.Terminal.NO, words);
    }

    /** The same, with a person in front. */
    public static CliRun onTerminal(Path folder, String answers, String... words) {
        return run(folder, answers, Streams.Terminal.YES, words);
    }

    /** The same, with bytes at the standard input. */
    public static CliRun reading(Path folder, byte[] input, String... words) {
        return run(folder, input, Streams.Terminal.NO, words);
    }

    private static CliRun run(Path folder, String answers, Streams.Terminal terminal, String... words) {
        return run(folder, answers.getBytes(StandardCharsets.UTF_8), terminal, words);
    }

    private static CliRun run(Path folder, byte[] input, Streams.Terminal terminal, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(words, new Streams(new ByteArrayInputStream(input),
            new Out(out), new Out(err), folder, terminal));
        return new CliRun(code, out.toString(StandardCharsets.ISO_8859_1), err.toString(StandardCharsets.UTF_8));
    }

    /** Runs a command that has to end with 0. */
    public static CliRun ok(Path folder, String... words) {
        CliRun run = in(folder, words);
        if (run.code != 0) {
            throw new AssertionError("exit " + run.code + " of " + String.join(" ", words) + "\n" + run.out + run.err);
        }
        return run;
    }
}
