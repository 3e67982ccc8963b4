// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cx3tools.learn.BoardSet.field;
import static org.cx3tools.learn.BoardSet.hca;

import java.util.List;
import org.cx3tools.assemble.FieldDictionary;
import org.cx3tools.learn.ContradictedKey.Contradiction;
import org.junit.jupiter.api.Test;

/** What is told about keys that are not used, and the text. */
final class LearnerReportTest {
    @Test
    void aContradictionAmongTwoImagesIsJustNoPlace() throws LearnException {
        Learned learned = new BoardSet().add("a = 0", 0, 4).add("a = 1", 4, 4)
                .add("a = 1, odd = 1", 0, 4).learn();

        assertThat(learned.fields()).isEmpty();
        assertThat(learned.contradicted()).isEmpty();
        assertThat(learned.unplaced()).containsExactly(hca("a"));
    }

    @Test
    void aContradictionIsToldWithImageAndBothNumbers() throws LearnException {
        BoardSet set = new BoardSet();
        for (int i = 0; i < 8; i++) {
            set.add("a = " + 5 * (i % 2) + ", Name = board" + i, 5 * (i % 2) << 2, 0x1c);
        }
        Learned learned = set.add("a = 5", 4 << 2, 0x1c).learn();

        assertThat(learned.fields()).isEmpty();
        assertThat(learned.contradicted()).containsExactly(new ContradictedKey(hca("a"),
                field("a", 2, 3), 8, List.of(new Contradiction("image9", true, 5, 4))));
        assertThat(learned.text()).contains(
                "; contradicted: [HCA] a at 0x1f000.2 3: image9: expected 5, found 4\n");
    }

    @Test
    void defaultsThatDifferAreAContradiction() throws LearnException {
        BoardSet set = new BoardSet();
        for (int i = 0; i < 12; i++) {
            set.add((i < 8 ? "a = " + i % 2 + ", " : "") + "Name = board" + i,
                    i < 8 ? i % 2 : i == 10 ? 0 : 1, 1);
        }
        Learned learned = set.learn();

        assertThat(learned.fields()).isEmpty();
        assertThat(learned.contradicted()).containsExactly(new ContradictedKey(hca("a"),
                field("a", 0, 1), 8, List.of(new Contradiction("image11", false, 1, 0))));
    }

    @Test
    void keysThatNeverVaryAndTextsAndKeysWithoutABitAreTold() throws LearnException {
        Learned learned = new BoardSet()
                .add("same = 1, Name = one, free = 1, mixed = 1, big = 0x1ffffffff", 1, 3)
                .add("same = true, Name = two, free = 0, mixed = auto, big = 0", 1, 3).learn();

        assertThat(learned.neverVaried()).containsExactly(hca("same"));
        assertThat(learned.textKeys()).containsExactly(hca("Name"), hca("mixed"));
        assertThat(learned.unplaced()).containsExactly(hca("free"), hca("big"));
        assertThat(learned.fields()).isEmpty();
        assertThat(learned.ambiguous()).isEmpty();
    }

    @Test
    void aKeyRepeatedWithDifferentNumbersIsNotUsedAndBlocksWhatItExplains()
            throws LearnException {
        Learned learned = new BoardSet().add("a = 0, b = 0", 0, 1)
                .add("a = 1, b = 0, b = 1", 1, 1).learn();

        assertThat(learned.fields()).isEmpty();
        assertThat(learned.ambiguous()).extracting(AmbiguousKey::kind)
                .containsExactly(Ambiguity.KEYS, Ambiguity.REPEATED);
    }

    @Test
    void aKeyRepeatedWithTheSameNumberIsUsed() throws LearnException {
        Learned learned = new BoardSet().add("a = 0", 0, 1).add("a = 1, a = true", 1, 1).learn();

        assertThat(learned.fields()).hasSize(1);
    }

    @Test
    void keysWhoseFieldsHaveOneNameAreNotUsed() throws LearnException {
        Learned learned = new BoardSet().add("a = 0, A = 0", 0, 5).add("a = 1, A = 0", 1, 5)
                .add("a = 0, A = 1", 4, 5).learn();

        assertThat(learned.fields()).isEmpty();
        assertThat(learned.ambiguous()).extracting(AmbiguousKey::kind)
                .containsExactly(Ambiguity.NAME, Ambiguity.NAME);
        assertThat(learned.ambiguous().get(0).others()).containsExactly(hca("A"));
    }

    @Test
    void aNameThatNoDictionaryLineCanHaveIsNotUsed() throws LearnException {
        Learned learned = new BoardSet().add("a-b = 0", 0, 1).add("a-b = 1", 1, 1).learn();

        assertThat(learned.fields()).isEmpty();
        assertThat(learned.ambiguous().get(0).kind()).isEqualTo(Ambiguity.NAME);
        assertThat(learned.ambiguous().get(0).why()).contains("hca.a-b");
    }

    @Test
    void theTextIsADictionaryWithTheEvidenceInComments() throws Exception {
        Learned learned = new BoardSet().add("sriov_en = 0, same = 5", 0, 1)
                .add("sriov_en = 1, same = 5", 1, 1).add("same = 5", 1, 1).learn();

        assertThat(learned.text()).isEqualTo("""
                ; Fields of firmware 2.36.5000, learned from 3 images.
                ; A line is here only if the images leave no other explanation.
                ; image image1
                ; image image2
                ; image image3
                hca.sriov_en 0x1f000.0 1 ; 2 images, 2 values; absent in 1: 1; [HCA] sriov_en
                ; never varied: [HCA] same
                """);
        assertThat(FieldDictionary.parse("learned", learned.text(), true).fields())
                .containsExactly(field("sriov_en", 0, 1));
    }

    @Test
    void hostileNamesCannotBreakTheText() throws Exception {
        String key = "k".repeat(370);
        BoardSet set = new BoardSet().add(key + " = 0", 0, 1).add(key + " = 1", 1, 1);
        NamedImage second = set.images().remove(1);
        set.images().add(new NamedImage("x\nhca.evil 0x10.0 1\u2028", second.image()));
        Learned learned = set.learn();

        assertThat(learned.fields()).hasSize(1);
        assertThat(FieldDictionary.parse("learned", learned.text(), true).fields())
                .containsExactly(learned.fields().get(0).field());
        assertThat(learned.text()).contains("; image x?hca.evil 0x10.0 1?\n");
    }
}
