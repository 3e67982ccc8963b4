// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.imagemaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FlashDumpTest {
    @Test
    void slotsAreInterleavedInChunks() {
        byte[] image = new byte[0x18000];
        java.util.Arrays.fill(image, 0, 0x10000, (byte) 1);
        java.util.Arrays.fill(image, 0x10000, 0x18000, (byte) 2);
        byte[] flash = FlashDump.blank(0x40000);

        FlashDump.put(flash, image, OptionalInt.of(16), 1);

        assertThat(flash[0]).isEqualTo((byte) 0xFF);
        assertThat(flash[0x10000]).isEqualTo((byte) 1);
        assertThat(flash[0x20000]).isEqualTo((byte) 0xFF);
        assertThat(flash[0x30000]).isEqualTo((byte) 2);
        assertThat(flash[0x37FFF]).isEqualTo((byte) 2);
        assertThat(flash[0x38000]).isEqualTo((byte) 0xFF);
    }

    @Test
    void sizeForBothSlotsIsAPowerOfTwo() {
        assertThat(FlashDump.sizeFor(0x18000, OptionalInt.of(16))).isEqualTo(0x40000);
        assertThat(FlashDump.sizeFor(0xA7920, OptionalInt.of(19))).isEqualTo(0x200000);
        assertThat(FlashDump.sizeFor(0x30004, OptionalInt.empty())).isEqualTo(0x40000);
    }

    @Test
    void anImageThatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> FlashDump.put(FlashDump.blank(0x20000), new byte[0x18000],
                OptionalInt.of(16), 1)).hasMessageContaining("does not fit");
    }
}
