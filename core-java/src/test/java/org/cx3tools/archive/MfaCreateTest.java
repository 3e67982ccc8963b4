// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cx3tools.archive.ArchiveException.Reason;
import org.cx3tools.archive.MfaMaker.Image;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.image.BoardFile;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageFixture;
import org.cx3tools.image.InfoTag;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticImage;
import org.junit.jupiter.api.Test;

class MfaCreateTest {
    private static final Fs2Image IMAGE = ImageFixture.parsed(ImageFixture.plain());

    @Test
    void aPlainArchiveIsTheOneOfTheOtherMaker() throws Exception {
        Fs2Image oem = SyntheticImage.of(CardModel.HP_764285_B21).small().build();
        Map<String, String> other = new LinkedHashMap<>();
        other.put("BRANCH", "b");
        other.put("BOARD_REV", "A1");
        Bytes file = MfaArchive.create(List.of(MfaInput.of(oem), new MfaInput(IMAGE,
                Optional.of("P-1"), Optional.of("A card"), other)), false);

        MfaMaker maker = new MfaMaker();
        int oemSize = oem.bytes().length();
        maker.data(oem.bytes().toArray());
        maker.data(IMAGE.bytes().toArray());
        int fw = maker.toc(0, oemSize, 1, 2, 42, 5700);
        int pxe = maker.toc(0, 0, 0x110, 3, 4, 752);
        int uefi = maker.toc(0, 0, 0x111, 14, 11, 45);
        int second = maker.toc(oemSize, IMAGE.bytes().length(), 1, 2, 36, 5000);
        maker.board("HP_1380110017", List.of("PN", "764285-B21_Ax", "DESCRIPTION",
                "HP InfiniBand FDR/Ethernet 10Gb/40Gb 2-port 544+FLR-QSFP Adapter"),
                Image.firmware(fw, 1), Image.firmware(pxe, 1), Image.firmware(uefi, 1));
        maker.board("TEST_01", List.of("PN", "P-1", "DESCRIPTION", "A card", "BRANCH", "b",
                "BOARD_REV", "A1"), Image.firmware(second, 1));
        assertThat(file).isEqualTo(maker.bytes());
    }

    @Test
    void packedOrPlainItIsTheSameArchive() throws Exception {
        List<MfaInput> boards = List.of(small("A_1"), small("A_2"), small("A_3"));
        Bytes plain = MfaArchive.create(boards, false);
        Bytes packed = MfaArchive.create(boards, true);
        assertThat(packed).isEqualTo(MfaArchive.create(boards, true));
        assertThat(MfaArchive.parse(packed).boards()).isEqualTo(MfaArchive.parse(plain).boards());
        // What one image has in common with the one before is stored once.
        assertThat(packed.length()).isLessThan(plain.length() * 6 / 10);
    }

    @Test
    void textsComeFromTheBoardFileUnlessTheyAreGiven() throws Exception {
        assertThat(only(MfaInput.of(IMAGE)).partNumber()).isEqualTo("TEST");
        assertThat(only(MfaInput.of(IMAGE)).description()).isEmpty();
        assertThat(only(given(Optional.of("X"), Optional.of("Y"), Map.of())).partNumber())
                .isEqualTo("X");
        assertThat(only(given(Optional.empty(), Optional.of("Y"), Map.of())).description())
                .isEqualTo("Y");
        MfaInput adapter = MfaInput.of(withBoardFile(
                "[ADAPTER]\nName = A\nDescription = B\nPSID = T\n"));
        assertThat(only(adapter).partNumber()).isEqualTo("A");
        assertThat(only(adapter).description()).isEqualTo("B");
    }

    @Test
    void eachKindOfBootRomIsToldOnce() throws Exception {
        Bytes rom = new BytesBuilder().fill(0, 64)
                .add(record(0x0f << 16 | 9, 0, 0, 4 << 8 | 5)).add(Bytes.ofText("8025"))
                .add(record(0x12 << 16 | 1, 2, 0x10071000)).add(record(0x100003, 0x000402f0, 0))
                .add(record(0x130001, 0, 0)).add(record(0x210001, 0x00020003, 0)).build();
        MfaBoard board = only(MfaInput.of(ImageFixture.parsed(
                new ImageFixture().rom(rom).build())));
        assertThat(board.components()).extracting(c -> c.kindName() + " " + c.versionText()
                + " " + c.group() + " " + c.type()).containsExactly("FW 2.36.5000 1 1",
                        "CLP 8025 1 1", "PXE 3.4.0752 1 1", "FCODE 1.2.0003 1 1");
        assertThat(board.components().subList(1, 4)).allMatch(c -> c.size() == 0);
    }

