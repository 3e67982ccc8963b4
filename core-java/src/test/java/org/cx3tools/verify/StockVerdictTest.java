// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.image.GuidBlock;
import org.cx3tools.image.ImageFixture;
import org.cx3tools.image.ImageReader;
import org.cx3tools.image.Medium;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/*
 * Passport. The texts are those of mstflint 4.21.0 for the same kind of damage; its output was
 * compared byte for byte on 1500 damaged images when this was written. They prove wording, order and
 * the point at which the stock tool stops.
 */
class StockVerdictTest {
    private static final String END = ". AN HCA DEVICE CAN NOT BOOT FROM THIS IMAGE.\n";
    private static final String FAILED = "-E- FW image verification failed: ";
    private static final String BOOT2 = "     /0x00000038-0x0000005f (0x000028)/ (BOOT2) - OK\n"
            + "     /0x00000060-0x0000007f (0x000020)/ (BOOT2) - OK\n";
    private static final String CONFIGURATION =
            "     /0x00000080-0x000000ab (0x00002c)/ (Configuration)";

    private final Bytes plain = ImageFixture.plain();

    private static StockVerdict verdict(Bytes file) {
        return Verifier.stockVerdict(file, false);
    }

    @Test
    void goodNonFailsafeImageIsWordedInFull() {
        Bytes image = new ImageFixture().notFailsafe().build();
        String last = Integer.toHexString(image.length() - 1);
        StockVerdict verdict = verdict(image);
        assertThat(verdict.bootable()).isTrue();
        assertThat(verdict.text()).startsWith("\n     FS2 non failsafe image:\n\n" + BOOT2
                + CONFIGURATION + " - OK\n"
                + "     /0x000000ac-0x000000ef (0x000044)/ (GUID) - OK\n"
                + "     /0x000000f0-0x00000287 (0x000198)/ (Image Info) - OK\n"
                + "     /0x00000288-0x0000031b (0x000094)/ (DDR) - OK\n"
                + "     /0x0000031c-0x00000" + last).endsWith(" (FW Configuration) - OK\n"
                + "     /0x00000000-0x00000" + last + " (0x000"
                + Integer.toHexString(image.length()) + ")/ (Full Image) - OK\n"
                + "\n-I- FW image verification succeeded. Image is bootable.\n\n");
    }

    /** Seen from the stock tool: 22 entries behind the end of the image, the file ends before them or their CRC. */
    @ParameterizedTest
    @CsvSource({"168, GUIDS, 0xb0, 0", "176, GUIDS CRC, 0x4, 176"})
    void guidsAndTheirChecksumAreReadApart(int payload, String what, String length, int offset) {
        int pointer = plain.length() + 16;
        Bytes file = BytesBuilder.copyOf(plain).setWord(0x34, pointer).addWord(5).addWord(2 * 22)
                .fill(0, 8 + payload).build();
        assertThat(verdict(file).text()).contains("-E- Failed to get Guids status. " + what + " - read error (Reading "
                + length + " bytes from  address 0x" + Integer.toHexString(pointer + offset)
                + " is out of image limits (0x" + Integer.toHexString(file.length()) + " bytes))");
    }

    @Test
    void failsafeImageHasItsHeadLines() {
        assertThat(verdict(plain).text()).startsWith(
                "\n     FS2 failsafe image. Start address: 0x0. Chunk size 0x10000:\n\n"
                + "     NOTE: The addresses below are contiguous logical addresses. Physical "
                + "addresses on\n           flash may be different, based on the image start "
                + "address and chunk size\n\n" + BOOT2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "0  | 0        | No valid image found",
        "28 | f8000009 | Corrupted chunk size checksum",
        "3c | 3        | (null)",
        "84 | 100001   | (null)",
        "40 | 0        | Bad CRC."})
    void reasonOfAFailureIsTheOneOfTheStockTool(String at, String value, String reason) {
        StockVerdict verdict = verdict(ImageFixture.with(plain, Integer.parseInt(at, 16),
                Long.parseLong(value, 16)));
        assertThat(verdict.bootable()).isFalse();
        assertThat(verdict.failure()).isEqualTo(reason);
        assertThat(verdict.text()).endsWith(FAILED + reason + END);
    }

    @Test
    void walkStopsAtTheFirstWrongCrc() {
        Bytes wrong = ImageFixture.with(plain, 0xa8, 0x12345678);
        assertThat(verdict(wrong).text()).endsWith(BOOT2 + CONFIGURATION
                + " /0x00000080/ - wrong CRC (exp:0x" + Long.toHexString(plain.word(0xa8))
                + ", act:0x12345678)\n" + FAILED + "Bad CRC." + END);
    }

    @Test
    void unexpectedSizesAreWorded() {
        assertThat(verdict(ImageFixture.with(plain, 0x3c, 3)).text()).endsWith(
                "     /0x00000038/ (BOOT2) /0x0000003c/ - unexpected size (0x3)\n"
                + FAILED + "(null)" + END);
        assertThat(verdict(ImageFixture.with(plain, 0x84, 0x100001)).text()).endsWith(
                "     /0x00000080-0x00400097 (0x400018)/ (Configuration) - size too big "
                + "(0x400004)\n" + FAILED + "(null)" + END);
    }

