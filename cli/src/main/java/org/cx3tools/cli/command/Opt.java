// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

/**
 * One option of a command: the source of its parser and of its help.
 *
 * @param letter short name without dash; empty when there is none
 * @param name long name without dashes
 * @param argument what the value is called; empty for a switch
 * @param meaning one sentence, with the unit of the value
 * @param fallback what happens without it
 */
record Opt(String letter, String name, String argument, String meaning, String fallback) {
    static final Opt DEVICE = new Opt("d", "device", "DEVICE",
        "card: PCI address, pciconf:ADDRESS, sim:FILE, file:FLASH.BIN", "none");
    static final Opt IMAGE = new Opt("i", "image", "FILE", "image file", "none");
    static final Opt PSID = new Opt("", "psid", "PSID",
        "the board of an archive (.mfa) that is given in place of an image", "its only one");
    static final Opt YES = new Opt("y", "yes", "", "answer every question with yes", "ask on a terminal");
    static final Opt JSON = new Opt("", "json", "", "print one JSON object instead of text", "text");
    static final Opt FORCE = new Opt("f", "force", "", "replace an output file that exists", "refuse");
    static final Opt VERBOSE = new Opt("", "verbose", "",
        "tell on the error output what is done, and where a failure came from", "quiet");
    static final Opt HELP = new Opt("h", "help", "", "show this help", "");

    static Opt flag(String name, String meaning, String fallback) {
        return new Opt("", name, "", meaning, fallback);
    }

    static Opt value(String name, String argument, String meaning, String fallback) {
        return new Opt("", name, argument, meaning, fallback);
    }

    /** How the option is written. */
    String syntax() {
        String text = (letter.isEmpty() ? "    " : "-" + letter + ", ") + "--" + name;
        return argument.isEmpty() ? text : text + " " + argument;
    }
}