    @Test
    void noBoardsAndTooManyAreRefused() {
        assertThat(refusal().reason()).isEqualTo(Reason.COUNT);
        assertThat(refusal(Collections.nCopies(MfaArchive.MAX_BOARDS + 1, MfaInput.of(IMAGE))
                .toArray(new MfaInput[0])).reason()).isEqualTo(Reason.COUNT);
    }

    @Test
    void twoBoardsWithOnePsidAreRefused() {
        ArchiveException e = refusal(small("A"), small("B"), small("A"));
        assertThat(e.reason()).isEqualTo(Reason.DUPLICATE_PSID);
        assertThat(e.index()).isEqualTo(2);
    }

    @Test
    void psidsThatAreNoNamesOfFilesAreRefused() {
        for (String psid : List.of("../A", ".A", "a b", "a\u001b", "\u00e9")) {
            ArchiveException e = refusal(small(psid));
            assertThat(e.reason()).as(psid).isEqualTo(Reason.PSID);
            assertThat(e.getMessage()).matches("[ -~]+");
        }
        assertThat(refusal(MfaInput.of(without(InfoTag.PSID))).reason()).isEqualTo(Reason.PSID);
    }

    @Test
    void anImageWithoutVersionIsRefused() {
        assertThat(refusal(MfaInput.of(without(InfoTag.FW_VERSION))).reason())
                .isEqualTo(Reason.VERSION);
    }

    @Test
    void aBoardFileWithoutPartNumberIsRefusedUnlessOneIsGiven() throws Exception {
        Fs2Image image = withBoardFile("[ADAPTER]\nPSID = T\n");
        assertThat(refusal(MfaInput.of(image)).reason()).isEqualTo(Reason.BOARD_FILE);
        assertThat(only(new MfaInput(image, Optional.of("P"), Optional.empty(), Map.of()))
                .partNumber()).isEqualTo("P");
    }

    @Test
    void textsThatCannotBeReadBackAreRefused() {
        for (String text : List.of("a\nb", "\0", "\u00e9", "\u2603", "x".repeat(1025))) {
            assertText(given(Optional.of(text), Optional.empty(), Map.of()));
            assertText(given(Optional.empty(), Optional.of(text), Map.of()));
            assertText(given(Optional.empty(), Optional.empty(), Map.of("KEY", text)));
            assertText(given(Optional.empty(), Optional.empty(), Map.of(text, "value")));
        }
        for (String key : List.of("", "PN", "DESCRIPTION")) {
            assertText(given(Optional.empty(), Optional.empty(), Map.of(key, "value")));
        }
        Map<String, String> many = new LinkedHashMap<>();
        for (int i = 0; i < MfaArchive.MAX_PAIRS - 1; i++) {
            many.put("K" + i, "");
        }
        assertText(given(Optional.empty(), Optional.empty(), many));
    }

    private static void assertText(MfaInput input) {
        ArchiveException e = refusal(input);
        assertThat(e.reason()).isEqualTo(Reason.TEXT);
        assertThat(e.getMessage()).matches("[ -~]+");
    }

    private static MfaInput given(Optional<String> pn, Optional<String> description,
            Map<String, String> other) {
        return new MfaInput(IMAGE, pn, description, other);
    }

    private static MfaInput small(String psid) {
        return MfaInput.of(SyntheticImage.of(CardModel.MCX354A_FCBT).small().psid(psid).build());
    }

    private static Fs2Image withBoardFile(String text) throws Exception {
        return SyntheticImage.of(CardModel.MCX354A_FCBT).small().boardFile(BoardFile.parse(text))
                .build();
    }

    /** Renames a tag of Image Info to one that nobody knows. */
    private static Fs2Image without(int tag) {
        int at = IMAGE.info().get().tag(tag).get().offset();
        return ImageFixture.parsed(ImageFixture.withSealed(IMAGE.bytes(), at,
                30L << 24 | IMAGE.bytes().word(at) & 0xffffff));
    }

    private static Bytes record(int... words) {
        BytesBuilder out = new BytesBuilder().add(Bytes.ofText("mlxsign:"));
        for (int word : words) {
            out.addWord(Integer.reverseBytes(word));
        }
        return out.build();
    }

    private static MfaBoard only(MfaInput input) throws Exception {
        MfaArchive archive = MfaArchive.parse(MfaArchive.create(List.of(input), false));
        assertThat(archive.boards()).hasSize(1);
        return archive.boards().get(0);
    }

    private static ArchiveException refusal(MfaInput... boards) {
        return catchThrowableOfType(ArchiveException.class,
                () -> MfaArchive.create(List.of(boards), false));
    }
}
