// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nativecore;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How to open a card: {@code struct cx3_open_options} of {@code cx3/device.h}.
 *
 * @param sysfsRoot where sysfs is mounted; empty means {@code /sys}, anything else also skips the
 *     root check
 * @param lockDir folder of the lock files, one a card; empty means {@code /run/lock/cx3tools}
 * @param tracePath file that records all register accesses; empty means no recording
 * @param noFlush leaves out the ordering flush of the BAR way
 * @param allowDriver goes on although a kernel driver is bound
 */
public record NativeOpenOptions(
        Optional<Path> sysfsRoot,
        Optional<Path> lockDir,
        Optional<Path> tracePath,
        boolean noFlush,
        boolean allowDriver) {

    private static final NativeOpenOptions DEFAULTS =
            new NativeOpenOptions(Optional.empty(), Optional.empty(), Optional.empty(), false,
            false);

    /** Checks that nothing is null. */
    public NativeOpenOptions {
        Objects.requireNonNull(sysfsRoot, "sysfsRoot");
        Objects.requireNonNull(lockDir, "lockDir");
        Objects.requireNonNull(tracePath, "tracePath");
    }

    /**
     * Returns the options of a plain open.
     *
     * @return nothing set, nothing allowed
     */
    public static NativeOpenOptions defaults() {
        return DEFAULTS;
    }
}
