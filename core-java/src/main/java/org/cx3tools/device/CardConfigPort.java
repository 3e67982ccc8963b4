// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.device;

import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.nativecore.NativeConfig;
import org.cx3tools.nativecore.NativeException;
import org.cx3tools.nvconfig.ConfigPort;

/** The firmware of a card, as far as its settings go. Takes nothing for longer than a command. */
final class CardConfigPort implements ConfigPort {
    private final String device;
    private final NativeConfig config;

    CardConfigPort(String device, NativeConfig config) {
        this.device = device;
        this.config = config;
    }

    /** A command of the C core. */
    private interface Command<T> {
        T run() throws NativeException;
    }

    private <T> T ask(Command<T> command) throws DeviceException {
        try {
            return command.run();
        } catch (NativeException e) {
            throw NativeFailures.of(device, e);
        }
    }

    @Override
    public Bytes deviceCapabilities() throws DeviceException {
        return Bytes.of(ask(config::deviceCapabilities));
    }

    @Override
    public Bytes defaultParameters(int port) throws DeviceException {
        return Bytes.of(ask(() -> config.defaultParameters(port)));
    }

    @Override
    public Optional<Bytes> get(int type, int modifier, int length) throws DeviceException {
        return Optional.ofNullable(ask(() -> config.get(type, modifier, length))).map(Bytes::of);
    }

    @Override
    public void set(int type, int modifier, Bytes data) throws DeviceException {
        ask(() -> {
            config.set(type, modifier, data.toArray());
            return null;
        });
    }

    @Override
    public void invalidate(int type, int modifier) throws DeviceException {
        ask(() -> {
            config.invalidate(type, modifier);
            return null;
        });
    }

    @Override
    public void invalidateAll() throws DeviceException {
        ask(() -> {
            config.invalidateAll();
            return null;
        });
    }

    void clearLock() throws DeviceException {
        ask(() -> {
            config.clearLock();
            return null;
        });
    }
}
