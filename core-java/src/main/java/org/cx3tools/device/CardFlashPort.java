// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.device;

import java.util.Optional;
import java.util.OptionalInt;
import org.cx3tools.flash.FlashInfo;
import org.cx3tools.flash.FlashPhase;
import org.cx3tools.flash.FlashPort;
import org.cx3tools.flash.Progress;
import org.cx3tools.nativecore.NativeException;
import org.cx3tools.nativecore.NativeFlash;
import org.cx3tools.nativecore.NativeFlashInfo;
import org.cx3tools.nativecore.NativeProgress;

/** The flash of a card. Holds the programming lock until it is closed. */
final class CardFlashPort implements FlashPort {
    private final String device;
    private final NativeFlash flash;
    private final FlashInfo info;

    CardFlashPort(String device, NativeFlash flash) {
        this.device = device;
        this.flash = flash;
        this.info = convert(flash.info());
    }

    private static FlashInfo convert(NativeFlashInfo n) {
        return new FlashInfo(n.type(), n.jedecId(), n.sizeBytes(), n.banks(), n.eraseBytes(),
                n.erase4k(), n.erase64k(), n.writable(),
                n.hasQuadEnable() ? Optional.of(n.quadEnabled()) : Optional.empty(),
                n.hasProtection() ? Optional.of(new FlashInfo.Protection(n.protectionTop(),
                        n.protectionSubsectors(), n.protectedUnits())) : Optional.empty(),
                n.hasDummyCycles() ? OptionalInt.of(n.dummyCycles()) : OptionalInt.empty(),
                n.hasDriveStrength() ? OptionalInt.of(n.driveStrengthPercent())
                        : OptionalInt.empty(),
                n.heldReads(), new FlashInfo.Times(n.programPageMicros(), n.erase4kMicros(),
                        n.erase64kMicros()));
    }

    private static NativeProgress convert(Progress progress) {
        if (progress == Progress.NONE) {
            return NativeProgress.NONE;
        }
        return (phase, done, total) -> progress.advance(switch (phase) {
            case READ -> FlashPhase.READ;
            case ERASE -> FlashPhase.ERASE;
            case PROGRAM -> FlashPhase.PROGRAM;
            case VERIFY -> FlashPhase.VERIFY;
        }, done, total);
    }

    @Override
    public FlashInfo info() {
        return info;
    }

    @Override
    public void read(long address, byte[] dst, int offset, int length, Progress progress)
            throws DeviceException {
        try {
            flash.read(address, dst, offset, length, convert(progress));
        } catch (NativeException e) {
            throw NativeFailures.of(device, e);
        }
    }

    @Override
    public void write(long address, byte[] src, int offset, int length, boolean deferVerify,
            Progress progress) throws DeviceException {
        try {
            flash.write(address, src, offset, length, deferVerify, convert(progress));
        } catch (NativeException e) {
            throw NativeFailures.of(device, e);
        }
    }

    @Override
    public void program(long address, byte[] src, int offset, int length, Progress progress)
            throws DeviceException {
        try {
            flash.program(address, src, offset, length, convert(progress));
        } catch (NativeException e) {
            throw NativeFailures.of(device, e);
        }
    }

    @Override
    public void erase(long address, long length, Progress progress) throws DeviceException {
        try {
            flash.erase(address, length, convert(progress));
        } catch (NativeException e) {
            throw NativeFailures.of(device, e);
        }
    }

    @Override
    public void verify(long address, byte[] expected, int offset, int length, Progress progress)
            throws DeviceException {
        try {
            flash.verify(address, expected, offset, length, convert(progress));
        } catch (NativeException e) {
            throw NativeFailures.of(device, e);
        }
    }

    @Override
    public void close() {
        flash.close();
    }
}
