// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.FwConfiguration;

/** Compressed texts. */
class FwConfigurationFuzzTest {
    private static final int MOST = 1 << 14;

    @FuzzTest
    void anyBytesUnpackWithinBoundsOrAreAFormatError(byte[] data) throws Exception {
        Limits.within(MOST, data, () -> {
            assertThat(FwConfiguration.inflate(FwConfiguration.deflate(Bytes.of(data)), 0))
                    .isEqualTo(Bytes.of(data));
            try {
                Bytes text = FwConfiguration.inflate(Bytes.of(data), 0);
                assertThat(text.length()).isLessThanOrEqualTo(FwConfiguration.MAX_TEXT);
                assertThat(FwConfiguration.inflate(FwConfiguration.deflate(text), 0))
                        .isEqualTo(text);
            } catch (FormatException documented) {
                assertThat(documented.offset()).isBetween(0L, (long) data.length);
            }
        });
    }
}
