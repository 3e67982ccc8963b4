// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.device.CardInfo;
import org.cx3tools.flash.MemoryFlash;
import org.cx3tools.flash.Progress;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageEditor;
import org.junit.jupiter.api.Test;

/** The power fails in the middle of every single flash operation. */
class PowerCutTest {
    private final long seed = Long.getLong("cx3.seed", 20);
    private final CardInfo card = Cards.virtual(503);

    @Test
    void everyCutOfABurnFromSlot0LeavesAnIntactImageWithTheGuidsOfTheCard() throws Exception {
        cutEverywhere(TestImages.flash(Optional.of(TestImages.onCard().build()),
                Optional.empty()));
    }

    @Test
    void everyCutOfABurnFromSlot1LeavesAnIntactImageWithTheGuidsOfTheCard() throws Exception {
        cutEverywhere(TestImages.flash(Optional.empty(),
                Optional.of(TestImages.onCard().build())));
    }

    @Test
    void everyCutOfABurnOverAnOldInvalidatedImageLeavesAnIntactOne() throws Exception {
        Fs2Image other = TestImages.onCard().withVersion(50).withDdr(60000).build();
        Bytes flash = TestImages.flash(Optional.of(TestImages.onCard().build()),
                Optional.of(other));
        byte[] bytes = flash.toArray();
        for (int i = 0; i < 4; i++) {
            bytes[0x10000 + i] = 0;
        }
        cutEverywhere(Bytes.of(bytes));
    }

    @Test
    void everyCutOfABurnOverAStaleImageWithMagicLeavesAnIntactOne() throws Exception {
        Fs2Image stale = TestImages.onCard().withVersion(50).withDdr(60000).build();
        byte[] bytes = TestImages.flash(Optional.of(TestImages.onCard().build()),
                Optional.of(stale)).toArray();
        bytes[0x12000] ^= 1;
        cutEverywhere(Bytes.of(bytes));
    }

    @Test
    void everyCutOfAChangeOfTheImageOnFlashLeavesTheOldOrTheChangedOne() throws Exception {
        Bytes rom = TestImages.rom(4103);
        Bytes before = TestImages.flash(Optional.of(TestImages.onCard().buildWithRom(rom)),
                Optional.empty());
        for (Change change : List.<Change>of(
                image -> ImageChanges.withVsd(image, "rack 7"),
                image -> ImageChanges.withIdentity(image, Optional.of(List.of(1L, 2L, 3L, 4L)),
                        Optional.empty()),
                image -> ImageChanges.withRom(image, TestImages.rom(4099), false),
                image -> ImageChanges.withoutRom(image, false))) {
            Fs2Image old = BootCode.bootable(before).get(0);
            cutEverywhere(before, change.of(old), flash -> burn(flash, change));
        }
    }

    @Test
    void thisHarnessFindsABurnerThatInvalidatesTheOldImageTooEarly() throws Exception {
        Bytes before = TestImages.flash(Optional.of(TestImages.onCard().build()),
                Optional.empty());
        MemoryFlash flash = new MemoryFlash(before, seed);
        BurnPlan good = BurnPlan.make(TestImages.fresh().build(),
                FlashContent.read(flash, true, Progress.NONE), BurnOptions.defaults(), card);
        List<BurnStep> steps = new ArrayList<>(good.steps());
        Collections.rotate(steps, 1);
        flash.cutAt(100);
        assertThat(catchThrowable(() -> Burner.execute(good.withSteps(steps), flash,
                Burner.BootAddress.NONE, BurnListener.NONE))).isNotNull();
        assertThat(BootCode.bootable(flash.content())).isEmpty();
    }

    @Test
    void afterACutOfABurnThatIsNotFailsafeBurningAgainNearlyAlwaysKnowsTheCard()
            throws Exception {
        Bytes before = TestImages.flash(
                Optional.of(TestImages.onCard().notFailsafe().build()), Optional.empty());
        Fs2Image fresh = TestImages.fresh().notFailsafe().build();
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

    private void burnWithConsent(MemoryFlash flash, Fs2Image image) throws Exception {
        FlashContent content = FlashContent.read(flash, true, Progress.NONE);
        BurnPlan plan = BurnPlan.make(image, content, BurnOptions.defaults(), card);
        Burner.execute(plan.withConsent(), flash, Burner.BootAddress.NONE, BurnListener.NONE);
    }

    private void cutEverywhere(Bytes before) throws Exception {
        Fs2Image fresh = TestImages.fresh().build();
        cutEverywhere(before, ImageEditor.withVsd(ImageEditor.withGuids(fresh, TestImages.CARD),
                "old vendor text"), flash -> burn(flash, fresh));
    }

    private interface Change {
        Fs2Image of(Fs2Image image) throws BurnException;
    }

    private interface Work {
        void on(MemoryFlash flash) throws Exception;
    }

    private void cutEverywhere(Bytes before, Fs2Image wanted, Work work) throws Exception {
        Fs2Image old = BootCode.bootable(before).get(0);
        MemoryFlash whole = new MemoryFlash(before, seed);
        work.on(whole);
        int operations = whole.operations();
        assertThat(operations).isGreaterThan(30);
        assertThat(BootCode.bootable(whole.content())).containsExactly(wanted);
        for (int cut = 0; cut < operations; cut++) {
            MemoryFlash flash = new MemoryFlash(before, seed + cut);
            flash.cutAt(cut);
            Throwable failure = catchThrowable(() -> work.on(flash));
            assertThat(failure).as("cut %d, seed %d", cut, seed)
                    .isInstanceOf(BurnException.class);
            List<Fs2Image> bootable = BootCode.bootable(flash.content());
            assertThat(bootable).as("cut %d, seed %d", cut, seed).isNotEmpty();
            assertThat(bootable).as("cut %d, seed %d", cut, seed)
                    .allMatch(i -> i.equals(old) || i.equals(wanted));
            assertSettingsKept(flash.content(), before);

            flash.powerOn();
            if (!bootable.contains(wanted)) {
                work.on(flash);
                assertThat(BootCode.bootable(flash.content()))
                        .as("burnt again after cut %d, seed %d", cut, seed)
                        .containsExactly(wanted);
            }
        }
    }

    private static void assertSettingsKept(Bytes now, Bytes before) {
        for (int end : new int[] {0x30000, 0x40000}) {
            assertThat(now.slice(end - 0x1000, 0x1000))
                    .isEqualTo(before.slice(end - 0x1000, 0x1000));
        }
    }

    private void burn(MemoryFlash flash, Change change) throws Exception {
        FlashEdit edit = FlashEdit.read(flash, card, Progress.NONE);
        BurnPlan plan = edit.plan(change.of(edit.image()));
        assertThat(plan.failsafe()).isTrue();
        Burner.execute(plan, flash, Burner.BootAddress.NONE, BurnListener.NONE);
    }

    private void burn(MemoryFlash flash, Fs2Image image) throws Exception {
        FlashContent content = FlashContent.read(flash, true, Progress.NONE);
        BurnPlan plan = BurnPlan.make(image, content, BurnOptions.defaults(), card);
        assertThat(plan.failsafe()).isTrue();
        Burner.execute(plan, flash, Burner.BootAddress.NONE, BurnListener.NONE);
    }
}
