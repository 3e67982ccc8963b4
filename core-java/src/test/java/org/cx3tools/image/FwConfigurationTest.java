// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.binary.Seed;
import org.junit.jupiter.api.Test;

class FwConfigurationTest {
    @Test
    void textThereAndBackIsTheSameAndWordAligned() throws FormatException {
        Random random = Seed.start("inflateDeflate");
        for (int i = 0; i < 50; i++) {
            byte[] text = new byte[random.nextInt(20000)];
            random.nextBytes(text);
            Bytes payload = FwConfiguration.deflate(Bytes.of(text));
            assertThat(payload.length() % 4).isZero();
            assertThat(FwConfiguration.inflate(payload, 0)).isEqualTo(Bytes.of(text));
        }
    }

    @Test
    void textThatEndsWithABufferIsWhole() throws FormatException {
        Random random = Seed.start("inflateWholeBuffers");
        for (int length : new int[] {0, 8192, 16384}) {
            for (int i = 0; i < 20; i++) {
                byte[] text = new byte[length];
                random.nextBytes(text);
                Bytes payload = FwConfiguration.deflate(Bytes.of(text));
                assertThat(FwConfiguration.inflate(payload, 0)).isEqualTo(Bytes.of(text));
            }
        }
    }

    @Test
    void cutStreamIsRefused() {
        Bytes payload = FwConfiguration.deflate(Bytes.ofText("[HCA]\nname = value\n".repeat(50)));
        assertThatThrownBy(() -> FwConfiguration.inflate(payload.slice(0, 20), 0x100))
                .isInstanceOf(FormatException.class).hasMessageContaining("0x100");
        assertThatThrownBy(() -> FwConfiguration.inflate(Bytes.ofHex("01020304"), 0x100))
                .isInstanceOf(FormatException.class).hasMessageContaining("zlib");
        assertThatThrownBy(() -> FwConfiguration.inflate(Bytes.empty(), 0x100))
                .isInstanceOf(FormatException.class);
    }

    @Test
    void bombIsRefused() {
        Bytes bomb = FwConfiguration.deflate(
                new BytesBuilder().fill(0, FwConfiguration.MAX_TEXT + 1).build());
        assertThat(bomb.length()).isLessThan(10000);
        assertThatThrownBy(() -> FwConfiguration.inflate(bomb, 0))
                .isInstanceOf(FormatException.class).hasMessageContaining("at most 4194304");
    }
}
