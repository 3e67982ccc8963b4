// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.cx3tools.archive.MfaMaker.Image;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Breaks every field of the small archive once, with the CRC-32 made right again. */
class MfaBrokenFieldsTest {
    private static final int MAP = 24;
    private static final int IMAGES = 90;
    private static final int TOC = 218;
    private static final int DATA = 298;
    private static final int CRC = 310;

    static Stream<Arguments> fields() {
        return Stream.of(
                arguments("magic", 3, new int[] {'2'}, 0, "magic of the archive"),
                arguments("version 2", 7, new int[] {2}, 4, "version of the archive"),
                arguments("version, upper half", 4, new int[] {1}, 4, "version of the archive"),
                arguments("MAP missing", 16, new int[] {2}, 16, "type of section MAP"),
                arguments("MAP reserved", 18, new int[] {1}, 17, "reserved field of section MAP"),
                arguments("MAP flags", 19, new int[] {2}, 19, "flags of section MAP"),
                arguments("MAP no xz", 19, new int[] {1}, MAP, "xz stream of section MAP"),
                arguments("MAP size", 20, new int[] {0x7f}, 20, "size of section MAP"),
                arguments("MAP shorter", 23, new int[] {185}, 209, "type of section TOC"),
                arguments("MAP twice", 210, new int[] {1}, 210, "type of section TOC"),
                arguments("TOC reserved", 211, new int[] {1}, 211, "reserved field of section T"),
                arguments("TOC flags", 213, new int[] {0x80}, 213, "flags of section TOC"),
                arguments("TOC size", 214, new int[] {0xff}, 214, "size of section TOC"),
                arguments("DATA missing", 290, new int[] {0}, 290, "type of section DATA"),
                arguments("DATA flags", 293, new int[] {4}, 293, "flags of section DATA"),
                arguments("DATA size", 297, new int[] {13}, 294, "size of section DATA"),
                arguments("DATA shorter", 297, new int[] {11}, 309, "end of the sections"),
                arguments("PSID empty", MAP, new int[7], MAP, "PSID of a board"),
                arguments("PSID escape", MAP, new int[] {0x1b}, MAP, "PSID of a board"),
                arguments("PSID slash", MAP + 1, new int[] {'/'}, MAP, "PSID of a board"),
                arguments("PSID blank", MAP + 1, new int[] {' '}, MAP, "PSID of a board"),
                arguments("PSID dot", MAP, new int[] {'.'}, MAP, "PSID of a board"),
                arguments("PSID padding", MAP + 31, new int[] {'A'}, MAP, "PSID of a board"),
                arguments("PSID not ended", MAP, filled(32, 'A'), MAP, "PSID of a board"),
                arguments("no images", 56, new int[] {0}, 56, "number of images"),
                arguments("images", 56, new int[] {4}, 56, "number of images"),
                arguments("fewer images", 56, new int[] {2}, 170, "PSID of a board"),
                arguments("board reserved", 57, new int[] {1}, 57, "reserved field of a board"),
                arguments("metadata size", 58, new int[] {1}, 58, "size of metadata"),
                arguments("metadata longer", 59, new int[] {31}, 56, "number of images"),
                arguments("metadata shorter", 59, new int[] {29}, 83, "value of metadata"),
                arguments("metadata tiny", 59, new int[] {3}, 60, "metadata"),
                arguments("metadata type", 60, new int[] {2}, 60, "type of metadata"),
                arguments("metadata reserved", 61, new int[] {1}, 61, "reserved field of metada"),
                arguments("many pairs", 62, new int[] {2}, 62, "number of pairs of metadata"),
                arguments("one pair more", 63, new int[] {3}, 90, "key of metadata"),
                arguments("one pair less", 63, new int[] {1}, 71, "end of metadata"),
                arguments("key control", 64, new int[] {'\n'}, 64, "key of metadata"),
                arguments("key empty", 64, new int[] {0}, 64, "key of metadata"),
                arguments("TOC offset odd", IMAGES + 3, new int[] {1}, IMAGES, "offset of a TOC"),
                arguments("TOC offset", IMAGES + 3, new int[] {72}, IMAGES, "offset of a TOC e"),
                arguments("TOC offset sign", IMAGES, new int[] {0xff}, IMAGES, "offset of a TOC"),
                arguments("image reserved", IMAGES + 6, new int[] {1}, IMAGES + 6, "reserved fie"),
                arguments("tag control", IMAGES + 8, new int[] {7}, IMAGES + 8, "select tag"),
                arguments("tag padding", IMAGES + 39, new int[] {7}, IMAGES + 8, "select tag"),
                arguments("offset outside", TOC + 3, new int[] {5}, TOC, "offset of a TOC entry"),
                arguments("offset sign", TOC, new int[] {0xff}, TOC, "offset of a TOC entry"),
                arguments("offset high", TOC + 21, new int[] {1}, TOC + 20, "offset of a TOC"),
                arguments("offset overlaps", TOC + 3, new int[] {1}, TOC + 48, "offset of a TOC"),
                arguments("size", TOC + 7, new int[] {13}, TOC + 4, "size of a TOC entry"),
                arguments("size sign", TOC + 4, new int[] {0xff}, TOC + 4, "size of a TOC entry"),
                arguments("TOC entry reserved", TOC + 10, new int[] {1}, TOC + 10, "reserved fi"),
                arguments("version fields", TOC + 11, new int[] {5}, TOC + 11, "number of version"),
                arguments("TOC metadata", TOC + 23, new int[] {1}, TOC + 22, "size of metadata"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fields")
    void aBrokenFieldIsToldWithItsPlace(String name, int at, int[] bytes, int offset,
            String what) {
        FormatException error = failure(MfaMaker.with(MfaMaker.small().build(), at, bytes));
        assertThat(error.what()).as(error.getMessage()).startsWith(what);
        assertThat(error.offset()).as(error.getMessage()).isEqualTo(offset);
        assertThat(error.getMessage()).matches("[ -~]+");
    }

    @Test
    void fieldsWithoutARuleMayHaveAnyValue() throws FormatException {
        byte[] file = MfaMaker.small().build();
        for (int at : new int[] {8, 15, IMAGES + 47, TOC + 24, TOC + 45, TOC + 13, DATA}) {
            assertThat(MfaArchive.parse(Bytes.of(MfaMaker.with(file, at, 77))).boards())
                    .as("offset " + at).hasSize(1);
        }
        // Another type than firmware: the piece is no longer part of the image.
        MfaArchive other = MfaArchive.parse(Bytes.of(MfaMaker.with(file, IMAGES + 5, 2)));
        assertThat(other.image("TEST_01")).isEqualTo(Bytes.ofText("tail"));
    }

    @Test
    void everyBitUnderTheCrcCounts() {
        byte[] file = MfaMaker.small().build();
        for (int at : new int[] {8, 15, MAP, IMAGES, TOC + 13, DATA + 3, CRC, CRC + 3}) {
            byte[] flipped = file.clone();
            flipped[at] ^= 1;
            FormatException error = failure(flipped);
            assertThat(error.what()).isEqualTo("CRC-32 of the archive");
            assertThat(error.offset()).isEqualTo(CRC);
        }
    }

    @Test
    void bytesBehindTheEndAreRefused() {
        FormatException error = failure(Arrays.copyOf(MfaMaker.small().build(), CRC + 5));
        assertThat(error.what()).isEqualTo("end of the sections");
        assertThat(error.offset()).isEqualTo(CRC);
    }

    @Test
    void aTocOfHalfAnEntryIsRefused() {
        MfaMaker maker = MfaMaker.small();
        byte[] file = maker.build();
        byte[] longer = new byte[file.length + 1];
        System.arraycopy(file, 0, longer, 0, DATA - 8);
        System.arraycopy(file, DATA - 8, longer, DATA - 7, file.length - DATA + 8);
        FormatException error = failure(MfaMaker.with(longer, 217, 73));
        assertThat(error.what()).isEqualTo("size of TOC");
    }

    @Test
    void twoBoardsWithOnePsidAreRefused() {
        MfaMaker maker = MfaMaker.small();
        assertThat(failure(maker.board("TEST_01", List.of(), Image.firmware(0, 1)).build()).what())
                .isEqualTo("PSID of a board");
    }

    @Test
    void aKeyThatOccursTwiceIsRefused() {
        MfaMaker maker = MfaMaker.small();
        FormatException error = failure(maker.board("TEST_02", List.of("PN", "1", "PN", "2"),
                Image.firmware(0, 1)).build());
        assertThat(error.what()).isEqualTo("key of metadata");
        assertThat(error.found()).isEqualTo("PN");
    }

    @Test
    void aBoardWithoutFirmwareIsRefused() {
        MfaMaker maker = MfaMaker.small();
        FormatException error = failure(maker.board("TEST_02", List.of(),
                Image.firmware(24, 1), new Image(0, 2, 1, "")).build());
        assertThat(error.what()).isEqualTo("board TEST_02");
        assertThat(error.offset()).isEqualTo(IMAGES + 120);
    }

    @Test
    void anArchiveWithoutBoardsIsRefused() {
        assertThat(failure(new MfaMaker().build()).what()).isEqualTo("board");
        assertThat(failure(new byte[0]).what()).isEqualTo("size of the archive");
    }

    private static FormatException failure(byte[] file) {
        return catchThrowableOfType(FormatException.class, () -> MfaArchive.parse(Bytes.of(file)));
    }

    private static int[] filled(int count, int value) {
        int[] out = new int[count];
        Arrays.fill(out, value);
        return out;
    }
}
