// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.guest;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cx3tools.device.DeviceException;
import org.cx3tools.device.VirtualCard;
import org.cx3tools.harness.Places;

/**
 * A running machine. The folder {@link #shared()} is {@code /host} in there; the n-th card (from 0) has
 * the address {@link #address}. Everything ends with {@link #close()}, and with this process at the latest.
 */
public final class Guest implements AutoCloseable {
    private static final Duration BOOT = Duration.ofMinutes(3);
    private static final Duration COMMAND = Duration.ofMinutes(3);
    private static final Duration END = Duration.ofSeconds(20);
    private static final int FIRST_SLOT = 0x10;

    private final GuestSetup setup;
    private final Path work;
    private final List<CardServer> servers = new ArrayList<>();
    private Process qemu;
    private AgentLine agent;
    private int lastId;

    /** A command that was started and may still run. */
    public final class Job {
        private final int id;
        private final String command;
        private final long started = System.nanoTime();
        private final List<VirtualCard.Traffic> before;
        private final CompletableFuture<Integer> code;

        private Job(int id, String command) throws DeviceException {
            this.id = id;
            this.command = command;
            before = traffic();
            code = agent.run(id);
        }

        /** Sends a signal, such as {@code KILL}, to the command and all that it started. */
        public void kill(String signal) {
            agent.kill(id, signal);
        }

        /** {@return whether it has not ended yet} */
        public boolean running() {
            return !code.isDone();
        }

        /** {@return what it has printed so far} */
        public String out() throws IOException {
            return text("out");
        }

        /**
         * Waits until it has ended.
         *
         * @throws IOException when it takes longer than three minutes (then it is killed), or the machine is gone
         */
        public Ran await() throws IOException, InterruptedException, DeviceException {
            try {
                int exit = code.get(COMMAND.toSeconds(), TimeUnit.SECONDS);
                Duration took = Duration.ofNanos(System.nanoTime() - started);
                return new Ran(command, exit, text("out"), text("err"), took, difference(before, traffic()));
            } catch (TimeoutException e) {
                kill("KILL");
                throw new IOException("$ " + command + " does not end; so far: " + text("out") + text("err"), e);
            } catch (ExecutionException e) {
                throw new IOException("$ " + command + ": " + e.getCause().getMessage() + "; last of the console: "
                    + console(), e);
            }
        }

        private String text(String name) throws IOException {
            Path file = folder(id).resolve(name);
            return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
        }
    }

    private Guest(GuestSetup setup, Path work) {
        this.setup = setup;
        this.work = work;
    }

    /**
     * Starts a machine and waits until it is up.
     *
     * @throws IOException when it does not come up within three minutes, with the last of its console
     */
    public static Guest start(GuestParts parts, GuestSetup setup) throws IOException, InterruptedException {
        Guest guest = new Guest(setup, Files.createTempDirectory("cx3-guest"));
        boolean up = false;
        try {
            guest.boot(parts);
            up = true;
            return guest;
        } finally {
            if (!up) {
                guest.abandon();
            }
        }
    }

    /** {@return the folder that is /host in the guest} */
    public Path shared() {
        return work.resolve("share");
    }

    /** {@return the PCI address of a card in the guest, such as {@code 01:00.0}} */
    public static String address(int card) {
        return String.format("%02x:00.0", card + 1);
    }

    /** Runs a command with {@code sh} and waits for its end. */
    public Ran run(String command) throws IOException, InterruptedException, DeviceException {
        return start(command).await();
    }

    /** Starts a command with {@code sh}. */
    public synchronized Job start(String command) throws IOException, DeviceException {
        int id = ++lastId;
        Files.createDirectories(folder(id));
        Files.writeString(folder(id).resolve("command"), command + "\n");
        return new Job(id, command);
    }

    /** {@return the end of what the kernel printed on the console} */
    public String console() throws IOException {
        Path file = work.resolve("console");
        String text = Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
        return text.substring(Math.max(0, text.length() - 2000));
    }

    /** Pulls the plug of the machine, not of the cards. */
    public void pullPlug() {
        qemu.destroyForcibly();
    }

