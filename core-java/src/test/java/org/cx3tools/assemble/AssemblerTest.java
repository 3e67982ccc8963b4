// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.cx3tools.assemble.AssembleException.Reason;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.image.BoardFile;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageEditor;
import org.cx3tools.image.ImageInfo;
import org.cx3tools.image.SectionType;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticImage;
import org.cx3tools.synthetic.SyntheticRelease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssemblerTest {
    private static final Fs2Image OEM = SyntheticImage.of(CardModel.HP_764285_B21).build();
    private static final Assembler ASSEMBLER = new Assembler(AssembleOptions.defaults());

    private static BoardFile boardFile(Fs2Image image) throws Exception {
        return BoardFile.parse(image.fwConfiguration().orElseThrow().toArray());
    }

    @Test
    void unchangedBoardFileGivesTheOriginal() throws Exception {
        AssembleResult result = ASSEMBLER.assemble(OEM, boardFile(OEM));
        assertThat(result.image().bytes()).isEqualTo(OEM.bytes());
        assertThat(result.keys()).isEmpty();
    }

    @Test
    void switchingSriovOffChangesTextAndItsOneBit() throws Exception {
        AssembleResult result = ASSEMBLER.assemble(OEM,
                boardFile(OEM).with("HCA", "sriov_en", "0"));
        assertThat(result.records()).singleElement().satisfies(change -> assertThat(
                change.before().value() ^ change.after().value()).isEqualTo(1));
        assertThat(boardFile(result.image()).get("HCA", "sriov_en")).contains("0");
        ImageParts.of(result.image());
    }

    @Test
    void goingThereAndBackGivesTheOriginalRecords() throws Exception {
        Fs2Image off = ASSEMBLER.assemble(OEM, boardFile(OEM).with("HCA", "sriov_en", "0")).image();
        Fs2Image on = ASSEMBLER.assemble(off, boardFile(OEM)).image();
        assertThat(on.bytes()).isEqualTo(OEM.bytes());
    }

    /** The published case: two builds differ in bit 23 of two words, text and checksums. */
    @Test
    void fiftySixGigabitSetsBit23OfBothWords() throws Exception {
        Fs2Image retail = SyntheticImage.of(CardModel.MCX354A_FCBT).build();
        BoardFile wanted = boardFile(retail).with("IB", "port1_802_3ap_56kr4_enable", "true")
                .with("IB", "port2_802_3ap_56kr4_enable", "true");
        AssembleResult result = ASSEMBLER.assemble(retail, wanted);
        assertThat(result.records()).extracting(c -> c.before() + " -> " + c.after())
                .containsExactly("0001f99c 1f03f900 7f8fff20 -> 0001f99c 1f83f900 7f8fff20",
                        "0001f9ac 1f03f900 7f8fff20 -> 0001f9ac 1f83f900 7f8fff20");
        for (int i = 0; i < retail.sections().size(); i++) {
            boolean changes = retail.sections().get(i).is(SectionType.FW_CONFIGURATION)
                    || i == result.records().get(0).section();
            assertThat(result.image().sections().get(i).raw()
                    .equals(retail.sections().get(i).raw())).as("section %d", i)
                    .isEqualTo(!changes);
        }
    }

    @Test
    void addedKeyOfAKnownFieldIsSet() throws Exception {
        assertThat(ASSEMBLER.assemble(OEM, boardFile(OEM)
                .with("IB", "port1_802_3ap_kr4_enable", "1")).records())
                .extracting(c -> c.after().toString())
                .containsExactly("0001f99c 1f03b900 7f8fff20");
    }

    @Test
    void psidGoesIntoTheTagToo() throws Exception {
        AssembleResult result = ASSEMBLER.assemble(OEM,
                boardFile(OEM).with("ADAPTER", "PSID", "MT_1090111023ABC"));
        assertThat(result.image().info().flatMap(ImageInfo::psid)).contains("MT_1090111023ABC");
        assertThat(result.records()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MT_10901110230000X", "A B", "A\u00e4", ""})
    void impossiblePsidIsRefused(String psid) throws Exception {
        BoardFile wanted = boardFile(OEM).with("ADAPTER", "PSID", psid);
        assertThatThrownBy(() -> ASSEMBLER.assemble(OEM, wanted)).isInstanceOfSatisfying(
                AssembleException.class, e -> assertThat(e.reason()).isEqualTo(Reason.PSID));
    }

    @Test
    void allUnknownKeysAreListedWithTheWaysOut() throws Exception {
        Fs2Image foreign = withoutOurMark();
        BoardFile wanted = boardFile(foreign).with("HCA", "sriov_en", "0")
                .with("PLL", "lbist_en", "1");
        assertThatThrownBy(() -> ASSEMBLER.assemble(foreign, wanted)).isInstanceOfSatisfying(
                AssembleException.class, e -> {
                    assertThat(e.problems()).extracting(p -> p.key() + p.parameter())
                            .containsExactly("sriov_enSRIOV_EN", "lbist_en");
                    assertThat(e).hasMessageContainingAll("--fields FILE", "--text-only",
                            "sriov_en -> SRIOV_EN", "[PLL] lbist_en", "cx3 learn", "cx3 config set");
                });
    }

    @Test
    void aGivenDictionaryMakesAnUnknownKeyKnown() throws Exception {
        FieldDictionary given = FieldDictionary.parse("given", "hca.sriov_en 0x1fb00.0 1", true);
        Fs2Image foreign = withoutOurMark();
        AssembleResult result = new Assembler(AssembleOptions.defaults().withFields(given))
                .assemble(foreign, boardFile(foreign).with("HCA", "sriov_en", "0"));
        assertThat(result.records()).hasSize(1);
    }

    @Test
    void textOnlyTellsWhatItLeavesUndone() throws Exception {
        AssembleResult result = new Assembler(AssembleOptions.defaults().withTextOnly(true))
                .assemble(OEM, boardFile(OEM).with("PLL", "lbist_en", "1"));
        assertThat(result.records()).isEmpty();
        assertThat(result.notes(AssembleNote.Kind.TEXT_ONLY)).singleElement()
                .satisfies(n -> assertThat(n.subject()).isEqualTo("lbist_en"));
        assertThat(boardFile(result.image()).get("PLL", "lbist_en")).contains("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"16", "abc", "0x100000000"})
    void valuesThatDoNotFitAreRefusedInBothModes(String value) throws Exception {
        BoardFile wanted = boardFile(OEM).with("HCA", "num_pfs", value);
        for (boolean textOnly : new boolean[] {false, true}) {
            Assembler assembler = new Assembler(
                    AssembleOptions.defaults().withTextOnly(textOnly));
            assertThatThrownBy(() -> assembler.assemble(OEM, wanted))
                    .isInstanceOf(AssembleException.class).hasMessageContaining("num_pfs");
        }
    }

    @Test
    void recordThatCoversOnlyPartOfAFieldIsNeverWritten() throws Exception {
        FieldDictionary given = FieldDictionary.parse("given",
                "pll.lbist_en 0x1f99c.20 4\npll.lbist_shift_freq 0x5000.0 4\n", true);
        BoardFile wanted = boardFile(OEM).with("PLL", "lbist_en", "1")
                .with("PLL", "lbist_shift_freq", "4");
        assertThatThrownBy(() -> new Assembler(AssembleOptions.defaults().withFields(given))
                .assemble(OEM, wanted)).hasMessageContainingAll("covers only a part",
                        "no record that covers");
    }

    @Test
    void removedKeyOfAKnownFieldIsRefused() throws Exception {
        BoardFile wanted = BoardFile.parse(boardFile(OEM).text().replace("sriov_en = 1\n", ""));
        assertThatThrownBy(() -> ASSEMBLER.assemble(OEM, wanted))
                .hasMessageContaining("was removed");
    }

    @Test
    void keyWithTwoDifferentValuesIsRefusedInBothModes() throws Exception {
        BoardFile wanted = BoardFile.parse(boardFile(OEM).text()
                .replace("sriov_en = 1\n", "sriov_en = 1\nsriov_en = 0\n"));
        for (boolean textOnly : new boolean[] {false, true}) {
            assertThatThrownBy(() -> new Assembler(AssembleOptions.defaults()
                    .withTextOnly(textOnly)).assemble(OEM, wanted))
                    .isInstanceOf(AssembleException.class).hasMessageContaining("different values");
        }
        BoardFile twiceTheSame = BoardFile.parse(wanted.text().replace("sriov_en = 1\n",
                "sriov_en = false\n"));
        assertThat(ASSEMBLER.assemble(OEM, twiceTheSame).records()).hasSize(1);
    }

    @Test
    void anUnreadableBoardFileInsideTheImageIsToldAsSuch() throws Exception {
        Fs2Image image = ImageEditor.withBoardFile(OEM, Bytes.ofText("[A]\nnonsense\n"));
        BoardFile wanted = boardFile(OEM);
        assertThatThrownBy(() -> ASSEMBLER.assemble(image, wanted)).isInstanceOfSatisfying(
                AssembleException.class, e -> assertThat(e.reason())
                        .isEqualTo(Reason.NO_BOARD_FILE)).hasMessageContaining("line 2");
    }

    @Test
    void anotherWayToWriteTheSameNumberNeedsNoField() throws Exception {
        AssembleResult result = ASSEMBLER.assemble(OEM,
                boardFile(OEM).with("PLL", "lbist_shift_freq", "0x3"));
        assertThat(result.keys()).hasSize(1);
        assertThat(result.records()).isEmpty();
    }

    @Test
    void disagreementOfBitsAndTextIsNoted() throws Exception {
        BoardFile original = boardFile(OEM);
        Fs2Image eight = ASSEMBLER.assemble(OEM, original.with("HCA", "total_vfs", "8")).image();
        Fs2Image lying = ImageEditor.withBoardFile(eight, Bytes.of(original.toByteArray()));
        AssembleResult result = ASSEMBLER.assemble(lying, original.with("HCA", "total_vfs", "4"));
        assertThat(result.records()).hasSize(1);
        assertThat(result.notes(AssembleNote.Kind.BITS_DISAGREED)).singleElement()
                .satisfies(note -> assertThat(note.text()).contains("was 16", "but 8"));
    }

    @Test
    void everyFlippedBitIsRefused() {
        for (int at = 0x10; at < OEM.size(); at += 9973) {
            BytesBuilder broken = BytesBuilder.copyOf(OEM.bytes());
            broken.setU8(at, OEM.bytes().u8(at) ^ 0x10);
            int offset = at;
            assertThatThrownBy(() -> ASSEMBLER.assemble(Fs2Image.parse(broken.build()),
                    boardFile(OEM))).as("offset 0x%x", offset).isInstanceOfAny(
                            AssembleException.class, FormatException.class);
        }
    }

    @Test
    void trailingBytesAreLeftOutWithANote() throws Exception {
        Fs2Image longer = Fs2Image.parse(BytesBuilder.copyOf(OEM.bytes()).fill(0xff, 64).build());
        AssembleResult result = ASSEMBLER.assemble(longer, boardFile(OEM));
        assertThat(result.image().bytes()).isEqualTo(OEM.bytes());
        assertThat(result.notes(AssembleNote.Kind.TRAILING_BYTES)).hasSize(1);
    }

    @Test
    void theOperatorsReleaseTakesTheCardsBoardFile() throws Exception {
        Fs2Image release = SyntheticRelease.image(CardModel.HP_764285_B21);
        BoardFile wanted = boardFile(OEM).with("HCA", "sriov_en", "0");
        AssembleResult result = ASSEMBLER.assemble(release, wanted);
        assertThat(result.image().info().flatMap(ImageInfo::fwVersion))
                .contains(SyntheticRelease.VERSION);
        assertThat(boardFile(result.image())).isEqualTo(wanted);
    }

    /** The same image with another first BOOT2, so that our own fields are not known. */
    private static Fs2Image withoutOurMark() throws Exception {
        ImageParts parts = ImageParts.of(OEM);
        Bytes data = parts.boot2().get(0).data();
        return new ImageParts(parts.reserved(), parts.crcWordHigh(), parts.formatWord(),
                parts.failsafeWord(), List.of(new ImageParts.Boot2Part(0x00100040,
                        new BytesBuilder().fill(0, data.length()).build()), parts.boot2().get(1)),
                parts.sections(), parts.lastNext(), parts.keptCrc()).build();
    }
}
