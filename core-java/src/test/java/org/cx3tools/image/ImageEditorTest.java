// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.binary.Seed;
import org.cx3tools.verify.Finding;
import org.cx3tools.verify.Verifier;
import org.junit.jupiter.api.Test;

class ImageEditorTest {
    private final Fs2Image image = ImageFixture.parsed(ImageFixture.plain());

    private static void assertFlawless(Fs2Image edited) {
        assertThat(Verifier.findings(edited)).isEmpty();
    }

    @Test
    void guidsAreSetAndNothingElseChanges() throws FormatException {
        GuidBlock guids = GuidBlock.counted(0x1000, 0x2000);
        Fs2Image edited = ImageEditor.withGuids(image, guids);
        assertFlawless(edited);
        assertThat(edited.guids()).hasValue(guids);
        Fs2Image back = ImageEditor.withGuids(edited, image.guids().get());
        assertThat(back).isEqualTo(image);
    }

    @Test
    void fourGuidsInAnImageOfSixEntriesBringDerivedMacs() throws FormatException {
        Fs2Image edited = ImageEditor.withGuids(image,
                new GuidBlock(List.of(1L, 0x0002c90300000007L, 0x0002c90300000008L, 4L)));
        assertThat(edited.guids().get().mac(1)).isEqualTo(0x0002c9000007L);
    }

    @Test
    void imageOfFourEntriesTakesTheFirstFour() throws FormatException {
        Fs2Image four = ImageFixture.parsed(new ImageFixture()
                .guids(new GuidBlock(List.of(1L, 2L, 3L, 4L))).build());
        Fs2Image edited = ImageEditor.withGuids(four, GuidBlock.counted(0x50, 0x60));
        assertFlawless(edited);
        assertThat(edited.guids().get().entries()).containsExactly(0x50L, 0x51L, 0x52L, 0x53L);
        assertThat(edited.size()).isEqualTo(four.size());
    }

    @Test
    void blankGuidsLeaveBothChecksumsBlankUntilTheyAreSet() throws FormatException {
        Fs2Image blank = ImageEditor.withBlankGuids(image);
        assertThat(blank.hasBlankGuids()).isTrue();
        assertThat(blank.header().fullCrc()).isEqualTo(0xffff);
        assertThat(blank.section(SectionType.GUID).get().storedCrc()).isEqualTo(0xffff);
        Fs2Image renamed = ImageEditor.withVsd(blank, "other");
        assertThat(renamed.header().fullCrc()).isEqualTo(0xffff);
        assertThat(ImageEditor.withGuids(blank, image.guids().get())).isEqualTo(image);
    }

    @Test
    void textsOfImageInfoAreSetWithPadding() throws FormatException {
        Fs2Image edited = ImageEditor.withProductVersion(
                ImageEditor.withVsd(ImageEditor.withPsid(image, "HP_1380110017XYZ"), ""), "1.2");
        assertFlawless(edited);
        ImageInfo info = edited.info().get();
        assertThat(info.psid()).hasValue("HP_1380110017XYZ");
        assertThat(info.vsd()).hasValue("");
        assertThat(info.productVersion()).hasValue("1.2");
        assertThat(info.tag(InfoTag.VSD).get().data().isFilledWith(0)).isTrue();
    }

