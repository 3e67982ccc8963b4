// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cx3tools.learn.BoardSet.field;
import static org.cx3tools.learn.BoardSet.hca;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What ends a field, and what leaves its width open. */
final class LearnerWidthTest {
    @Test
    void constantZerosAboveLeaveTheWidthOpen() throws LearnException {
        Learned learned = new BoardSet().add("a = 1", 1 << 4, 0x1f0).add("a = 6", 6 << 4, 0x1f0)
                .learn();

        assertThat(learned.fields()).isEmpty();
        assertThat(learned.ambiguous()).hasSize(1);
        AmbiguousKey key = learned.ambiguous().get(0);
        assertThat(key.kind()).isEqualTo(Ambiguity.WIDTH);
        assertThat(key.candidates()).containsExactly(field("a", 4, 3), field("a", 4, 4),
                field("a", 4, 5));
        assertThat(key.why()).contains("0x1f000.4 3");
    }

    @Test
    void aBitInNoMaskEndsTheField() throws LearnException {
        Learned learned = new BoardSet().add("a = 1", 1 << 4, 0x170).add("a = 6", 6 << 4, 0x170)
                .learn();

        assertThat(learned.fields()).extracting(LearnedField::field)
                .containsExactly(field("a", 4, 3));
    }

    @Test
    void aBitInTheMaskOfOneImageDoesNotEndIt() throws LearnException {
        Learned learned = new BoardSet().add("a = 1", 1, 7).add("a = 6", 6, 0xf).learn();

        assertThat(learned.fields()).isEmpty();
        assertThat(learned.ambiguous().get(0).candidates())
                .containsExactly(field("a", 0, 3), field("a", 0, 4));
    }

    @Test
    void theEndOfTheWordEndsTheField() throws LearnException {
        Learned learned = new BoardSet().add("a = 1", 1L << 30, 0xffffffffL)
                .add("a = 2", 2L << 30, 0xffffffffL).learn();

        assertThat(learned.fields()).extracting(LearnedField::field)
                .containsExactly(field("a", 30, 2));
    }

    @Test
    void aWholeWordCanBeOneField() throws LearnException {
        Learned learned = new BoardSet().add("a = 0xfedcba98", 0xfedcba98L, 0xffffffffL)
                .add("a = 0x12345678", 0x12345678L, 0xffffffffL)
                .add("a = 0", 0, 0xffffffffL).learn();

        assertThat(learned.fields()).extracting(LearnedField::field)
                .containsExactly(field("a", 0, 32));
    }

    @Test
    void aConstantOneEndsTheField() throws LearnException {
        Learned learned = new BoardSet().add("a = 0", 2, 0xf).add("a = 1", 3, 0xf).learn();

        assertThat(learned.fields()).extracting(LearnedField::field)
                .containsExactly(field("a", 0, 1));
    }

    @Test
    void aSingleOneInTheNextBitMayBeAnEditAndDoesNotEndTheField() throws LearnException {
        Learned learned = new BoardSet().add("a = 0", 0, 3).add("a = 1", 1, 3)
                .add("a = 1, b = 1", 3, 3).learn();

        assertThat(learned.fields()).isEmpty();
        assertThat(learned.ambiguous().get(0).candidates())
                .containsExactly(field("a", 0, 1), field("a", 0, 2));
    }

    @Test
    void aBitThatDiffersBetweenImagesWithoutTheKeyEndsTheField() throws LearnException {
        Learned learned = new BoardSet().add("a = 0", 0, 3).add("a = 1", 1, 3)
                .add("b = 1", 2, 3).add("b = 0", 0, 3).learn();

        assertThat(learned.fields()).extracting(LearnedField::field)
                .contains(field("a", 0, 1));
    }

    @Test
    void theLowestBitOfAnotherCertainFieldEndsItEvenIfItIsAlwaysZero() throws LearnException {
        // Bit 1 is zero in all images, but it is the lowest bit of b, which has even numbers only.
        Learned learned = new BoardSet().add("a = 0, b = 0", 0, 7).add("a = 1, b = 0", 1, 7)
                .add("a = 0, b = 2", 4, 7).learn();

        assertThat(learned.fields()).extracting(LearnedField::field)
                .containsExactly(field("a", 0, 1), field("b", 1, 2));
    }

    @Test
    void possibleWidthsEndAtTheNextCertainField() throws LearnException {
        Learned learned = new BoardSet().add("a = 0, b = 0", 0, 0xf).add("a = 1, b = 0", 1, 0xf)
                .add("a = 0, b = 1", 8, 0xf).learn();

        assertThat(learned.fields()).extracting(LearnedField::field)
                .containsExactly(field("b", 3, 1));
        assertThat(learned.ambiguous().get(0).candidates()).containsExactly(field("a", 0, 1),
                field("a", 0, 2), field("a", 0, 3));
    }

    @Test
    void bitsThatOnlyTheDefaultSetsBelongToTheField() throws LearnException {
        Learned learned = new BoardSet().add("a = 0, c = 0", 0, 7).add("a = 1, c = 0", 1, 7)
                .add("c = 0", 4, 7).learn();

        assertThat(learned.fields()).extracting(LearnedField::field)
                .containsExactly(field("a", 0, 3));
        assertThat(learned.fields().get(0).defaultValue()).isEqualTo(OptionalLong.of(4));
    }

    @Test
    void aBitThatTheDefaultOfAnotherKeyMayExplainLeavesTheWidthOpen() throws LearnException {
        // Without a, bit 1 is set: the default of a may be 2, or c is given for the first time.
        Learned learned = new BoardSet().add("a = 0", 0, 3).add("a = 1", 1, 3)
                .add("c = 1", 2, 3).learn();

        assertThat(learned.fields()).isEmpty();
        assertThat(learned.ambiguous()).extracting(AmbiguousKey::key).containsExactly(hca("a"));
        assertThat(learned.ambiguous().get(0).kind()).isEqualTo(Ambiguity.WIDTH);
        assertThat(learned.neverVaried()).containsExactly(hca("c"));
    }
}
