// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.assemble;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.cx3tools.image.BoardFileChange;
import org.cx3tools.image.Fs2Image;

/**
 * An assembled image and what was changed to get it.
 *
 * @param image   the image, all pointers, sizes and checksums right
 * @param keys    keys whose value is another than in the original board file
 * @param records record words that got other bits
 * @param notes   what an operator should know
 */
public record AssembleResult(Fs2Image image, List<BoardFileChange> keys,
        List<RecordChange> records, List<AssembleNote> notes) {
    /** Makes the lists unchangeable. */
    public AssembleResult {
        Objects.requireNonNull(image, "image");
        keys = List.copyOf(keys);
        records = List.copyOf(records);
        notes = List.copyOf(notes);
    }

    /** {@return the notes of one kind} */
    public List<AssembleNote> notes(AssembleNote.Kind kind) {
        return notes.stream().filter(n -> n.kind() == kind).toList();
    }

    AssembleResult withNotesBefore(List<AssembleNote> more) {
        List<AssembleNote> all = new ArrayList<>(more);
        all.addAll(notes);
        return new AssembleResult(image, keys, records, all);
    }
}
