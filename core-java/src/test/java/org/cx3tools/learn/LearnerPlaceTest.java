// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.cx3tools.learn.BoardSet.WORD;
import static org.cx3tools.learn.BoardSet.field;
import static org.cx3tools.learn.BoardSet.hca;

import java.util.List;
import java.util.OptionalLong;
import org.cx3tools.assemble.Field;
import org.cx3tools.assemble.FieldDictionary;
import org.junit.jupiter.api.Test;

/** Where keys are found, and which cannot be. */
final class LearnerPlaceTest {
    @Test
    void aSwitchIsFoundAtTheOnlyBitThatFollowsIt() throws LearnException {
        Learned learned = new BoardSet().add("a = 0", 0x50, 0x78).add("a = 1", 0x58, 0x78).learn();

        assertThat(learned.fields()).hasSize(1);
        LearnedField line = learned.fields().get(0);
        // The next bit is a one beside the number 0, so the field ends there.
        assertThat(line.field()).isEqualTo(field("a", 3, 1));
        assertThat(line.key()).isEqualTo(hca("a"));
        assertThat(line.evidence()).isEqualTo(new Evidence(2, 2, 0, 0));
        assertThat(line.defaultValue()).isEmpty();
    }

    @Test
    void aKeyOfTheKnownEthernetFormGetsTheKnownName() throws LearnException {
        Learned learned = new BoardSet()
                .addWith("[IB]\nport1_802_3ap_kr4_enable = 0\n", 0x1f99c, 0, 1L << 25)
                .addWith("[IB]\nport1_802_3ap_kr4_enable = true\n", 0x1f99c, 1 << 25, 1L << 25)
                .learn();

        assertThat(learned.fields()).extracting(LearnedField::field).containsExactly(
                FieldDictionary.observed().forKey("IB", "port1_802_3ap_kr4_enable").orElseThrow());
    }

    @Test
    void allSpellingsOfANumberAreTheSame() throws LearnException {
        Learned learned = new BoardSet().add("a = 0x0, b = 12", 12 << 4, 0xf1)
                .add("a = TRUE, b = 0xC", 12 << 4 | 1, 0xf1)
                .add("a=1 ;; on, b = 0X0", 1, 0xf1).add("a = false, b=5", 5 << 4, 0xf1).learn();

        assertThat(learned.fields()).extracting(LearnedField::field)
                .containsExactly(field("a", 0, 1), field("b", 4, 4));
        assertThat(learned.fields().get(1).evidence()).isEqualTo(new Evidence(4, 3, 0, 0));
    }

    @Test
    void keysThatVaryTogetherAreNotUsedEvenWithOneBitForBoth() throws LearnException {
        Learned learned = new BoardSet().add("a = 0, b = 0", 0, 1).add("a = 1, b = 1", 1, 1)
                .learn();

        assertThat(learned.fields()).isEmpty();
        assertThat(learned.ambiguous()).extracting(AmbiguousKey::key, AmbiguousKey::kind,
                AmbiguousKey::others, AmbiguousKey::candidates).containsExactly(
                tuple(hca("a"), Ambiguity.KEYS, List.of(hca("b")),
                        List.of(field("a", 0, 1))),
                tuple(hca("b"), Ambiguity.KEYS, List.of(hca("a")),
                        List.of(field("b", 0, 1))));
        assertThat(learned.ambiguous().get(0).why()).contains("[HCA] b");
    }

    @Test
    void switchesThatAreOppositesAreNotUsed() throws LearnException {
        Learned learned = new BoardSet().add("a = 0, b = 1", 4, 5).add("a = 1, b = 0", 1, 5)
                .learn();

        assertThat(learned.fields()).isEmpty();
        assertThat(learned.ambiguous()).extracting(AmbiguousKey::kind)
                .containsExactly(Ambiguity.KEYS, Ambiguity.KEYS);
    }

    @Test
    void aTextThatIsAChoiceCanBeTheCauseToo() throws LearnException {
        BoardSet set = new BoardSet();
        for (int i = 0; i < 8; i++) {
            set.add("a = " + i % 2 + ", mode = " + (i % 2 == 0 ? "slow" : "fast") + ", Name = board"
                    + i, i % 2, 1);
        }
        Learned learned = set.learn();

        assertThat(learned.fields()).isEmpty();
        // The name differs on every board; it would explain everything and so is not counted.
        assertThat(learned.ambiguous()).extracting(AmbiguousKey::others)
                .containsExactly(List.of(hca("mode")));
        assertThat(learned.textKeys()).containsExactly(hca("mode"), hca("Name"));
    }

    @Test
    void keysThatAreEqualWhereBothAreGivenAreNotUsed() throws LearnException {
        // Where b is missing, its default may well be what a has there.
        Learned learned = new BoardSet().add("a = 0, b = 0", 0, 5).add("a = 1, b = 1", 5, 5)
                .add("a = 1", 5, 5).learn();

        assertThat(learned.fields()).isEmpty();
        assertThat(learned.ambiguous()).extracting(AmbiguousKey::key)
                .containsExactly(hca("a"), hca("b"));
    }

