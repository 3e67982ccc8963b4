// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cx3tools.cli.output.Out;
import org.cx3tools.device.DeviceCause;
import org.cx3tools.device.DeviceException;
import org.cx3tools.fixtures.FakeFirmware;
import org.cx3tools.nvconfig.ConfigPort;

/** Cards with firmware in memory, for commands that run in this process. */
public final class FakeCards implements ConfigPorts {
    private final Map<String, FakeFirmware> cards = new LinkedHashMap<>();
    private final Path folder;
    private boolean recovery;
    private int cleared;
    private int open;

    /** No card yet; relative names start in the folder. */
    public FakeCards(Path folder) {
        this.folder = folder;
    }

    /** Plugs a card in. */
    public FakeCards with(String name, FakeFirmware firmware) {
        cards.put(name, firmware);
        return this;
    }

    /** All cards are without firmware. */
    public FakeCards inRecoveryMode() {
        recovery = true;
        return this;
    }

    /** How often the lock was freed. */
    public int cleared() {
        return cleared;
    }

    /** How many cards were not closed. */
    public int open() {
        return open;
    }

    @Override
    public ConfigCard open(String name) throws DeviceException {
        FakeFirmware firmware = find(name);
        open++;
        return new ConfigCard() {
            @Override
            public String chip() {
                return "ConnectX3Pro";
            }

            @Override
            public boolean recoveryMode() {
                return recovery;
            }

            @Override
            public ConfigPort port() {
                return firmware;
            }

            @Override
            public void close() {
                open--;
            }
        };
    }

    @Override
    public List<String> names() {
        return List.copyOf(cards.keySet());
    }

    @Override
    public void clearSemaphore(String name) throws DeviceException {
        find(name);
        cleared++;
    }

    private FakeFirmware find(String name) throws DeviceException {
        if (name.startsWith("other")) {
            throw new DeviceException(DeviceCause.UNKNOWN_HARDWARE, name + ": not a chip of ours");
        }
        if (!cards.containsKey(name)) {
            throw new DeviceException(DeviceCause.NOT_FOUND, name + ": no such device");
        }
        return cards.get(name);
    }

    /** Runs a command on these cards, without a terminal, with answers at the standard input. */
    public CliRun answering(String answers, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(words, new Streams(new ByteArrayInputStream(answers.getBytes(StandardCharsets.UTF_8)),
            new Out(out), new Out(err), folder, answers.isEmpty() ? Streams.Terminal.NO : Streams.Terminal.YES)
            .withConfigPorts(this));
        return new CliRun(code, out.toString(StandardCharsets.ISO_8859_1), err.toString(StandardCharsets.UTF_8));
    }

    /** Runs a command on these cards; nobody answers. */
    public CliRun run(String... words) {
        return answering("", words);
    }
}
