// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.binary.Seed;
import org.cx3tools.image.GuidBlock;
import org.cx3tools.image.ImageFixture;
import org.cx3tools.image.LogicalMedium;
import org.cx3tools.image.Medium;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictFindingsTest {
    private final Bytes plain = ImageFixture.plain();

    private static List<Finding> findings(Bytes image) {
        try {
            return Verifier.findings(LogicalMedium.contiguous(Medium.of(image)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void goodImagesHaveNoFindings() {
        assertThat(findings(plain)).isEmpty();
        assertThat(findings(new ImageFixture().notFailsafe().build())).isEmpty();
        assertThat(findings(new ImageFixture().withoutMic().build())).isEmpty();
    }

    /** Each field of header, block, section header, GUIDs and tags broken once, CRCs left alone. */
    @ParameterizedTest
    @CsvSource({
        "0,   4d544656, 0,   magic",
        "4,   0,        0,   magic",
        "8,   0,        0,   magic",
        "c,   0,        0,   magic",
        "10,  0,        22,  full CRC",
        "14,  0,        22,  full CRC",
        "18,  0,        22,  full CRC",
        "1c,  0,        22,  full CRC",
        "20,  01000000, 22,  full CRC",
        "24,  5,        22,  full CRC",
        "24,  03000004, 24,  format version",
        "28,  f8000009, 28,  failsafe word",
        "28,  0,        22,  full CRC",
        "2c,  00000100, 2c,  check byte of the Image Info pointer",
        "2c,  bc000044, 2c,  Image Info pointer",
        "2c,  0,        2c,  Image Info pointer",
        "30,  40,       30,  image size in the header",
        "34,  ac,       34,  GUID pointer",
        "38,  0,        5c,  CRC of BOOT2",
        "3c,  3,        3c,  size of BOOT2",
        "3c,  100001,   3c,  size of BOOT2",
        "3c,  100000,   3c,  size of BOOT2",
        "40,  0,        5c,  CRC of BOOT2",
        "5c,  ffff0000, 5c,  CRC of BOOT2",
        "60,  0,        7c,  CRC of BOOT2",
        "64,  3,        64,  size of BOOT2",
        "7c,  0,        7c,  CRC of BOOT2",
        "80,  1,        a8,  CRC of section DDR",
        "84,  1000,     84,  size of section Configuration",
        "84,  100001,   84,  size of section Configuration",
        "88,  1,        a8,  CRC of section Configuration",
        "8c,  0,        8c,  next pointer",
        "8c,  38,       8c,  next pointer",
        "8c,  ad,       8c,  next pointer",
        "8c,  80,       8c,  next pointer",
        "8c,  ff000000, a8,  CRC of section Configuration",
        "90,  0,        a8,  CRC of section Configuration",
        "a8,  0,        a8,  CRC of section Configuration",
        "bc,  0,        ec,  CRC of section GUID",
        "ec,  ffff,     ec,  CRC of section GUID",
        "fc,  0,        fc,  next pointer",
        "104, 0,        284, CRC of section Image Info"})
    void brokenFieldIsFound(String at, String value, String offset, String what) {
        Bytes broken = ImageFixture.with(plain, Integer.parseInt(at, 16),
                Long.parseLong(value, 16));
        assertThat(findings(broken)).anySatisfy(finding -> {
            assertThat(finding.what()).isEqualTo(what);
            assertThat(finding.offset()).isEqualTo(Long.parseLong(offset, 16));
            assertThat(finding.severity()).isEqualTo(Finding.Severity.ERROR);
        });
    }

    /** Content that is wrong although all checksums are right. */
    @ParameterizedTest
    @CsvSource({
        "80,  63,       80,  type of section,                 WARNING",
        "8c,  ff000000, ac,  section GUID,                    ERROR",
        "8c,  0,        8c,  next pointer,                    ERROR",
        "dc,  010002c9, dc,  MAC of port 1,                   WARNING",
        "100, 000000ff, 100, size of Image Info tag 0,        ERROR",
        "100, 00ffffff, 100, size of Image Info tag 0,        ERROR",
        "100, ff000000, 100, end tag of Image Info,           ERROR",
        "108, 15000008, 100, Image Info tag 1,                ERROR",
        "120, 15000004, 100, Image Info tag 3,                ERROR",
        "124, 00001000, 124, PCI device id,                   WARNING"})
    void wrongContentIsFoundBehindRightChecksums(String at, String value, String offset,
            String what, String severity) {
        Bytes broken = ImageFixture.withSealed(plain, Integer.parseInt(at, 16),
                Long.parseLong(value, 16));
        assertThat(findings(broken)).anySatisfy(finding -> {
            assertThat(finding.what()).isEqualTo(what);
            assertThat(finding.offset()).isEqualTo(Long.parseLong(offset, 16));
            assertThat(finding.severity()).isEqualTo(Finding.Severity.valueOf(severity));
        });
    }

    @Test
    void anyFlippedBitIsNoticed() {
        Random random = Seed.start("anyFlippedBit");
        for (int i = 0; i < 2000; i++) {
            int at = random.nextInt(plain.length());
            int bit = 1 << random.nextInt(8);
            Bytes flipped = BytesBuilder.copyOf(plain).setU8(at, plain.u8(at) ^ bit).build();
            assertThat(Verifier.good(findings(flipped))).as("offset 0x%x bit 0x%x", at, bit)
                    .isFalse();
        }
    }

    @Test
    void truncationAtAnyWordIsNoticed() {
        for (int length = 0; length < plain.length(); length += 4) {
            assertThat(Verifier.good(findings(plain.slice(0, length)))).as("length %d", length)
                    .isFalse();
        }
    }

    @Test
    void severalErrorsAreAllListedInOrder() {
        Bytes broken = ImageFixture.with(ImageFixture.with(ImageFixture.with(plain, 0x40, 0),
                0x90, 0), 0x30, 0);
        assertThat(findings(broken)).extracting(Finding::what).containsExactly("full CRC",
                "image size in the header", "CRC of BOOT2", "CRC of section Configuration");
    }

    @Test
    void blankGuidsAreAWarningAndNeedABlankFullCrc() {
        Bytes blank = new ImageFixture().guids(GuidBlock.blank(6)).build();
        assertThat(findings(blank)).extracting(Finding::what, Finding::severity)
                .containsExactly(tuple("GUIDs and MACs",
                        Finding.Severity.WARNING));
        assertThat(findings(ImageFixture.with(blank, 0x20, 0x01001234)))
                .extracting(Finding::what).contains("full CRC of an image with blank GUIDs");
    }

    @Test
    void allOnesGuidsWithRealMacsAndCrcAreNotBlank() {
        Bytes ethernet = new ImageFixture()
                .guids(GuidBlock.of(-1, -1, -1, -1, 0x0002c9000001L, 0x0002c9000002L)).build();
        assertThat(findings(ethernet)).isEmpty();
    }

    @Test
    void bytesBehindTheImageAreTold() {
        Bytes erased = BytesBuilder.copyOf(plain).fill(0xff, 16).build();
        assertThat(findings(erased)).extracting(Finding::severity)
                .containsExactly(Finding.Severity.NOTE);
        Bytes junk = BytesBuilder.copyOf(plain).fill(0x11, 16).build();
        assertThat(findings(junk)).extracting(Finding::what, Finding::severity).containsExactly(
                tuple("bytes behind the image",
                        Finding.Severity.WARNING));
    }

    @Test
    void secondSectionOfAKindIsAnError() {
        Bytes twice = new ImageFixture().section(6, GuidBlock.counted(1, 2).toBytes()).build();
        assertThat(findings(twice)).anySatisfy(finding -> {
            assertThat(finding.what()).isEqualTo("section GUID");
            assertThat(finding.found()).isEqualTo("a second one");
        });
    }

    @Test
    void sectionThatDoesNotUnpackIsAnError() {
        Bytes bad = new ImageFixture().section(12, Bytes.ofHex("0102030405060708")).build();
        assertThat(findings(bad)).anySatisfy(finding ->
                assertThat(finding.what()).isEqualTo("Hash File: compressed text"));
    }

    @Test
    void romWithAWrongByteSumIsAnError() {
        BytesBuilder rom = new BytesBuilder().fill(0, 512);
        rom.set(0, Bytes.ofHex("55aa0100")).set(64, Bytes.ofText("mlxsign:"))
                .set(72, Bytes.ofHex("03001000 f0020400 02110710"));
        assertThat(findings(new ImageFixture().rom(rom.build()).build()))
                .extracting(Finding::what).containsExactly("checksum of the expansion ROM");
    }

    @Test
    void wrongFullCrcIsOnlyAWarningIfNoTagSaysThatThereIsOne() {
        Bytes bare = ImageFixture.with(new ImageFixture().withoutMic().build(), 0x20, 0);
        assertThat(findings(bare)).extracting(Finding::severity)
                .containsExactly(Finding.Severity.WARNING);
    }

    @Test
    void hostileBytesEndWithFindingsAndWithoutFailure() {
        Random random = Seed.start("hostileVerify");
        for (int i = 0; i < 2000; i++) {
            BytesBuilder bytes = BytesBuilder.copyOf(plain);
            for (int n = random.nextInt(4); n >= 0; n--) {
                int offset = random.nextInt(plain.length() / 4) * 4;
                bytes.setWord(offset, random.nextBoolean() ? random.nextInt()
                        : random.nextInt(plain.length() / 4) * 4L);
            }
            Bytes hostile = bytes.build().slice(0, random.nextInt(4) > 0 ? plain.length()
                    : random.nextInt(plain.length() / 4) * 4);
            if (!hostile.equals(plain)) {
                VerifyReport report = Verifier.verify(hostile);
                assertThat(report.findings()).isNotEmpty();
                assertThat(report.stock().text()).endsWith("\n");
            }
        }
    }
}
