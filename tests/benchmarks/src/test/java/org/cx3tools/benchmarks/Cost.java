// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.benchmarks;

import java.util.Locale;
import org.cx3tools.nativecore.NativeSimInfo;

/**
 * What a command cost, by the counters and the clock of the virtual card.
 *
 * @param reads    register reads
 * @param writes   register writes
 * @param commands gateway commands
 * @param erases   erases of the chip
 * @param programs page programs of the chip
 * @param micros   simulated time
 */
record Cost(long reads, long writes, long commands, long erases, long programs, long micros) {
    static final String HEADINGS = String.format(Locale.ROOT, "%8s %8s %8s %7s %9s %8s %8s",
            "reads", "writes", "commands", "erases", "programs", "ms", "waits");

    static Cost between(NativeSimInfo before, NativeSimInfo after) {
        return new Cost(after.reads() - before.reads(), after.writes() - before.writes(),
                after.spiCommands() - before.spiCommands(), after.erases() - before.erases(),
                after.programs() - before.programs(), after.nowMicros() - before.nowMicros());
    }

    /**
     * The numbers under {@link #HEADINGS}.
     *
     * @param waitMicros the part of the time in which the command sleeps
     * @return one line
     */
    String row(long waitMicros) {
        return String.format(Locale.ROOT, "%8d %8d %8d %7d %9d %8.1f %8.1f", reads, writes,
                commands, erases, programs, micros / 1000.0, waitMicros / 1000.0);
    }
}
