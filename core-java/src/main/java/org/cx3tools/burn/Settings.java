// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.util.ArrayList;
import java.util.List;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.image.ChunkMap;
import org.cx3tools.image.ImageInfo;

/**
 * Where the firmware keeps its settings: behind the largest image, twice (fs2-image 3.2, nv-config 3.2
 * [source]). What it writes there is not known, so a burn leaves both areas alone, or takes them along
 * when the layout changes.
 *
 * @param map layout of the image that they belong to
 * @param bytes size of one area
 * @param padBytes what is left free behind them
 * @param flashBytes size of the flash
 */
record Settings(ChunkMap map, long bytes, long padBytes, long flashBytes) {
    private static final long DEFAULT_SECTOR = 0x10000;

    /** As an image and the one on flash want it; what the damaged one wanted is not known: the most. */
    static Settings of(ChunkMap map, ImageInfo.ConfigArea mine, KeptPart<ImageInfo> flash,
            long flashBytes) {
        ImageInfo.ConfigArea there = flash.value().map(ImageInfo::configArea)
                .orElse(ImageInfo.ConfigArea.NONE);
        long sector = Math.max(mine.sectorSize(), there.sectorSize());
        if (sector == 0) {
            sector = DEFAULT_SECTOR;
        }
        long bytes = flash.problem().isPresent() ? DEFAULT_SECTOR
                : Math.min(Math.max(mine.sectors(), there.sectors()) * sector, DEFAULT_SECTOR);
        return new Settings(map, bytes, there.pad() * sector, flashBytes);
    }

    /** The same areas in another layout. */
    Settings in(ChunkMap other) {
        return new Settings(other, bytes, padBytes, flashBytes);
    }

    /** {@return bytes an image may have below them} */
    long limit() {
        return Math.max(0, map.failsafe() ? flashBytes / 2 - bytes - padBytes
                : flashBytes - 2 * bytes - padBytes);
    }

    /** Physical ranges of both areas, in ascending order of what is in them. */
    List<List<BurnStep.Range>> areas() {
        List<List<BurnStep.Range>> areas = new ArrayList<>();
        for (int slot = 0; slot < 2; slot++) {
            List<BurnStep.Range> area = new ArrayList<>();
            if (map.failsafe()) {
                map.split(limit(), (int) bytes, slot).forEach(piece -> area.add(
                        new BurnStep.Range(piece.logical() - limit(), piece.physical(), piece.length())));
            } else if (bytes > 0) {
                area.add(new BurnStep.Range(0, limit() + slot * bytes, (int) bytes));
            }
            areas.add(area);
        }
        return areas;
    }

    /** What is in both areas of a flash. */
    List<Bytes> content(Bytes dump) {
        return areas().stream().map(area -> {
            BytesBuilder out = new BytesBuilder();
            area.forEach(range -> out.add(dump.slice((int) range.physical(), range.length())));
            return out.build();
        }).toList();
    }

    /** Such content, put where this layout has it. */
    List<BurnStep.WriteAreas.Area> placed(List<Bytes> content) {
        List<BurnStep.WriteAreas.Area> placed = new ArrayList<>();
        for (int i = 0; i < content.size(); i++) {
            for (BurnStep.Range range : areas().get(i)) {
                placed.add(new BurnStep.WriteAreas.Area(range.physical(),
                        content.get(i).slice((int) range.logical(), range.length())));
            }
        }
        return placed;
    }

    /** {@return physical ranges of all that is theirs} */
    List<BurnStep.Range> ranges() {
        List<BurnStep.Range> all = new ArrayList<>();
        areas().forEach(all::addAll);
        return all;
    }
}
