// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.Nearest;
import org.cx3tools.cli.Streams;
import org.cx3tools.cli.output.Out;
import org.cx3tools.cli.output.Printable;

/** A parsed command line of one of our own commands, with the streams it runs on. */
final class Request {
    private final Spec spec;
    private final CommandLine line;
    private final Streams streams;

    private Request(Spec spec, CommandLine line, Streams streams) {
        this.spec = spec;
        this.line = line;
        this.streams = streams;
    }

    /**
     * Parses a command line; options may stand anywhere.
     *
     * @throws CliException exit code 2, with the nearest names for an unknown option
     */
    static Request parse(Spec spec, String[] args, Streams streams) throws CliException {
        Options options = new Options();
        for (Opt option : spec.options()) {
            options.addOption(Option.builder(option.letter().isEmpty() ? null : option.letter())
                .longOpt(option.name()).hasArg(!option.argument().isEmpty()).get());
        }
        CommandLine line;
        try {
            line = DefaultParser.builder().setAllowPartialMatching(false).get().parse(options, args);
        } catch (UnrecognizedOptionException e) {
            throw unknown(spec, e.getOption());
        } catch (MissingArgumentException e) {
            throw CliException.usage("option --" + e.getOption().getLongOpt() + " needs a value", more(spec));
        } catch (ParseException e) {
            throw CliException.usage(String.valueOf(e.getMessage()), more(spec));
        }
        Request request = new Request(spec, line, streams);
        int count = request.arguments().size();
        if (!request.has(Opt.HELP) && (count < spec.fewest() || count > spec.most())) {
            throw CliException.usage(count < spec.fewest() ? "something is missing after cx3 " + spec.name()
                : "unexpected argument \"" + request.arguments().get(spec.most()) + "\"",
                "usage: cx3 " + spec.name() + " " + spec.usage());
        }
        return request;
    }

    private static CliException unknown(Spec spec, String word) {
        String name = word.replaceFirst("^--?", "").replaceFirst("=.*$", "");
        List<String> names = new ArrayList<>();
        for (Opt option : spec.options()) {
            names.add(option.name());
        }
        List<String> near = Nearest.of(name, names);
        String hint = near.isEmpty() ? more(spec) : "did you mean --" + String.join(" or --", near) + "?";
        return CliException.usage("unknown option " + word + " for cx3 " + spec.name(), hint);
    }

    private static String more(Spec spec) {
        return "cx3 " + spec.name() + " --help shows all options";
    }

    boolean has(Opt option) {
        return line.hasOption(option.name());
    }

    /** The value of an option, or a fallback. */
    String value(Opt option, String fallback) {
        return line.getOptionValue(option.name(), fallback);
    }

    /** The board of {@code --psid}, which chooses one of an archive. */
    Optional<String> psid() {
        return has(Opt.PSID) ? Optional.of(value(Opt.PSID, "")) : Optional.empty();
    }

    /**
     * Refuses options that say nothing here: none is ever parsed and ignored.
     *
     * @param where what they go with instead
     * @param options the options
     * @throws CliException exit code 2, naming the first one that was given
     */
    void refuse(String where, List<Opt> options) throws CliException {
        for (Opt option : options) {
            if (has(option)) {
                throw CliException.usage("--" + option.name() + " goes with " + where, "leave it out");
            }
        }
    }

    /** Tells something on the error output; nothing in it reaches a terminal raw. */
    void note(String text) {
        err().line("cx3: note: " + Printable.of(text));
    }

    /** All values of an option that may be given several times. */
    List<String> values(Opt option) {
        return has(option) ? List.of(line.getOptionValues(option.name())) : List.of();
    }

    /**
     * The value of an option that must be given.
     *
     * @throws CliException exit code 2
     */
    String required(Opt option) throws CliException {
        if (!has(option)) {
            throw CliException.usage("cx3 " + spec.name() + " needs --" + option.name() + " "
                + option.argument(), "usage: cx3 " + spec.name() + " " + spec.usage());
        }
        return line.getOptionValue(option.name());
    }

    /**
     * A number, decimal or with 0x, with an optional K or M.
     *
     * @throws CliException exit code 2 when it is none
     */
    long number(Opt option, long fallback) throws CliException {
        return has(option) ? number(line.getOptionValue(option.name()), "--" + option.name()) : fallback;
    }

    /** As {@link #number(Opt, long)}, of any word. */
    static long number(String word, String what) throws CliException {
        String text = word.toUpperCase(Locale.ROOT);
        int shift = text.endsWith("M") ? 20 : text.endsWith("K") ? 10 : 0;
        String digits = shift == 0 ? text : text.substring(0, text.length() - 1);
        try {
            long number = digits.startsWith("0X") ? Long.parseUnsignedLong(digits.substring(2), 16)
                : Long.parseLong(digits);
            if (number < 0 || number > (Long.MAX_VALUE >> shift)) {
                throw new NumberFormatException(word);
            }
            return number << shift;
        } catch (NumberFormatException e) {
            throw CliException.usage(what + " needs a number, not \"" + word + "\"",
                "write it as 123, 0x7b, 64K or 2M");
        }
    }

    List<String> arguments() {
        return line.getArgList();
    }

    /** An argument, or a fallback when there are fewer. */
    String argument(int index, String fallback) {
        return index < arguments().size() ? arguments().get(index) : fallback;
    }

    boolean json() {
        return has(Opt.JSON);
    }

    Streams streams() {
        return streams;
    }

    Out out() {
        return streams.out();
    }

    Out err() {
        return streams.err();
    }
}
