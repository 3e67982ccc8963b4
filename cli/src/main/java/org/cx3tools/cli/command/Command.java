// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

/** One of our own commands. */
interface Command {
    /** Its grammar and help. */
    Spec spec();

    /**
     * Does it.
     *
     * @param request the parsed command line
     * @return an exit code
     * @throws Exception any failure; the caller turns it into one line
     */
    int run(Request request) throws Exception;
}
