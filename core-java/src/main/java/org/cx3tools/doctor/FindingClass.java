// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.doctor;

/** Classes of findings, each with the exit code of {@code cx3 doctor}; the worst one of a diagnosis counts. */
public enum FindingClass {
    /** Worth knowing; the card works. */
    HINT(10),
    /** The firmware on the card. */
    FIRMWARE(11),
    /** What the main board gives the card. */
    RESOURCES(12),
    /** The kernel driver. */
    DRIVER(13),
    /** Locks of the card. */
    LOCKS(14),
    /** Ways to the card that are shut. */
    ACCESS(15);

    private final int exitCode;

    FindingClass(int exitCode) {
        this.exitCode = exitCode;
    }

    /** {@return exit code when this is the class of the most important finding} */
    public int exitCode() {
        return exitCode;
    }
}
