// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli;

import java.time.Duration;
import org.cx3tools.device.SafeStop;

/**
 * Stops at a safe point when the process is asked to end (SIGINT, SIGTERM, SIGHUP): the Java virtual machine starts its
 * shutdown hooks, ours cancels the running operation and waits until the locks of the card are given back. The machine
 * then ends with 128 plus the number of the signal by itself.
 */
public final class Signals {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LAST_WORDS_MILLIS = 2000;
    private static final Object LOCK = new Object();
    private static boolean installed;
    private static boolean finished;

    private Signals() {
    }

    /** Installs the hook; to be called before a device is opened. Calling it again does nothing. */
    public static void install() {
        synchronized (LOCK) {
            if (!installed) {
                installed = true;
                Runtime.getRuntime().addShutdownHook(new Hook());
            }
        }
    }

    /** To be called when the command has printed all it has to say: the hook waits for that, but not for ever. */
    static void finished() {
        synchronized (LOCK) {
            finished = true;
            LOCK.notifyAll();
        }
    }

    private static void waitForLastWords() {
        long deadline = System.nanoTime() + LAST_WORDS_MILLIS * 1_000_000;
        synchronized (LOCK) {
            while (!finished) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return;
                }
                try {
                    LOCK.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    private static final class Hook extends Thread {
        Hook() {
            super("cx3-safe-stop");
        }

        @Override
        public void run() {
            if (!SafeStop.stopAll(PATIENCE)) {
                System.err.println("cx3: error: the card did not come to rest within "
                    + PATIENCE.toSeconds() + " s; its locks may be left behind, see cx3 hw --help");
            }
            waitForLastWords();
        }
    }
}
