// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nvconfig;

import java.util.List;
import java.util.stream.Collectors;

/** Why settings were refused or not written. */
public sealed interface ConfigFailure {
    /** {@return what happened, one line without a full stop of ours} */
    String message();

    /** {@return the way out; empty when the message says it} */
    String advice();

    /**
     * The card, or this generation of cards, does not have the parameter.
     *
     * @param name its name
     */
    record NotOffered(String name) implements ConfigFailure {
        @Override
        public String message() {
            return "Device doesn't support " + name + " configuration";
        }

        @Override
        public String advice() {
            return "";
        }
    }

    /**
     * A value that the parameter cannot have.
     *
     * @param parameter which
     * @param value the number
     * @param text the rule in the vendor's words
     * @param soft whether the rule can be overridden
     */
    record Illegal(Parameter parameter, long value, String text, boolean soft)
            implements ConfigFailure {
        @Override
        public String message() {
            return text;
        }

        @Override
        public String advice() {
            return soft ? "change the other side, too, or leave the rule out with --force" : "";
        }
    }

    /**
     * What is stored is no longer what the plan was made for; nothing was written.
     *
     * @param tlv which record
     */
    record ChangedMeanwhile(Tlv tlv) implements ConfigFailure {
        @Override
        public String message() {
            return "record " + tlv + " (" + names(tlv.parameters())
                    + ") was changed by somebody else; nothing was written";
        }

        @Override
        public String advice() {
            return "look at the settings again, then repeat the command";
        }
    }

    /**
     * Firmware did not take a record. Those before it are written, it and those after it are not.
     *
     * @param failed the record
     * @param why what firmware said
     * @param written parameters whose records were written
     * @param missing parameters whose records were not
     */
    record NotWritten(Tlv failed, String why, List<Parameter> written, List<Parameter> missing)
            implements ConfigFailure {
        /** Takes the lists over. */
        public NotWritten {
            written = List.copyOf(written);
            missing = List.copyOf(missing);
        }

        @Override
        public String message() {
            return "record " + failed + " was not written: " + why + "; " + progress();
        }

        /** {@return which parameters were written and which were not, one clause} */
        public String progress() {
            return (written.isEmpty() ? "nothing was written"
                    : "written: " + names(written)) + "; not written: " + names(missing);
        }

        @Override
        public String advice() {
            return "repeat the command for what was not written, or set the others back";
        }
    }

    /**
     * A backup that does not fit the card, or is none.
     *
     * @param message what is wrong
     */
    record BadBackup(String message) implements ConfigFailure {
        @Override
        public String advice() {
            return "";
        }
    }

    private static String names(List<Parameter> parameters) {
        return parameters.stream().map(Parameter::name).collect(Collectors.joining(", "));
    }
}
