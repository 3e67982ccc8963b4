// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli;

import java.util.Objects;

/** An operator's mistake or a failure that is already understood: one line, the way out, an exit code. */
public final class CliException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final String hint;

    /**
     * Makes an error with a way out.
     *
     * @param exitCode one of {@link ExitCode}
     * @param message what happened, one line without a full stop at the end
     * @param hint what to do about it; empty when the message says it
     */
    public CliException(int exitCode, String message, String hint) {
        super(Objects.requireNonNull(message, "message"));
        this.exitCode = exitCode;
        this.hint = Objects.requireNonNull(hint, "hint");
    }

    /**
     * Makes an error with a way out and a cause that only {@code --verbose} shows.
     *
     * @param exitCode one of {@link ExitCode}
     * @param message what happened, one line
     * @param hint what to do about it; may be empty
     * @param cause what the code below reported
     */
    public CliException(int exitCode, String message, String hint, Throwable cause) {
        super(Objects.requireNonNull(message, "message"), cause);
        this.exitCode = exitCode;
        this.hint = Objects.requireNonNull(hint, "hint");
    }

    /**
     * A wrong command line.
     *
     * @param message what is wrong
     * @param hint what would be right
     * @return the error, exit code 2
     */
    public static CliException usage(String message, String hint) {
        return new CliException(ExitCode.USAGE, message, hint);
    }

    /**
     * A failure.
     *
     * @param message what happened
     * @param hint the way out; may be empty
     * @return the error, exit code 1
     */
    public static CliException failed(String message, String hint) {
        return new CliException(ExitCode.FAILED, message, hint);
    }

    /**
     * The exit code.
     *
     * @return one of {@link ExitCode}
     */
    public int exitCode() {
        return exitCode;
    }

    /**
     * The way out.
     *
     * @return text, may be empty
     */
    public String hint() {
        return hint;
    }

    /**
     * Message and way out on one line.
     *
     * @return text without newline
     */
    public String line() {
        return hint.isEmpty() ? getMessage() : getMessage() + "; " + hint;
    }
}
