// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A board file (.ini): the text that describes one board, kept in the FW Configuration section.
 *
 * <p>The text is kept exactly: comments, blanks, line ends, order, duplicate keys and sections, a
 * missing final newline, and every byte (bytes are ISO-8859-1 characters here). General INI
 * libraries keep none of that, so this is our own. Grammar (observed, see the design's page on
 * source forms): {@code [section]}, {@code key = value} with any blanks around {@code =}, comments
 * from {@code ;} to the end of the line. A {@code ;} starts a comment behind a value only when a
 * blank stands before it (ours; vendor rule unknown). Names are case-sensitive. If a key occurs
 * more than once, its last value counts (ours; vendor rule unknown).
 */
public final class BoardFile {
    /** Largest text accepted, in bytes; real board files have a few KiB. */
    public static final int MAX_BYTES = 1 << 20;
    /** Most lines accepted. */
    public static final int MAX_LINES = 1 << 16;

    private final String text;
    private final List<BoardFileLine> lines;
    private final List<BoardFileEntry> entries;
    private final Map<List<String>, List<BoardFileEntry>> grouped;

    private BoardFile(String text, List<BoardFileLine> lines) {
        this.text = text;
        this.lines = lines;
        entries = lines.stream().flatMap(line -> line.entry().stream()).toList();
        grouped = new LinkedHashMap<>();
        for (BoardFileEntry entry : entries) {
            grouped.computeIfAbsent(List.of(entry.section(), entry.key()), n -> new ArrayList<>())
                    .add(entry);
        }
    }

    /**
     * Reads a board file.
     *
     * @param text the text, one character (0 to 255) per byte
     * @throws BoardFileException if a line is not of the grammar, or the text is too large
     */
    public static BoardFile parse(String text) throws BoardFileException {
        Objects.requireNonNull(text, "text");
        if (text.length() > MAX_BYTES) {
            throw new BoardFileException(0, "is " + text.length() + " bytes long, at most "
                    + MAX_BYTES + " are accepted");
        }
        List<BoardFileLine> lines = new ArrayList<>();
        String section = "";
        int start = 0;
        while (start < text.length()) {
            if (lines.size() == MAX_LINES) {
                throw new BoardFileException(MAX_LINES + 1, "more than " + MAX_LINES
                        + " lines are not accepted");
            }
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline + 1;
            BoardFileLine line =
                    BoardFileLine.parse(text, start, end, section, lines.size() + 1);
            section = line.section();
            lines.add(line);
            start = end;
        }
        return new BoardFile(text, List.copyOf(lines));
    }

    /**
     * Reads a board file from its bytes, whatever they are.
     *
     * @param bytes content of the file
     * @throws BoardFileException as {@link #parse(String)}
     */
    public static BoardFile parse(byte[] bytes) throws BoardFileException {
        if (bytes.length > MAX_BYTES) {
            throw new BoardFileException(0, "is " + bytes.length + " bytes long, at most "
                    + MAX_BYTES + " are accepted");
        }
        return parse(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    /** {@return the exact text, one character per byte} */
    public String text() {
        return text;
    }

    /** {@return the exact bytes, a fresh copy} */
    public byte[] toByteArray() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** {@return names of the sections in order of their first appearance} */
    public List<String> sections() {
        var names = new LinkedHashSet<String>();
        for (BoardFileLine line : lines) {
            if (line.header()) {
                names.add(line.section());
            }
        }
        return List.copyOf(names);
    }

    /** {@return all keys with their values in file order, repeated keys too} */
    public List<BoardFileEntry> entries() {
        return entries;
    }

    /** {@return the value of a key, the last one if it is repeated} */
    public Optional<String> get(String section, String key) {
        List<BoardFileEntry> all = all(section, key);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1).value());
    }

    /** {@return every occurrence of a key, in file order} */
    public List<BoardFileEntry> all(String section, String key) {
        return List.copyOf(grouped.getOrDefault(List.of(section, key), List.of()));
    }

