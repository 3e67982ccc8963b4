// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.cx3tools.learn.ContradictedKey.Contradiction;

/**
 * Finds the place that follows a key in almost all images, to tell the images that contradict it.
 * Only for the report; nothing is claimed from it.
 *
 * <p>Almost all: at most one image of ten (but one is always allowed) contradicts, at least four
 * times as many agree, and among these some bit is seen with either value three times as often;
 * with less, a place comes near by chance.
 */
final class NearMatch {
    private static final int AGREEING_PER_CONTRADICTION = 4;
    private static final int FOLLOWING_PER_CONTRADICTION = 3;

    private final Corpus corpus;
    private final List<Word> words;

    NearMatch(Corpus corpus, List<Word> words) {
        this.corpus = corpus;
        this.words = words;
    }

    /**
     * Searches the place with the fewest contradictions.
     *
     * @param key   a key that no place follows in all images
     * @param taken bits of each word that belong to certain fields
     */
    Optional<ContradictedKey> find(Key key, List<BitSet> taken) {
        KeyNumbers numbers = key.numbers();
        int probe = Explanations.mostVaried(numbers);
        int limit = Math.max(1, corpus.size() / 10);
        BitSet fewest = null;
        Place best = null;
        for (int w = 0; w < words.size(); w++) {
            for (int bit = 0; bit + numbers.size() <= 32; bit++) {
                int next = taken.get(w).nextSetBit(bit);
                if (next >= 0 && next < bit + numbers.size()) {
                    continue;
                }
                BitSet wrong = new BitSet(corpus.size());
                addWrong(numbers, probe, words.get(w).bit(bit + probe), wrong);
                for (int i = 0; i < numbers.size() && wrong.cardinality() <= limit; i++) {
                    addWrong(numbers, i, words.get(w).bit(bit + i), wrong);
                }
                if (wrong.cardinality() <= limit && (fewest == null
                        || wrong.cardinality() < fewest.cardinality())
                        && followed(numbers, words.get(w), bit, wrong)) {
                    fewest = wrong;
                    best = new Place(w, words.get(w).address(), bit, numbers.size(),
                            numbers.size());
                }
            }
        }
        return best == null ? Optional.empty() : Optional.of(told(key, best, fewest));
    }

    private static void addWrong(KeyNumbers key, int bit, BitColumn column, BitSet wrong) {
        wrong.or(and(key.ones(bit), column.zeros()));
        wrong.or(and(key.zeros(bit), column.ones()));
        BitSet ones = and(key.absent(), column.ones());
        BitSet zeros = and(key.absent(), column.zeros());
        wrong.or(ones.cardinality() < zeros.cardinality() ? ones : zeros);
    }

    private boolean followed(KeyNumbers key, Word word, int bit, BitSet wrong) {
        int agreeing = 0;
        for (int image = 0; image < corpus.size(); image++) {
            agreeing += key.present().get(image) && !wrong.get(image)
                    && word.covers(image, bit, key.size()) ? 1 : 0;
        }
        if (wrong.isEmpty() || agreeing < AGREEING_PER_CONTRADICTION * wrong.cardinality()) {
            return false;
        }
        for (int i = 0; i < key.size(); i++) {
            BitSet ones = and(key.ones(i), word.bit(bit + i).ones());
            BitSet zeros = and(key.zeros(i), word.bit(bit + i).zeros());
            ones.andNot(wrong);
            zeros.andNot(wrong);
            if (Math.min(ones.cardinality(), zeros.cardinality())
                    >= FOLLOWING_PER_CONTRADICTION * wrong.cardinality()) {
                return true;
            }
        }
        return false;
    }

    private ContradictedKey told(Key key, Place place, BitSet wrong) {
        KeyNumbers numbers = key.numbers();
        Word word = words.get(place.word());
        long usual = 0;
        for (int i = 0; i < place.size(); i++) {
            BitColumn column = word.bit(place.bit() + i);
            int ones = and(numbers.absent(), column.ones()).cardinality();
            usual |= ones >= and(numbers.absent(), column.zeros()).cardinality() ? 1L << i : 0;
        }
        List<Contradiction> found = new ArrayList<>();
        int agreeing = 0;
        for (int image = 0; image < corpus.size(); image++) {
            boolean has = numbers.present().get(image);
            long expected = (has ? numbers.value(image) : usual)
                    & word.coverage(image, place.bit(), place.size());
            if (wrong.get(image)) {
                found.add(new Contradiction(corpus.name(image), has, expected,
                        word.value(image, place.bit(), place.size())));
            } else if (has && word.covers(image, place.bit(), place.size())) {
                agreeing++;
            }
        }
        return new ContradictedKey(key.name(), place.field(key.name(), place.size()), agreeing,
                found);
    }

    private static BitSet and(BitSet one, BitSet other) {
        BitSet both = (BitSet) one.clone();
        both.and(other);
        return both;
    }
}
