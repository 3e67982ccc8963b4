// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.guest;

import java.time.Duration;

/** Waits for something outside of this process. */
final class Waiting {
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final int POLL_MILLIS = 5;

    private Waiting() {
    }

    interface Condition {
        boolean holds() throws Exception;
    }

    /** Returns when the condition holds; an error after two minutes. */
    static void until(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited two minutes for: " + what);
            }
            Thread.sleep(POLL_MILLIS);
        }
    }
}
