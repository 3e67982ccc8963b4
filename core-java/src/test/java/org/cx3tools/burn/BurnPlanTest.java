// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.device.CardInfo;
import org.cx3tools.flash.MemoryFlash;
import org.cx3tools.flash.Progress;
import org.cx3tools.image.ChunkMap;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.GuidBlock;
import org.cx3tools.image.ImageEditor;
import org.cx3tools.image.Section;
import org.cx3tools.image.SectionType;
import org.junit.jupiter.api.Test;

class BurnPlanTest {
    private static final BurnOptions NONE = BurnOptions.defaults();
    private final CardInfo card = Cards.virtual(503);
    private final Fs2Image old = TestImages.onCard().build();
    private final Fs2Image fresh = TestImages.fresh().build();
    private final Bytes inSlot0 = TestImages.flash(Optional.of(old), Optional.empty());

    @Test
    void theOtherSlotIsChosenAndTheIdentityOfTheCardKept() throws Exception {
        BurnPlan plan = plan(inSlot0, fresh, NONE);
        assertThat(plan.slot()).isEqualTo(1);
        assertThat(plan.start()).isEqualTo(0x10000);
        assertThat(plan.failsafe()).isTrue();
        assertThat(plan.image().guids()).contains(TestImages.CARD);
        assertThat(plan.image().info().orElseThrow().vsd()).contains("old vendor text");
        assertThat(plan.questions()).isEmpty();
        assertThat(plan.steps()).extracting(s -> s.getClass().getSimpleName()).containsExactly(
                "WriteBody", "VerifySlot", "WriteSignature", "VerifyHead", "VerifyAgain",
                "SetBootAddress", "Invalidate");
        assertThat(plan(inSlot0, fresh, NONE.with(BurnOptions.Choice.VERIFY_ONCE)).steps())
                .noneMatch(BurnStep.VerifyAgain.class::isInstance);
        assertThat(plan(TestImages.flash(Optional.empty(), Optional.of(old)), fresh, NONE).slot())
                .isZero();
    }

    @Test
    void twoPlansOfTheSameBurnAreEqual() throws Exception {
        assertThat(plan(inSlot0, fresh, NONE)).isEqualTo(plan(inSlot0, fresh, NONE));
    }

    @Test
    void aDamagedImageInSlot0DoesNotCostTheGoodOneInSlot1() throws Exception {
        Bytes flash = flip(TestImages.flash(Optional.of(fresh), Optional.of(old)), 0x3000);
        BurnPlan plan = plan(flash, fresh, NONE);
        assertThat(plan.slot()).isZero();
        assertThat(plan.carried().guids()).isEqualTo(TestImages.CARD);
        assertThat(plan.steps().get(0)).isEqualTo(new BurnStep.Invalidate(0, "stale"));
        assertThat(plan.notes().get(0)).contains("0x0").contains("damaged");
    }

    @Test
    void anUnreadableImageInSlot0DoesNotCostTheGoodOneInSlot1() throws Exception {
        for (int at : new int[] {0x28, 0x3c, 0x20}) {
            Bytes flash = flip(TestImages.flash(Optional.of(fresh), Optional.of(old)), at);
            BurnPlan plan = plan(flash, fresh, NONE);
            assertThat(plan.slot()).as("flipped 0x%x", at).isZero();
            assertThat(plan.image().guids()).contains(TestImages.CARD);
        }
    }

    @Test
    void anImageWhereNoneMayBeginIsPointedOut() throws Exception {
        byte[] flash = inSlot0.toArray();
        System.arraycopy(old.bytes().toArray(), 0, flash, 0x20000, 0x100);
        assertThat(refusal(Bytes.of(flash), fresh, NONE))
                .isInstanceOf(BurnFailure.UnclearFlash.class);
        BurnPlan plan = plan(Bytes.of(flash), fresh, NONE.with(BurnOptions.Choice.NOFS));
        assertThat(plan.steps()).contains(new BurnStep.Invalidate(0x20000, "old"));
    }

