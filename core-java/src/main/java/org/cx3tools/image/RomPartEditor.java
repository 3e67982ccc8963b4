// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cx3tools.binary.Bytes;

/** Takes single parts out of a boot ROM and puts others in. */
public final class RomPartEditor {
    private RomPartEditor() {
    }

    /**
     * Finds parts by their kind.
     *
     * @param rom  the ROM
     * @param kind kind of a part as {@link RomPart#kind()}, in any case
     * @return the parts of that kind
     */
    public static List<RomPart> find(Bytes rom, String kind) {
        return RomParts.of(rom).stream().filter(part -> part.kind().equalsIgnoreCase(kind)).toList();
    }

    /**
     * Takes all parts of a kind out.
     *
     * @param rom  the ROM
     * @param kind kind of the parts
     * @return the ROM without them; empty if only padding or nothing is left
     */
    public static Optional<Bytes> without(Bytes rom, String kind) {
        List<RomPart> kept = RomParts.of(rom).stream()
                .filter(part -> !part.kind().equalsIgnoreCase(kind)).toList();
        return kept.stream().allMatch(part -> part.codeType() == RomPart.NONE && part.records().isEmpty())
                ? Optional.empty() : Optional.of(RomParts.join(kept));
    }

    /**
     * Puts parts in, in place of those of the same kind, else behind the last image.
     *
     * @param rom  the ROM
     * @param file another ROM
     * @return the ROM with all parts of the other one
     */
    public static Bytes with(Bytes rom, Bytes file) {
        List<RomPart> added = RomParts.of(file);
        List<RomPart> parts = new ArrayList<>();
        int place = -1;
        int behind = 0;
        for (RomPart part : RomParts.of(rom)) {
            if (added.stream().anyMatch(other -> other.kind().equalsIgnoreCase(part.kind()))) {
                place = place < 0 ? parts.size() : place;
            } else {
                parts.add(part);
                behind = part.codeType() == RomPart.NONE ? behind : parts.size();
            }
        }
        parts.addAll(place < 0 ? behind : place, added);
        return RomParts.join(parts);
    }
}
