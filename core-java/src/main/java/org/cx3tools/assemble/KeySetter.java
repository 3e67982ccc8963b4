// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.assemble;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.cx3tools.assemble.AssembleException.KeyProblem;
import org.cx3tools.assemble.AssembleException.Reason;
import org.cx3tools.image.BoardFile;
import org.cx3tools.image.BoardFileException;
import org.cx3tools.image.BoardFileValue;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;

/**
 * Sets keys of the board file and register fields of an image by name. A key is set as text and as
 * the bits of its field, also when the text had the value already and only the bits did not; a field
 * takes the key that stands for it along, so that both always say the same.
 */
public final class KeySetter {
    private final Fs2Image image;
    private final AssembleOptions options;
    private final FieldDictionary fields;
    private final Optional<BoardFile> boardFile;
    private final Map<BoardKey, String> keys = new LinkedHashMap<>();
    private final Map<Field, Long> bits = new LinkedHashMap<>();
    private final List<AssembleNote> notes = new ArrayList<>();

    private KeySetter(Fs2Image image, AssembleOptions options) throws AssembleException {
        this.image = image;
        this.options = options;
        fields = fields(image, options);
        boardFile = boardFile(image);
    }

    /**
     * Sets what is wished.
     *
     * @param image       an image with right checksums
     * @param assignments keys and fields with their values
     * @param options     further fields, and whether keys without a field change the text only
     * @return the changed image and what was changed
     * @throws AssembleException if a name means nothing or too much, a value does not fit, or the
     *     image has no place for it; all such wishes are listed
     */
    public static AssembleResult set(Fs2Image image, List<Assignment> assignments,
            AssembleOptions options) throws AssembleException {
        KeySetter setter = new KeySetter(image, options);
        List<KeyProblem> problems = new ArrayList<>();
        for (Assignment wish : assignments) {
            setter.resolve(wish, problems);
        }
        if (!problems.isEmpty()) {
            throw new AssembleException(Reason.KEYS, Assembler.message(problems), problems);
        }
        return setter.apply();
    }

    /** {@return the fields that are known for an image with these options} */
    static FieldDictionary fields(Fs2Image image, AssembleOptions options) throws AssembleException {
        try {
            return FieldDictionary.forImage(image).plus(options.fields(), "given dictionary");
        } catch (SourceException e) {
            throw new AssembleException(Reason.KEYS, e.getMessage(), e);
        }
    }

    static Optional<BoardFile> boardFile(Fs2Image image) throws AssembleException {
        try {
            return image.fwConfiguration().isEmpty() ? Optional.empty()
                    : Optional.of(BoardFile.parse(image.fwConfiguration().get().toArray()));
        } catch (FormatException | BoardFileException e) {
            throw new AssembleException(Reason.NO_BOARD_FILE, "the board file inside the image cannot be changed: "
                    + e.getMessage(), e);
        }
    }

    private void resolve(Assignment wish, List<KeyProblem> problems) {
        Optional<Field> field = fields.byName(wish.name());
        if (field.isPresent()) {
            Optional<BoardKey> key = BoardKey.of(field.get(), boardFile);
            remember(wish, key, field, problems);
            if (key.isEmpty() || boardFile.isEmpty()) {
                notes.add(new AssembleNote(AssembleNote.Kind.BITS_ONLY, wish.name(), wish.name()
                        + " is changed in its record only: no key of the board file is known for it"));
            }
            return;
        }
        Optional<BoardKey> written = BoardKey.written(wish.name());
        List<BoardKey> keys = written.isPresent() ? List.of(written.get())
                : BoardKey.meantBy(wish.name(), boardFile, fields);
        if (keys.size() != 1) {
            problems.add(problem(wish, keys.isEmpty() ? "is neither a field that is known, nor a key of the board"
                    + " file; a new key is written with its section: [SECTION] " + wish.name()
                    : "may mean " + keys + "; name one of them with its section"));
            return;
        }
        remember(wish, Optional.of(keys.get(0)), fields.forKey(keys.get(0).section(), keys.get(0).key()), problems);
    }

    private void remember(Assignment wish, Optional<BoardKey> key, Optional<Field> field,
            List<KeyProblem> problems) {
        if (field.isPresent()) {
            OptionalLong number = BoardFileValue.number(wish.value());
            if (number.isEmpty() || !field.get().fits(number.getAsLong())) {
                problems.add(problem(wish, number.isEmpty() ? "'" + wish.value() + "' is no number; write 1, 0, true,"
                        + " false, decimal or 0x hexadecimal" : wish.value() + " does not fit the "
                        + field.get().width() + " bit(s) of " + field.get()));
                return;
            }
            Long before = bits.putIfAbsent(field.get(), number.getAsLong());
            if (before != null && before != number.getAsLong()) {
                problems.add(problem(wish, "is given two values, " + before + " and " + wish.value()));
                return;
            }
        }
        if (key.isPresent() && boardFile.isPresent()) {
            String before = keys.putIfAbsent(key.get(), wish.value());
            if (before != null && !before.equals(wish.value()) && field.isEmpty()) {
                problems.add(problem(wish, "is given two values, '" + before + "' and '" + wish.value() + "'"));
            }
        } else if (key.isPresent() && field.isEmpty()) {
            problems.add(problem(wish, "the image has no board file"));
        }
    }

    private static KeyProblem problem(Assignment wish, String why) {
        BoardKey key = BoardKey.written(wish.name()).orElse(new BoardKey("", wish.name()));
        return new KeyProblem(key.section(), key.key(), 0, why, NvParameters.of(key.section(), key.key()), true);
    }

    private AssembleResult apply() throws AssembleException {
        AssembleResult withText = withText();
        try {
            ImageParts parts = Assembler.takeApart(withText.image());
            RecordEditor records = new RecordEditor(parts.sections());
            for (Map.Entry<Field, Long> wish : bits.entrySet()) {
                records.set(wish.getKey(), wish.getValue());
            }
            List<RecordChange> changes = new ArrayList<>(withText.records());
            changes.addAll(records.changes());
            Fs2Image result = records.changes().isEmpty() ? withText.image()
                    : new ImageParts(parts.reserved(), parts.crcWordHigh(), parts.formatWord(), parts.failsafeWord(),
                            parts.boot2(), records.sections(), parts.lastNext(), OptionalInt.empty()).build();
            return new AssembleResult(result, withText.keys(), changes, withText.notes()).withNotesBefore(notes);
        } catch (RecordEditor.Refused | FormatException e) {
            throw new AssembleException(Reason.RESULT, e.getMessage(), e);
        }
    }

    private AssembleResult withText() throws AssembleException {
        if (boardFile.isEmpty()) {
            return new AssembleResult(image.trimmed(), List.of(), List.of(), Assembler.trailing(image));
        }
        BoardFile changed = boardFile.get();
        try {
            for (Map.Entry<BoardKey, String> wish : keys.entrySet()) {
                changed = changed.with(wish.getKey().section(), wish.getKey().key(), wish.getValue());
            }
        } catch (BoardFileException e) {
            throw new AssembleException(Reason.KEYS, e.getMessage(), e);
        }
        return new Assembler(options).assemble(image, changed);
    }
}
