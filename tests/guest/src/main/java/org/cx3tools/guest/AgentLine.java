// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.guest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The host's end of the agent's line: orders go out, "done" comes in. */
final class AgentLine implements AutoCloseable {
    private static final int POLL_MILLIS = 50;

    private final SocketChannel channel;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Map<Integer, CompletableFuture<Integer>> codes = new ConcurrentHashMap<>();

    private AgentLine(SocketChannel channel) {
        this.channel = channel;
        Thread reader = new Thread(this::read, "guest agent");
        reader.setDaemon(true);
        reader.start();
    }

    /** Connects to QEMU, which waits for it; the socket may not be there yet. */
    static AgentLine connect(Path socket, Process qemu, Duration deadline) throws IOException, InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        while (true) {
            try {
                SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                channel.connect(UnixDomainSocketAddress.of(socket));
                return new AgentLine(channel);
            } catch (IOException e) {
                if (!qemu.isAlive() || System.nanoTime() > end) {
                    throw new IOException("QEMU does not start", e);
                }
                Thread.sleep(POLL_MILLIS);
            }
        }
    }

    /** {@return completed when the guest is up} */
    CompletableFuture<Void> ready() {
        return ready;
    }

    /** Starts the command that lies in the shared folder; completed with its exit code. */
    CompletableFuture<Integer> run(int id) {
        CompletableFuture<Integer> code = new CompletableFuture<>();
        codes.put(id, code);
        send("run " + id);
        return code;
    }

    void kill(int id, String signal) {
        send("kill " + id + " " + signal);
    }

    void end() {
        send("end");
    }

    private synchronized void send(String line) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the guest is gone", e);
        }
    }

    private void read() {
        StringBuilder line = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        try {
            while (channel.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    char c = (char) buffer.get();
                    if (c == '\n') {
                        take(line.toString());
                        line.setLength(0);
                    } else {
                        line.append(c);
                    }
                }
                buffer.clear();
            }
        } catch (IOException e) {
            // The channel was closed: as at its end.
        }
        IOException gone = new IOException("the guest is gone");
        ready.completeExceptionally(gone);
        codes.values().forEach(code -> code.completeExceptionally(gone));
    }

    private void take(String line) {
        String[] words = line.split(" ");
        if (line.equals("ready")) {
            ready.complete(null);
        } else if (words.length == 3 && words[0].equals("done")) {
            codes.get(Integer.parseInt(words[1])).complete(Integer.parseInt(words[2]));
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
