// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.fuzz;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** The bounds of one run. */
final class Limits {
    /** Processor time; the instrumented code of a search takes some ten times as long as usual. */
    private static final Duration TIME = Duration.ofSeconds(3);

    private Limits() {
    }

    /** Something that may fail. */
    interface Run {
        void run() throws Exception;
    }

    /** Runs it, unless the input is longer than makes sense, and looks at the time it took. */
    static void within(int mostBytes, byte[] input, Run run) throws Exception {
        if (input.length > mostBytes) {
            return;
        }
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        run.run();
        Duration taken = Duration.ofNanos(
                ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before);
        if (taken.compareTo(TIME) > 0) {
            throw new AssertionError("it took " + taken);
        }
    }
}
