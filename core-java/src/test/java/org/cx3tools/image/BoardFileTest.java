// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoardFileTest {
    private static final String TEXT = ";; head\r\n[PS_INFO]\r\nName = A ;x\r\n\r\n[HCA]\n"
            + "  sriov_en=1 ;; on\nnum_pfs\t =\t0x10\n[HCA]\nsriov_en = true\nlast = a;b";

    @Test
    void textComesBackExactly() throws Exception {
        assertThat(BoardFile.parse(TEXT).text()).isEqualTo(TEXT);
    }

    @Test
    void everyByteSurvives() throws Exception {
        byte[] bytes = new byte[256 + 4];
        bytes[0] = ';';
        for (int i = 0; i < 256; i++) {
            // A line end would end the comment, so it becomes one that is allowed.
            bytes[i + 1] = (byte) (i == '\n' ? ';' : i);
        }
        bytes[258] = '\n';
        bytes[259] = ';';
        assertThat(BoardFile.parse(bytes).toByteArray()).isEqualTo(bytes);
    }

    @Test
    void valuesAreFreeOfBlanksAndComments() throws Exception {
        BoardFile file = BoardFile.parse(TEXT);
        assertThat(file.get("PS_INFO", "Name")).contains("A");
        assertThat(file.get("HCA", "num_pfs")).contains("0x10");
        assertThat(file.get("HCA", "last")).contains("a;b");
        assertThat(file.sections()).containsExactly("PS_INFO", "HCA");
    }

    @Test
    void lastValueOfARepeatedKeyCounts() throws Exception {
        BoardFile file = BoardFile.parse(TEXT);
        assertThat(file.get("HCA", "sriov_en")).contains("true");
        assertThat(file.all("HCA", "sriov_en")).extracting(BoardFileEntry::line)
                .containsExactly(6, 9);
    }

    @Test
    void settingAKeyChangesAllItsOccurrencesAndNothingElse() throws Exception {
        assertThat(BoardFile.parse(TEXT).with("HCA", "sriov_en", "0").text()).isEqualTo(
                TEXT.replace("sriov_en=1", "sriov_en=0").replace("= true", "= 0"));
    }

    @Test
    void newKeysGoBehindTheLastKeyOfTheirSection() throws Exception {
        assertThat(BoardFile.parse("[A]\nx = 1\n\n[B]\ny = 2\n").with("A", "z", "3").text())
                .isEqualTo("[A]\nx = 1\nz = 3\n\n[B]\ny = 2\n");
        assertThat(BoardFile.parse("[A]\r\nx = 1").with("C", "z", "3").text())
                .isEqualTo("[A]\r\nx = 1\r\n[C]\r\nz = 3\r\n");
        assertThat(BoardFile.parse("[A]\nx = 1\n").with("", "z", "3").text())
                .isEqualTo("z = 3\n[A]\nx = 1\n");
    }

    @ParameterizedTest
    @CsvSource({"'1\n[X]'", "'1 ; c'", "' 1'", "'1\nb = 2'"})
    void valuesThatWouldReadBackDifferentlyAreRefused(String value) throws Exception {
        BoardFile file = BoardFile.parse("[A]\nx = 1\n");
        assertThatThrownBy(() -> file.with("A", "x", value))
                .isInstanceOf(BoardFileException.class);
    }

    @Test
    void commentsBlanksAndOrderAreNoChange() throws Exception {
        BoardFile before = BoardFile.parse("[A]\nx = 1\ny = 2\n");
        BoardFile after = BoardFile.parse(";c\n[A]\r\n\r\ny=2;;\nx   =   1 ; one");
        assertThat(BoardFile.diff(before, after)).extracting(BoardFileChange::toString)
                .containsExactly("[A] y: 2 -> 2;;");
        BoardFile same = BoardFile.parse(";c\n[A]\r\n\r\ny=2 ;;\nx   =   1 ; one");
        assertThat(BoardFile.diff(before, same)).isEmpty();
    }

    @Test
    void differenceListsChangedAddedAndRemovedKeys() throws Exception {
        var changes = BoardFile.diff(BoardFile.parse("[A]\nx = 1\ny = true\ngone = 5\n"),
                BoardFile.parse("[A]\nx = 0x2\ny = 1\nnew = 7\n"));
        assertThat(changes).extracting(BoardFileChange::toString).containsExactly(
                "[A] x: 1 -> 0x2", "[A] y: true -> 1", "[A] new: (absent) -> 7",
                "[A] gone: 5 -> (removed)");
        assertThat(changes).extracting(BoardFileChange::sameNumber)
                .containsExactly(false, true, false, false);
        assertThat(changes).extracting(BoardFileChange::line).containsExactly(2, 3, 4, 4);
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "FALSE, 0", "12, 12", "0x1F, 31", "'', -1", "abc, -1", "-1, -1",
        "1.5, -1", "0x, -1", "99999999999999999999, -1"})
    void numbersAreReadInAllObservedForms(String text, long expected) {
        assertThat(BoardFileValue.number(text)).isEqualTo(
                expected < 0 ? OptionalLong.empty() : OptionalLong.of(expected));
    }

    @ParameterizedTest
    @CsvSource({"'[A]\nnonsense', 2", "'[A', 1", "'\n\n[A] x', 3", "'[]', 1", "'= 1', 1",
        "'# x = 1', 1", "'; ok\na;b = 1', 2"})
    void badLinesAreToldWithTheirNumber(String text, int line) {
        assertThatThrownBy(() -> BoardFile.parse(text)).isInstanceOfSatisfying(
                BoardFileException.class, e -> assertThat(e.line()).isEqualTo(line));
    }

    @Test
    void hostileSizesAreRefused() {
        assertThatThrownBy(() -> BoardFile.parse(" ".repeat(BoardFile.MAX_BYTES + 1)))
                .hasMessageContaining("at most");
        assertThatThrownBy(() -> BoardFile.parse("\n".repeat(BoardFile.MAX_LINES + 1)))
                .isInstanceOf(BoardFileException.class).hasMessageContaining("lines");
    }

    @Test
    void randomTextComesBackExactlyOrIsRefusedWithALine() {
        long seed = Long.getLong("cx3.seed", System.nanoTime());
        Random random = new Random(seed);
        String alphabet = "[]=;# \t\r\n\0ab1\u00ff";
        for (int round = 0; round < 2000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                assertThat(BoardFile.parse(text.toString()).text()).as("seed %d", seed)
                        .isEqualTo(text.toString());
            } catch (BoardFileException e) {
                assertThat(e.line()).as("seed %d", seed).isPositive();
            }
        }
    }
}
