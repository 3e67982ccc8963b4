// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.assemble;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.cx3tools.assemble.AssembleException.KeyProblem;
import org.cx3tools.assemble.ImageParts.SectionPart;
import org.cx3tools.image.BoardFile;
import org.cx3tools.image.BoardFileChange;
import org.cx3tools.image.BoardFileEntry;
import org.cx3tools.image.BoardFileValue;

/**
 * Sets the bits of changed keys in the records of an image. Never writes a bit that has no name: a
 * key without a field, a field without a record, and a record whose mask does not cover the field
 * are problems.
 */
final class KeyEditor {
    private final FieldDictionary fields;
    private final BoardFile after;
    private final RecordEditor records;
    private final List<KeyProblem> problems = new ArrayList<>();
    private final List<AssembleNote> notes = new ArrayList<>();

    KeyEditor(FieldDictionary fields, BoardFile after, List<SectionPart> sections) {
        this.fields = fields;
        this.after = after;
        this.records = new RecordEditor(sections);
    }

    List<SectionPart> sections() {
        return records.sections();
    }

    List<RecordChange> changes() {
        return records.changes();
    }

    List<KeyProblem> problems() {
        return problems;
    }

    List<AssembleNote> notes() {
        return notes;
    }

    /** Sets the bits of one changed key, or adds a problem. */
    void apply(BoardFileChange change) {
        if (new BoardKey(change.section(), change.key()).isText()) {
            return;
        }
        if (change.sameNumber() && !repeatedDifferently(change)) {
            return;
        }
        Optional<Field> field = fields.forKey(change.section(), change.key());
        if (field.isEmpty()) {
            problem(change, "no field is known for it (it would be called "
                    + FieldDictionary.fieldName(change.section(), change.key()) + ")");
        } else if (change.removed()) {
            problem(change, "was removed, and the value that firmware then takes is not known;"
                    + " keep the key and give it a value");
        } else if (repeatedDifferently(change)) {
            mistake(change, "is given different values in one file; keep one of them");
        } else {
            setField(change, field.get());
        }
    }

    private void setField(BoardFileChange change, Field field) {
        OptionalLong value = BoardFileValue.number(change.newValue().orElseThrow());
        if (value.isEmpty()) {
            mistake(change, "'" + change.newValue().get() + "' is no number; write 1, 0, true,"
                    + " false, decimal or 0x hexadecimal");
            return;
        }
        if (!field.fits(value.getAsLong())) {
            mistake(change, change.newValue().get() + " does not fit the " + field.width()
                    + " bit(s) of " + field);
            return;
        }
        try {
            noteDisagreement(change, records.set(field, value.getAsLong()));
        } catch (RecordEditor.Refused e) {
            problem(change, e.getMessage());
        }
    }

    private void noteDisagreement(BoardFileChange change, List<RecordChange> made) {
        OptionalLong old = change.oldValue().map(BoardFileValue::number)
                .orElse(OptionalLong.empty());
        for (RecordChange record : made) {
            long was = record.field().get(record.before().value());
            if (old.isPresent() && old.getAsLong() != was) {
                notes.add(new AssembleNote(AssembleNote.Kind.BITS_DISAGREED, change.key(),
                        "[" + change.section() + "] " + change.key() + " was "
                        + change.oldValue().orElse("") + " in the board file, but " + was
                        + " in record '" + record.before() + "'"));
            }
        }
    }

    private boolean repeatedDifferently(BoardFileChange change) {
        Set<String> values = new HashSet<>();
        for (BoardFileEntry entry : after.all(change.section(), change.key())) {
            OptionalLong number = BoardFileValue.number(entry.value());
            values.add(number.isPresent() ? Long.toString(number.getAsLong()) : entry.value());
        }
        return values.size() > 1;
    }

    private void problem(BoardFileChange change, String why) {
        add(change, why, false);
    }

    private void mistake(BoardFileChange change, String why) {
        add(change, why, true);
    }

    private void add(BoardFileChange change, String why, boolean mistake) {
        problems.add(new KeyProblem(change.section(), change.key(), change.line(), why,
                NvParameters.of(change.section(), change.key()), mistake));
    }
}
