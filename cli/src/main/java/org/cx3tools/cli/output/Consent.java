// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.output;

import org.cx3tools.cli.CliException;
import org.cx3tools.cli.Streams;

/** Asks the operator before something is changed. */
public final class Consent {
    private final Streams streams;
    private final boolean always;

    /**
     * Asks on these streams.
     *
     * @param streams where question and answer go
     * @param always {@code -y} was given
     */
    public Consent(Streams streams, boolean always) {
        this.streams = streams;
        this.always = always;
    }

    /**
     * Asks one question.
     *
     * @param question without question mark
     * @return whether the operator agreed
     * @throws CliException without a terminal and without {@code -y}: nobody could have answered
     */
    public boolean ask(String question) throws CliException {
        Out err = streams.err();
        if (always) {
            return true;
        }
        if (!streams.terminal()) {
            throw CliException.usage(question + "? Nobody can answer here",
                "add -y to say yes, or run the command on a terminal");
        }
        streams.out().flush();
        err.print(question + "? (y/n) [n] : ");
        err.flush();
        String answer = streams.readLine();
        return answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes");
    }
}