    @Test
    void ofTwoIntactImagesTheLowerStays() throws Exception {
        BurnPlan plan = plan(TestImages.flash(Optional.of(old), Optional.of(fresh)), fresh, NONE);
        assertThat(plan.slot()).isEqualTo(1);
        assertThat(plan.steps().get(0)).isEqualTo(new BurnStep.Invalidate(0x10000, "stale"));
    }

    @Test
    void anImageWithBlankGuidsIsNotTakenForTheOneThatBoots() throws Exception {
        Bytes flash = TestImages.flash(Optional.of(ImageEditor.withBlankGuids(fresh)),
                Optional.of(old));
        assertThat(plan(flash, fresh, NONE).slot()).isZero();
    }

    @Test
    void anotherPsidNeedsConsent() throws Exception {
        Fs2Image other = TestImages.fresh().withPsid("TEST_0002").build();
        assertThat(refusal(inSlot0, other, NONE))
                .isEqualTo(new BurnFailure.PsidMismatch("TEST_0001", "TEST_0002"));
        assertThat(plan(inSlot0, other, NONE.with(BurnOptions.Choice.PSID_CHANGE)).questions())
                .containsExactly(new BurnQuestion.PsidChange("TEST_0001", "TEST_0002"));
    }

    @Test
    void anImageOfTheOtherChipIsRefused() throws Exception {
        Fs2Image byTag = TestImages.fresh().withHardware(501, true).build();
        assertThat(refusal(inSlot0, byTag, NONE))
                .isInstanceOf(BurnFailure.WrongHardware.class)
                .extracting(BurnFailure::message).asString()
                .contains("ConnectX-3Pro").contains("ConnectX-3 A0");
        Fs2Image byDevice = TestImages.fresh().withHardware(501, false).build();
        assertThat(refusal(inSlot0, byDevice, NONE))
                .isEqualTo(new BurnFailure.WrongFamily("ConnectX-3", "ConnectX-3Pro"));
        assertThat(plan(inSlot0, byTag, NONE.with(BurnOptions.Choice.NO_DEVID_CHECK)).slot()).isEqualTo(1);
    }

    @Test
    void aDamagedImageFileIsRefusedWithOffsets() throws Exception {
        Fs2Image damaged = Fs2Image.parse(flip(fresh.bytes(), 0x2000));
        BurnFailure failure = refusal(inSlot0, damaged, NONE);
        assertThat(failure).isInstanceOf(BurnFailure.BadImage.class);
        assertThat(((BurnFailure.BadImage) failure).findings().toString()).contains("CRC");
    }

    @Test
    void bytesBehindTheImageAreNotBurnt() throws Exception {
        Fs2Image longer = Fs2Image.parse(
                new BytesBuilder().add(fresh.bytes()).fill(0x5a, 512).build());
        assertThat(plan(inSlot0, longer, NONE).image()).isEqualTo(
                plan(inSlot0, fresh, NONE).image());
    }

    @Test
    void aTooSmallSizeWordDoesNotGetPastTheSizeLimit() throws Exception {
        Fs2Image big = TestImages.fresh().withDdr(0x1f800).build();
        assertThat(refusal(inSlot0, big, NONE)).isInstanceOf(BurnFailure.TooBig.class);
        Fs2Image lying = Fs2Image.parse(BytesBuilder.copyOf(big.bytes()).setWord(0x30, 0x1000)
                .build());
        assertThat(refusal(inSlot0, lying, NONE)).isInstanceOf(BurnFailure.BadImage.class);
    }

    @Test
    void imagesWithoutVsdTagAreRefused() throws Exception {
        Section info = fresh.section(SectionType.IMAGE_INFO).orElseThrow();
        int at = fresh.info().orElseThrow().tag(5).orElseThrow().offset() - info.payloadStart();
        Bytes renamed = BytesBuilder.copyOf(info.payload()).setU8(at, 99).build();
        assertThat(refusal(inSlot0, ImageEditor.withPayload(fresh, info, renamed), NONE))
                .isInstanceOf(BurnFailure.MissingPart.class);
    }

