// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nativecore;

import java.lang.ref.Reference;
import java.util.Objects;

/**
 * The flash of an open card, with the programming lock held. Addresses are physical bytes over all
 * banks, one after the other. Data crosses the boundary in pieces of 64 KiB; nothing is pinned
 * while the card is waited for.
 */
public final class NativeFlash implements AutoCloseable {
    private final NativeDevice device;
    private final DeviceSession session;
    private final NativeFlashInfo info;
    // Guarded by the session.
    private boolean closed;

    /** Called inside the session, which holds the open flash. */
    NativeFlash(NativeDevice device, DeviceSession session) {
        this.device = device;
        this.session = session;
        long[] numbers = new long[NativeFlashInfo.NUMBERS];
        byte[][] texts = new byte[NativeFlashInfo.TEXTS][];
        info0(session.flash(), numbers, texts);
        this.info = NativeFlashInfo.of(numbers, texts);
    }

    static long open(long device, NativeFlashOptions options) throws NativeException {
        return open0(device, options.banks(), options.noHeldReads(), options.lockTimeoutMicros());
    }

    /**
     * Tells which chips these are, as found at open.
     *
     * @return the facts; also after close
     */
    public NativeFlashInfo info() {
        return info;
    }

    /**
     * Reads bytes.
     *
     * @param address first byte in the flash
     * @param dst where the bytes go
     * @param offset first byte in {@code dst}
     * @param length number of bytes
     * @param progress told how far it is
     * @throws NativeException OUT_OF_RANGE, CANCELLED or what else went wrong; pieces that were
     *     read are in {@code dst}
     * @throws IndexOutOfBoundsException if the range is not inside {@code dst}
     */
    public void read(long address, byte[] dst, int offset, int length, NativeProgress progress)
            throws NativeException {
        Objects.checkFromIndexSize(offset, length, Objects.requireNonNull(dst, "dst").length);
        NativeProgress listener = listener(progress);
        checkAddress(address);
        long flash = enter();
        try {
            read0(flash, address, dst, offset, length, listener);
        } finally {
            leave();
        }
    }

    /**
     * Erases whole units; blank ones are skipped.
     *
     * @param address first byte, a multiple of {@link NativeFlashInfo#eraseBytes()}
     * @param length number of bytes, a multiple of {@link NativeFlashInfo#eraseBytes()}
     * @param progress told how far it is
     * @throws NativeException FLASH_PROTECTED, OUT_OF_RANGE, CANCELLED or what else went wrong
     */
    public void erase(long address, long length, NativeProgress progress) throws NativeException {
        NativeProgress listener = listener(progress);
        checkAddress(address);
        if (length < 0) {
            throw new IllegalArgumentException("length is negative: " + length);
        }
        long flash = enter();
        try {
            erase0(flash, address, length, listener);
        } finally {
            leave();
        }
    }

    /**
     * Programs without erase, so that bits only fall, and reads back. For signatures.
     *
     * @param address first byte in the flash
     * @param src the bytes
     * @param offset first byte in {@code src}
     * @param length number of bytes
     * @param progress told how far it is
     * @throws NativeException VERIFY_FAILED, FLASH_PROTECTED, OUT_OF_RANGE, CANCELLED or what else
     *     went wrong
     * @throws IndexOutOfBoundsException if the range is not inside {@code src}
     */
    public void program(long address, byte[] src, int offset, int length, NativeProgress progress)
            throws NativeException {
        Objects.checkFromIndexSize(offset, length, Objects.requireNonNull(src, "src").length);
        NativeProgress listener = listener(progress);
        checkAddress(address);
        long flash = enter();
        try {
            program0(flash, address, src, offset, length, listener);
        } finally {
            leave();
        }
    }

