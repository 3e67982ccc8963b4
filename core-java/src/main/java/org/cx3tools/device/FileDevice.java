// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.device;

import java.util.Optional;
import org.cx3tools.flash.FileFlashPort;
import org.cx3tools.flash.FlashOptions;
import org.cx3tools.flash.FlashPort;
import org.cx3tools.nvconfig.ConfigPort;

/** A raw flash dump in the place of a card: it has a flash and nothing else. */
final class FileDevice implements Device {
    private final String spec;
    private final FileFlashPort flash;
    private final Runnable afterClose;

    FileDevice(String spec, FileFlashPort flash, Runnable afterClose) {
        this.spec = spec;
        this.flash = flash;
        this.afterClose = afterClose;
    }

    @Override
    public String spec() {
        return spec;
    }

    @Override
    public CardInfo card() {
        return CardInfo.ofFlashFile(spec);
    }

    @Override
    public FlashPort flash(FlashOptions options) {
        return flash;
    }

    @Override
    public Optional<RunningVersion> runningVersion() {
        return Optional.empty();
    }

    @Override
    public Optional<Vpd> vpd() {
        return Optional.empty();
    }

    @Override
    public ConfigPort config() throws DeviceException {
        throw notACard("has no firmware that could be asked for its settings");
    }

    @Override
    public void clearConfigLock() throws DeviceException {
        throw notACard("has no command interface");
    }

    @Override
    public void reset() throws DeviceException {
        throw notACard("cannot be reset");
    }

    @Override
    public AccessCounters counters() {
        return new AccessCounters(0, 0, 0, 0);
    }

    @Override
    public LockState lockState() {
        return new LockState(false, false);
    }

    @Override
    public void clearSemaphores() throws DeviceException {
        throw notACard("has no semaphores");
    }

    @Override
    public void setBootAddress(long start) {
        // A file has no chip that boots.
    }

    @Override
    public int readRegister(int crAddress) throws DeviceException {
        throw notACard("has no registers");
    }

    private DeviceException notACard(String why) {
        return new DeviceException(DeviceCause.NOT_SUPPORTED,
                spec + " is a raw flash dump: it " + why);
    }

    @Override
    public void cancel() {
        flash.cancel();
    }

    @Override
    public void close() throws DeviceException {
        try {
            flash.close();
        } finally {
            afterClose.run();
        }
    }
}
