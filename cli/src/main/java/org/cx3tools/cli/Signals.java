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
    private static boolean installed;

    private Signals() {
    }

    /** Installs the hook; to be called before a device is opened. Calling it again does nothing. */
    public static synchronized void install() {
        if (!installed) {
            installed = true;
            Runtime.getRuntime().addShutdownHook(new Hook());
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
        }
    }
}