    @Test
    void cutFileFailsAtTheFirstPartThatDoesNotFit() {
        assertThat(verdict(plain.slice(0, 0xb0)).text()).endsWith(CONFIGURATION + " - OK\n"
                + FAILED + "     /0x000000ac-0x000000bf (0x000014)/ (UNKNOWN (0)) - read error "
                + "(Reading 0x4 bytes from  address 0xbc is out of image limits (0xb0 bytes))\n"
                + END);
    }

    @Test
    void wrongFullCrcIsToldButDoesNotFail() {
        StockVerdict verdict = verdict(ImageFixture.with(plain, 0x20, 0x01000000));
        assertThat(verdict.bootable()).isTrue();
        assertThat(verdict.text()).contains("(Full Image) /0x00000000/ - wrong CRC (exp:0x"
                + Integer.toHexString(plain.u16(0x22)) + ", act:0x0)\n");
        assertThat(Verifier.verify(ImageFixture.with(plain, 0x20, 0x01000000)).good()).isFalse();
    }

    @Test
    void chainThatIsCutShortSucceedsWithTheStockToolButNotWithUs() {
        VerifyReport report = Verifier.verify(ImageFixture.withSealed(plain, 0x8c, 0));
        assertThat(report.stock().bootable()).isTrue();
        assertThat(report.stock().text()).doesNotContain("Full Image");
        assertThat(report.good()).isFalse();
    }

    @Test
    void blankGuidsHaveTheirOwnEnding() {
        StockVerdict verdict =
                verdict(new ImageFixture().guids(GuidBlock.blank(6)).build());
        assertThat(verdict.blankGuids()).isTrue();
        assertThat(verdict.text()).contains("(GUID) - BLANK CRC (0xffff)\n")
                .endsWith("(Full Image) - BLANK CRC (0xffff)\n\n\n" + FAILED + "BLANK GUIDS" + END);
    }

    @Test
    void badPointersFailBehindAGoodWalk() {
        String prefix = "\n\n-E- Failed to get Guids status. ";
        assertThat(verdict(ImageFixture.with(plain, 0x34, 0x100000)).text()).endsWith(prefix
                + "Failed to read GUIDs - Illegal GUID pointer (00100000). "
                + "Probably image is corrupted\n");
        assertThat(verdict(ImageFixture.with(plain, 0x2c, 0x00000100)).text()).endsWith(prefix
                + "Failed to read Info Section - Bad checksum for Info section pointer "
                + "(00000100). Probably the image is corrupted.\n");
    }

    @Test
    void wrongTagsFailInTheWalk() {
        assertThat(verdict(ImageFixture.withSealed(plain, 0x100, 0xffffff)).text()).endsWith(
                "(Image Info) - OK\n" + FAILED + "Failed to read the info sector: Info section "
                + "corrupted: Tag 0 (TagId 0, size 16777215) exceeds Info section size (388 "
                + "bytes) \n" + END);
        assertThat(verdict(ImageFixture.withSealed(plain, 0x100, 0xff000000L)).text()).endsWith(
                "Section data size is 0x184 bytes, but end tag found after 0x4 bytes.\n" + END);
    }

    @Test
    void chainThatRunsInACircleEnds() {
        VerifyReport report = Verifier.verify(ImageFixture.withSealed(plain, 0xb8, 0x80));
        assertThat(report.stock().bootable()).isFalse();
        assertThat(report.findings()).anySatisfy(
                finding -> assertThat(finding.found()).contains("leads backwards"));
    }

    @Test
    void threeImagesAreRefused() {
        Bytes three = new BytesBuilder().fill(0xff, 0x20000 + plain.length()).set(0, plain)
                .set(0x10000, plain).set(0x20000, plain).build();
        assertThat(verdict(three).failure()).isEqualTo("More than 2 image start locations found "
                + "at addresses 0x0, 0x10000 and 0x20000. Image may be corrupted.");
    }

    @Test
    void secondSlotOfADumpIsReadThroughTheChunkMap() throws Exception {
        Bytes dump = ImageReader.toFlash(ImageFixture.parsed(plain), 0x40000, 1);
        VerifyReport report = Verifier.verify(Medium.of(dump));
        assertThat(report.good()).isTrue();
        assertThat(report.stock().text()).contains("Start address: 0x10000.");
        assertThat(Verifier.stockVerdict(dump, false).text())
                .endsWith("unexpected size (0xffffffff)\n" + FAILED + "(null)" + END);
    }

    @Test
    void readThatLeavesADumpInALaterChunkIsToldWhole() throws Exception {
        Bytes dump = ImageReader.toFlash(ImageFixture.parsed(plain), 0x40000, 1);
        Bytes damaged = BytesBuilder.copyOf(dump).set(0x1003c, Bytes.ofHex("00007ffc")).build();
        assertThat(Verifier.stockVerdict(damaged, true).failure()).isEqualTo(
                "     /0x00000038-0x00020037 (0x020000)/ (BOOT2) - read error (Reading 0x20000 "
                + "bytes from physical  address 0x38 is out of image limits (0x40000 bytes))\n");
    }
}