    @Test
    void damagedGuidsOnFlashAreNotBurntAgainUnderAFreshCrc() throws Exception {
        int guids = (int) old.header().guidPointer();
        Bytes flash = flip(inSlot0, guids + 3);
        BurnFailure failure = refusal(flash, fresh, NONE);
        assertThat(failure).isInstanceOf(BurnFailure.DamagedPart.class);
        assertThat(failure.message()).contains("GUID").contains("expected").contains("found");
        assertThat(failure.advice()).contains("-guid");
        BurnPlan plan = plan(flash, fresh, NONE.withGuids(List.of(1L, 2L, 3L, 4L))
                .withMacs(List.of(5L, 6L)));
        assertThat(plan.carried().guids()).isEqualTo(GuidBlock.of(1, 2, 3, 4, 5, 6));
    }

    @Test
    void damagedGuidsAreTakenFromTheOtherSlotWhichIsSpared() throws Exception {
        int guids = (int) old.header().guidPointer();
        byte[] flash = TestImages.flash(Optional.of(old), Optional.of(TestImages.onCard().withVersion(50).build()))
                .toArray();
        flash[guids + 3] ^= 1;
        BurnPlan beside = plan(Bytes.of(flash), fresh, NONE);
        assertThat(beside.carried().guids()).isEqualTo(TestImages.CARD);
        assertThat(beside.slot()).isZero();
        // The same when the other one was invalidated.
        Arrays.fill(flash, 0x10000, 0x10004, (byte) 0);
        BurnPlan plan = plan(Bytes.of(flash), fresh, NONE);
        assertThat(plan.carried().guids()).isEqualTo(TestImages.CARD);
        assertThat(plan.slot()).isZero();
        assertThat(plan.notes()).anyMatch(note -> note.contains("an image at 0x10000 still knows the GUIDs"));
    }

    @Test
    void damagedVendorTextOnFlashIsNotTakenOver() throws Exception {
        int vsd = old.info().orElseThrow().tag(5).orElseThrow().offset() + 4;
        Bytes flash = flip(inSlot0, vsd);
        assertThat(refusal(flash, fresh, NONE)).isInstanceOf(BurnFailure.DamagedPart.class);
        assertThat(refusal(flash, fresh, NONE.withVsd("typed")).advice())
                .contains("-allow_psid_change");
        BurnOptions all = NONE.withVsd("typed").with(BurnOptions.Choice.PSID_CHANGE);
        BurnPlan plan = plan(flash, TestImages.fresh().withDdr(20000).build(), all);
        assertThat(plan.image().info().orElseThrow().vsd()).contains("typed");
        assertThat(plan.limit()).as("settings of unknown size are left alone")
                .isEqualTo(TestImages.FLASH / 2 - 0x10000);
        assertThat(refusal(flash, fresh, all)).isInstanceOf(BurnFailure.TooBig.class);
    }

    @Test
    void aRomOnFlashIsKeptUnlessTheImageHasOneOrItIsNotWanted() throws Exception {
        Bytes rom = TestImages.rom(4103);
        Bytes flash = TestImages.flash(
                Optional.of(TestImages.onCard().buildWithRom(rom)), Optional.empty());
        assertThat(plan(flash, fresh, NONE).image().romPayload()).contains(rom);
        assertThat(plan(flash, fresh, NONE.with(BurnOptions.Choice.IMAGE_ROM)).image().romPayload()).isEmpty();
        BurnFailure failure = refusal(flip(flash, rom(flash, rom) + 100), fresh, NONE);
        assertThat(failure).isInstanceOf(BurnFailure.DamagedPart.class);
        assertThat(failure.advice()).contains("-use_image_rom");
    }

