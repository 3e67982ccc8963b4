// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.Fs2Image;

/**
 * An image on flash that must stay as it is, and the settings that belong to it.
 *
 * @param places what is where
 */
record Extent(List<BurnStep.WriteAreas.Area> places) {
    Extent(Placement place, Fs2Image image,
            List<BurnStep.WriteAreas.Area> settings) {
        this(all(place, image, settings));
    }

    private static List<BurnStep.WriteAreas.Area> all(Placement place,
            Fs2Image image, List<BurnStep.WriteAreas.Area> settings) {
        List<BurnStep.WriteAreas.Area> all = new ArrayList<>(settings);
        for (BurnStep.Range range : place.ranges(image.size())) {
            all.add(new BurnStep.WriteAreas.Area(range.physical(),
                    image.bytes().slice((int) range.logical(), range.length())));
        }
        return all;
    }

    /**
     * What has to be written to have other bytes beside it, erase unit by erase unit.
     *
     * @param content the bytes, by logical address of the ranges
     * @param ranges where they go
     * @param unit smallest erase unit
     * @return empty when a unit of this extent would change
     */
    Optional<List<BurnStep.Range>> beside(Bytes content, List<BurnStep.Range> ranges, int unit) {
        List<BurnStep.Range> kept = places.stream()
                .map(area -> new BurnStep.Range(0, area.physical(), area.content().length())).toList();
        List<BurnStep.Range> writes = new ArrayList<>();
        for (BurnStep.Range range : ranges) {
            if (!Layout.collide(List.of(range), kept, unit)) {
                writes.add(range);
                continue;
            }
            for (BurnStep.Range piece : Layout.units(range, unit)) {
                if (!Layout.collide(List.of(piece), kept, unit)) {
                    Layout.append(writes, piece);
                } else if (!has(piece.physical(), content.slice((int) piece.logical(), piece.length()))) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(writes);
    }

    /** Whether every one of these bytes is there already. */
    private boolean has(long physical, Bytes wanted) {
        int done = 0;
        while (done < wanted.length()) {
            long at = physical + done;
            Optional<BurnStep.WriteAreas.Area> there = places.stream().filter(area -> area.physical() <= at
                    && at < area.physical() + area.content().length()).findFirst();
            if (there.isEmpty()) {
                return false;
            }
            int from = (int) (at - there.get().physical());
            int length = Math.min(wanted.length() - done, there.get().content().length() - from);
            if (!there.get().content().slice(from, length).equals(wanted.slice(done, length))) {
                return false;
            }
            done += length;
        }
        return true;
    }
}