    /**
     * Makes the range hold the bytes: equal units are left alone, others are erased with their
     * neighbours kept, programmed and read back; what came out wrong is done again, at most 3
     * times.
     *
     * @param address first byte in the flash
     * @param src the bytes
     * @param offset first byte in {@code src}
     * @param length number of bytes
     * @param deferVerify reads back only the first page of each unit: for callers that read
     *     everything back before they rely on it
     * @param progress told how far it is
     * @throws NativeException VERIFY_FAILED, FLASH_PROTECTED, OUT_OF_RANGE, CANCELLED or what else
     *     went wrong
     * @throws IndexOutOfBoundsException if the range is not inside {@code src}
     */
    public void write(long address, byte[] src, int offset, int length, boolean deferVerify,
            NativeProgress progress) throws NativeException {
        Objects.checkFromIndexSize(offset, length, Objects.requireNonNull(src, "src").length);
        NativeProgress listener = listener(progress);
        checkAddress(address);
        long flash = enter();
        try {
            write0(flash, address, src, offset, length, deferVerify, listener);
        } finally {
            leave();
        }
    }

    /**
     * Compares the flash with bytes.
     *
     * @param address first byte in the flash
     * @param expected the bytes that should be there
     * @param offset first byte in {@code expected}
     * @param length number of bytes
     * @param progress told how far it is
     * @throws NativeException VERIFY_FAILED with address, expected and found byte of the first
     *     difference; OUT_OF_RANGE, CANCELLED or what else went wrong
     * @throws IndexOutOfBoundsException if the range is not inside {@code expected}
     */
    public void verify(long address, byte[] expected, int offset, int length, NativeProgress
            progress) throws NativeException {
        Objects.checkFromIndexSize(offset, length, Objects.requireNonNull(expected,
                "expected").length);
        NativeProgress listener = listener(progress);
        checkAddress(address);
        long flash = enter();
        try {
            verify0(flash, address, expected, offset, length, listener);
        } finally {
            leave();
        }
    }

    /**
     * Ends a dangling transaction and frees the locks. Waits for an operation of another thread; to
     * stop it, cancel the device. More than once is harmless.
     *
     * @throws IllegalStateException if called by a listener of its own operation
     */
    @Override
    public void close() {
        try {
            session.enter();
        } catch (NativeException e) {
            return; // closed together with the device
        }
        try {
            if (!closed) {
                closed = true;
                PlainCalls.flashClose(session.flash());
                session.flash(0);
            }
        } finally {
            leave();
        }
    }

    private long enter() throws NativeException {
        session.enter();
        if (closed) {
            leave();
            throw new NativeException(NativeStatus.CLOSED, "the flash was closed, open it again");
        }
        return session.flash();
    }

    private void leave() {
        session.leave();
        // Keeps the cleaner of the device away while C works on the handle.
        Reference.reachabilityFence(device);
    }

    private static void checkAddress(long address) {
        if (address < 0) {
            throw new IllegalArgumentException("address is negative: " + address);
        }
    }

    /** C is told to leave out reports that nobody hears. */
    private static NativeProgress listener(NativeProgress progress) {
        return Objects.requireNonNull(progress, "progress") == NativeProgress.NONE ? null :
                progress;
    }

    /** Called by the C side. */
    private static boolean report(NativeProgress progress, int phase, long doneBytes, long
            totalBytes) {
        return progress.advance(NativeProgress.Phase.of(phase), doneBytes, totalBytes);
    }

    private static native long open0(long device, int banks, boolean noHeldReads, long
            lockTimeoutMicros) throws NativeException;

    private static native void info0(long flash, long[] numbers, byte[][] texts);

    private static native void read0(
            long flash, long address, byte[] dst, int offset, int length, NativeProgress progress)
            throws NativeException;

    private static native void erase0(long flash, long address, long length, NativeProgress
            progress) throws NativeException;

    private static native void program0(
            long flash, long address, byte[] src, int offset, int length, NativeProgress progress)
            throws NativeException;

    private static native void write0(long flash, long address, byte[] src, int offset, int length,
            boolean deferVerify, NativeProgress progress) throws NativeException;

    private static native void verify0(
            long flash, long address, byte[] expected, int offset, int length, NativeProgress
            progress) throws NativeException;
}
