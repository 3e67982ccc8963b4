// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.cx3tools.assemble.BoardKey;
import org.cx3tools.assemble.Field;
import org.cx3tools.image.FirmwareVersion;

/** Decides for each key what the explanations leave; the rules are told at {@link Learner}. */
final class Decision {
    private final Corpus corpus;
    private final List<Key> keys;
    private final List<Word> words;
    private final Explanations explanations;
    private final Map<String, Integer> names = new HashMap<>();
    /** Certain places by key. */
    private final Map<Integer, Place> certain = new LinkedHashMap<>();
    /** Bits of certain places in each word. */
    private final List<BitSet> taken = new ArrayList<>();

    private final List<LearnedField> fields = new ArrayList<>();
    private final List<AmbiguousKey> ambiguous = new ArrayList<>();
    private final List<ContradictedKey> contradicted = new ArrayList<>();
    private final List<BoardKey> neverVaried = new ArrayList<>();
    private final List<BoardKey> unplaced = new ArrayList<>();
    private final List<BoardKey> texts = new ArrayList<>();

    Decision(Corpus corpus) {
        this.corpus = corpus;
        keys = corpus.keys();
        words = corpus.variedWords();
        explanations = new Explanations(words, keys, corpus.size());
        keys.forEach(key -> names.merge(key.name().fieldName(), 1, Integer::sum));
        words.forEach(word -> taken.add(new BitSet(32)));
    }

    Learned learned(FirmwareVersion version, List<String> images) {
        for (int k = 0; k < keys.size(); k++) {
            List<Place> owned = owned(k);
            if (owned.size() == 1) {
                certain.put(k, owned.get(0));
            }
        }
        Map<Integer, List<Integer>> overlaps = overlaps();
        certain.keySet().removeAll(overlaps.keySet());
        take();
        while (certain.entrySet().removeIf(e -> hasOtherPlace(e.getKey(), e.getValue()))) {
            take();
        }
        for (int k = 0; k < keys.size(); k++) {
            Key key = keys.get(k);
            if (key.text()) {
                texts.add(key.name());
            } else if (!key.varied()) {
                neverVaried.add(key.name());
            } else if (key.repeated()) {
                ambiguous.add(new AmbiguousKey(key.name(), Ambiguity.REPEATED, List.of(),
                        List.of(), "a board file gives it several times with different numbers"));
            } else if (overlaps.containsKey(k)) {
                addOverlap(k, overlaps.get(k));
            } else if (certain.containsKey(k)) {
                addCertain(k, certain.get(k));
            } else {
                addUncertain(k);
            }
        }
        return new Learned(version, images, fields, ambiguous, contradicted, neverVaried, unplaced,
                texts, corpus.disputed());
    }

    /** Places that only this key explains; none for keys that are not learned. */
    private List<Place> owned(int k) {
        Key key = keys.get(k);
        return key.text() || key.repeated() ? List.of() : explanations.places(k).stream()
                .filter(place -> explanations.owns(k, place)).toList();
    }

    private void take() {
        taken.forEach(BitSet::clear);
        certain.values().forEach(place -> taken.get(place.word())
                .set(place.bit(), place.bit() + place.size()));
    }

    /** Whether another place follows a key as well, and is not certain for another key. */
    private boolean hasOtherPlace(int k, Place own) {
        return explanations.places(k).stream().anyMatch(place -> !place.equals(own)
                && taken.get(place.word()).get(place.bit(), place.bit() + place.size()).isEmpty());
    }

    /** Keys with certain places that overlap, which cannot be if what is assumed holds. */
    private Map<Integer, List<Integer>> overlaps() {
        Map<Integer, List<Integer>> overlaps = new HashMap<>();
        certain.forEach((k, place) -> certain.forEach((other, its) -> {
            if (!k.equals(other) && place.word() == its.word()
                    && place.bit() < its.bit() + its.size()
                    && its.bit() < place.bit() + place.size()) {
                overlaps.computeIfAbsent(k, n -> new ArrayList<>()).add(other);
            }
        }));
        return overlaps;
    }

