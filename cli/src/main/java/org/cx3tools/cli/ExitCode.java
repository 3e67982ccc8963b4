// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli;

/** Exit codes of {@code cx3}; the same numbers are in every help text. */
public final class ExitCode {
    /** The command did what it was asked for. */
    public static final int DONE = 0;
    /** The command failed; one line says why. */
    public static final int FAILED = 1;
    /** The command line was wrong; nothing was touched. */
    public static final int USAGE = 2;
    /** A prerequisite or a privilege is missing. */
    public static final int PREREQUISITE = 3;
    /** The operator declined at the version question of a burn (stock number). */
    public static final int DECLINED = 7;

    private ExitCode() {
    }
}
