// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.device.CardInfo;
import org.cx3tools.flash.MemoryFlash;
import org.cx3tools.flash.Progress;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.GuidBlock;
import org.cx3tools.image.ImageEditor;
import org.cx3tools.image.SectionType;
import org.junit.jupiter.api.Test;

/** The image on flash is changed by burning it again into the other slot. */
class FlashEditTest {
    private static final List<Long> GUIDS = List.of(0x11L, 0x12L, 0x13L, 0x14L);
    private static final List<Long> MACS = List.of(0x0002c9000001L, 0x0002c9000002L);

    private final CardInfo card = Cards.virtual(503);
    private final Bytes rom = TestImages.rom(4103);
    private final Fs2Image old = TestImages.onCard().build();
    private final Fs2Image withRom = TestImages.onCard().buildWithRom(rom);

    /** A change under test. */
    private interface Change {
        Fs2Image of(Fs2Image image) throws BurnException;
    }

    @Test
    void theRomCanBeTakenOutAndTheRestStays() throws Exception {
        assertThat(edited(withRom, i -> ImageChanges.withoutRom(i, false))).isEqualTo(old);
    }

    @Test
    void aRomIsPutInOrReplaced() throws Exception {
        assertThat(edited(old, i -> ImageChanges.withRom(i, rom, false))).isEqualTo(withRom);
        Bytes other = TestImages.rom(4099);
        assertThat(edited(withRom, i -> ImageChanges.withRom(i, other, false)).romPayload())
                .contains(other);
    }

    @Test
    void aRomWithAWrongChecksumCanBeReplacedOrTakenOutButNothingElseIsChanged() throws Exception {
        byte[] bytes = rom.toArray();
        bytes[300] ^= 1;
        Fs2Image bad = TestImages.onCard().buildWithRom(Bytes.of(bytes));
        assertThat(edited(bad, i -> ImageChanges.withoutRom(i, false))).isEqualTo(old);
        assertThat(edited(bad, i -> ImageChanges.withRom(i, rom, false))).isEqualTo(withRom);
        assertThat(failure(flash(bad), i -> ImageChanges.withVsd(i, "x")))
                .isInstanceOf(BurnFailure.BadImage.class);
        assertThat(failure(flash(old), i -> ImageChanges.withRom(i, Bytes.of(bytes), false)))
                .isInstanceOf(BurnFailure.BadChange.class);
    }

    @Test
    void identityIsSetAndTheRestStays() throws Exception {
        Fs2Image both = edited(withRom,
                i -> ImageChanges.withIdentity(i, Optional.of(GUIDS), Optional.of(MACS)));
        assertThat(both).isEqualTo(ImageEditor.withGuids(withRom,
                GuidBlock.of(0x11, 0x12, 0x13, 0x14, 0x0002c9000001L, 0x0002c9000002L)));
        Fs2Image guids = edited(withRom,
                i -> ImageChanges.withIdentity(i, Optional.of(GUIDS), Optional.empty()));
        assertThat(guids.guids().get().mac(1)).isEqualTo(TestImages.CARD.mac(1));
        Fs2Image macs = edited(withRom,
                i -> ImageChanges.withIdentity(i, Optional.empty(), Optional.of(MACS)));
        assertThat(macs.guids().get().node()).isEqualTo(TestImages.CARD.node());
        assertThat(macs.guids().get().mac(2)).isEqualTo(MACS.get(1));
    }

    @Test
    void theVendorTextIsSetAndTheRestStays() throws Exception {
        assertThat(edited(withRom, i -> ImageChanges.withVsd(i, "rack 7")))
                .isEqualTo(ImageEditor.withVsd(withRom, "rack 7"));
    }

    @Test
    void aCardWithBlankGuidsGetsThemInTheOtherSlot() throws Exception {
        Fs2Image blank = ImageEditor.withBlankGuids(old);
        MemoryFlash flash = flash(blank);
        BurnPlan plan = plan(flash,
                i -> ImageChanges.withIdentity(i, Optional.of(GUIDS), Optional.of(MACS)));
        assertThat(plan.slot()).isEqualTo(1);
        Burner.execute(plan, flash, Burner.BootAddress.NONE, BurnListener.NONE);
        assertThat(BootCode.bootable(flash.content())).singleElement()
                .satisfies(i -> assertThat(i.guids().get().entries())
                        .containsExactly(0x11L, 0x12L, 0x13L, 0x14L, MACS.get(0), MACS.get(1)));
    }

