// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.cx3tools.cli.output.Out;

/**
 * What a command takes: its grammar and its help in one.
 *
 * @param name the command word
 * @param usage words after the command word
 * @param purpose what it does, in lines
 * @param options its options; help and verbose are added
 * @param fewest least number of arguments
 * @param most greatest number of arguments
 * @param examples command lines that work
 */
record Spec(String name, String usage, List<String> purpose, List<Opt> options, int fewest, int most,
        List<String> examples) {
    private static final int COLUMN = 30;

    Spec {
        List<Opt> all = new ArrayList<>(options);
        all.add(Opt.VERBOSE);
        all.add(Opt.HELP);
        options = List.copyOf(all);
    }

    /** Prints the help. */
    void help(Out out) {
        out.line("Usage: cx3 " + name + " " + usage).newline();
        for (String line : purpose) {
            out.line(line);
        }
        out.newline().line("Options:");
        for (Opt option : options) {
            out.padded("  " + option.syntax(), COLUMN);
            if (option.syntax().length() + 2 >= COLUMN) {
                out.newline().padded("", COLUMN);
            }
            out.print(option.meaning());
            out.line(option.fallback().isEmpty() ? "" : " (without it: " + option.fallback() + ")");
        }
        out.newline().line("EXAMPLE");
        for (String example : examples) {
            out.line("  " + example);
        }
        out.newline();
        out.line("Exit codes: 0 done, 1 failed, 2 wrong command line, 3 a prerequisite or privilege is missing,");
        out.line("7 declined at the version question of a burn.");
    }
}