    @Test
    void aKeyWithTwoPlacesIsAmbiguous() throws LearnException {
        Learned learned = new BoardSet().add("a = 0", 0, 5).add("a = 1", 5, 5).learn();

        assertThat(learned.fields()).isEmpty();
        assertThat(learned.ambiguous()).hasSize(1);
        assertThat(learned.ambiguous().get(0).kind()).isEqualTo(Ambiguity.PLACE);
        assertThat(learned.ambiguous().get(0).candidates())
                .containsExactly(field("a", 0, 1), field("a", 2, 1));
    }

    @Test
    void aKeyWithASecondPlaceThatIsNoOnesForCertainIsAmbiguous() throws LearnException {
        // Only a explains bit 0; the last image has no bit 2, so a and b both explain that.
        Learned learned = new BoardSet().add("a = 0, b = 0", 0, 5).add("a = 1, b = 1", 5, 5)
                .add("a = 1, b = 0", 1, 1).learn();

        assertThat(learned.fields()).isEmpty();
        assertThat(learned.ambiguous()).extracting(AmbiguousKey::key, AmbiguousKey::kind)
                .containsExactly(tuple(hca("a"), Ambiguity.PLACE), tuple(hca("b"), Ambiguity.KEYS));
    }

    @Test
    void aSecondPlaceInsideACertainFieldDoesNotCount() throws LearnException {
        // The upper bit of b goes with a, but its lower bit can only come from b.
        Learned learned = new BoardSet().add("a = 0, b = 0", 0, 0x31)
                .add("a = 1, b = 3", 0x31, 0x31).add("a = 0, b = 1", 0x10, 0x31).learn();

        assertThat(learned.fields()).extracting(LearnedField::field)
                .containsExactly(field("a", 0, 1), field("b", 4, 2));
    }

    @Test
    void claimsThatOverlapAreNotUsed() throws LearnException {
        // The fourth bit of a was never covered when it was set; b has its lowest bit there.
        Learned learned = new BoardSet().add("a = 0, b = 0", 0, 0x39)
                .add("a = 1, b = 0", 1, 0x39).add("a = 9, b = 2", 1, 1)
                .add("a = 1, b = 2", 0x11, 0x3f).add("a = 0, b = 2", 0x10, 0x3f).learn();

        assertThat(learned.fields()).isEmpty();
        assertThat(learned.ambiguous()).extracting(AmbiguousKey::key, AmbiguousKey::kind)
                .containsExactly(tuple(hca("a"), Ambiguity.OVERLAP),
                        tuple(hca("b"), Ambiguity.OVERLAP));
        assertThat(learned.ambiguous().get(0).others()).containsExactly(hca("b"));
    }

    @Test
    void aBitCountsOnlyWhereTheMaskHasItAndARecordOnlyWhereItIs() throws LearnException {
        Learned learned = new BoardSet().add("a = 0", 0, 1).add("a = 1", 1, 1)
                .add("a = 1", 0, 0x100).addWith("a = 1").learn();

        assertThat(learned.fields()).hasSize(1);
        assertThat(learned.fields().get(0).field()).isEqualTo(field("a", 0, 1));
        assertThat(learned.fields().get(0).evidence()).isEqualTo(new Evidence(2, 2, 0, 2));
    }

    @Test
    void theDefaultIsLearnedFromImagesWithoutTheKey() throws LearnException {
        Learned learned = new BoardSet().add("a = 0", 0, 7).add("a = 7", 7, 7).add("x = y", 5, 7)
                .add("", 5, 7).learn();

        assertThat(learned.fields()).hasSize(1);
        assertThat(learned.fields().get(0).defaultValue()).isEqualTo(OptionalLong.of(5));
        assertThat(learned.fields().get(0).evidence()).isEqualTo(new Evidence(2, 2, 2, 0));
    }

    @Test
    void recordsAreTakenFromAllSectionsAndMayBeRepeatedIfTheyAgree() throws LearnException {
        Learned learned = new BoardSet()
                .addWith("a = 0, b = 1", WORD, 0, 1, WORD, 2, 3)
                .addWith("a = 1, b = 1", WORD, 3, 3, WORD, 0xfd, 1)
                .addWith("a = 1, b = 0", WORD, 1, 3, WORD + 4, 0, 1).learn();

        assertThat(learned.fields()).extracting(LearnedField::field)
                .containsExactly(field("a", 0, 1), field("b", 1, 1));
        assertThat(learned.unusedWords()).isEmpty();
    }

    @Test
    void aWordWhoseRecordsDisagreeIsNotUsed() throws LearnException {
        Learned learned = new BoardSet().addWith("a = 0", WORD, 0, 1)
                .addWith("a = 1", WORD, 1, 1, WORD, 0, 1).learn();

        assertThat(learned.fields()).isEmpty();
        assertThat(learned.unusedWords()).containsExactly(WORD);
        assertThat(learned.unplaced()).containsExactly(hca("a"));
    }

    @Test
    void placesAreIndependentOfTheWordsAround() throws LearnException {
        Learned learned = new BoardSet()
                .addWith("a = 3", WORD, 0, 0, WORD + 8, 3L << 30, 0xffffffffL, WORD + 12, 5, 7)
                .addWith("a = 0", WORD, 0, 0, WORD + 8, 0, 0xffffffffL, WORD + 12, 5, 7).learn();

        assertThat(learned.fields()).extracting(LearnedField::field)
                .containsExactly(new Field("hca.a", WORD + 8, 30, 2));
    }
}
