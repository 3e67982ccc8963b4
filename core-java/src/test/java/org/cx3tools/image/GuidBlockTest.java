// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.junit.jupiter.api.Test;

class GuidBlockTest {
    private static final long GUID = 0x0002c90300abcdefL;

    @Test
    void macIsDerivedByDroppingTheMiddle() {
        GuidBlock four = new GuidBlock(List.of(GUID - 1, GUID, GUID + 1, GUID + 2));
        assertThat(four.macsAreDerived()).isTrue();
        assertThat(four.withMacs().mac(1)).isEqualTo(0x0002c9abcdefL);
        assertThat(four.withMacs().mac(2)).isEqualTo(0x0002c9abcdf0L);
    }

    @Test
    void macsAreDerivedOnlyIfBothAreBlankInTheirLow48Bits() {
        assertThat(GuidBlock.of(1, 2, 3, 4, 0xffffffffffffL, -1).macsAreDerived()).isTrue();
        assertThat(GuidBlock.of(1, 2, 3, 4, 0xffffffffffffL, 5).macsAreDerived()).isFalse();
    }

    @Test
    void macProblemsAreNamedAsTheStockToolDoes() {
        assertThat(GuidBlock.macProblem(0x0002c9000001L)).isEmpty();
        assertThat(GuidBlock.macProblem(0x0102c9000001L)).hasValue("Multicast bit (bit 40) is set");
        assertThat(GuidBlock.macProblem(0x10002c9000001L)).hasValue("More than 48 bits are used");
    }

    @Test
    void moreThan32EntriesAreRefused() throws FormatException {
        Bytes most = new BytesBuilder().fill(0, 32 * 8).build();
        assertThat(GuidBlock.parse(most, 16).entries()).hasSize(32);
        Bytes more = new BytesBuilder().fill(0, 33 * 8).build();
        assertThatThrownBy(() -> GuidBlock.parse(more, 0x110))
                .isInstanceOfSatisfying(FormatException.class, e -> {
                    assertThat(e.offset()).isEqualTo(0x104);
                    assertThat(e.what()).isEqualTo("number of GUID entries");
                    assertThat(e.expected()).isEqualTo("1 to 32");
                    assertThat(e.found()).isEqualTo("33");
                });
        assertThatThrownBy(() -> GuidBlock.parse(Bytes.empty(), 0x110))
                .isInstanceOf(FormatException.class);
    }

    @Test
    void countedValuesFollowTheFirst() {
        assertThat(GuidBlock.counted(0x10, 0x20).entries())
                .containsExactly(0x10L, 0x11L, 0x12L, 0x13L, 0x20L, 0x21L);
    }

    @Test
    void bytesThereAndBackAreTheSame() throws FormatException {
        GuidBlock block = GuidBlock.counted(GUID, 7);
        assertThat(GuidBlock.parse(block.toBytes(), 16)).isEqualTo(block);
        assertThat(GuidBlock.blank(4).isBlank()).isTrue();
        assertThat(block.isBlank()).isFalse();
    }
}
