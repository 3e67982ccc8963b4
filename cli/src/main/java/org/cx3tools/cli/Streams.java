// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.cx3tools.cli.output.Out;
import org.cx3tools.state.StateFolder;

/**
 * What a run of the command line touches outside of itself: three streams, the folder that relative names start from,
 * and whether a person sits in front. Handed in, so that the demo and the tests run commands in this process.
 */
public final class Streams {
    /** Who looks at the output. */
    public enum Terminal {
        /** A person: progress bar, questions. */
        YES,
        /** A file, a pipe or a test: plain lines. */
        NO,
        /** Asked of the process when it matters. */
        ASK
    }

    private final InputStream in;
    private final Out out;
    private final Out err;
    private final Path folder;
    private final Terminal terminal;
    private final ConfigPorts configPorts;

    /**
     * Puts streams together.
     *
     * @param in answers to questions
     * @param out results
     * @param err errors and progress of our own commands
     * @param folder where relative names start; empty path = the folder of the process
     * @param terminal whether a person looks
     */
    public Streams(InputStream in, Out out, Out err, Path folder, Terminal terminal) {
        this(in, out, err, folder, terminal, ConfigPorts.ofCards());
    }

    private Streams(InputStream in, Out out, Out err, Path folder, Terminal terminal, ConfigPorts configPorts) {
        this.in = Objects.requireNonNull(in, "in");
        this.out = Objects.requireNonNull(out, "out");
        this.err = Objects.requireNonNull(err, "err");
        this.folder = Objects.requireNonNull(folder, "folder");
        this.terminal = Objects.requireNonNull(terminal, "terminal");
        this.configPorts = Objects.requireNonNull(configPorts, "configPorts");
    }

    /**
     * The same streams with other cards behind them; the tests put firmware in memory there.
     *
     * @param ports opens cards for their settings
     * @return new streams
     */
    public Streams withConfigPorts(ConfigPorts ports) {
        return new Streams(in, out, err, folder, terminal, ports);
    }

    /**
     * Where cards are opened for their settings.
     *
     * @return the device layer
     */
    public ConfigPorts configPorts() {
        return configPorts;
    }

    /**
     * The streams of the process. Plain file streams: {@code System.out} would encode twice.
     *
     * @return streams that ask for a terminal when it matters
     */
    public static Streams ofProcess() {
        return new Streams(new FileInputStream(FileDescriptor.in),
            new Out(new FileOutputStream(FileDescriptor.out)),
            new Out(new FileOutputStream(FileDescriptor.err)), Path.of(""), Terminal.ASK);
    }

    /**
     * Where results go.
     *
     * @return the standard output
     */
    public Out out() {
        return out;
    }

    /**
     * Where errors and progress go.
     *
     * @return the error output
     */
    public Out err() {
        return err;
    }

    /**
     * Whether a person looks at the output and can answer.
     *
     * @return true on a terminal
     */
    public boolean terminal() {
        return terminal == Terminal.ASK ? System.console() != null : terminal == Terminal.YES;
    }

    /**
     * A file name as the operator gave it, seen from the folder of this run.
     *
     * @param name the name
     * @return the path to use
     */
    public Path resolve(String name) {
        return folder.resolve(name);
    }

    /**
     * Where backups and journals are kept: the usual folder of this host, or for a run that starts in a folder of its
     * own (the demo, the tests) one inside of that.
     *
     * @return the folder
     */
    public StateFolder state() {
        return folder.toString().isEmpty() ? StateFolder.standard() : new StateFolder(folder.resolve("cx3-state"));
    }

    /**
     * A device name with the file inside, if any, seen from the folder of this run.
     *
     * @param name {@code 23:00.0}, {@code pci:...}, {@code sim:FILE}, {@code file:FLASH}
     * @return the name to open
     */
    public String resolveDevice(String name) {
        int prefix = name.startsWith("sim:") ? 4 : name.startsWith("file:") ? 5 : 0;
        if (prefix == 0 || prefix == name.length()) {
            return name;
        }
        return name.substring(0, prefix) + resolve(name.substring(prefix));
    }

    /**
     * Reads one line of an answer, byte by byte so that nothing of the next answer is swallowed.
     *
     * @return the line without its end; empty text at the end of the input
     */
    public String readLine() {
        StringBuilder line = new StringBuilder();
        try {
            for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
                line.append((char) c);
            }
        } catch (IOException e) {
            return "";
        }
        return line.toString().trim();
    }

    /**
     * Reads bytes of the standard input.
     *
     * @param count how many
     * @return the bytes; empty when there are fewer
     * @throws IOException when it cannot be read
     */
    public Optional<byte[]> readExactly(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        return bytes.length == count ? Optional.of(bytes) : Optional.empty();
    }
}
