// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.device;

/**
 * Traffic of one open device.
 *
 * @param reads register reads, flushes included
 * @param writes register writes, flushes included
 * @param spiCommands commands to the flash chip
 * @param elapsedMicros time of the bus clock: simulated time on a virtual card
 */
public record AccessCounters(long reads, long writes, long spiCommands, long elapsedMicros) {
    /** {@return what happened since an earlier reading} */
    public AccessCounters since(AccessCounters earlier) {
        return new AccessCounters(reads - earlier.reads, writes - earlier.writes,
                spiCommands - earlier.spiCommands, elapsedMicros - earlier.elapsedMicros);
    }
}
