// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.guest;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cx3tools.harness.Places;

/** {@code cx3-card} for one card. It dies with this process. */
final class CardServer implements AutoCloseable {
    private static final int START_SECONDS = 20;
    private static final int STOP_SECONDS = 10;

    private final Process process;
    private final Path card;
    private final Path log;

    private CardServer(Process process, Path card, Path log) {
        this.process = process;
        this.card = card;
        this.log = log;
    }

    static CardServer start(Path card, Path socket, Path log, int timeScale) throws IOException, InterruptedException {
        Path program = Places.root().resolve("core-native/target/cmake/sim/vfio/cx3-card");
        List<String> command = HostCore.pinned(List.of("setpriv", "--pdeathsig", "KILL", program.toString(),
            "--card", card.toString(), "--socket", socket.toString(), "--time-scale", Integer.toString(timeScale)));
        Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        CardServer server = new CardServer(process, card, log);
        BufferedReader output = process.inputReader();
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> {
            try {
                return String.valueOf(output.readLine());
            } catch (IOException e) {
                return e.toString();
            }
        });
        try {
            String line = first.get(START_SECONDS, TimeUnit.SECONDS);
            if (line.startsWith("listening on ")) {
                return server;
            }
            throw new IOException("cx3-card said " + line + "; see " + log);
        } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
            throw new IOException("cx3-card does not start: " + e + "; see " + log, e);
        } finally {
            if (!first.isDone()) {
                process.destroyForcibly();
            }
        }
    }

    Path card() {
        return card;
    }

    /** Ends the server; one that was not alive any more, or does not go, is a failure of the test. */
    @Override
    public void close() throws IOException {
        boolean alive = process.isAlive();
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("cx3-card for " + card + " does not end; see " + log);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        if (!alive || process.exitValue() != 0) {
            throw new IOException("cx3-card for " + card + " ended by itself or badly (" + process.exitValue()
                + "); see " + log);
        }
    }
}
