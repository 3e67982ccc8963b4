// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn;

import java.util.ArrayList;
import java.util.List;
import org.cx3tools.assemble.BoardKey;
import org.cx3tools.assemble.Field;
import org.cx3tools.assemble.FieldDictionary;
import org.cx3tools.assemble.SourceException;

/** Writes what was learned as a field dictionary with comments. */
final class LearnedText {
    private final StringBuilder out = new StringBuilder();

    private LearnedText() {
    }

    static String of(Learned learned) {
        LearnedText text = new LearnedText();
        text.write(learned);
        return text.out.toString();
    }

    /** {@return whether a dictionary line of the field is read back as the same field} */
    static boolean writable(Field field) {
        String line = field.toString();
        try {
            return line.length() <= FieldDictionary.MAX_LINE
                    && FieldDictionary.parse("learned", line, true).byName(field.name())
                            .filter(field::equals).isPresent();
        } catch (SourceException e) {
            return false;
        }
    }

    private void write(Learned learned) {
        comment("Fields of firmware " + learned.version() + ", learned from "
                + learned.images().size() + " images.");
        comment("A line is here only if the images leave no other explanation.");
        for (String image : learned.images()) {
            comment("image " + image);
        }
        for (LearnedField field : learned.fields()) {
            line(field);
        }
        for (AmbiguousKey key : learned.ambiguous()) {
            comment("ambiguous (" + key.kind() + "): " + key.key() + ": " + key.why());
        }
        for (ContradictedKey key : learned.contradicted()) {
            List<String> images = new ArrayList<>();
            key.contradictions().forEach(c -> images.add(c.toString()));
            comment("contradicted: " + key.key() + " at " + place(key.place()) + ": "
                    + String.join("; ", images));
        }
        keys("never varied", learned.neverVaried());
        keys("no bit follows it", learned.unplaced());
        keys("text", learned.textKeys());
        for (long address : learned.unusedWords()) {
            comment("records disagree: 0x" + Long.toHexString(address));
        }
    }

    private void line(LearnedField learned) {
        String line = learned.field().toString();
        String comment = " ; " + learned.evidence();
        if (learned.defaultValue().isPresent()) {
            comment += "; absent in " + learned.evidence().absent() + ": "
                    + learned.defaultValue().getAsLong();
        }
        String named = comment + "; " + printable(learned.key().toString());
        if (line.length() + named.length() <= FieldDictionary.MAX_LINE) {
            comment = named;
        }
        // A line that is too long is no field line; the field counts more than its comment.
        out.append(line);
        if (line.length() + comment.length() <= FieldDictionary.MAX_LINE) {
            out.append(comment);
        }
        out.append('\n');
    }

    private void keys(String what, List<BoardKey> keys) {
        keys.forEach(key -> comment(what + ": " + key));
    }

    private void comment(String text) {
        out.append("; ").append(printable(text)).append('\n');
    }

    /** {@return the address, bit and width of a field without its name} */
    static String place(Field field) {
        return "0x" + Long.toHexString(field.address()) + "." + field.bit() + " " + field.width();
    }

    /** Text of board files and file names can hold anything, line ends of other systems too. */
    private static String printable(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.chars().forEach(c -> clean.append(c >= ' ' && c < 0x7f ? (char) c : '?'));
        return clean.toString();
    }
}
