// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.assemble;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cx3tools.image.BoardFile;
import org.cx3tools.image.BoardFileEntry;

/**
 * Name of a key of a board file.
 *
 * @param section section without brackets
 * @param key     the key
 */
public record BoardKey(String section, String key) {
    private static final Pattern WRITTEN = Pattern.compile("\\[([^\\]]*)\\]\\s*(\\S+)");
    private static final Pattern ETHERNET_FIELD = Pattern.compile(
            "scratchpad\\.eth\\.port\\[([01])\\]\\.eth_(802_3ap_\\w+)");
    private static final Pattern ETHERNET_KEY = Pattern.compile("port[12]_802_3ap_\\w+");
    private static final String ETHERNET_SECTION = "IB";
    /** Keys that reach the card as text or as tags (observed). */
    private static final Set<BoardKey> TEXTS = Set.of(new BoardKey("PS_INFO", "Name"),
            new BoardKey("PS_INFO", "Description"), new BoardKey("ADAPTER", "PSID"));

    /** Refuses nulls. */
    public BoardKey {
        Objects.requireNonNull(section, "section");
        Objects.requireNonNull(key, "key");
    }

    /** {@return the name of the field that the key stands for, known or not} */
    public String fieldName() {
        return FieldDictionary.fieldName(section, key);
    }

    /** {@return whether the key reaches the card as text or as a tag, never as bits} */
    public boolean isText() {
        return TEXTS.contains(this);
    }

    /** {@return the key that is written like {@code [IB] port1_802_3ap_kr_enable}} */
    static Optional<BoardKey> written(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        return matcher.matches() ? Optional.of(new BoardKey(matcher.group(1), matcher.group(2)))
                : Optional.empty();
    }

    /**
     * Finds the keys that a word alone may mean: those of the board file, else the Ethernet keys that
     * are known, else those whose field the dictionary has.
     */
    static List<BoardKey> meantBy(String word, Optional<BoardFile> boardFile, FieldDictionary fields) {
        TreeSet<String> sections = new TreeSet<>();
        for (BoardFileEntry entry : boardFile.map(BoardFile::entries).orElse(List.of())) {
            if (entry.key().equals(word)) {
                sections.add(entry.section());
            }
        }
        if (sections.isEmpty() && ETHERNET_KEY.matcher(word).matches()) {
            sections.add(ETHERNET_SECTION);
        }
        List<BoardKey> keys = new ArrayList<>();
        sections.forEach(section -> keys.add(new BoardKey(section, word)));
        if (keys.isEmpty()) {
            String end = "." + word.toLowerCase(Locale.ROOT);
            for (Field field : fields.fields()) {
                String name = field.name();
                if (name.endsWith(end) && name.indexOf('.') == name.length() - end.length()) {
                    keys.add(new BoardKey(name.substring(0, name.indexOf('.')).toUpperCase(Locale.ROOT), word));
                }
            }
        }
        return keys;
    }

    /**
     * Finds the key that stands for a field.
     *
     * @param field     a field
     * @param boardFile keys of this file are looked at first
     * @return the key; empty if none is known
     */
    public static Optional<BoardKey> of(Field field, Optional<BoardFile> boardFile) {
        for (BoardFileEntry entry : boardFile.map(BoardFile::entries).orElse(List.of())) {
            if (FieldDictionary.fieldName(entry.section(), entry.key()).equals(field.name())) {
                return Optional.of(new BoardKey(entry.section(), entry.key()));
            }
        }
        Matcher matcher = ETHERNET_FIELD.matcher(field.name());
        return matcher.matches() ? Optional.of(new BoardKey(ETHERNET_SECTION,
                "port" + (Integer.parseInt(matcher.group(1)) + 1) + "_" + matcher.group(2))) : Optional.empty();
    }

    /** {@return the key as it is written, {@code [IB] port1_802_3ap_kr_enable}} */
    @Override
    public String toString() {
        return "[" + section + "] " + key;
    }
}
