// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.imagemaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BitCrcTest {
    /** The vectors of the format description that the stock verifier itself printed. */
    @ParameterizedTest
    @CsvSource({
        "000000010000000000000000ff000000, 6297",
        "00100040000000040000000000000000000000000000000000000000, 9e41",
        "000000060000000c000000000000009c0002c903000000000002c903000000010002c90300000002"
            + "0002c9030000000300000002c900000100000002c9000002, 4fb4",
        "4d5446578cdfd000dead92704154beef, d3d0",
        "ffffffff, c41a"})
    void agreesWithTheStockVerifier(String message, String crc) {
        byte[] data = HexFormat.of().parseHex(message);
        assertThat(BitCrc.of(data, 0, data.length)).isEqualTo(Integer.parseInt(crc, 16));
    }

    @Test
    void ofNothingIsTheFlushedStartValue() {
        assertThat(new BitCrc().value()).isEqualTo(0x0955);
    }

    @Test
    void mayBeFedInPieces() {
        byte[] data = "12345678".getBytes(StandardCharsets.US_ASCII);
        assertThat(new BitCrc().add(data, 0, 3).add(data, 3, 8).value()).isEqualTo(0xB2AD);
    }
}
