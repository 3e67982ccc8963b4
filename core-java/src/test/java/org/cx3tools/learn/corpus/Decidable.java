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
 * board; as the opposite too if it is a switch; and each key with few words (at most half as many
 * as boards) has the same word on two boards that differ in the bit. And there is no second place
 * that the key could follow, other than over filled bits of another field of which so much is said.
 *
 * <p>The width is decidable if, in addition, a number that fills the field to the top is seen and
 * the next bit is certainly foreign: there is none, it is in no mask, two boards speak against it
 * (by a one beside a number of the key, or by differing from most boards without the key), or it
 * is a filled bit of another field whose place is decidable.
 */
public final class Decidable {
    private final List<HiddenKey> keys;
    private final Registers registers;
    private final SyntheticCorpus corpus;
    private final List<Boolean> caused = new ArrayList<>();
    private final List<Boolean> places = new ArrayList<>();

    /** Judges all keys. */
    public Decidable(SyntheticCorpus corpus) {
        this.corpus = corpus;
        keys = corpus.keys();
        registers = corpus.registers();
        keys.forEach(key -> caused.add(place(key)));
        for (int k = 0; k < keys.size(); k++) {
            places.add(caused.get(k) && !hasSecondPlace(k));
        }
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
        return corpus.texts().stream().noneMatch(text -> text.distinct() * 2 <= corpus.boards()
                && sameWithSameWord(text, address, bit));
    }

    private boolean sameWithSameWord(HiddenText text, long address, int bit) {
        for (int one = 0; one < corpus.boards(); one++) {
            for (int other = 0; other < one; other++) {
                if (text.same(one, other) && registers.covered(address, one, bit)
                        && registers.covered(address, other, bit)
                        && registers.bit(address, one, bit) != registers.bit(address, other, bit)) {
                    return false;
                }
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

    private boolean hasSecondPlace(int k) {
        HiddenField own = keys.get(k).field().orElseThrow();
        for (long address : registers.addresses()) {
            for (int low = 0; low + size(keys.get(k)) <= 32; low++) {
                if (!corpus.disputed().contains(address)
                        && !(address == own.address() && low == own.bit())
                        && follows(keys.get(k), address, low)
                        && !isFilled(caused, address, low, low + size(keys.get(k)))) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean follows(HiddenKey key, long address, int low) {
        boolean seen = false;
        for (int i = 0; i < size(key); i++) {
            if (!agrees(key, i, address, low + i) || !inSomeMask(address, low + i)) {
                return false;
            }
            seen |= varies(key, address, low + i, true);
        }
        return seen;
    }

    /** Whether some bit of a range is a filled bit of a field that a list names. */
    private boolean isFilled(List<Boolean> which, long address, int from, int to) {
        for (int k = 0; k < keys.size(); k++) {
            if (which.get(k)) {
                HiddenField field = keys.get(k).field().orElseThrow();
                if (field.address() == address && field.bit() < to
                        && from < field.bit() + size(keys.get(k))) {
                    return true;
                }
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
        return next == 32 || !inSomeMask(field.address(), next)
                || speakingAgainst(key, field.address(), next) >= 2
                || isFilled(places, field.address(), next, next + 1);
    }

    private int speakingAgainst(HiddenKey key, long address, int bit) {
        int onesWithKey = 0;
        int[] without = new int[2];
        for (int board = 0; board < corpus.boards(); board++) {
            if (registers.covered(address, board, bit)) {
                int value = (int) registers.bit(address, board, bit);
                if (key.numbers()[board] == null) {
                    without[value]++;
                } else {
                    onesWithKey += value;
                }
            }
        }
        return onesWithKey + Math.min(without[0], without[1]);
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
