// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.device;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All open devices of this process. Refuses to open one twice, and lets a shutdown hook stop them
 * in order: operations end at a safe point, locks are given back, half-written files are left
 * alone.
 */
public final class SafeStop {
    private static final SafeStop PROCESS = new SafeStop();

    private final Map<String, Runnable> open = new LinkedHashMap<>();
    private boolean stopping;

    SafeStop() {}

    /**
     * Cancels all open devices and waits until their owners have closed them. To be called by a
     * shutdown hook: new devices cannot be opened afterwards.
     *
     * @param patience how long to wait; a program of one page or an erase is never cut, so some
     *     seconds
     * @return whether all were closed in time
     */
    public static boolean stopAll(Duration patience) {
        return PROCESS.stop(patience);
    }

    static SafeStop process() {
        return PROCESS;
    }

    boolean stop(Duration patience) {
        List<Runnable> cancels;
        synchronized (this) {
            stopping = true;
            cancels = List.copyOf(open.values());
        }
        cancels.forEach(Runnable::run);
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (this) {
            while (!open.isEmpty()) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                try {
                    wait(left / 1_000_000 + 1);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
        }
        return true;
    }

    synchronized boolean isStopping() {
        return stopping;
    }

    synchronized void reserve(String key, Runnable cancel) throws DeviceException {
        if (stopping) {
            throw new DeviceException(DeviceCause.CANCELLED,
                    key + " was not opened: the program is being stopped");
        }
        if (open.putIfAbsent(key, cancel) != null) {
            throw new DeviceException(DeviceCause.ALREADY_OPEN,
                    key + " is already open in this program");
        }
    }

    synchronized void release(String key) {
        open.remove(key);
        notifyAll();
    }
}
