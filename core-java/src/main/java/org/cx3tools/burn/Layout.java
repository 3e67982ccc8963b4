// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.util.ArrayList;
import java.util.List;
import org.cx3tools.flash.FlashInfo;
import org.cx3tools.image.ChunkMap;

/** Where images lie on a flash, and whether two of them share erase units. */
final class Layout {
    private Layout() {}

    /** Physical ranges of an image, in ascending logical order, cut where 64 KiB units end. */
    static List<BurnStep.Range> pieces(ChunkMap map, int slot, int size) {
        List<BurnStep.Range> out = new ArrayList<>();
        for (ChunkMap.Piece piece : map.split(0, size, slot)) {
            int done = 0;
            while (done < piece.length()) {
                long at = piece.physical() + done;
                int step = (int) Math.min(FlashInfo.SECTOR - at % FlashInfo.SECTOR,
                        piece.length() - done);
                out.add(new BurnStep.Range(piece.logical() + done, at, step));
                done += step;
            }
        }
        return out;
    }

    /** Whether writing the first ranges erases anything of the second ones. */
    static boolean collide(List<BurnStep.Range> written, List<BurnStep.Range> kept, int unit) {
        for (BurnStep.Range w : written) {
            long from = w.physical() / unit * unit;
            long to = (w.end() + unit - 1) / unit * unit;
            for (BurnStep.Range k : kept) {
                if (from < k.end() && k.physical() < to) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A range cut where erase units end. */
    static List<BurnStep.Range> units(BurnStep.Range range, int unit) {
        List<BurnStep.Range> out = new ArrayList<>();
        int done = 0;
        while (done < range.length()) {
            long at = range.physical() + done;
            int step = (int) Math.min(unit - at % unit, range.length() - done);
            out.add(new BurnStep.Range(range.logical() + done, at, step));
            done += step;
        }
        return out;
    }

    /** Adds a piece, joined to the last one when it goes on where that ends. */
    static void append(List<BurnStep.Range> ranges, BurnStep.Range piece) {
        int last = ranges.size() - 1;
        if (last >= 0 && ranges.get(last).end() == piece.physical()
                && piece.physical() % FlashInfo.SECTOR != 0
                && ranges.get(last).logical() + ranges.get(last).length() == piece.logical()) {
            BurnStep.Range before = ranges.remove(last);
            ranges.add(new BurnStep.Range(before.logical(), before.physical(),
                    before.length() + piece.length()));
        } else {
            ranges.add(piece);
        }
    }

    /** Whether an address lies in one of the ranges. */
    static boolean contains(List<BurnStep.Range> ranges, long address) {
        return ranges.stream().anyMatch(r -> address >= r.physical() && address < r.end());
    }

    /** Highest address behind any of the ranges. */
    static long end(List<BurnStep.Range> ranges) {
        return ranges.stream().mapToLong(BurnStep.Range::end).max().orElse(0);
    }
}
