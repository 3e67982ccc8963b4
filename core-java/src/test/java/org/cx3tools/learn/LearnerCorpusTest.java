// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.cx3tools.assemble.BoardKey;
import org.cx3tools.assemble.FieldDictionary;
import org.cx3tools.binary.Seed;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.learn.corpus.Decidable;
import org.cx3tools.learn.corpus.HiddenKey;
import org.cx3tools.learn.corpus.HiddenKey.HiddenField;
import org.cx3tools.learn.corpus.SyntheticCorpus;
import org.junit.jupiter.api.Test;

/** The learner against corpora whose dictionary is known. */
final class LearnerCorpusTest {
    private static final int CORPORA = 6;

    @Test
    void whatIsClaimedIsRightAndWhatIsDecidableIsFound() throws Exception {
        Random seeds = Seed.start("LearnerCorpusTest");
        for (int i = 0; i < CORPORA; i++) {
            long seed = seeds.nextLong();
            check(seed, new SyntheticCorpus(new Random(seed), 40), 100);
        }
    }

    @Test
    void whatIsClaimedFromFewImagesIsRightToo() throws Exception {
        Random seeds = Seed.start("LearnerCorpusTest, few images");
        for (int boards : new int[] {2, 3, 4, 5, 6, 8, 10, 12, 16, 24}) {
            long seed = seeds.nextLong();
            check(seed, new SyntheticCorpus(new Random(seed), boards), 0);
        }
    }

    /** Nothing promises this for every seed, so these are fixed ones. */
    @Test
    void imagesThatWereEditedByHandCostLinesButMakeNoneWrong() throws Exception {
        for (long seed = 1; seed <= 5; seed++) {
            SyntheticCorpus corpus = new SyntheticCorpus(new Random(seed), 40);
            corpus.editByHand(10);
            Learned learned = Learner.learn(images(corpus));

            Set<BoardKey> found = assertClaimsAreRight("edited " + seed + ": ", corpus, learned);
            System.out.println("edited corpus " + seed + ": " + found.size() + " fields found, "
                    + learned.contradicted().size() + " contradicted");
            assertThat(learned.contradicted()).isNotEmpty();
        }
    }

    private static List<NamedImage> images(SyntheticCorpus corpus) {
        List<NamedImage> images = new ArrayList<>();
        for (Fs2Image image : corpus.images()) {
            images.add(new NamedImage("board " + images.size(), image));
        }
        return images;
    }

    private static void check(long seed, SyntheticCorpus corpus, int atLeast)
            throws Exception {
        List<NamedImage> images = images(corpus);
        long start = System.nanoTime();
        Learned learned = Learner.learn(images);
        long millis = (System.nanoTime() - start) / 1_000_000;

        assertThat(millis).as("milliseconds").isLessThan(5000);
        String report = "corpus " + seed + " of " + corpus.boards() + ", " + millis + " ms: ";
        Set<BoardKey> found = assertClaimsAreRight(report, corpus, learned);
        assertDecidableIsFound(report, corpus, found, atLeast);
        assertRestIsToldApart(report, corpus, learned, found);
        assertThat(FieldDictionary.parse("learned", learned.text(), true).fields())
                .as(report + "fields read back")
                .containsExactlyElementsOf(learned.fields().stream().map(LearnedField::field)
                        .toList());
    }

    private static Set<BoardKey> assertClaimsAreRight(String report, SyntheticCorpus corpus,
            Learned learned) {
        Map<BoardKey, HiddenKey> hidden = new HashMap<>();
        corpus.keys().forEach(key -> hidden.put(name(key), key));
        Set<BoardKey> found = new HashSet<>();
        for (LearnedField line : learned.fields()) {
            HiddenKey key = hidden.get(line.key());
            assertThat(new HiddenField(line.field().address(), line.field().bit(),
                    line.field().width())).as(report + line).isEqualTo(key.field().orElse(null));
            assertThat(key.twin()).as(report + line + ": correlated key").isNegative();
            line.defaultValue().ifPresent(value -> assertThat(value)
                    .as(report + line + ": default").isEqualTo(key.defaultValue()));
            found.add(line.key());
        }
        return found;
    }

    private static void assertDecidableIsFound(String report, SyntheticCorpus corpus,
            Set<BoardKey> found, int atLeast) {
        Decidable decidable = new Decidable(corpus);
        int all = 0;
        int places = 0;
        int hit = 0;
        for (int k = 0; k < corpus.keys().size(); k++) {
            places += decidable.place(k) ? 1 : 0;
            if (decidable.all(k)) {
                all++;
                hit += found.contains(name(corpus.keys().get(k))) ? 1 : 0;
            }
        }
        System.out.println(report + places + " places and " + all + " fields decidable, " + hit
                + " of them found, " + found.size() + " found in all");
        assertThat(all).as(report + "decidable fields").isGreaterThanOrEqualTo(atLeast);
        if (atLeast > 0) {
            assertThat(hit * 100).as(report + "found of " + all).isGreaterThanOrEqualTo(all * 95);
        }
    }

    private static void assertRestIsToldApart(String report, SyntheticCorpus corpus,
            Learned learned, Set<BoardKey> found) {
        Decidable decidable = new Decidable(corpus);
        Map<BoardKey, AmbiguousKey> ambiguous = new HashMap<>();
        learned.ambiguous().forEach(key -> ambiguous.put(key.key(), key));
        Set<BoardKey> unplaced = new HashSet<>(learned.unplaced());
        learned.contradicted().forEach(key -> unplaced.add(key.key()));
        for (int k = 0; k < corpus.keys().size(); k++) {
            HiddenKey key = corpus.keys().get(k);
            String what = report + key;
            assertThat(learned.neverVaried().contains(name(key))).as(what)
                    .isEqualTo(key.distinct() == 1);
            if (key.distinct() > 1 && !found.contains(name(key))) {
                assertThat(ambiguous.containsKey(name(key)) || !decidable.seen(k)
                        && unplaced.contains(name(key))).as(what).isTrue();
            }
            AmbiguousKey width = ambiguous.get(name(key));
            if (width != null && width.kind() == Ambiguity.WIDTH) {
                HiddenField field = key.field().orElseThrow();
                assertThat(width.candidates()).as(what).anyMatch(place -> place.address()
                        == field.address() && place.bit() == field.bit()
                        && place.width() == field.width());
            }
        }
    }

    private static BoardKey name(HiddenKey key) {
        return new BoardKey(key.section(), key.name());
    }
}