    @Test
    void blankMacsFollowGivenGuids() throws Exception {
        Fs2Image blank = ImageEditor.withBlankGuids(old);
        Fs2Image set = ImageChanges.withIdentity(blank,
                Optional.of(GuidBlock.counted(0x0002c90300123450L, 0).entries().subList(0, 4)),
                Optional.empty());
        assertThat(set.guids().get().mac(1)).isEqualTo(0x0002c9123451L);
        assertThat(set.guids().get().mac(2)).isEqualTo(0x0002c9123452L);
    }

    @Test
    void nothingButIdentityGoesOntoACardWithBlankGuids() {
        MemoryFlash flash = flash(blankGuids());
        assertThat(failure(flash, i -> ImageChanges.withVsd(i, "x")))
                .isInstanceOf(BurnFailure.BlankGuids.class);
        assertThat(failure(flash, i -> ImageChanges.withRom(i, rom, false)))
                .isInstanceOf(BurnFailure.BlankGuids.class);
    }

    @Test
    void identityThatNoCardCanHaveIsRefused() throws Exception {
        MemoryFlash flash = flash(old);
        assertThat(failure(flash, i -> ImageChanges.withIdentity(i, Optional.empty(),
                Optional.of(List.of(0x010000000000L, 1L))))).isInstanceOf(BurnFailure.BadMac.class);
        Fs2Image four = TestImages.onCard().withGuids(
                new GuidBlock(List.of(0x0002c90300000001L, 2L, 3L, 4L))).build();
        assertThat(catchThrowableOfType(BurnException.class, () -> ImageChanges.withIdentity(four,
                Optional.of(GUIDS), Optional.of(MACS))).failure())
                .isEqualTo(new BurnFailure.NoPlace(4));
        assertThat(ImageChanges.withIdentity(four, Optional.of(GUIDS), Optional.empty()).guids()
                .get().entries()).isEqualTo(GUIDS);
    }

