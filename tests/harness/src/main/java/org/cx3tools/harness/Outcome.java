// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.harness;

import java.nio.charset.StandardCharsets;

/**
 * What a program left behind.
 *
 * @param exit   exit code; {@link #TIMED_OUT} if the deadline passed, 128 + n after signal n
 * @param output standard output as bytes, one character each
 * @param errors error output
 */
public record Outcome(int exit, String output, String errors) {
    /** The exit code of a program that had to be killed. */
    public static final int TIMED_OUT = -1;

    static Outcome of(int exit, byte[] output, byte[] errors) {
        return new Outcome(exit, new String(output, StandardCharsets.ISO_8859_1),
                new String(errors, StandardCharsets.ISO_8859_1));
    }

    /** Exit code and output in one text that can be compared whole. */
    public String exitAndOutput() {
        return "exit " + exit + "\n" + output;
    }

    /** All of it, for the message of a failed test. */
    public String describe() {
        return exitAndOutput() + (errors.isEmpty() ? "" : "\n[errors]\n" + errors);
    }
}
