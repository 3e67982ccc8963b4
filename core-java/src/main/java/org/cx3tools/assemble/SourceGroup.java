// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.assemble;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cx3tools.image.ImageOutline;

/**
 * A group of a release source: {@code [NAME]} and the lines below it. The lines above the first
 * group make a group without a name.
 *
 * @param source name of the file, for errors
 * @param name   text between the brackets
 * @param line   line number of the header from 1
 * @param items  parameters and data lines in order
 */
record SourceGroup(String source, String name, int line, List<Item> items) {
    /** Longest source accepted, in characters. */
    static final int MAX_TEXT = 16 << 20;

    private static final int MAX_GROUPS = 2 * ImageOutline.MAX_PARTS;
    private static final int MAX_LINE = 4096;
    private static final Pattern HEADER = Pattern.compile("\\[([^\\[\\]]*)\\]");
    private static final Pattern PARAMETER = Pattern.compile(
            "([A-Za-z_][\\w \\[\\]]*?)\\s*=\\s*(.*)");
    private static final Pattern WORDS = Pattern.compile("[0-9a-fA-F]{8}( +[0-9a-fA-F]{8})*");

    /**
     * A line of a group.
     *
     * @param line  line number from 1
     * @param text  the line without comment and outer blanks
     * @param key   name of a parameter, empty for a line of data words
     * @param value value of the parameter, or the data words
     */
    record Item(int line, String text, String key, String value) {
        boolean isData() {
            return key.isEmpty();
        }
    }

    /** Groups of a source, and the field lines found anywhere in it. */
    record Parsed(List<SourceGroup> groups, FieldDictionary fields) {
    }

    /**
     * Reads a source into groups.
     *
     * @throws SourceException at the first line that is not understood
     */
    static Parsed parse(String source, String text) throws SourceException {
        if (text.length() > MAX_TEXT) {
            throw new SourceException(source, 0, "", "is " + text.length()
                    + " characters long, at most " + MAX_TEXT + " are accepted");
        }
        List<SourceGroup> groups = new ArrayList<>();
        StringBuilder fields = new StringBuilder();
        groups.add(new SourceGroup(source, "", 0, new ArrayList<>()));
        int number = 0;
        for (String raw : (Iterable<String>) text.lines()::iterator) {
            number++;
            String line = withoutComment(source, number, raw);
            // Kept line for line, so that errors about fields have the right number.
            boolean field = FieldDictionary.parseLine(line).isPresent();
            fields.append(field ? line : "").append('\n');
            if (line.isEmpty() || field) {
                continue;
            }
            Matcher header = HEADER.matcher(line);
            if (header.matches()) {
                if (groups.size() > MAX_GROUPS) {
                    throw new SourceException(source, number, line, "more than " + MAX_GROUPS
                            + " groups are not accepted");
                }
                groups.add(new SourceGroup(source, header.group(1).strip(), number,
                        new ArrayList<>()));
                continue;
            }
            groups.get(groups.size() - 1).items.add(item(source, number, line));
        }
        return new Parsed(groups, FieldDictionary.parse(source, fields.toString(), true));
    }

    private static Item item(String source, int number, String line) throws SourceException {
        if (WORDS.matcher(line).matches()) {
            return new Item(number, line, "", line);
        }
        Matcher parameter = PARAMETER.matcher(line);
        if (parameter.matches()) {
            return new Item(number, line, parameter.group(1), parameter.group(2));
        }
        throw new SourceException(source, number, line, "not understood (the vendor's grammar is"
                + " known in part only; its field lines can be used with --fields)");
    }

    private static String withoutComment(String source, int number, String raw)
            throws SourceException {
        if (raw.length() > MAX_LINE) {
            throw new SourceException(source, number, raw, "longer than " + MAX_LINE
                    + " characters");
        }
        boolean quoted = false;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ';' && !quoted) {
                return raw.substring(0, i).strip();
            }
        }
        return raw.strip();
    }

    SourceException error(int atLine, String text, String what) {
        return new SourceException(source, atLine, text, what);
    }

    SourceException error(Item item, String what) {
        return error(item.line(), item.text(), what);
    }

    SourceException error(String what) {
        return error(line, name.isEmpty() ? "" : "[" + name + "]", what);
    }

    /** {@return the one parameter of that name} */
    Optional<Item> optional(String key) throws SourceException {
        Optional<Item> found = Optional.empty();
        for (Item item : items) {
            if (item.key().equals(key)) {
                if (found.isPresent()) {
                    throw error(item, "given twice in the group");
                }
                found = Optional.of(item);
            }
        }
        return found;
    }

    Item required(String key) throws SourceException {
        Optional<Item> item = optional(key);
        if (item.isEmpty()) {
            throw error("the group has no parameter '" + key + "'");
        }
        return item.get();
    }

    /** Reads a number of at most so many bits. */
    long number(Item item, int bits) throws SourceException {
        String text = item.value().strip();
        try {
            long value = text.startsWith("0x") ? Long.parseUnsignedLong(text.substring(2), 16)
                    : Long.parseUnsignedLong(text);
            if (bits == 64 || value >>> bits == 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below with the line.
        }
        throw error(item, "not a number of at most " + bits + " bits");
    }
}
