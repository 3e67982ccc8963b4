// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.Seed;
import org.cx3tools.device.CardInfo;
import org.cx3tools.flash.MemoryFlash;
import org.cx3tools.flash.Progress;
import org.cx3tools.image.ChunkMap;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageEditor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The power fails at every single flash operation, for every layout and every kind of change. */
class PowerCutTest {
    private static final int CHUNK = 0x10000;

    @TempDir
    static Path folder;

    private static final CardInfo CARD = Cards.virtual(503);
    private static BootJudge judge;
    private static long seed;
    private static int points;

    @BeforeAll
    static void cards() throws Exception {
        judge = new BootJudge(folder);
        seed = Seed.start("power cuts").nextInt(1 << 20);
    }

    @AfterAll
    static void count() {
        System.out.println("power cuts: " + points + " points, " + judge.boots() + " boots of a virtual card");
    }

    /** What is on the flash before. */
    private enum Before {
        SLOT_0, SLOT_1, TWO_GOOD, SLOT_0_DAMAGED, SLOT_1_STALE, SLOT_1_INVALIDATED, NOT_FAILSAFE, LARGER_CHUNKS;

        Bytes flash() throws Exception {
            return withSettings(images(), map());
        }

        private Bytes images() throws Exception {
            Optional<Fs2Image> image = Optional.of(TestImages.onCard().build());
            Optional<Fs2Image> other = Optional.of(TestImages.onCard().withVersion(50).withDdr(60000).build());
            return switch (this) {
                case SLOT_0 -> flashOf(image, Optional.empty());
                case SLOT_1 -> flashOf(Optional.empty(), image);
                case TWO_GOOD -> flashOf(image, other);
                case SLOT_0_DAMAGED -> with(flashOf(other, image), 0x3000, 0x55);
                case SLOT_1_STALE -> with(flashOf(image, other), CHUNK + 0x2000, 0x55);
                case SLOT_1_INVALIDATED -> with(flashOf(image, other), CHUNK, 0, 0, 0, 0);
                case NOT_FAILSAFE -> flashOf(Optional.of(TestImages.onCard().notFailsafe().build()),
                    Optional.empty());
                case LARGER_CHUNKS -> flashOf(Optional.of(TestImages.onCard().withLog2Chunk(17).build()),
                    Optional.empty());
            };
        }

        ChunkMap map() {
            return switch (this) {
                case NOT_FAILSAFE -> ChunkMap.contiguous();
                case LARGER_CHUNKS -> new ChunkMap(true, 17);
                default -> new ChunkMap(true, 16);
            };
        }
    }

    private static Bytes flashOf(Optional<Fs2Image> slot0, Optional<Fs2Image> slot1) {
        return TestImages.flash(PowerCuts.FLASH, slot0, slot1);
    }

    private static Bytes withSettings(Bytes flash, ChunkMap map) {
        List<Integer> places = PowerCuts.settings(map);
        return with(with(flash, places.get(0) + 0x10, 1, 2, 3), places.get(1) + 0x20, 4, 5, 6);
    }

    private static Bytes with(Bytes flash, int at, int... values) {
        byte[] bytes = flash.toArray();
        for (int i = 0; i < values.length; i++) {
            bytes[at + i] = (byte) values[i];
        }
        return Bytes.of(bytes);
    }

    private static final List<ChunkMap> LAYOUTS = List.of(new ChunkMap(true, 16), ChunkMap.contiguous(),
        new ChunkMap(true, 17));

