// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cx3tools.burn.BurnOptions;
import org.cx3tools.cli.CliException;

/** GUIDs and MACs of the vendor's grammar: hexadecimal, {@code 0x} optional; one base value or all of them. */
final class FlintNumbers {
    private static final int GUIDS = 4;
    private static final int MACS = 2;
    private static final int GUID_DIGITS = 16;
    private static final int MAC_DIGITS = 12;

    private FlintNumbers() {
    }

    /**
     * What the operator asked for.
     *
     * @throws CliException with the vendor's words for a bad number
     */
    static BurnOptions options(FlintSession session) throws CliException {
        FlintArguments arguments = session.arguments();
        // As long as the vendor's tool takes: it reads back once, too.
        BurnOptions options = BurnOptions.defaults().with(BurnOptions.Choice.VERIFY_ONCE);
        if (arguments.has(FlintOption.GUID)) {
            options = options.withGuids(count(number(arguments.value(FlintOption.GUID), GUID_DIGITS), GUIDS));
        }
        if (arguments.has(FlintOption.GUIDS)) {
            options = options.withGuids(numbers(arguments.values(FlintOption.GUIDS), GUID_DIGITS));
        }
        if (arguments.has(FlintOption.MAC)) {
            options = options.withMacs(count(number(arguments.value(FlintOption.MAC), MAC_DIGITS), MACS));
        }
        if (arguments.has(FlintOption.MACS)) {
            options = options.withMacs(numbers(arguments.values(FlintOption.MACS), MAC_DIGITS));
        }
        if (arguments.has(FlintOption.USE_IMAGE_GUIDS)) {
            options = options.with(BurnOptions.Choice.IMAGE_GUIDS);
        }
        if (arguments.has(FlintOption.VSD)) {
            options = options.withVsd(arguments.value(FlintOption.VSD));
        }
        if (arguments.has(FlintOption.USE_IMAGE_PS)) {
            options = options.with(BurnOptions.Choice.IMAGE_PS);
        }
        if (arguments.has(FlintOption.USE_IMAGE_ROM)) {
            options = options.with(BurnOptions.Choice.IMAGE_ROM);
        }
        if (arguments.has(FlintOption.NOFS)) {
            options = options.with(BurnOptions.Choice.NOFS);
        }
        if (arguments.has(FlintOption.ALLOW_PSID_CHANGE)) {
            options = options.with(BurnOptions.Choice.PSID_CHANGE);
        }
        return arguments.has(FlintOption.NO_DEVID_CHECK) ? options.with(BurnOptions.Choice.NO_DEVID_CHECK) : options;
    }

    /**
     * These cards have no UID, from which newer ones derive GUIDs and MACs.
     *
     * @param command name in the texts
     * @return what is wrong when one was given, with the vendor's words
     */
    static Optional<String> uidProblem(FlintSession session, String command) {
        if (!session.has(FlintOption.UID)) {
            return Optional.empty();
        }
        boolean burn = command.equals("burn");
        for (String kind : List.of("GUID", "MAC")) {
            FlintOption one = kind.equals("GUID") ? FlintOption.GUID : FlintOption.MAC;
            FlintOption all = kind.equals("GUID") ? FlintOption.GUIDS : FlintOption.MACS;
            if (session.has(one) || session.has(all)) {
                return Optional.of("For " + command + " command, Please specify either " + kind + "s / UID"
                    + (burn ? "" : "s") + " (using command line flags -" + one.longName() + "(s) / -uid"
                    + (burn ? " )." : ")."));
            }
        }
        return Optional.of("-uid flag is applicable only for FS3/FS4 FW Only.");
    }

    private static List<Long> numbers(List<String> texts, int digits) throws CliException {
        List<Long> numbers = new ArrayList<>();
        for (String text : texts) {
            numbers.add(number(text, digits));
        }
        return numbers;
    }

    private static List<Long> count(long base, int count) {
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(base + i);
        }
        return numbers;
    }

    private static long number(String text, int digits) throws CliException {
        String hex = text.startsWith("0x") || text.startsWith("0X") ? text.substring(2) : text;
        try {
            if (hex.length() > digits || hex.startsWith("+") || hex.startsWith("-")) {
                throw new NumberFormatException(text);
            }
            return Long.parseUnsignedLong(hex, 16);
        } catch (NumberFormatException e) {
            throw CliException.failed("Invalid Guid/Mac/Uid syntax (" + text + ") expected up to " + digits
                + " hexadecimal digits", "");
        }
    }
}
