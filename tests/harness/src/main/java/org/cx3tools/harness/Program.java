// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Another program, run to its end or to a deadline.
 *
 * @param command  program and words
 * @param folder   working folder
 * @param input    what it reads
 * @param deadline after which it is killed
 * @param extraEnvironment variables on top of ours
 */
public record Program(List<String> command, Path folder, String input, Duration deadline,
        Map<String, String> extraEnvironment) {

    /**
     * A program with no input and a minute of time.
     *
     * @param folder  working folder
     * @param command program and words
     * @return the program, not started
     */
    public static Program of(Path folder, List<String> command) {
        return new Program(command, folder, "", Duration.ofMinutes(1), Map.of());
    }

    /**
     * The same with another deadline.
     *
     * @param other the deadline
     * @return a copy
     */
    public Program within(Duration other) {
        return new Program(command, folder, input, other, extraEnvironment);
    }

    /**
     * The same with something to read.
     *
     * @param text the input
     * @return a copy
     */
    public Program reading(String text) {
        return new Program(command, folder, text, deadline, extraEnvironment);
    }

    /**
     * The same with more environment.
     *
     * @param variables names and values
     * @return a copy
     */
    public Program with(Map<String, String> variables) {
        return new Program(command, folder, input, deadline, variables);
    }

    /**
     * Starts it without waiting; output goes nowhere unless read.
     *
     * @return the process
     * @throws IOException if it cannot be started
     */
    public Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        // Backups and journals of tests stay with the tests.
        builder.environment().put("CX3_STATE_DIR", folder.resolve("cx3-state").toString());
        builder.environment().putAll(extraEnvironment);
        return builder.start();
    }

    /**
     * Runs it.
     *
     * @return what it left behind
     * @throws IOException          if it cannot be started
     * @throws InterruptedException if this thread is interrupted; the program is killed then
     */
    public Outcome run() throws IOException, InterruptedException {
        Process process = start();
        try {
            Collector output = new Collector(process.getInputStream());
            Collector errors = new Collector(process.getErrorStream());
            feed(process);
            boolean ended = process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            return Outcome.of(ended ? process.exitValue() : Outcome.TIMED_OUT, output.all(),
                    errors.all());
        } finally {
            process.destroyForcibly();
        }
    }

    private void feed(Process process) {
        try (var sink = process.getOutputStream()) {
            sink.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException gone) {
            // A program may end without reading its input; its outcome tells what happened.
            return;
        }
    }

    /** Reads a stream to its end beside the program, so that a full pipe stops nobody. */
    private static final class Collector {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final Thread thread;

        Collector(InputStream source) {
            thread = new Thread(() -> {
                try (source) {
                    source.transferTo(bytes);
                } catch (IOException closed) {
                    // Happens when the program is killed; what was read so far is kept.
                    return;
                }
            }, "output of a program");
            thread.setDaemon(true);
            thread.start();
        }

        byte[] all() throws InterruptedException {
            thread.join(5000);
            if (thread.isAlive()) {
                throw new UncheckedIOException(new IOException("the output does not end"));
            }
            return bytes.toByteArray();
        }
    }
}