    @Test
    void entriesBehindTheMacsStay() throws Exception {
        Fs2Image eight = TestImages.onCard()
                .withGuids(new GuidBlock(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L))).build();
        assertThat(ImageChanges.withIdentity(eight, Optional.of(GUIDS), Optional.of(MACS)).guids()
                .get().entries()).containsExactly(0x11L, 0x12L, 0x13L, 0x14L, MACS.get(0),
                        MACS.get(1), 7L, 8L);
    }

    @Test
    void vendorTextThatDoesNotFitIsRefused() {
        MemoryFlash flash = flash(old);
        assertThat(failure(flash, i -> ImageChanges.withVsd(i, "x".repeat(209))))
                .isInstanceOf(BurnFailure.VsdTooLong.class);
        assertThat(failure(flash, i -> ImageChanges.withVsd(i, "\u20ac")))
                .isInstanceOf(BurnFailure.BadVsd.class);
    }

    @Test
    void theRomStaysWhenThereIsNoneOrItHasACommonVersionWithTheFirmware() throws Exception {
        assertThat(failure(flash(old), i -> ImageChanges.withoutRom(i, false)))
                .isInstanceOf(BurnFailure.RomStays.class);
        MemoryFlash common = flash(TestImages.onCard().withProductVersion("02.36.50.00")
                .buildWithRom(rom));
        for (Change change : List.<Change>of(i -> ImageChanges.withoutRom(i, false),
                i -> ImageChanges.withRom(i, rom, false))) {
            assertThat(failure(common, change).advice()).contains("--allow_rom_change");
        }
        assertThat(plan(common, i -> ImageChanges.withoutRom(i, true)).slot()).isEqualTo(1);
        assertThat(plan(common, i -> ImageChanges.withRom(i, rom, true)).slot()).isEqualTo(1);
    }

    @Test
    void whatIsNoRomIsRefused() {
        MemoryFlash flash = flash(old);
        List<Bytes> bad = List.of(Bytes.of(new byte[0]), Bytes.ofText("text"), old.bytes(),
                new BytesBuilder().fill(0xff, 1024).build());
        for (Bytes none : bad) {
            assertThat(failure(flash, i -> ImageChanges.withRom(i, none, false)))
                    .isInstanceOf(BurnFailure.BadRom.class);
        }
        byte[] huge = new byte[0x30000];
        huge[0] = 0x55;
        huge[1] = (byte) 0xaa;
        assertThat(failure(flash, i -> ImageChanges.withRom(i, Bytes.of(huge), false)))
                .isInstanceOf(BurnFailure.TooBig.class);
    }

    @Test
    void aRomThatHoldsTheSignatureOfImagesWhereTheyAreLookedForIsRefused() {
        int place = withRom.section(SectionType.ROM).get().payloadStart();
        byte[] hostile = new byte[0x10010];
        hostile[0] = 0x55;
        hostile[1] = (byte) 0xaa;
        System.arraycopy(old.bytes().slice(0, 16).toArray(), 0, hostile, 0x10000 - place, 16);
        assertThat(catchThrowableOfType(BurnException.class,
                () -> ImageChanges.withRom(old, Bytes.of(hostile), false)).failure())
                .isInstanceOf(BurnFailure.BadImage.class);
    }

    @Test
    void aDamagedImageIsNotChanged() throws Exception {
        for (int at : new int[] {0x100, 0x3000, 0x22}) {
            byte[] bytes = flash(withRom).content().toArray();
            bytes[at] ^= 1;
            MemoryFlash flash = new MemoryFlash(Bytes.of(bytes), 1);
            assertThat(failure(flash, i -> ImageChanges.withVsd(i, "x")))
                    .isInstanceOf(BurnFailure.DamagedPart.class);
            byte[] file = withRom.bytes().toArray();
            file[at] ^= 1;
            Fs2Image damaged = Fs2Image.parse(Bytes.of(file));
            assertThat(catchThrowableOfType(BurnException.class,
                    () -> ImageChanges.withVsd(damaged, "x")).failure())
                    .isInstanceOf(BurnFailure.BadImage.class);
        }
        assertThat(failure(new MemoryFlash(new BytesBuilder().fill(0xff,
                TestImages.FLASH).build(), 1), i -> i)).isInstanceOf(BurnFailure.NothingToKeep.class);
    }

    @Test
    void withoutRoomForASecondImageTheOperatorHasToAgree() throws Exception {
        MemoryFlash flash = flash(TestImages.onCard().notFailsafe().withDdr(140000).build());
        BurnPlan plan = plan(flash, i -> ImageChanges.withVsd(i, "x"));
        assertThat(plan.questions()).singleElement().isInstanceOf(BurnQuestion.NotFailsafe.class);
        assertThat(catchThrowable(() -> Burner.execute(plan, flash, Burner.BootAddress.NONE,
                BurnListener.NONE))).isInstanceOf(BurnException.class);
        assertThat(flash.operations()).isZero();
    }

    private Fs2Image blankGuids() {
        try {
            return ImageEditor.withBlankGuids(old);
        } catch (FormatException e) {
            throw new AssertionError(e);
        }
    }

    private MemoryFlash flash(Fs2Image image) {
        return new MemoryFlash(TestImages.flash(Optional.of(image), Optional.empty()), 1);
    }

    private BurnPlan plan(MemoryFlash flash, Change change) throws Exception {
        FlashEdit edit = FlashEdit.read(flash, card, Progress.NONE);
        return edit.plan(change.of(edit.image()));
    }

    private BurnFailure failure(MemoryFlash flash, Change change) {
        return catchThrowableOfType(BurnException.class, () -> plan(flash, change)).failure();
    }

    private Fs2Image edited(Fs2Image image, Change change) throws Exception {
        MemoryFlash flash = flash(image);
        Bytes before = flash.content();
        BurnPlan plan = plan(flash, change);
        assertThat(plan.questions()).isEmpty();
        assertThat(plan.failsafe()).isTrue();
        Burner.execute(plan, flash, Burner.BootAddress.NONE, BurnListener.NONE);
        for (int settings : new int[] {TestImages.FLASH - 0x1000, TestImages.FLASH - 0x11000}) {
            assertThat(flash.content().slice(settings, 0x1000))
                    .isEqualTo(before.slice(settings, 0x1000));
        }
        List<Fs2Image> bootable = BootCode.bootable(flash.content());
        assertThat(bootable).hasSize(1);
        return bootable.get(0);
    }
}