    @TestFactory
    List<DynamicTest> everyCutOfABurnLeavesTheOldOrTheNewImage() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Before before : Before.values()) {
            for (ChunkMap map : LAYOUTS) {
                String name = before + " to " + (map.failsafe() ? "chunks of " + map.chunkSize() : "not failsafe");
                tests.add(DynamicTest.dynamicTest(name, () -> {
                    Fs2Image fresh = ImageEditor.withChunkMap(TestImages.fresh().build(), map);
                    Fs2Image wanted = ImageEditor.withVsd(ImageEditor.withGuids(fresh, TestImages.CARD),
                        "old vendor text");
                    points += new PowerCuts(name, before.flash(), before.map(), wanted, seed,
                        flash -> burn(flash, fresh)).on(judge).everywhere();
                }));
            }
        }
        return tests;
    }

    private interface Change {
        Fs2Image of(Fs2Image image) throws BurnException;
    }

    @TestFactory
    List<DynamicTest> everyCutOfAChangeLeavesTheOldOrTheChangedImage() {
        List<DynamicTest> tests = new ArrayList<>();
        for (boolean failsafe : new boolean[] {true, false}) {
            change(tests, failsafe, "VSD", image -> ImageChanges.withVsd(image, "rack 7"));
            change(tests, failsafe, "GUIDs", image -> ImageChanges.withIdentity(image,
                Optional.of(List.of(1L, 2L, 3L, 4L)), Optional.empty()));
            change(tests, failsafe, "ROM", image -> ImageChanges.withRom(image, TestImages.rom(4099), false));
            change(tests, failsafe, "no ROM", image -> ImageChanges.withoutRom(image, false));
        }
        return tests;
    }

    private static void change(List<DynamicTest> tests, boolean failsafe, String what, Change change) {
        String name = what + (failsafe ? "" : ", not failsafe");
        TestImages image = failsafe ? TestImages.onCard() : TestImages.onCard().notFailsafe();
        tests.add(DynamicTest.dynamicTest(name, () -> {
            Fs2Image old = image.buildWithRom(TestImages.rom(4103));
            ChunkMap map = old.header().chunkMap();
            Bytes before = withSettings(flashOf(Optional.of(old), Optional.empty()), map);
            Fs2Image wanted = change.of(old);
            BurnOptions finish = BurnOptions.defaults().with(BurnOptions.Choice.IMAGE_GUIDS)
                .with(BurnOptions.Choice.IMAGE_PS).with(BurnOptions.Choice.IMAGE_ROM)
                .with(BurnOptions.Choice.LAYOUT_CHANGE);
            points += new PowerCuts(name, before, map, wanted, seed, flash -> {
                if (BootCode.bootable(flash.content()).contains(old)) {
                    FlashEdit edit = FlashEdit.read(flash, CARD, Progress.NONE);
                    execute(edit.plan(change.of(edit.image())), flash);
                } else {
                    // Only a copy of the new image is there: the journal knows what it was to become.
                    execute(BurnPlan.make(flash, wanted, finish, CARD), flash);
                }
            }).on(judge).everywhere();
        }));
    }

    @TestFactory
    List<DynamicTest> everyCutOfARestoreLeavesTheOldImageOrThatOfTheBackup() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Before before : List.of(Before.SLOT_0, Before.SLOT_1, Before.TWO_GOOD, Before.NOT_FAILSAFE)) {
            for (Before home : List.of(Before.SLOT_0, Before.TWO_GOOD, Before.NOT_FAILSAFE)) {
                String name = before + ", restored to " + home;
                tests.add(DynamicTest.dynamicTest(name, () -> {
                    Bytes backup = backup(home);
                    FlashContent kept = FlashContent.of(new MemoryFlash(backup, seed).info(), backup);
                    Fs2Image image = BootCode.bootable(backup).get(0);
                    points += new PowerCuts(name, before.flash(), before.map(), image, seed, flash -> execute(
                        RecoveryPlans.restoreExactly(kept, FlashContent.whole(flash, Progress.NONE), CARD), flash))
                        .exactly(backup).on(judge).everywhere();
                    ChunkMap map = image.header().chunkMap();
                    points += new PowerCuts(name + ", image", before.flash(), before.map(), image, seed, flash ->
                        execute(RecoveryPlans.restoreImage(kept, FlashContent.whole(flash, Progress.NONE), CARD),
                            flash)).on(judge).everywhere();
                    assertThat(map).isEqualTo(home.map());
                }));
            }
        }
        return tests;
    }

    /** Other firmware, other settings, and something in between. */
    private static Bytes backup(Before home) throws Exception {
        TestImages was = TestImages.onCard().withVersion(77).withDdr(66000);
        Optional<Fs2Image> image = Optional.of((home == Before.NOT_FAILSAFE ? was.notFailsafe() : was).build());
        Bytes flash = flashOf(image, home == Before.TWO_GOOD
            ? Optional.of(TestImages.onCard().withVersion(50).withDdr(60000).build()) : Optional.empty());
        return with(with(flash, 0x6f100, 9, 8, 7), 0x5a000, 1, 1, 1, 1);
    }

    @Test
    void everyCutOfBringingAnImageBackLeavesWhatBoots() throws Exception {
        Fs2Image image = TestImages.onCard().build();
        Fs2Image other = TestImages.onCard().withVersion(50).withDdr(60000).build();
        ChunkMap map = new ChunkMap(true, 16);
        Bytes invalidated = withSettings(with(flashOf(Optional.of(image), Optional.of(other)), CHUNK, 0, 0, 0, 0), map);
        points += new PowerCuts("back to the old one", invalidated, map, other, seed, flash -> {
            FlashContent content = FlashContent.whole(flash, Progress.NONE);
            FlashSituation situation = FlashSituation.of(content);
            execute(situation.complete().isEmpty() ? content.starts().contains((long) CHUNK)
                ? RecoveryPlans.keep(content, CHUNK) : RecoveryPlans.finish(other, content, CARD)
                : RecoveryPlans.sign(content, situation.complete().get(0)), flash);
        }).on(judge).everywhere();
        Bytes both = withSettings(flashOf(Optional.of(image), Optional.of(other)), map);
        points += new PowerCuts("one of two", both, map, image, seed,
            flash -> execute(RecoveryPlans.keep(FlashContent.whole(flash, Progress.NONE), 0), flash))
            .on(judge).everywhere();
    }

    private static void burn(MemoryFlash flash, Fs2Image image) throws Exception {
        execute(BurnPlan.make(flash, image, BurnOptions.defaults().with(BurnOptions.Choice.LAYOUT_CHANGE), CARD), flash);
    }

    private static void execute(BurnPlan plan, MemoryFlash flash) throws Exception {
        assertThat(plan.dangerous()).as(plan.danger().orElse("")).isFalse();
        Burner.execute(plan, flash, Burner.BootAddress.NONE, BurnListener.NONE);
    }

    /** A burner that does something wrong has to be found out. */
    private static List<String> failures(String name, UnaryOperator<List<BurnStep>> wrong, int flipAt)
            throws Exception {
        Fs2Image fresh = TestImages.fresh().build();
        Fs2Image wanted = ImageEditor.withVsd(ImageEditor.withGuids(fresh, TestImages.CARD), "old vendor text");
        return new PowerCuts(name, Before.SLOT_0.flash(), Before.SLOT_0.map(), wanted, seed, flash -> {
            if (flipAt >= 0) {
                flash.flipBitAt(flipAt);
            }
            BurnPlan plan = BurnPlan.make(flash, fresh, BurnOptions.defaults(), CARD);
            Burner.execute(plan.withSteps(wrong.apply(new ArrayList<>(plan.steps()))), flash,
                Burner.BootAddress.NONE, BurnListener.NONE);
        }).failures();
    }

    @Test
    void aRightBurnerPassesTheSameHarness() throws Exception {
        assertThat(failures("right", steps -> steps, -1)).isEmpty();
        // One bit that goes wrong is found by reading back and put right.
        assertThat(failures("right, a bit", steps -> steps, 40)).isEmpty();
    }

    @Test
    void aBurnerThatWritesTheSignatureFirstIsFoundOut() throws Exception {
        assertThat(failures("signature first", steps -> {
            BurnStep signature = steps.stream().filter(BurnStep.WriteSignature.class::isInstance).findFirst()
                .orElseThrow();
            steps.remove(signature);
            steps.add(0, signature);
            return steps;
        }, -1)).hasSizeGreaterThan(1).anyMatch(text -> text.contains("signature at 0x10000 over"));
    }

    @Test
    void aBurnerThatInvalidatesTheOldImageTooEarlyIsFoundOut() throws Exception {
        assertThat(failures("invalidates first", steps -> {
            BurnStep last = steps.remove(steps.size() - 1);
            steps.add(0, last);
            return steps;
        }, -1)).hasSizeGreaterThan(100).anyMatch(text -> text.contains("nothing boots"));
    }

    @Test
    void aBurnerThatDoesNotReadBackIsFoundOut() throws Exception {
        assertThat(failures("no read-back", steps -> {
            steps.removeIf(step -> step instanceof BurnStep.VerifySlot);
            return steps;
        }, 40)).anyMatch(text -> text.contains("without a cut"))
            .anyMatch(text -> text.contains("signature at 0x10000 over"));
    }

    @Test
    void whereTheSettingsFindNoPlaceOnTheWayTheOperatorHasToAgree() throws Exception {
        Fs2Image fresh = TestImages.fresh().notFailsafe().build();
        MemoryFlash flash = new MemoryFlash(TestImages.flash(Optional.of(TestImages.onCard().build()),
            Optional.empty()), seed);
        BurnPlan plan = BurnPlan.make(flash, fresh, BurnOptions.defaults().with(BurnOptions.Choice.LAYOUT_CHANGE), CARD);
        assertThat(plan.failsafe()).isTrue();
        assertThat(plan.settingsRisk()).hasValueSatisfying(text -> assertThat(text).contains("no place on the way"));
        assertThat(catchThrowable(() -> Burner.execute(plan, flash, Burner.BootAddress.NONE, BurnListener.NONE)))
            .hasMessageContaining("no place on the way");
        assertThat(flash.operations()).isZero();
        Bytes before = flash.content();
        Burner.execute(plan.withConsent(), flash, Burner.BootAddress.NONE, BurnListener.NONE);
        assertThat(BootCode.bootable(flash.content())).containsExactly(plan.image());
        assertThat(flash.content().slice(0x3e000, 0x1000)).isEqualTo(before.slice(0x2f000, 0x1000));
        assertThat(flash.content().slice(0x3f000, 0x1000)).isEqualTo(before.slice(0x3f000, 0x1000));
    }

    @Test
    void whereTheFlashHasNoRoomForBothBurningAgainNearlyAlwaysKnowsTheCard() throws Exception {
        Bytes before = TestImages.flash(
            Optional.of(TestImages.onCard().notFailsafe().withDdr(140000).build()), Optional.empty());
        Fs2Image fresh = TestImages.fresh().notFailsafe().withDdr(141000).build();
        assertThat(catchThrowable(() -> Burner.execute(BurnPlan.make(new MemoryFlash(before, seed), fresh,
            BurnOptions.defaults(), CARD), new MemoryFlash(before, seed), Burner.BootAddress.NONE,
            BurnListener.NONE))).hasMessageContaining("no room for both");
        MemoryFlash whole = new MemoryFlash(before, seed);
        burnWithConsent(whole, fresh);
        Fs2Image wanted = BootCode.bootable(whole.content()).get(0);
        assertThat(wanted.guids()).contains(TestImages.CARD);
        int unknown = 0;
        for (int cut = 0; cut < whole.operations(); cut++) {
            MemoryFlash flash = new MemoryFlash(before, seed + cut);
            flash.cutAt(cut);
            assertThat(catchThrowable(() -> burnWithConsent(flash, fresh))).isNotNull();
            flash.powerOn();
            Throwable failure = catchThrowable(() -> burnWithConsent(flash, fresh));
            if (failure != null) {
                assertThat(((BurnException) failure).failure())
                    .isInstanceOf(BurnFailure.NothingToKeep.class);
                assertThat(((BurnException) failure).advice()).containsAnyOf("-guid", "-vsd");
                unknown++;
                continue;
            }
            assertThat(BootCode.bootable(flash.content())).as("cut %d, seed %d", cut, seed)
                .containsExactly(wanted);
        }
        // Only while the unit with the GUIDs themselves is between erase and program.
        assertThat(unknown).isBetween(1, 12);
    }

    private static void burnWithConsent(MemoryFlash flash, Fs2Image image) throws Exception {
        BurnPlan plan = BurnPlan.make(flash, image, BurnOptions.defaults(), CARD);
        Burner.execute(plan.withConsent(), flash, Burner.BootAddress.NONE, BurnListener.NONE);
    }
}
