// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nativecore;

/**
 * What one open device has done so far: {@code struct cx3_counters} of {@code cx3/device.h}.
 *
 * @param reads register reads, those of the ordering flush included
 * @param writes register writes, those of the ordering flush included
 * @param spiCommands commands given to the flash gateway
 * @param elapsedMicros time since open by the clock of the bus: simulated time on a virtual card
 */
public record NativeCounters(long reads, long writes, long spiCommands, long elapsedMicros) {
    static final int NUMBERS = 4;

    static NativeCounters of(long[] n) {
        return new NativeCounters(n[0], n[1], n[2], n[3]);
    }
}