    @Test
    void aRomForAnotherDeviceIsAskedAbout() throws Exception {
        Fs2Image image = TestImages.fresh().buildWithRom(TestImages.rom(4099));
        assertThat(plan(inSlot0, image, NONE).questions())
                .containsExactly(new BurnQuestion.RomForOtherDevice(4103, 4099));
    }

    @Test
    void olderAndEqualVersionsAreAskedAbout() throws Exception {
        Fs2Image same = TestImages.fresh().withVersion(100).build();
        assertThat(plan(inSlot0, same, NONE).questions()).hasSize(1)
                .allMatch(q -> q instanceof BurnQuestion.NotNewer);
    }

    @Test
    void macsWithTheMulticastBitAreRefused() throws Exception {
        assertThat(refusal(inSlot0, fresh, NONE.withMacs(List.of(0x010000000001L, 2L))))
                .isInstanceOf(BurnFailure.BadMac.class);
    }

    @Test
    void macsAreDerivedWhenTheFlashHasNone() throws Exception {
        GuidBlock four = new GuidBlock(List.of(0x0002c90300001000L, 0x0002c90300001001L,
                0x0002c90300001002L, 0x0002c90300001003L));
        Bytes flash = TestImages.flash(Optional.of(TestImages.onCard().withGuids(four).build()),
                Optional.empty());
        GuidBlock kept = plan(flash, fresh, NONE).carried().guids();
        assertThat(kept.mac(1)).isEqualTo(0x0002c9001001L);
        assertThat(kept.mac(2)).isEqualTo(0x0002c9001002L);
    }

    @Test
    void anotherChunkSizeIsRefused() throws Exception {
        Fs2Image other = TestImages.fresh().withLog2Chunk(17).build();
        assertThat(refusal(inSlot0, other, NONE))
                .isEqualTo(new BurnFailure.ChunkMismatch(0x10000, 0x20000));
    }

    @Test
    void anotherConfigPadNeedsConsent() throws Exception {
        Fs2Image other = TestImages.fresh().withConfigPad(2).build();
        assertThat(refusal(inSlot0, other, NONE))
                .isEqualTo(new BurnFailure.ConfigPadMismatch(0, 2));
        assertThat(plan(inSlot0, other, NONE.with(BurnOptions.Choice.PSID_CHANGE)).questions())
                .contains(new BurnQuestion.ConfigPadChange(0, 2));
    }

    @Test
    void aBlankFlashNeedsNofsAndAnIdentityAndGetsSlot1() throws Exception {
        Bytes blank = TestImages.flash(Optional.empty(), Optional.empty());
        assertThat(refusal(blank, fresh, NONE.with(BurnOptions.Choice.NOFS)))
                .isInstanceOf(BurnFailure.NothingToKeep.class);
        BurnOptions identity = NONE.withGuids(List.of(1L, 2L, 3L, 4L)).withMacs(List.of(5L, 6L))
                .with(BurnOptions.Choice.IMAGE_PS);
        assertThat(refusal(blank, fresh, identity))
                .isEqualTo(new BurnFailure.FailsafeMismatch(true, true));
        BurnPlan plan = plan(blank, fresh, identity.with(BurnOptions.Choice.NOFS));
        assertThat(plan.slot()).isEqualTo(1);
        assertThat(plan.failsafe()).isTrue();
    }

    @Test
    void layoutsOfDifferentKindNeedNofs() throws Exception {
        Fs2Image plain = TestImages.fresh().notFailsafe().build();
        assertThat(refusal(inSlot0, plain, NONE))
                .isEqualTo(new BurnFailure.FailsafeMismatch(false, false));
        assertThat(plan(inSlot0, plain, NONE.with(BurnOptions.Choice.NOFS)).failsafe()).isTrue();
        BurnPlan changed = plan(inSlot0, plain, NONE.with(BurnOptions.Choice.LAYOUT_CHANGE));
        assertThat(changed.failsafe()).isTrue();
        assertThat(changed.questions()).hasAtLeastOneElementOfType(BurnQuestion.SettingsAtRisk.class)
                .contains(new BurnQuestion.LayoutChange(
                Optional.of(new Placement(new ChunkMap(true, 16), 0)),
                new Placement(ChunkMap.contiguous(), 0),
                List.of(new Placement(new ChunkMap(true, 16), 1),
                        new Placement(new ChunkMap(true, 17), 1))));

        Fs2Image small = TestImages.fresh().notFailsafe().withDdr(20000).build();
        Bytes inSlot1 = TestImages.flash(Optional.empty(), Optional.of(old));
        assertThat(plan(inSlot1, small, NONE.with(BurnOptions.Choice.NOFS)).failsafe()).isTrue();
    }