    /** Shuts the machine down and removes its files; the cards keep their state. */
    @Override
    public void close() throws IOException {
        try {
            agent.end();
        } catch (UncheckedIOException e) {
            // It ended by itself, or was pulled off.
        }
        try {
            if (!qemu.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
                qemu.destroyForcibly().waitFor(END.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            qemu.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        agent.close();
        IOException first = null;
        for (CardServer server : servers) {
            try {
                server.close();
            } catch (IOException e) {
                first = e;
            }
        }
        if (first != null) {
            throw first; // the folder stays: its logs tell more
        }
        remove(work);
    }

    private void boot(GuestParts parts) throws IOException, InterruptedException {
        Files.createDirectories(shared().resolve("run"));
        Files.copy(parts.vmlinux(), work.resolve("vmlinux"));
        try (OutputStream initramfs = Files.newOutputStream(work.resolve("initramfs"))) {
            Files.copy(parts.base(), initramfs);
            if (parts.ours().isPresent()) {
                Files.copy(parts.ours().get(), initramfs);
            }
        }
        for (int i = 0; i < setup.cards().size(); i++) {
            servers.add(CardServer.start(setup.cards().get(i), work.resolve("card" + i + ".socket"),
                work.resolve("card" + i + ".log"), setup.timeScale()));
        }
        List<String> command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL", "unshare", "-m",
            Places.root().resolve("tests/guest/machine").toString(), parts.qemu().toString(), work.toString()));
        command.addAll(qemuArguments());
        qemu = new ProcessBuilder(HostCore.pinned(command)).redirectErrorStream(true)
            .redirectOutput(work.resolve("qemu.log").toFile()).start();
        try {
            agent = AgentLine.connect(work.resolve("agent.socket"), qemu, BOOT);
            agent.ready().get(BOOT.toSeconds(), TimeUnit.SECONDS);
        } catch (IOException | ExecutionException | TimeoutException e) {
            throw new IOException("the guest does not come up; QEMU: "
                + Files.readString(work.resolve("qemu.log")) + "; console: " + console(), e);
        }
    }

    private List<String> qemuArguments() {
        List<String> kernel = new ArrayList<>(List.of("console=ttyS0", "quiet", "panic=-1"));
        kernel.addAll(setup.kernelArguments());
        List<String> words = new ArrayList<>(List.of("-machine", "q35", "-accel", "tcg", "-cpu", "max", "-m", "1024",
            "-display", "none", "-nodefaults", "-no-reboot", "-kernel", "/work/vmlinux", "-initrd", "/work/initramfs",
            "-append", String.join(" ", kernel), "-serial", "file:/work/console",
            "-chardev", "socket,id=agent,path=/work/agent.socket,server=on,wait=on",
            "-device", "virtio-serial-pci", "-device", "virtserialport,chardev=agent,nr=1",
            "-fsdev", "local,id=host,path=/work/share,security_model=none",
            "-device", "virtio-9p-pci,fsdev=host,mount_tag=host"));
        for (int i = 0; i < servers.size(); i++) {
            words.addAll(List.of("-device",
                String.format("pcie-root-port,id=slot%d,chassis=%d,slot=%d,addr=0x%x", i, i + 1, i + 1, FIRST_SLOT + i),
                "-device", String.format("{\"driver\":\"vfio-user-pci\",\"bus\":\"slot%d\",\"rombar\":0,"
                    + "\"socket\":{\"type\":\"unix\",\"path\":\"/work/card%d.socket\"}}", i, i)));
        }
        words.addAll(setup.qemuArguments());
        return words;
    }

    private Path folder(int id) {
        return shared().resolve("run").resolve(Integer.toString(id));
    }

    private List<VirtualCard.Traffic> traffic() throws DeviceException {
        List<VirtualCard.Traffic> all = new ArrayList<>();
        for (CardServer server : servers) {
            all.add(VirtualCard.state(server.card()).traffic());
        }
        return all;
    }

    private static List<VirtualCard.Traffic> difference(List<VirtualCard.Traffic> before,
            List<VirtualCard.Traffic> after) {
        List<VirtualCard.Traffic> all = new ArrayList<>();
        for (int i = 0; i < after.size(); i++) {
            all.add(after.get(i).since(before.get(i)));
        }
        return all;
    }

    private void abandon() {
        if (qemu != null) {
            qemu.destroyForcibly();
        }
        for (CardServer server : servers) {
            try {
                server.close();
            } catch (IOException e) {
                System.err.println("guest: " + e.getMessage());
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
