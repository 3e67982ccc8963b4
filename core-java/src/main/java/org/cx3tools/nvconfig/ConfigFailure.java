// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nvconfig;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.cx3tools.device.DeviceCause;

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
     * A record was not written. Those before it are, those after it are not; of itself it may not be known, when firmware
     * gave no answer.
     *
     * @param failed the record
     * @param why what firmware said, or why it said nothing
     * @param cause the same as a cause
     * @param certain whether nothing of the record is written; else it may be, as a whole
     * @param written parameters whose records were written
     * @param missing parameters whose records were not, with those of the failed one
     */
    record NotWritten(Tlv failed, String why, DeviceCause cause, boolean certain, List<Parameter> written,
            List<Parameter> missing) implements ConfigFailure {
        /** Takes the lists over. */
        public NotWritten {
            written = List.copyOf(written);
            missing = List.copyOf(missing);
        }

        @Override
        public String message() {
            return "record " + failed + (certain ? " was not written: " : " may or may not be written: ") + why + "; "
                    + progress();
        }

        /** {@return which parameters were written and which were not, one clause} */
        public String progress() {
            List<Parameter> open = certain ? List.of() : missing.stream().filter(p -> p.tlv().equals(failed)).toList();
            List<Parameter> not = missing.stream().filter(p -> !open.contains(p)).toList();
            List<String> parts = new ArrayList<>();
            parts.add(!written.isEmpty() ? "written: " + names(written)
                    : certain ? "nothing was written" : "nothing else was written");
            if (!open.isEmpty()) {
                parts.add("not known: " + names(open));
            }
            if (!not.isEmpty()) {
                parts.add("not written: " + names(not));
            }
            return String.join("; ", parts);
        }

        @Override
        public String advice() {
            return (cause.advice().isEmpty() ? "" : cause.advice() + "; then ")
                    + (certain ? "repeat the command" : "look at the settings again and repeat the command")
                    + (written.isEmpty() ? "" : " for what was not written, or set the others back");
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
