// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nativecore;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * An open card. One thread at a time is let in, others wait; {@link #cancel()} and {@link #close()}
 * may come from any thread at any time. A forgotten device is closed by the garbage collector,
 * late.
 */
public final class NativeDevice implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();

    private final DeviceSession session;
    private final Cleaner.Cleanable cleanable;
    private final NativeConfig config;
    private volatile NativeCard card;

    private NativeDevice(long handle) {
        session = new DeviceSession(handle);
        cleanable = CLEANER.register(this, session);
        config = new NativeConfig(this, session);
        card = identity(handle);
    }

    private static NativeCard identity(long handle) {
        long[] numbers = new long[NativeCard.NUMBERS];
        byte[][] texts = new byte[NativeCard.TEXTS][];
        card0(handle, numbers, texts);
        return NativeCard.of(numbers, texts);
    }

    /**
     * Opens a card.
     *
     * @param spec {@code pci:0000:23:00.0}, {@code pci:23:00.0}, {@code 23:00.0}, {@code
     *     pciconf:23:00.0}, {@code sim:FILE}, or a stock name ({@code mlx4_0}, {@code
     *     pciconf-23:00.0}, sysfs and proc paths)
     * @param options how to open it
     * @return the open card, to be closed by the caller
     * @throws NativeException if there is no such card or it cannot be used; the status tells which
     */
    public static NativeDevice open(String spec, NativeOpenOptions options) throws NativeException {
        byte[] name = NativeText.encode(spec, "spec");
        Objects.requireNonNull(options, "options");
        byte[] sysfsRoot = path(options.sysfsRoot(), "sysfsRoot");
        byte[] lockDir = path(options.lockDir(), "lockDir");
        byte[] tracePath = path(options.tracePath(), "tracePath");
        NativeLibrary.load();
        return new NativeDevice(open0(
                name, sysfsRoot, lockDir, tracePath, options.noFlush(), options.allowDriver()));
    }

    /**
     * Tells which card this is, as found at open and after each reset.
     *
     * @return the identity; also after close
     */
    public NativeCard card() {
        return card;
    }

    /**
     * Reads one register. Semaphores and the gateway are refused: reading a semaphore takes it.
     *
     * @param crAddress CR address in bytes, a multiple of 4 below 0x100000
     * @return the 32 bits
     * @throws NativeException if the address is refused or the card does not answer
     */
    public int readRegister(int crAddress) throws NativeException {
        long handle = session.enter();
        try {
            return readRegister0(handle, crAddress);
        } finally {
            leave();
        }
    }

    /**
     * Writes one register. Semaphores and the gateway are refused.
     *
     * @param crAddress CR address in bytes, a multiple of 4 below 0x100000
     * @param value the 32 bits
     * @throws NativeException if the address is refused or the card cannot be reached
     */
    public void writeRegister(int crAddress, int value) throws NativeException {
        long handle = session.enter();
        try {
            writeRegister0(handle, crAddress, value);
        } finally {
            leave();
        }
    }

    /**
     * Reads the version of the running firmware.
     *
     * @return the version; all zero when no firmware runs
     * @throws NativeException if the card does not answer
     */
    public NativeRunningVersion runningVersion() throws NativeException {
        long[] numbers = new long[NativeRunningVersion.NUMBERS];
        long handle = session.enter();
        try {
            runningVersion0(handle, numbers);
        } finally {
            leave();
        }
        return NativeRunningVersion.of(numbers);
    }

    /**
     * Reads the vital product data.
     *
     * @return the bytes, at most 32 KiB
     * @throws NativeException NOT_SUPPORTED in recovery mode or when the kernel offers none
     */
    public byte[] vpd() throws NativeException {
        long handle = session.enter();
        try {
            return vpd0(handle);
        } finally {
            leave();
        }
    }

    /**
     * Returns what this device has done since it was opened.
     *
     * @return the counters
     * @throws NativeException CLOSED if the device is closed
     */
    public NativeCounters counters() throws NativeException {
        long[] numbers = new long[NativeCounters.NUMBERS];
        long handle = session.enter();
        try {
            counters0(handle, numbers);
        } finally {
            leave();
        }
        return NativeCounters.of(numbers);
    }

    /**
     * Tells who holds the flash semaphores; what is free is held only for the question.
     *
     * @return the values of both semaphores
     * @throws NativeException if the card does not answer
     */
    public NativeLockState lockState() throws NativeException {
        long[] numbers = new long[NativeLockState.NUMBERS];
        long handle = session.enter();
        try {
            lockState0(handle, numbers);
        } finally {
            leave();
        }
        return NativeLockState.of(numbers);
    }

    /**
     * Frees both flash semaphores whoever holds them. Only on explicit request of the user: their
     * holder may be writing.
     *
     * @throws NativeException if the card does not answer
     */
    public void clearSemaphores() throws NativeException {
        long handle = session.enter();
        try {
            clearSemaphores0(handle);
        } finally {
            leave();
        }
    }

    /**
     * Resets the chip, as the kernel driver does it.
     *
     * @throws NativeException DRIVER_BOUND while a driver is bound, RESET_TIMEOUT if the card does
     *     not come back
     */
    public void reset() throws NativeException {
        long handle = session.enter();
        try {
            reset0(handle);
            card = identity(handle); // into recovery mode, or out of it
        } finally {
            leave();
        }
    }

    /**
     * Stops the running operation at its next safe point; it ends with CANCELLED, and so does
     * everything after it until the device is closed. From any thread; does nothing after close.
     */
    public void cancel() {
        session.cancel();
        Reference.reachabilityFence(this);
    }

    /**
     * Takes the programming lock and finds the chips. Writes nothing to them. One flash can be open
     * at a time.
     *
     * @param options how to open it
     * @return the open flash, to be closed by the caller before the device, or with it
     * @throws NativeException SEMAPHORE_TIMEOUT, NO_FLASH, UNKNOWN_FLASH or what else went wrong
     * @throws IllegalStateException if the flash of this device is open already
     */
    public NativeFlash openFlash(NativeFlashOptions options) throws NativeException {
        Objects.requireNonNull(options, "options");
        long handle = session.enter();
        try {
            if (session.flash() != 0) {
                throw new IllegalStateException("the flash of this device is open already");
            }
            session.flash(NativeFlash.open(handle, options));
            return new NativeFlash(this, session);
        } finally {
            leave();
        }
    }

    /**
     * Tells of the firmware that runs and of its settings. Nothing is taken until it is asked, and
     * there is nothing to close; it is of use as long as this device is open.
     *
     * @return the settings of this card
     */
    public NativeConfig config() {
        return config;
    }

    /**
     * Closes the card and its flash and gives back what they took. A running operation of another
     * thread is cancelled and waited for; called from a progress listener, the card is closed when
     * its operation has ended. More than once is harmless.
     */
    @Override
    public void close() {
        cleanable.clean();
    }

    private void leave() {
        session.leave();
        // Keeps the cleaner away while C works on the handle.
        Reference.reachabilityFence(this);
    }

    private static byte[] path(Optional<Path> path, String name) {
        return path.isEmpty() ? null : NativeText.encode(path.get().toString(), name);
    }

    private static native long open0(byte[] spec, byte[] sysfsRoot, byte[] lockDir, byte[]
            tracePath, boolean noFlush, boolean allowDriver) throws NativeException;

    private static native void card0(long device, long[] numbers, byte[][] texts);

    private static native int readRegister0(long device, int crAddress) throws NativeException;

    private static native void writeRegister0(long device, int crAddress, int value) throws
            NativeException;

    private static native void runningVersion0(long device, long[] numbers) throws NativeException;

    private static native byte[] vpd0(long device) throws NativeException;

    private static native void counters0(long device, long[] numbers);

    private static native void lockState0(long device, long[] numbers) throws NativeException;

    private static native void clearSemaphores0(long device) throws NativeException;

    private static native void reset0(long device) throws NativeException;
}
