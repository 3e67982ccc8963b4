// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.flash;

import java.time.Duration;
import java.util.Optional;

/**
 * How to open a flash.
 *
 * @param banks number of chips, 1 or 2
 * @param heldReads whether pages are read with chip select held, if the card can do it (probed)
 * @param lockTimeout how long to wait for the programming lock; empty = 20 s as the stock tool
 */
public record FlashOptions(int banks, boolean heldReads, Optional<Duration> lockTimeout) {
    /** {@return options for one chip, held reads, 20 s} */
    public static FlashOptions defaults() {
        return new FlashOptions(1, true, Optional.empty());
    }
}
