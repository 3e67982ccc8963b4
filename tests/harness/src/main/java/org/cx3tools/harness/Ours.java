// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.harness;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.cx3tools.cli.Main;
import org.cx3tools.cli.Streams;
import org.cx3tools.cli.output.Out;

/** Our command line, run inside this process: thousands of runs without a start-up each. */
public final class Ours {
    private Ours() {
    }

    /**
     * Runs one command line without input.
     *
     * @param folder where relative names start
     * @param words  command and options, {@code flint -i x verify}
     * @return what it left behind
     */
    public static Outcome run(Path folder, String... words) {
        return answering("", folder, words);
    }

    /**
     * Runs one command line with answers to its questions.
     *
     * @param answers what the operator types
     * @param folder  where relative names start
     * @param words   command and options
     * @return what it left behind
     */
    public static Outcome answering(String answers, Path folder, String... words) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        Streams streams = new Streams(
                new ByteArrayInputStream(answers.getBytes(StandardCharsets.UTF_8)),
                new Out(output), new Out(errors), folder, Streams.Terminal.NO);
        int exit = Main.run(words, streams);
        return Outcome.of(exit, output.toByteArray(), errors.toByteArray());
    }
}
