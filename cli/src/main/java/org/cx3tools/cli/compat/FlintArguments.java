// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The vendor's grammar (fs2-image 7.1): options with one or two dashes in front of the command, values separated by
 * blanks, unambiguous beginnings of long names accepted, then the command and its parameters.
 */
final class FlintArguments {
    private final Map<FlintOption, List<String>> options = new EnumMap<>(FlintOption.class);
    private final List<String> parameters = new ArrayList<>();
    private String command = "";

    private FlintArguments() {
    }

    /** Why a command line was refused. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final boolean withUsage;

        Refused(String text, boolean withUsage) {
            super(text);
            this.withUsage = withUsage;
        }

        /** Whether the usage is shown after the text. */
        boolean withUsage() {
            return withUsage;
        }
    }

    /**
     * Parses a command line.
     *
     * @param args all words after {@code flint}
     * @throws Refused with the text to print
     */
    static FlintArguments parse(String[] args) throws Refused {
        FlintArguments parsed = new FlintArguments();
        int i = 0;
        while (i < args.length && isOption(args[i])) {
            i = parsed.option(args, i);
        }
        if (i < args.length) {
            parsed.command = args[i++];
        }
        for (; i < args.length; i++) {
            if (isOption(args[i])) {
                throw new Refused("Specifying options flags after command is not allowed.\n", true);
            }
            parsed.parameters.add(args[i]);
        }
        return parsed;
    }

    private static boolean isOption(String word) {
        return word.length() > 1 && word.charAt(0) == '-';
    }

    private int option(String[] args, int at) throws Refused {
        String word = args[at];
        boolean one = word.charAt(1) != '-';
        FlintOption option = null;
        String attached = null;
        if (!one || word.length() > 2 || byLetter(word.charAt(1)) == null) {
            String name = word.substring(one ? 1 : 2);
            int equals = name.indexOf('=');
            if (equals >= 0) {
                attached = name.substring(equals + 1);
                name = name.substring(0, equals);
            }
            option = byName(name);
        }
        if (option == null && one) {
            option = byLetter(word.charAt(1));
            attached = word.length() > 2 ? word.substring(2) : null;
        }
        if (option == null || attached != null && option.valueCount() == 0) {
            throw new Refused("-E- Unknown option \"" + word + "\"." + near(word) + "\n", true);
        }
        return values(option, attached, args, at);
    }

    private int values(FlintOption option, String attached, String[] args, int at) throws Refused {
        List<String> values = new ArrayList<>();
        int next = at + 1;
        if (attached != null) {
            values.add(attached);
        }
        while (values.size() < option.valueCount() && next < args.length
                && (values.isEmpty() || !isOption(args[next]))) {
            values.add(args[next++]);
        }
        if (values.isEmpty() && option.valueCount() > 0) {
            throw new Refused("-E- Option \"" + args[at] + "\" requires an argument.\n", true);
        }
        if (values.size() < option.valueCount()) {
            throw new Refused("Too few arguments. Expected: " + option.valueCount() + " , Received: "
                + values.size() + "\n-E- Failed to handle option " + option.longName() + "\n", false);
        }
        options.put(option, values);
        return next;
    }

    private static String near(String word) {
        String name = word.substring(word.startsWith("--") ? 2 : 1);
        List<String> names = new ArrayList<>();
        for (FlintOption option : FlintOption.values()) {
            names.add(option.longName());
        }
        List<String> near = org.cx3tools.cli.Nearest.of(name, names);
        return near.isEmpty() ? "" : " Did you mean -" + String.join(" or -", near) + "?";
    }

    private static FlintOption byLetter(char letter) {
        for (FlintOption option : FlintOption.values()) {
            if (option.shortName() == letter) {
                return option;
            }
        }
        return null;
    }

    private static FlintOption byName(String name) {
        FlintOption found = null;
        if (name.isEmpty()) {
            return null;
        }
        for (FlintOption option : FlintOption.values()) {
            if (option.longName().equals(name)) {
                return option;
            }
        }
        for (FlintOption option : FlintOption.values()) {
            if (option.longName().startsWith(name)) {
                if (found != null) {
                    return null;
                }
                found = option;
            }
        }
        return found;
    }

    /** Whether an option was given. */
    boolean has(FlintOption option) {
        return options.containsKey(option);
    }

    /** First value of an option; empty text when the option was not given. */
    String value(FlintOption option) {
        List<String> values = options.get(option);
        return values == null ? "" : values.get(0);
    }

    /** All values of an option; empty when it was not given. */
    List<String> values(FlintOption option) {
        return options.getOrDefault(option, List.of());
    }

    /** Options that were given, in the order of the table. */
    List<FlintOption> given() {
        return new ArrayList<>(options.keySet());
    }

    /** The command word as typed; empty when there was none. */
    String command() {
        return command;
    }

    /** Words after the command. */
    List<String> parameters() {
        return parameters;
    }
}
