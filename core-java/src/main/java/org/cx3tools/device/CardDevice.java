// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.device;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.cx3tools.flash.FlashOptions;
import org.cx3tools.flash.FlashPort;
import org.cx3tools.nativecore.NativeCard;
import org.cx3tools.nativecore.NativeCounters;
import org.cx3tools.nativecore.NativeDevice;
import org.cx3tools.nativecore.NativeException;
import org.cx3tools.nativecore.NativeFlashOptions;
import org.cx3tools.nativecore.NativeLockState;
import org.cx3tools.nativecore.NativeRunningVersion;
import org.cx3tools.nativecore.NativeStatus;
import org.cx3tools.nvconfig.ConfigPort;

/** A real or virtual card. */
final class CardDevice implements Device {
    private static final int BOOT_ADDRESS_REGISTER = 0xf0000;
    private static final long BOOT_ADDRESS_LIMIT = 1L << 24;

    private final String spec;
    private final NativeDevice device;
    private final Runnable afterClose;
    private Optional<CardFlashPort> flash = Optional.empty();

    CardDevice(String spec, NativeDevice device, Runnable afterClose) {
        this.spec = spec;
        this.device = device;
        this.afterClose = afterClose;
    }

    static CardInfo convert(NativeCard n) {
        return new CardInfo(n.name(), n.vendorId(), n.deviceId(), n.subsystemVendorId(),
                n.subsystemId(), n.pciRevision(), n.hwId(), n.hwRevision(), n.recoveryMode(),
                n.virtualCard(), AccessWay.valueOf(n.access().name()),
                n.driver().isEmpty() ? Optional.empty() : Optional.of(n.driver()),
                n.barStatus() == NativeStatus.OK ? Optional.empty()
                        : Optional.of(DeviceCause.valueOf(n.barStatus().name())),
                n.linkWidth(), n.linkWidthMax(), n.linkSpeed());
    }

    @Override
    public String spec() {
        return spec;
    }

    @Override
    public CardInfo card() {
        return convert(device.card());
    }

    @Override
    public FlashPort flash(FlashOptions options) throws DeviceException {
        if (flash.isEmpty()) {
            long micros = options.lockTimeout()
                    .map(t -> TimeUnit.NANOSECONDS.toMicros(t.toNanos())).orElse(0L);
            try {
                flash = Optional.of(new CardFlashPort(spec, device.openFlash(
                        new NativeFlashOptions(options.banks(), !options.heldReads(), micros))));
            } catch (NativeException e) {
                throw NativeFailures.of(spec, e);
            }
        }
        return flash.get();
    }

    @Override
    public Optional<RunningVersion> runningVersion() throws DeviceException {
        if (device.card().recoveryMode()) {
            return Optional.empty();
        }
        try {
            NativeRunningVersion v = device.runningVersion();
            RunningVersion version = new RunningVersion(v.major(), v.minor(), v.subminor(),
                    v.year(), v.month(), v.day(), v.hour(), v.minute(), v.second());
            boolean none = v.major() == 0 && v.minor() == 0 && v.subminor() == 0;
            return none ? Optional.empty() : Optional.of(version);
        } catch (NativeException e) {
            throw NativeFailures.of(spec, e);
        }
    }

    @Override
    public Optional<Vpd> vpd() throws DeviceException {
        try {
            byte[] data = device.vpd();
            return data.length == 0 ? Optional.empty() : Optional.of(Vpd.parse(data));
        } catch (NativeException e) {
            if (e.status() == NativeStatus.NOT_SUPPORTED) {
                return Optional.empty();
            }
            throw NativeFailures.of(spec, e);
        }
    }

    @Override
    public ConfigPort config() {
        return new CardConfigPort(spec, device.config());
    }

    @Override
    public void clearConfigLock() throws DeviceException {
        new CardConfigPort(spec, device.config()).clearLock();
    }

    @Override
    public void reset() throws DeviceException {
        try {
            device.reset();
        } catch (NativeException e) {
            throw NativeFailures.of(spec, e);
        }
    }

    @Override
    public AccessCounters counters() throws DeviceException {
        try {
            NativeCounters c = device.counters();
            return new AccessCounters(c.reads(), c.writes(), c.spiCommands(), c.elapsedMicros());
        } catch (NativeException e) {
            throw NativeFailures.of(spec, e);
        }
    }

    @Override
    public LockState lockState() throws DeviceException {
        try {
            NativeLockState s = device.lockState();
            return new LockState(s.programming() != 0, s.gateway() != 0);
        } catch (NativeException e) {
            throw NativeFailures.of(spec, e);
        }
    }

    @Override
    public void clearSemaphores() throws DeviceException {
        try {
            device.clearSemaphores();
        } catch (NativeException e) {
            throw NativeFailures.of(spec, e);
        }
    }

    @Override
    public void setBootAddress(long start) throws DeviceException {
        if (start < 0 || start >= BOOT_ADDRESS_LIMIT) {
            throw new DeviceException(DeviceCause.OUT_OF_RANGE,
                    String.format("%s: boot address 0x%x has more than 24 bits", spec, start),
                    DeviceException.Facts.at(start));
        }
        try {
            device.writeRegister(BOOT_ADDRESS_REGISTER, (int) (start << 8));
        } catch (NativeException e) {
            throw NativeFailures.of(spec, e);
        }
    }

    @Override
    public int readRegister(int crAddress) throws DeviceException {
        try {
            return device.readRegister(crAddress);
        } catch (NativeException e) {
            throw NativeFailures.of(spec, e);
        }
    }

    @Override
    public void cancel() {
        device.cancel();
    }

    @Override
    public void close() {
        try {
            flash.ifPresent(CardFlashPort::close);
            device.close();
        } finally {
            afterClose.run();
        }
    }
}
