// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BytesTest {
    @TempDir
    Path folder;

    @Test
    void wordsAreBigEndianAndUnsigned() {
        Bytes bytes = Bytes.ofHex("00 fffefdfc 01");
        assertThat(bytes.word(1)).isEqualTo(0xfffefdfcL);
        assertThat(bytes.wordLittleEndian(1)).isEqualTo(0xfcfdfeffL);
        assertThat(bytes.u16(3)).isEqualTo(0xfdfc);
        assertThat(bytes.u8(5)).isEqualTo(1);
    }

    @Test
    void slicesSeeTheirPartOnly() {
        Bytes part = Bytes.ofHex("0001020304050607").slice(2, 4);
        assertThat(part.hex()).isEqualTo("02030405");
        assertThat(part.word(0)).isEqualTo(0x02030405);
        assertThat(part).isEqualTo(Bytes.ofHex("02030405")).hasSameHashCodeAs(
                Bytes.ofHex("02030405"));
        assertThatThrownBy(() -> part.word(1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> part.slice(Integer.MAX_VALUE, 4))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void laterChangesOfTheSourceDoNotShow() {
        byte[] source = {1, 2, 3};
        Bytes bytes = Bytes.of(source);
        source[0] = 9;
        bytes.toArray()[1] = 9;
        assertThat(bytes.hex()).isEqualTo("010203");
    }

    @Test
    void patternsAreFoundAlsoAtTheVeryEnd() {
        Bytes bytes = Bytes.ofText("aabaab");
        assertThat(bytes.indexOf(Bytes.ofText("aab"), 0)).isZero();
        assertThat(bytes.indexOf(Bytes.ofText("aab"), 1)).isEqualTo(3);
        assertThat(bytes.indexOf(Bytes.ofText("aab"), 4)).isEqualTo(-1);
    }

    @Test
    void textEndsAtNul() {
        assertThat(Bytes.ofHex("414200430000").text()).isEqualTo("AB");
    }

    @Test
    void fileLongerThanTheLimitIsRefused() throws IOException {
        Path file = Files.write(folder.resolve("eight"), new byte[8]);
        assertThat(Bytes.ofFile(file, 8).length()).isEqualTo(8);
        assertThatThrownBy(() -> Bytes.ofFile(file, 7)).isInstanceOf(IOException.class)
                .hasMessageContaining("longer than 7 bytes");
    }

    @Test
    void builderOverwritesAndPads() {
        Bytes built = new BytesBuilder(1).addWord(1).addU64(2).setU8(0, 0xff).addU8(3).padTo(4)
                .build();
        assertThat(built.hex()).isEqualTo("ff000001" + "0000000000000002" + "03000000");
    }
}