    @Test
    void anImageOfMoreThanHalfTheFlashNeedsConsentToTheTimeWithoutOne() throws Exception {
        TestImages large = TestImages.fresh().notFailsafe().withDdr(140000);
        Bytes flash = TestImages.flash(Optional.of(large.withVersion(100).build()),
                Optional.empty());
        BurnPlan plan = plan(flash, large.build(), NONE);
        assertThat(plan.failsafe()).isFalse();
        assertThat(plan.danger()).hasValueSatisfying(text -> assertThat(text).contains("no room for both"));
        assertThat(plan.steps().get(0)).isEqualTo(new BurnStep.Invalidate(0, "old"));
        assertThat(plan.questions()).hasAtLeastOneElementOfType(BurnQuestion.NotFailsafe.class);
    }

    @Test
    void aSyntheticImageNeverGoesToARealCard() throws Exception {
        Section text = fresh.section(SectionType.FW_CONFIGURATION).orElseThrow();
        assertThat(text.payload().length()).isPositive();
        Fs2Image marked = ImageEditor.withBoardFile(fresh, Bytes.of(
                ";; synthetic board\n[ADAPTER]\nPSID = TEST_0001\n"
                        .getBytes(StandardCharsets.US_ASCII)));
        BurnOptions everything = NONE.with(BurnOptions.Choice.NOFS)
            .with(BurnOptions.Choice.PSID_CHANGE).with(BurnOptions.Choice.NO_DEVID_CHECK);
        FlashContent content = FlashContent.read(new MemoryFlash(inSlot0, 1), true,
                Progress.NONE);
        BurnException refused = catchThrowableOfType(BurnException.class,
                () -> BurnPlan.make(marked, content, everything, Cards.real(503)));
        assertThat(refused.failure()).isInstanceOf(BurnFailure.SyntheticImage.class);
        assertThat(plan(inSlot0, marked, NONE).slot()).isEqualTo(1);
    }

    @Test
    void aVendorTextThatDoesNotFitIsAnError() throws Exception {
        assertThat(refusal(inSlot0, fresh, NONE.withVsd("x".repeat(209))))
                .isEqualTo(new BurnFailure.VsdTooLong(209, 208));
        assertThat(refusal(inSlot0, fresh, NONE.withVsd("\u20ac")))
                .isEqualTo(new BurnFailure.BadVsd("\u20ac"));
    }

    private static int rom(Bytes flash, Bytes rom) {
        for (int at = 0; at + rom.length() <= flash.length(); at += 4) {
            if (flash.slice(at, rom.length()).equals(rom)) {
                return at;
            }
        }
        throw new AssertionError("no ROM on flash");
    }

    private static Bytes flip(Bytes flash, int at) {
        return BytesBuilder.copyOf(flash).setU8(at, flash.u8(at) ^ 1).build();
    }

    private BurnPlan plan(Bytes flash, Fs2Image image, BurnOptions options) throws Exception {
        return BurnPlan.make(new MemoryFlash(flash, 1), image, options, card);
    }

    private BurnFailure refusal(Bytes flash, Fs2Image image, BurnOptions options) {
        BurnException e = catchThrowableOfType(BurnException.class,
                () -> plan(flash, image, options));
        assertThat(e).as("a refusal").isNotNull();
        return e.failure();
    }
}