    @Test
    void tooLongTextIsRefusedInsteadOfDropped() {
        assertThatThrownBy(() -> ImageEditor.withPsid(image, "12345678901234567"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("Image Info tag 4").hasMessageContaining("17 bytes");
        assertThatThrownBy(() -> ImageEditor.withVsd(image, "v".repeat(209)))
                .isInstanceOf(FormatException.class);
    }

    @Test
    void missingTagIsRefused() {
        assertThatThrownBy(() -> ImageEditor.withInfoTag(image, 17, Bytes.empty()))
                .isInstanceOf(FormatException.class).hasMessageContaining("Image Info tag 17");
    }

    @Test
    void changedBoardFileMovesTheEndAndTheSizeWord() throws FormatException {
        Bytes text = Bytes.ofText(ImageFixture.BOARD_FILE + "[HCA]\nsriov_en = false\n");
        Fs2Image edited = ImageEditor.withBoardFile(image, text);
        assertFlawless(edited);
        assertThat(edited.fwConfiguration()).hasValue(text);
        assertThat(edited.header().imageSize()).isEqualTo(edited.size())
                .isGreaterThan(image.size());
    }

    @Test
    void unchangedBoardFileKeepsTheStreamEvenFromAnotherPacker() throws FormatException {
        Bytes stored = Bytes.ofHex("7801 010200fdff 6869 013b00d2 000000");
        Section section = image.section(SectionType.FW_CONFIGURATION).get();
        Fs2Image foreign = ImageEditor.withPayload(image, section, stored);
        assertThat(ImageEditor.withBoardFile(foreign, Bytes.ofText("hi"))).isEqualTo(foreign);
    }

    @Test
    void insertedRomStandsBehindTheFirstSectionAndPointersFollow() throws FormatException {
        Bytes rom = RomFixture.pxe();
        Fs2Image edited = ImageEditor.withRom(image, rom);
        assertThat(edited.sections().get(1).name()).isEqualTo("ROM");
        assertThat(edited.romPayload()).hasValue(rom);
        assertThat(edited.header().guidPointer())
                .isEqualTo(edited.section(SectionType.GUID).get().payloadStart());
        assertThat(edited.header().infoPointer())
                .isEqualTo(edited.section(SectionType.IMAGE_INFO).get().payloadStart());
        assertThat(edited.header().raw().u8(0x21)).isZero();
        assertFlawless(edited);
    }

    @Test
    void removingARomThatWasPutInGivesTheSameImage() throws FormatException {
        Random random = Seed.start("romThereAndBack");
        for (int i = 0; i < 50; i++) {
            byte[] rom = new byte[4 + 4 * random.nextInt(5000)];
            random.nextBytes(rom);
            Fs2Image with = ImageEditor.withRom(image, Bytes.of(rom));
            assertThat(ImageEditor.withoutRom(with)).isEqualTo(image);
            Fs2Image replaced = ImageEditor.withRom(with, RomFixture.pxe());
            assertThat(replaced).isEqualTo(ImageEditor.withRom(image, RomFixture.pxe()));
        }
    }

    @Test
    void romEditRefusesWhatNoSectionCanHold() {
        assertThatThrownBy(() -> ImageEditor.withRom(image, Bytes.ofHex("55aa01")))
                .isInstanceOf(FormatException.class).hasMessageContaining("3 bytes");
        assertThatThrownBy(() -> ImageEditor.withoutRom(image))
                .isInstanceOf(FormatException.class).hasMessageContaining("section ROM");
    }

    @Test
    void unknownWordsAndSectionsAreKeptByEveryEdit() throws FormatException {
        Fs2Image strange = ImageFixture.parsed(new ImageFixture()
                .section(99, Bytes.ofHex("0102030405060708"))
                .section(4, Bytes.ofHex("0102030405060708")).build());
        Fs2Image edited = ImageEditor.withBoardFile(ImageEditor.withRom(strange,
                RomFixture.pxe()), Bytes.ofText("x = y\n"));
        assertThat(edited.header().raw().slice(0x10, 16))
                .isEqualTo(strange.header().raw().slice(0x10, 16));
        assertThat(edited.sections().get(0).param()).isEqualTo(7);
        assertThat(edited.boot2Blocks()).isEqualTo(strange.boot2Blocks());
        assertThat(edited.sections()).anySatisfy(section -> {
            assertThat(section.typeCode()).isEqualTo(99);
            assertThat(section.payload().hex()).isEqualTo("0102030405060708");
        });
        assertThat(Verifier.findings(edited)).extracting(Finding::what)
                .containsExactly("type of section");
    }

    @Test
    void bytesBehindTheImageAreTrimmed() throws FormatException {
        Bytes longer = BytesBuilder.copyOf(image.bytes()).fill(0xff, 64).build();
        Fs2Image edited = ImageEditor.withPsid(Fs2Image.parse(longer), "TEST_01");
        assertThat(edited).isEqualTo(image);
    }

    @Test
    void damageIsNotHiddenByNewChecksums() throws FormatException {
        int[] places = {0x10, 0x40, 0x70, ImageFixture.CONFIGURATION + 20, ImageFixture.GUID + 20,
            ImageFixture.INFO + 20};
        for (int at : places) {
            Fs2Image damaged = Fs2Image.parse(
                    ImageFixture.with(image.bytes(), at, image.bytes().word(at) ^ 1));
            assertThatThrownBy(() -> ImageEditor.withPsid(damaged, "NEW"))
                    .isInstanceOf(FormatException.class).hasMessageContaining("not edited");
            assertThatThrownBy(() -> ImageEditor.withRom(damaged, RomFixture.pxe()))
                    .isInstanceOf(FormatException.class).hasMessageContaining("not edited");
        }
    }

    @Test
    void fullCrcOfAnImageIsTheOneInItsHeader() {
        assertThat(ImageEditor.fullCrc(image)).isEqualTo(image.header().fullCrc());
    }
}