    private void addOverlap(int k, List<Integer> others) {
        List<BoardKey> rivals = others.stream().map(other -> keys.get(other).name()).toList();
        ambiguous.add(new AmbiguousKey(keys.get(k).name(), Ambiguity.OVERLAP,
                fields(k, owned(k)), limited(rivals),
                "its place lies over the one of " + rivals.get(0)));
    }

    private void addUncertain(int k) {
        BoardKey name = keys.get(k).name();
        List<Place> places = explanations.places(k);
        List<Place> owned = owned(k);
        if (places.isEmpty()) {
            explanationsFailed(k);
        } else if (!owned.isEmpty()) {
            ambiguous.add(new AmbiguousKey(name, Ambiguity.PLACE, fields(k, places), List.of(),
                    places.size() + " places follow it in all images"));
        } else {
            BitSet rivals = new BitSet();
            places.forEach(place -> rivals.or(explanations.rivals(k, place)));
            List<BoardKey> others = rivals.stream().mapToObj(o -> keys.get(o).name()).toList();
            // Without a rival the places are the key's own; that case is above.
            ambiguous.add(new AmbiguousKey(name, Ambiguity.KEYS, fields(k, places),
                    limited(others), "what follows it can as well come from " + others.get(0)
                    + (others.size() > 1 ? " or " + (others.size() - 1) + " other keys" : "")));
        }
    }

    private void explanationsFailed(int k) {
        new NearMatch(corpus, words).find(keys.get(k), taken).ifPresentOrElse(contradicted::add,
                () -> unplaced.add(keys.get(k).name()));
    }

    private void addCertain(int k, Place place) {
        BoardKey name = keys.get(k).name();
        int least = leastWidth(k, place);
        int most = mostWidth(k, place);
        Field field = place.field(name, least);
        if (names.get(name.fieldName()) > 1) {
            ambiguous.add(new AmbiguousKey(name, Ambiguity.NAME, List.of(field), keys.stream()
                    .map(Key::name).filter(other -> !other.equals(name)
                            && other.fieldName().equals(name.fieldName())).toList(),
                    "several keys stand for the field " + name.fieldName()));
        } else if (!LearnedText.writable(field)) {
            ambiguous.add(new AmbiguousKey(name, Ambiguity.NAME, List.of(field), List.of(),
                    "'" + name.fieldName() + "' cannot be the name of a dictionary line"));
        } else if (most > least) {
            ambiguous.add(new AmbiguousKey(name, Ambiguity.WIDTH, IntStream.rangeClosed(least, most)
                    .mapToObj(width -> place.field(name, width)).toList(), List.of(),
                    LearnedText.place(field) + " is certain up to the width: up to "
                    + (most - least) + " more bits can belong to it, they never had a number"));
        } else {
            fields.add(Proof.of(corpus, keys.get(k), field, words.get(place.word())));
        }
    }

    private int leastWidth(int k, Place place) {
        int least = place.size();
        for (int width = least; width < place.maxWidth(); width++) {
            if (explanations.onlyBy(k, place.word(), place.bit() + width)) {
                least = width + 1;
            }
        }
        return least;
    }

    private int mostWidth(int k, Place place) {
        int next = taken.get(place.word()).nextSetBit(place.bit() + place.size());
        int most = next < 0 ? place.maxWidth() : Math.min(place.maxWidth(), next - place.bit());
        return Math.max(most, leastWidth(k, place));
    }

    private List<Field> fields(int k, List<Place> places) {
        BoardKey name = keys.get(k).name();
        return places.stream().limit(AmbiguousKey.MAX_LISTED)
                .map(place -> place.field(name, place.size())).toList();
    }

    private static List<BoardKey> limited(List<BoardKey> names) {
        return names.stream().limit(AmbiguousKey.MAX_LISTED).toList();
    }
}
