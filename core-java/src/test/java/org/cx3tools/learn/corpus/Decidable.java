// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn.corpus;

import java.util.ArrayList;
import java.util.List;
import org.cx3tools.learn.corpus.HiddenKey.HiddenField;

/**
 * Tells from hidden knowledge which fields the images decide, number by number and board by board.
 *
 * <p>The place of a field is decidable if one of its bits is seen with both values on boards that
 * have the key, and every other key would, wherever one puts it over that bit, be wrong on some
 * board; as the opposite too if it is a switch. The width is decidable if, in addition, a number
 * that fills the field to the top is seen and the next bit is certainly foreign: there is none, it
 * is in no mask, a board has a one there beside a number of the key, it differs between boards
 * without the key, or it is a filled bit of another field whose place is decidable.
 */
public final class Decidable {
    private final List<HiddenKey> keys;
    private final Registers registers;
    private final SyntheticCorpus corpus;
    private final List<Boolean> places = new ArrayList<>();

    /** Judges all keys. */
    public Decidable(SyntheticCorpus corpus) {
        this.corpus = corpus;
        keys = corpus.keys();
        registers = corpus.registers();
        keys.forEach(key -> places.add(place(key)));
    }

    /** {@return whether the place is decidable} */
    public boolean place(int key) {
        return places.get(key);
    }

    /** {@return whether place and width are decidable} */
    public boolean all(int key) {
        return places.get(key) && width(keys.get(key));
    }

    /** {@return whether some bit of the field is seen with both values on boards with the key} */
    public boolean seen(int k) {
        HiddenKey key = keys.get(k);
        if (key.field().isEmpty() || corpus.disputed().contains(key.field().get().address())) {
            return false;
        }
        HiddenField field = key.field().get();
        for (int bit = field.bit(); bit < field.bit() + field.width(); bit++) {
            if (varies(key, field.address(), bit, true)) {
                return true;
            }
        }
        return false;
    }

    private boolean place(HiddenKey key) {
        if (key.field().isEmpty() || corpus.disputed().contains(key.field().get().address())) {
            return false;
        }
        HiddenField field = key.field().get();
        for (int bit = field.bit(); bit < field.bit() + field.width(); bit++) {
            if (varies(key, field.address(), bit, true) && onlyCause(key, field.address(), bit)) {
                return true;
            }
        }
        return false;
    }

    private boolean onlyCause(HiddenKey key, long address, int bit) {
        for (HiddenKey other : keys) {
            if (other != key && (other.largest() <= 1 && opposite(other, address, bit)
                    || couldCover(other, address, bit))) {
                return false;
            }
        }
        return true;
    }

    private boolean couldCover(HiddenKey other, long address, int bit) {
        int size = size(other);
        for (int low = Math.max(0, bit - 31); low <= bit && low + size <= 32; low++) {
            boolean fits = true;
            for (int at = low; at < Math.max(low + size, bit + 1) && fits; at++) {
                fits = inSomeMask(address, at) && agrees(other, at - low, address, at);
            }
            if (fits) {
                return true;
            }
        }
        return false;
    }

    private boolean agrees(HiddenKey other, int numberBit, long address, int bit) {
        for (int board = 0; board < corpus.boards(); board++) {
            if (other.numbers()[board] != null && registers.covered(address, board, bit)
                    && (other.numbers()[board] >>> numberBit & 1)
                    != registers.bit(address, board, bit)) {
                return false;
            }
        }
        return !varies(other, address, bit, false);
    }

    private boolean opposite(HiddenKey other, long address, int bit) {
        for (int board = 0; board < corpus.boards(); board++) {
            if (other.numbers()[board] != null && registers.covered(address, board, bit)
                    && other.numbers()[board] == registers.bit(address, board, bit)) {
                return false;
            }
        }
        return !varies(other, address, bit, false);
    }

    private boolean width(HiddenKey key) {
        HiddenField field = key.field().orElseThrow();
        int next = field.bit() + field.width();
        if (size(key) < field.width()) {
            return false;
        }
        if (next == 32 || !inSomeMask(field.address(), next)
                || varies(key, field.address(), next, false)) {
            return true;
        }
        for (int board = 0; board < corpus.boards(); board++) {
            if (key.numbers()[board] != null && registers.covered(field.address(), board, next)
                    && registers.bit(field.address(), board, next) == 1) {
                return true;
            }
        }
        for (int k = 0; k < keys.size(); k++) {
            if (places.get(k)) {
                HiddenField other = keys.get(k).field().orElseThrow();
                if (other.address() == field.address() && other.bit() <= next
                        && next < other.bit() + size(keys.get(k))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a bit has both values over the boards with the key, or over those without it. */
    private boolean varies(HiddenKey key, long address, int bit, boolean with) {
        boolean[] seen = new boolean[2];
        for (int board = 0; board < corpus.boards(); board++) {
            if (key.numbers()[board] != null == with && registers.covered(address, board, bit)) {
                seen[(int) registers.bit(address, board, bit)] = true;
            }
        }
        return seen[0] && seen[1];
    }

    private boolean inSomeMask(long address, int bit) {
        for (int board = 0; board < corpus.boards(); board++) {
            if (registers.covered(address, board, bit)) {
                return true;
            }
        }
        return false;
    }

    private static int size(HiddenKey key) {
        return Math.max(1, 64 - Long.numberOfLeadingZeros(key.largest()));
    }
}
