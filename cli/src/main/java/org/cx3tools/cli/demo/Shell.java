// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.demo;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.Main;
import org.cx3tools.cli.Streams;
import org.cx3tools.cli.output.Out;

/** Runs command lines of cx3 in this process, printing each before its output, as a terminal would show it. */
final class Shell {
    private final Out out;
    private final Path folder;

    Shell(Out out, Path folder) {
        this.out = out;
        this.folder = folder;
    }

    /**
     * Runs one command.
     *
     * @param answer what the operator types at its questions
     * @param words command and its words
     * @return all it printed
     * @throws DemoFailure when it does not end with 0
     */
    String answering(String answer, String... words) throws DemoFailure {
        return run(ExitCode.DONE, answer, words);
    }

    /** Runs one command that asks nothing and whose exit code tells what it found. */
    String ending(int code, String... words) throws DemoFailure {
        return run(code, "", words);
    }

    private String run(int expected, String answer, String... words) throws DemoFailure {
        StringBuilder line = new StringBuilder("$ cx3");
        for (String word : words) {
            line.append(' ').append(word);
        }
        out.line(line.toString());
        out.flush();
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        Out both = new Out(seen);
        Streams streams = new Streams(new Typed(answer, both), both, both,
            folder, Streams.Terminal.NO);
        int code = Main.run(words, streams);
        String text = seen.toString(StandardCharsets.UTF_8);
        out.print(text);
        if (!text.isEmpty() && !text.endsWith("\n")) {
            out.newline();
        }
        out.newline();
        out.flush();
        if (code != expected) {
            throw new DemoFailure("exit code " + code + " of: " + line.substring(2));
        }
        return text;
    }

    /** Runs one command that asks nothing. */
    String run(String... words) throws DemoFailure {
        return answering("", words);
    }

    /** Answers that show in the output as they are read, as on a terminal. */
    private static final class Typed extends InputStream {
        private final ByteArrayInputStream answers;
        private final Out echo;

        Typed(String answers, Out echo) {
            this.answers = new ByteArrayInputStream(answers.getBytes(StandardCharsets.UTF_8));
            this.echo = echo;
        }

        @Override
        public int read() {
            int next = answers.read();
            if (next >= 0) {
                echo.bytes(new byte[] {(byte) next});
            }
            return next;
        }
    }

    /** Prints what is about to happen. */
    void say(String text) {
        out.line("# " + text);
        out.flush();
    }
}
