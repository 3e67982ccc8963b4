// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nativecore;

import java.lang.ref.Reference;
import java.util.Objects;

/**
 * What the running firmware of an open card tells of itself, and the settings (TLVs) that it keeps
 * in flash: {@code cx3/hcr.h}. All bytes are as on the wire, words with their highest byte first.
 * Each call takes the lock of the command interface and gives it back.
 *
 * <p>Beside what its text names, each call can throw {@link NativeException} with NOT_SUPPORTED in
 * recovery mode, HCR_LOCKED, HCR_BUSY, HCR_TIMEOUT, CANCELLED, CLOSED, and with a status of the
 * firmware: HCR_ and NV_, FIRMWARE_UNSUPPORTED.
 */
public final class NativeConfig {
    /** Bytes of {@link #deviceCapabilities()}. */
    public static final int CAPABILITY_BYTES = 256;

    /** Bytes of {@link #defaultParameters(int)} for the whole card: as far as settings are in it. */
    public static final int GLOBAL_DEFAULT_BYTES = 8;

    /** Bytes of {@link #defaultParameters(int)} for a port: as far as settings are in it. */
    public static final int PORT_DEFAULT_BYTES = 16;

    /** Most data bytes of a setting; always a multiple of 4. */
    public static final int MAX_BYTES = 128;

    private static final int LAST_PORT = 2;

    private final NativeDevice device;
    private final DeviceSession session;

    NativeConfig(NativeDevice device, DeviceSession session) {
        this.device = device;
        this.session = session;
    }

    /**
     * Asks what the firmware can do (QUERY_DEV_CAP).
     *
     * @return {@value #CAPABILITY_BYTES} bytes; those that tell of settings (cx3/hcr.h) are filled in, all others 0
     * @throws NativeException see the class
     */
    public byte[] deviceCapabilities() throws NativeException {
        long handle = session.enter();
        try {
            return deviceCapabilities0(handle);
        } finally {
            leave();
        }
    }

    /**
     * Asks for the default settings of the running firmware (QUERY_DEF_PARAMS).
     *
     * @param port 0 for the whole card, 1 or 2 for a port
     * @return {@value #GLOBAL_DEFAULT_BYTES} bytes, or {@value #PORT_DEFAULT_BYTES} of a port
     * @throws NativeException HCR_BAD_PARAMETER if the card has no such port; see the class
     */
    public byte[] defaultParameters(int port) throws NativeException {
        if (port < 0 || port > LAST_PORT) {
            throw new IllegalArgumentException("port is " + port + ", expected 0, 1 or 2");
        }
        long handle = session.enter();
        try {
            return defaultParameters0(
                    handle, port, port == 0 ? GLOBAL_DEFAULT_BYTES : PORT_DEFAULT_BYTES);
        } finally {
            leave();
        }
    }

    /**
     * Reads a stored setting: what counts from the next boot on.
     *
     * @param type number of the TLV, 16 bits
     * @param modifier 0 for the whole card, 1 or 2 for a port
     * @param length bytes of its data, that of the type
     * @return the data, or null when nothing is stored and the default counts
     * @throws NativeException see the class
     */
    public byte[] get(int type, int modifier, int length) throws NativeException {
        checkName(type, modifier);
        checkLength(length);
        long handle = session.enter();
        try {
            return get0(handle, type, modifier, length);
        } finally {
            leave();
        }
    }

    /**
     * Stores a setting. It counts from the next boot on.
     *
     * @param type number of the TLV, 16 bits
     * @param modifier 0 for the whole card, 1 or 2 for a port
     * @param data as many bytes as the type has
     * @throws NativeException see the class
     */
    public void set(int type, int modifier, byte[] data) throws NativeException {
        checkName(type, modifier);
        checkLength(Objects.requireNonNull(data, "data").length);
        long handle = session.enter();
        try {
            set0(handle, type, modifier, data);
        } finally {
            leave();
        }
    }

    /**
     * Drops one setting, also when it is not stored: the default counts from the next boot on. The
     * stock tool never asks for this, so firmware may not know it.
     *
     * @param type number of the TLV, 16 bits
     * @param modifier 0 for the whole card, 1 or 2 for a port
     * @throws NativeException NV_NOT_SUPPORTED if firmware cannot; see the class
     */
    public void invalidate(int type, int modifier) throws NativeException {
        checkName(type, modifier);
        long handle = session.enter();
        try {
            invalidate0(handle, type, modifier);
        } finally {
            leave();
        }
    }

    /**
     * Drops all settings, those of other tools and of the option ROM, too.
     *
     * @throws NativeException see the class
     */
    public void invalidateAll() throws NativeException {
        long handle = session.enter();
        try {
            invalidateAll0(handle);
        } finally {
            leave();
        }
    }

    /**
     * Tells whether somebody holds the lock of the command interface, CR 0xf03bc; a free one is
     * held only for the question.
     *
     * @return true if it is held
     * @throws NativeException if the card does not answer
     */
    public boolean isLocked() throws NativeException {
        long handle = session.enter();
        try {
            return isLocked0(handle);
        } finally {
            leave();
        }
    }

    /**
     * Frees the lock of the command interface whoever holds it. Only on explicit request of the
     * user.
     *
     * @throws NativeException if the card does not answer
     */
    public void clearLock() throws NativeException {
        long handle = session.enter();
        try {
            clearLock0(handle);
        } finally {
            leave();
        }
    }

    private void leave() {
        session.leave();
        // Keeps the cleaner away while C works on the handle.
        Reference.reachabilityFence(device);
    }

    private static void checkName(int type, int modifier) {
        if (type < 0 || type > 0xffff) {
            throw new IllegalArgumentException("type does not fit 16 bits: " + type);
        }
        if (modifier < 0 || modifier > 0xff) {
            throw new IllegalArgumentException("modifier does not fit 8 bits: " + modifier);
        }
    }

    private static void checkLength(int length) {
        if (length < 4 || length > MAX_BYTES || length % 4 != 0) {
            throw new IllegalArgumentException(
                    "a setting has 4 to " + MAX_BYTES + " bytes, in words, not " + length);
        }
    }

    private static native byte[] deviceCapabilities0(long device) throws NativeException;

    private static native byte[] defaultParameters0(long device, int port, int length) throws
            NativeException;

    private static native byte[] get0(long device, int type, int modifier, int length) throws
            NativeException;

    private static native void set0(long device, int type, int modifier, byte[] data) throws
            NativeException;

    private static native void invalidate0(long device, int type, int modifier) throws
            NativeException;

    private static native void invalidateAll0(long device) throws NativeException;

    private static native boolean isLocked0(long device) throws NativeException;

    private static native void clearLock0(long device) throws NativeException;
}
