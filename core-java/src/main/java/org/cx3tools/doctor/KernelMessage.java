// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.doctor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message of the kernel as its sources write it ({@code kernel-messages.tsv}), turned round into a pattern.
 *
 * @param kind first column of the table
 * @param who second column
 * @param pattern the whole message, its arguments as groups
 */
record KernelMessage(String kind, String who, Pattern pattern) {
    static final String RESOURCE = "RESOURCE";
    static final String START = "START";
    static final String GOOD = "GOOD";
    static final String ASSIGNED = "ASSIGNED";

    private static final Pattern CONVERSION = Pattern.compile("%(p[Rr]|%|[#0-9]*(?:ll|l)?[a-zA-Z])");
    /** Read once: integrators may examine many cards. */
    private static final List<KernelMessage> ALL = load();

    static List<KernelMessage> all() {
        return ALL;
    }

    /** The arguments of the message in a text, empty when it is another message. */
    Optional<Matcher> match(String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.matches() ? Optional.of(matcher) : Optional.empty();
    }

    static Pattern pattern(String format) {
        StringBuilder regex = new StringBuilder();
        Matcher conversion = CONVERSION.matcher(format);
        int end = 0;
        while (conversion.find()) {
            regex.append(Pattern.quote(format.substring(end, conversion.start())));
            regex.append(argument(conversion.group(1)));
            end = conversion.end();
        }
        // A driver may say more in the same line; so does the kernel of another year.
        return Pattern.compile(regex.append(Pattern.quote(format.substring(end))).append("\\s*").toString());
    }

    /** Possessive or bounded, so that a hostile line costs no more than its length. */
    private static String argument(String conversion) {
        return switch (conversion.charAt(conversion.length() - 1)) {
            case '%' -> "%";
            case 'R', 'r' -> "(\\[[^\\]]{0,200}\\])";
            case 'd', 'u', 'i' -> "(-?\\d{1,20})";
            case 'x', 'X' -> "((?:0x)?[0-9a-fA-F]{1,16})";
            default -> "([^:\\[]{1,64}(?::[^:\\[]{1,64}){0,3}?)";
        };
    }

    private static List<KernelMessage> load() {
        List<KernelMessage> all = new ArrayList<>();
        try (InputStream in = KernelMessage.class.getResourceAsStream("kernel-messages.tsv");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    String[] columns = line.split("\t");
                    all.add(new KernelMessage(columns[0], columns[1], pattern(columns[2])));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(all);
    }
}
