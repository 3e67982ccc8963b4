// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.cx3tools.image.BoardFile;
import org.cx3tools.image.BoardFileEntry;
import org.cx3tools.image.BoardFileException;

/** Board files. */
class BoardFileFuzzTest {
    private static final int MOST = 1 << 14;

    @FuzzTest
    void anyBytesAreABoardFileThatComesBackOrAnErrorWithALine(byte[] data) throws Exception {
        Limits.within(MOST, data, () -> judge(data));
    }

    private static void judge(byte[] data) {
        try {
            BoardFile file = BoardFile.parse(data);
            assertThat(file.toByteArray()).isEqualTo(data);
            assertThat(BoardFile.diff(file, file)).isEmpty();
            if (!file.entries().isEmpty()) {
                BoardFileEntry first = file.entries().get(0);
                BoardFile same = file.with(first.section(), first.key(), first.value());
                assertThat(same.get(first.section(), first.key())).contains(first.value());
            }
            BoardFile more = file.with("HCA", "fuzz", "0x1");
            assertThat(more.get("HCA", "fuzz")).contains("0x1");
            assertThat(BoardFile.diff(file, more)).hasSizeLessThan(2);
        } catch (BoardFileException documented) {
            assertThat(documented.line()).isNotNegative();
        }
    }
}
