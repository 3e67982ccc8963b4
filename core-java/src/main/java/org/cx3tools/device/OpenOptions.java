// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.device;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How to open a device.
 *
 * @param sysfsRoot another root than /sys (tests)
 * @param lockDir another folder for lock files than /run/lock/cx3tools
 * @param tracePath record all register accesses in this file
 * @param noFlush leave out the write ordering flush of the memory window
 * @param allowDriver go on although a kernel driver is bound
 */
public record OpenOptions(
        Optional<Path> sysfsRoot,
        Optional<Path> lockDir,
        Optional<Path> tracePath,
        boolean noFlush,
        boolean allowDriver) {

    /** {@return the defaults} */
    public static OpenOptions defaults() {
        return new OpenOptions(Optional.empty(), Optional.empty(), Optional.empty(), false, false);
    }

    /** {@return the same with a trace} */
    public OpenOptions withTrace(Path file) {
        return new OpenOptions(sysfsRoot, lockDir, Optional.of(file), noFlush, allowDriver);
    }

    /** {@return the same with another folder for lock files} */
    public OpenOptions withLockDir(Path folder) {
        return new OpenOptions(sysfsRoot, Optional.of(folder), tracePath, noFlush, allowDriver);
    }

    /** {@return the same below another root than /sys} */
    public OpenOptions withSysfsRoot(Path folder) {
        return new OpenOptions(Optional.of(folder), lockDir, tracePath, noFlush, allowDriver);
    }

    /** {@return the same, going on although a kernel driver is bound} */
    public OpenOptions withDriverAllowed() {
        return new OpenOptions(sysfsRoot, lockDir, tracePath, noFlush, true);
    }
}