    /**
     * Gives a key another value and keeps everything else. Every occurrence of the key is changed,
     * so that no reader can see another value. A key that is not there is added behind the last key
     * of its section; the section is added at the end of the file if need be.
     *
     * @throws BoardFileException if name or value could not be read back as given
     */
    public BoardFile with(String section, String key, String value) throws BoardFileException {
        StringBuilder out = new StringBuilder(text.length() + 80);
        boolean found = false;
        int insertBehind = -1;
        for (int i = 0; i < lines.size(); i++) {
            BoardFileLine line = lines.get(i);
            boolean same = line.section().equals(section);
            if (same && (line.header() || line.entry().isPresent())) {
                insertBehind = i;
            }
            if (same && line.entry().isPresent() && line.entry().get().key().equals(key)) {
                out.append(line.withValue(text, value));
                found = true;
            } else {
                out.append(line.text(text));
            }
        }
        BoardFile result = parse(found ? out.toString()
                : inserted(insertBehind, section, key, value));
        for (BoardFileEntry entry : result.all(section, key)) {
            if (!entry.value().equals(value)) {
                throw new BoardFileException(entry.line(), "value '" + value
                        + "' would be read back as '" + entry.value() + "'");
            }
        }
        if (result.all(section, key).size() != Math.max(1, all(section, key).size())
                || result.entries().size() != entries().size() + (found ? 0 : 1)) {
            throw new BoardFileException(0, "'[" + section + "] " + key + " = " + value
                    + "' cannot be written as one line of a board file");
        }
        return result;
    }

    private String inserted(int behind, String section, String key, String value) {
        String eol = text.contains("\r\n") ? "\r\n" : "\n";
        StringBuilder out = new StringBuilder(text.length() + 80);
        if (behind < 0 && section.isEmpty()) {
            return out.append(key).append(" = ").append(value).append(eol).append(text).toString();
        }
        for (int i = 0; i < lines.size(); i++) {
            out.append(lines.get(i).text(text));
            if (i == behind) {
                endLine(out, eol);
                out.append(key).append(" = ").append(value).append(eol);
            }
        }
        if (behind < 0) {
            endLine(out, eol);
            out.append('[').append(section).append(']').append(eol)
                    .append(key).append(" = ").append(value).append(eol);
        }
        return out.toString();
    }

    private static void endLine(StringBuilder out, String eol) {
        if (out.length() > 0 && out.charAt(out.length() - 1) != '\n') {
            out.append(eol);
        }
    }

    /**
     * Compares two board files by their values. The order of keys, comments and blanks do not
     * count; a repeated key counts as changed when its list of values is another.
     *
     * @return the changes: changed and added keys in order of the second file, then removed ones
     */
    public static List<BoardFileChange> diff(BoardFile before, BoardFile after) {
        var old = before.grouped;
        var now = after.grouped;
        List<BoardFileChange> changes = new ArrayList<>();
        now.forEach((name, entries) -> {
            List<BoardFileEntry> was = old.getOrDefault(name, List.of());
            if (!values(was).equals(values(entries))) {
                BoardFileEntry last = entries.get(entries.size() - 1);
                changes.add(new BoardFileChange(last.section(), last.key(), lastValue(was),
                        lastValue(entries), last.line()));
            }
        });
        old.forEach((name, entries) -> {
            if (!now.containsKey(name)) {
                BoardFileEntry last = entries.get(entries.size() - 1);
                changes.add(new BoardFileChange(last.section(), last.key(), lastValue(entries),
                        Optional.empty(), last.line()));
            }
        });
        return List.copyOf(changes);
    }

    private static List<String> values(List<BoardFileEntry> entries) {
        return entries.stream().map(BoardFileEntry::value).toList();
    }

    private static Optional<String> lastValue(List<BoardFileEntry> entries) {
        return entries.isEmpty() ? Optional.empty()
                : Optional.of(entries.get(entries.size() - 1).value());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BoardFile file && file.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "BoardFile[" + text.length() + " bytes, " + lines.size() + " lines]";
    }
}
