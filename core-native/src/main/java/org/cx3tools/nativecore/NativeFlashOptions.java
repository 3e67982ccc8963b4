// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nativecore;

/**
 * How to open the flash: {@code struct cx3_flash_options} of {@code cx3/flash.h}.
 *
 * @param banks chips one after the other: 1 or 2, 0 means 1
 * @param noHeldReads reads block by block instead of with chip select held over a page
 * @param lockTimeoutMicros patience for the programming lock, 0 means 20 s
 */
public record NativeFlashOptions(int banks, boolean noHeldReads, long lockTimeoutMicros) {
    private static final NativeFlashOptions DEFAULTS = new NativeFlashOptions(0, false, 0);

    /** Checks the ranges. */
    public NativeFlashOptions {
        if (banks < 0 || banks > 2) {
            throw new IllegalArgumentException("banks is " + banks + ", expected 0 to 2");
        }
        if (lockTimeoutMicros < 0) {
            throw new IllegalArgumentException("lockTimeoutMicros is negative: " +
                    lockTimeoutMicros);
        }
    }

    /**
     * Returns the usual options: one bank, held reads, 20 s.
     *
     * @return the defaults of the C core
     */
    public static NativeFlashOptions defaults() {
        return DEFAULTS;
    }
}
