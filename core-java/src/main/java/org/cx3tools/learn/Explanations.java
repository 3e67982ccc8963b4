// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * For each varied bit of register space, which keys can explain it; for each key, which places
 * follow it.
 *
 * <p>A key explains a bit if it fits a place that has the bit: each bit of the key's number is
 * equal where record and key are there, and each bit of the place is constant over the images
 * without the key. The place counts up to the widest field possible, for a default value may have
 * bits that no number has. Being generous here makes claims harder: images without evidence forbid
 * nothing, a switch explains its opposite too, and a text key with few values explains a bit that
 * is the same wherever the value is.
 */
final class Explanations {
    /** One image with a one in the next bit may have been edited by hand. */
    private static final int IMAGES_TO_END = 2;

    private final List<Word> words;
    private final List<Key> keys;
    private final int images;
    private final BitSet[][] explainers;
    private final List<List<Place>> places = new ArrayList<>();

    Explanations(List<Word> words, List<Key> keys, int images) {
        this.images = images;
        this.words = words;
        this.keys = keys;
        explainers = new BitSet[words.size()][32];
        for (int w = 0; w < words.size(); w++) {
            for (int bit = 0; bit < 32; bit++) {
                explainers[w][bit] = new BitSet(0);
            }
        }
        for (int k = 0; k < keys.size(); k++) {
            places.add(new ArrayList<>());
            for (KeyNumbers reading : keys.get(k).readings()) {
                search(k, reading);
            }
            if (keys.get(k).text()) {
                addChoice(k);
            }
        }
    }

    /** Keys that can explain a varied bit, by index. */
    BitSet explainers(int word, int bit) {
        return explainers[word][bit];
    }

    /** Places in which some bit is seen with both values of the key's bit. */
    List<Place> places(int key) {
        return places.get(key);
    }

    Word word(Place place) {
        return words.get(place.word());
    }

    private void search(int k, KeyNumbers key) {
        int probe = mostVaried(key);
        for (int w = 0; w < words.size(); w++) {
            Word word = words.get(w);
            for (int bit = 0; bit + key.size() <= 32; bit++) {
                if (key.fits(probe, word.bit(bit + probe)) && fits(key, word, bit)) {
                    add(k, key, w, bit);
                }
            }
            for (int bit = 0; bit < 32 && key.size() == 1; bit++) {
                if (word.bit(bit).varied() && key.fitsInverted(word.bit(bit))) {
                    explainers[w][bit].set(k);
                }
            }
        }
    }

    private void addChoice(int k) {
        for (int w = 0; w < words.size(); w++) {
            for (int bit = 0; bit < 32; bit++) {
                BitColumn column = words.get(w).bit(bit);
                if (column.varied() && keys.get(k).choosesBit(column, images)) {
                    explainers[w][bit].set(k);
                }
            }
        }
    }

    private void add(int k, KeyNumbers key, int w, int bit) {
        Word word = words.get(w);
        int width = key.size();
        while (bit + width < 32 && word.bit(bit + width).covered()
                && key.fits(width, word.bit(bit + width))) {
            width++;
        }
        boolean followed = false;
        for (int i = 0; i < width; i++) {
            BitColumn column = word.bit(bit + i);
            if (column.varied()) {
                explainers[w][bit + i].set(k);
                followed |= key.followed(i, column);
            }
        }
        if (followed) {
            while (bit + width < 32 && word.bit(bit + width).covered()
                    && key.againstZero(word.bit(bit + width)) < IMAGES_TO_END) {
                width++;
            }
            places.get(k).add(new Place(w, word.address(), bit, key.size(), width));
        }
    }

    private static boolean fits(KeyNumbers key, Word word, int bit) {
        for (int i = 0; i < key.size(); i++) {
            // A mask covers the fields of its word, so a bit in no mask is part of none.
            if (!word.bit(bit + i).covered() || !key.fits(i, word.bit(bit + i))) {
                return false;
            }
        }
        return true;
    }

    /** The bit of a key that is hardest to fit by chance. */
    static int mostVaried(KeyNumbers key) {
        int best = 0;
        int most = -1;
        for (int i = 0; i < key.size(); i++) {
            int rarer = Math.min(key.ones(i).cardinality(), key.zeros(i).cardinality());
            if (rarer > most) {
                most = rarer;
                best = i;
            }
        }
        return best;
    }

    /**
     * Tells whether only this key explains some bit that follows it at a place. Then the place is
     * certain: the bit has no other cause, and it tells where the other bits are.
     */
    boolean owns(int k, Place place) {
        KeyNumbers key = keys.get(k).numbers();
        for (int i = 0; i < key.size(); i++) {
            BitColumn column = word(place).bit(place.bit() + i);
            if (key.followed(i, column) && onlyBy(k, place.word(), place.bit() + i)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a bit varied and no key but this one can explain it. */
    boolean onlyBy(int k, int word, int bit) {
        BitSet all = explainers[word][bit];
        return all.get(k) && all.cardinality() == 1;
    }

    /** Keys that explain followed bits of a place as well, by index. */
    BitSet rivals(int k, Place place) {
        BitSet rivals = new BitSet();
        KeyNumbers key = keys.get(k).numbers();
        for (int i = 0; i < key.size(); i++) {
            if (key.followed(i, word(place).bit(place.bit() + i))) {
                rivals.or(explainers[place.word()][place.bit() + i]);
            }
        }
        rivals.clear(k);
        return rivals;
    }
}
