// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Random;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.binary.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Fs2ImageTest {
    private final Bytes plain = ImageFixture.plain();

    @Test
    void everyPartIsFoundInItsPlace() throws FormatException {
        Fs2Image image = Fs2Image.parse(plain);
        assertThat(image.boot2Blocks()).extracting(Boot2Block::start)
                .containsExactly(0x38, ImageFixture.BOOT2B);
        assertThat(image.sections()).extracting(Section::name).containsExactly("Configuration",
                "GUID", "Image Info", "DDR", "FW Configuration");
        assertThat(image.section(SectionType.GUID).get().start()).isEqualTo(ImageFixture.GUID);
        assertThat(image.section(SectionType.IMAGE_INFO).get().start())
                .isEqualTo(ImageFixture.INFO);
        assertThat(image.sections()).allMatch(Section::crcOk);
        assertThat(image.boot2Blocks()).allMatch(Boot2Block::crcOk);
        assertThat(image.sections().get(0).param()).isEqualTo(7);
        assertThat(image.size()).isEqualTo(plain.length());
        assertThat(image.fwConfiguration().get().text()).isEqualTo(ImageFixture.BOARD_FILE);
    }

    @Test
    void bytesComeOutAsTheyWentInAlsoBehindTheImage() throws FormatException {
        Bytes longer = BytesBuilder.copyOf(plain).addWord(0x12345678).build();
        assertThat(Fs2Image.parse(longer).bytes()).isEqualTo(longer);
        assertThat(Fs2Image.parse(longer).trimmed().bytes()).isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource({
        "0,   4d544656, 0,  magic",
        "c,   0,        0,  magic",
        "24,  03000004, 24, format version",
        "28,  f8000009, 28, failsafe word",
        "3c,  3,        3c, size of BOOT2",
        "3c,  100001,   3c, size of BOOT2",
        "3c,  1000,     3c, size of BOOT2",
        "64,  3,        64, size of BOOT2",
        "84,  100001,   84, size of section",
        "84,  1000,     84, size of section",
        "8c,  80,       8c, next pointer",
        "8c,  a8,       8c, next pointer",
        "8c,  ad,       8c, next pointer",
        "8c,  fffffffc, fffffffc, section header",
        "b0,  1,        b0, number of GUID entries",
        "100, 00ffffff, 100, size of Image Info tag 0",
        "100, 00000003, 100, size of Image Info tag 0",
        "100, ff000000, 100, end tag of Image Info"})
    void firstBrokenFieldIsNamedWithItsOffset(String at, String value, String offset, String what) {
        Bytes broken = ImageFixture.with(plain, Integer.parseInt(at, 16),
                Long.parseLong(value, 16));
        assertThatThrownBy(() -> Fs2Image.parse(broken))
                .isInstanceOfSatisfying(FormatException.class, e -> {
                    assertThat(e.what()).isEqualTo(what);
                    assertThat(e.offset()).isEqualTo(Long.parseLong(offset, 16));
                    assertThat(e.expected()).isNotEmpty();
                    assertThat(e.found()).isNotEmpty();
                });
    }

    @Test
    void truncationAtAnyWordIsAFormatError() {
        for (int length = 0; length < plain.length(); length += 4) {
            Bytes cut = plain.slice(0, length);
            assertThat(catchThrowable(() -> Fs2Image.parse(cut))).as("length %d", length)
                    .isInstanceOf(FormatException.class);
        }
    }

    @Test
    void hostileBytesEitherParseUnchangedOrAreAFormatError() {
        Random random = Seed.start("hostileBytes");
        for (int i = 0; i < 3000; i++) {
            BytesBuilder bytes = BytesBuilder.copyOf(plain);
            for (int n = random.nextInt(4); n >= 0; n--) {
                int offset = random.nextInt(plain.length() / 4) * 4;
                bytes.setWord(offset, random.nextBoolean() ? random.nextInt()
                        : random.nextInt(plain.length()));
            }
            Bytes hostile = bytes.build();
            try {
                assertThat(Fs2Image.parse(hostile).bytes()).isEqualTo(hostile);
            } catch (FormatException e) {
                assertThat(e.getMessage()).contains("expected", "found");
            }
        }
    }

    @Test
    void emtSizeCountsBytesAndIsRoundedUp() throws FormatException {
        Bytes emt = new ImageFixture().section(4, new BytesBuilder().fill(1, 12).build()).build();
        Section section = Fs2Image.parse(emt).section(SectionType.EMT_SERVICE).get();
        assertThat(section.payload().length()).isEqualTo(12);
        Fs2Image odd = Fs2Image.parse(ImageFixture.with(emt, section.start() + 4, 9));
        assertThat(odd.section(SectionType.EMT_SERVICE).get().payload().length()).isEqualTo(12);
    }

    @Test
    void allTypeNamesAreThoseOfTheStockTool() {
        String[] names = {"UNKNOWN (0)", "DDR", "Configuration", "Jump addresses", "EMT Service",
            "ROM", "GUID", "BOARD ID", "User Data", "FW Configuration", "Image Info", "DDRZ",
            "Hash File", "UNKNOWN (13)"};
        for (int code = 0; code < names.length; code++) {
            assertThat(SectionType.nameOf(code)).isEqualTo(names[code]);
        }
        assertThat(SectionType.nameOf(0xffffffffL)).isEqualTo("UNKNOWN (-1)");
    }
}
