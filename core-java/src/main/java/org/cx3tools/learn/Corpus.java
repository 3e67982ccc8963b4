// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cx3tools.assemble.BoardKey;
import org.cx3tools.assemble.ConfigurationRecord;
import org.cx3tools.image.BoardFile;
import org.cx3tools.image.BoardFileEntry;
import org.cx3tools.image.BoardFileException;
import org.cx3tools.image.BoardFileValue;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Section;
import org.cx3tools.image.SectionType;

/** All images, turned into columns: register words by bit, and keys by bit. */
final class Corpus {
    private final List<NamedImage> images;
    private final Map<Long, Word> words = new TreeMap<>();
    private final SortedSet<Long> disputed = new TreeSet<>();
    private final Map<BoardKey, Column> columns = new LinkedHashMap<>();

    private Corpus(List<NamedImage> images) {
        this.images = images;
    }

    /** Values of a key while images are read. */
    private static final class Column {
        final long[] first;
        final long[] last;
        final String[] texts;
        final BitSet present;
        boolean text;

        Column(int images) {
            first = new long[images];
            last = new long[images];
            texts = new String[images];
            present = new BitSet(images);
        }

        void add(int image, String value) {
            OptionalLong number = BoardFileValue.number(value);
            text |= number.isEmpty();
            last[image] = number.orElse(0);
            texts[image] = number.isPresent() ? Long.toString(last[image]) : value;
            if (!present.get(image)) {
                first[image] = last[image];
                present.set(image);
            }
        }
    }

    static Corpus read(List<NamedImage> images) throws LearnException {
        Corpus corpus = new Corpus(images);
        for (int i = 0; i < images.size(); i++) {
            corpus.addRecords(i);
            corpus.addKeys(i, boardFile(images.get(i)));
        }
        corpus.words.keySet().removeAll(corpus.disputed);
        return corpus;
    }

    int size() {
        return images.size();
    }

    String name(int image) {
        return images.get(image).name();
    }

    /** Words that are not constant, by address; in the others no key can be followed. */
    List<Word> variedWords() {
        return words.values().stream().filter(Word::varied).toList();
    }

    /** Addresses of words whose records disagree within an image. */
    List<Long> disputed() {
        return List.copyOf(disputed);
    }

    /** Keys in the order in which they first appear. */
    List<Key> keys() {
        List<Key> keys = new ArrayList<>(columns.size());
        columns.forEach((name, column) -> keys.add(column.text ? textKey(name, column)
                : numberKey(name, column)));
        return keys;
    }

    private Key numberKey(BoardKey name, Column column) {
        BitSet absent = absent(column);
        List<KeyNumbers> readings = new ArrayList<>();
        readings.add(new KeyNumbers(column.first, column.present, absent));
        if (!Arrays.equals(column.first, column.last)) {
            readings.add(new KeyNumbers(column.last, column.present, absent));
        }
        return Key.ofNumbers(name, List.copyOf(readings));
    }

    private Key textKey(BoardKey name, Column column) {
        Map<String, BitSet> groups = new HashMap<>();
        for (int i = column.present.nextSetBit(0); i >= 0; i = column.present.nextSetBit(i + 1)) {
            groups.computeIfAbsent(column.texts[i], text -> new BitSet(size())).set(i);
        }
        List<BitSet> all = new ArrayList<>(groups.values());
        if (column.present.cardinality() < size()) {
            all.add(absent(column));
        }
        return Key.ofText(name, List.copyOf(all));
    }

    private BitSet absent(Column column) {
        BitSet absent = new BitSet(size());
        absent.set(0, size());
        absent.andNot(column.present);
        return absent;
    }

    private void addRecords(int image) throws LearnException {
        Map<Long, ConfigurationRecord> merged = new HashMap<>();
        for (Section section : images.get(image).image().sections()) {
            if (!section.is(SectionType.CONFIGURATION)) {
                continue;
            }
            for (ConfigurationRecord record : ConfigurationRecord.parse(section.payload())
                    .orElse(List.of())) {
                // A field lies in an aligned word, so other addresses hold none.
                if (record.address() % 4 == 0) {
                    merged.merge(record.address(), record, this::merge);
                }
            }
        }
        for (ConfigurationRecord record : merged.values()) {
            words.computeIfAbsent(record.address(), a -> new Word(a, images.size()))
                    .add(image, record.value(), record.mask());
        }
        if (words.size() > Learner.MAX_WORDS) {
            throw new LearnException(LearnFailure.TOO_MUCH, "more than " + Learner.MAX_WORDS
                    + " register words are not accepted (" + name(image) + ")");
        }
    }

    private ConfigurationRecord merge(ConfigurationRecord one, ConfigurationRecord other) {
        if (((one.value() ^ other.value()) & one.mask() & other.mask()) != 0) {
            disputed.add(one.address());
        }
        return new ConfigurationRecord(one.address(),
                one.value() & one.mask() | other.value() & other.mask(),
                one.mask() | other.mask());
    }

    private void addKeys(int image, BoardFile file) throws LearnException {
        for (BoardFileEntry entry : file.entries()) {
            columns.computeIfAbsent(new BoardKey(entry.section(), entry.key()),
                    name -> new Column(images.size())).add(image, entry.value());
        }
        if (columns.size() > Learner.MAX_KEYS) {
            throw new LearnException(LearnFailure.TOO_MUCH, "more than " + Learner.MAX_KEYS
                    + " keys are not accepted (" + name(image) + ")");
        }
    }

    private static BoardFile boardFile(NamedImage image) throws LearnException {
        try {
            return BoardFile.parse(image.image().fwConfiguration().orElseThrow(
                    () -> new LearnException(LearnFailure.BAD_BOARD_FILE,
                            image.name() + " has no board file")).toArray());
        } catch (FormatException | BoardFileException e) {
            throw new LearnException(LearnFailure.BAD_BOARD_FILE,
                    "the board file of " + image.name() + " cannot be read: " + e.getMessage(), e);
        }
    }
}
