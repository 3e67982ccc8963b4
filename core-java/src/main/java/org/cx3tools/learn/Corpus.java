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

    /** Numbers of a key while images are read. */
    private static final class Column {
        final long[] first;
        final long[] last;
        final BitSet present;
        final BitSet text;

        Column(int images) {
            first = new long[images];
            last = new long[images];
            present = new BitSet(images);
            text = new BitSet(images);
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
        columns.forEach((name, column) -> {
            BitSet absent = new BitSet(size());
            absent.set(0, size());
            absent.andNot(column.present);
            absent.andNot(column.text);
            List<KeyNumbers> readings = new ArrayList<>();
            readings.add(new KeyNumbers(column.first, column.present, absent));
            if (!Arrays.equals(column.first, column.last)) {
                readings.add(new KeyNumbers(column.last, column.present, absent));
            }
            keys.add(new Key(name, List.copyOf(readings), column.text.cardinality()));
        });
        return keys;
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
            Column column = columns.computeIfAbsent(new BoardKey(entry.section(), entry.key()),
                    k -> new Column(images.size()));
            OptionalLong number = BoardFileValue.number(entry.value());
            if (number.isEmpty()) {
                column.text.set(image);
                column.present.clear(image);
            } else if (!column.text.get(image)) {
                column.last[image] = number.getAsLong();
                if (!column.present.get(image)) {
                    column.first[image] = number.getAsLong();
                    column.present.set(image);
                }
            }
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
