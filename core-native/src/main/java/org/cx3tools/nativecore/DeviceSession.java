// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nativecore;

import java.util.concurrent.locks.ReentrantLock;

/**
 * What must be freed of an open device, and the lock that lets one thread at a time into C. It is
 * apart from {@link NativeDevice} so that the cleaner can free it when the device was forgotten.
 */
final class DeviceSession implements Runnable {
    private final ReentrantLock use = new ReentrantLock();
    private final Object cancelLock = new Object();
    private volatile boolean closing;
    private long device;
    private long flash;

    DeviceSession(long device) {
        this.device = device;
    }

    /**
     * Enters C. Each call is paired with {@link #leave()}.
     *
     * @return the handle of the device
     * @throws NativeException CLOSED if the device is closed
     * @throws IllegalStateException if this thread is inside already: a progress listener used its
     *     own device
     */
    long enter() throws NativeException {
        if (use.isHeldByCurrentThread()) {
            throw new IllegalStateException(
                    "a progress listener must not use the device it listens to");
        }
        use.lock();
        if (closing) {
            use.unlock();
            throw new NativeException(NativeStatus.CLOSED, "the device was closed, open it again");
        }
        return device;
    }

    void leave() {
        if (closing) {
            free();
        }
        use.unlock();
    }

    /** Only between {@link #enter()} and {@link #leave()}. */
    long flash() {
        return flash;
    }

    /** Only between {@link #enter()} and {@link #leave()}. */
    void flash(long handle) {
        flash = handle;
    }

    void cancel() {
        synchronized (cancelLock) {
            if (device != 0) {
                PlainCalls.deviceCancel(device);
            }
        }
    }

    /** Ends the session: a running operation of another thread is cancelled and waited for. */
    @Override
    public void run() {
        closing = true;
        if (use.isHeldByCurrentThread()) {
            // Called by a progress listener: C is still below us, leave() frees.
            cancel();
            return;
        }
        if (!use.tryLock()) {
            cancel();
            use.lock();
        }
        try {
            free();
        } finally {
            use.unlock();
        }
    }

    private void free() {
        if (flash != 0) {
            PlainCalls.flashClose(flash);
            flash = 0;
        }
        long handle;
        synchronized (cancelLock) {
            handle = device;
            device = 0;
        }
        if (handle != 0) {
            PlainCalls.deviceClose(handle);
        }
    }
}
