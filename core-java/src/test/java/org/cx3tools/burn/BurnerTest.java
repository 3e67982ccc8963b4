// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.device.CardInfo;
import org.cx3tools.device.DeviceCause;
import org.cx3tools.device.DeviceException;
import org.cx3tools.flash.MemoryFlash;
import org.cx3tools.flash.Progress;
import org.cx3tools.image.Fs2Image;
import org.junit.jupiter.api.Test;

class BurnerTest {
    private final CardInfo card = Cards.virtual(503);
    private final Fs2Image old = TestImages.onCard().build();
    private final Fs2Image fresh = TestImages.fresh().build();
    private final Bytes inSlot0 = TestImages.flash(Optional.of(old), Optional.empty());

    /** Writes down what it is told; stops where it is asked to. */
    private static final class Recorder implements BurnListener {
        final List<String> steps = new ArrayList<>();
        final List<String> warnings = new ArrayList<>();
        final Map<BurnStep, Long> done = new HashMap<>();
        int calls;
        int stopAt = Integer.MAX_VALUE;

        @Override
        public void stepStarted(BurnStep step) {
            steps.add(step.text());
        }

        @Override
        public boolean progress(BurnStep step, long doneBytes, long totalBytes) {
            assertThat(doneBytes).isBetween(done.getOrDefault(step, 0L), totalBytes);
            done.put(step, doneBytes);
            return calls++ < stopAt;
        }

        @Override
        public void warning(String text) {
            warnings.add(text);
        }
    }

    @Test
    void afterABurnOnlyTheNewImageBootsAndTheBootAddressIsSet() throws Exception {
        MemoryFlash flash = new MemoryFlash(inSlot0, 1);
        List<Long> boot = new ArrayList<>();
        Recorder recorder = new Recorder();
        BurnPlan plan = plan(flash, fresh);
        Burner.execute(plan, flash, boot::add, recorder);
        assertThat(BootCode.bootable(flash.content())).containsExactly(plan.image());
        assertThat(boot).containsExactly(0x10000L);
        assertThat(recorder.steps).containsExactlyElementsOf(
                plan.steps().stream().map(BurnStep::text).toList());
        plan.steps().forEach(s -> assertThat(recorder.done.get(s)).isPositive());
    }

    @Test
    void aSecondBurnGoesBackToSlot0OverTheInvalidatedImage() throws Exception {
        MemoryFlash flash = new MemoryFlash(inSlot0, 1);
        execute(flash, fresh);
        Fs2Image third = TestImages.fresh().withVersion(300).build();
        execute(flash, third);
        assertThat(BootCode.candidates(flash.content())).singleElement()
                .matches(c -> c.start() == 0 && c.problems().isEmpty());
    }

    @Test
    void burningASiblingOfWhatTheSlotHeldErasesLittle() throws Exception {
        MemoryFlash flash = new MemoryFlash(inSlot0, 1);
        execute(flash, fresh);
        int first = flash.operations();
        execute(flash, TestImages.onCard().withVersion(300).build());
        assertThat(flash.operations() - first).isLessThan(first / 3);
    }

    @Test
    void cancellingAnywhereLeavesAnIntactImageAndTheNextBurnFinishes() throws Exception {
        Recorder whole = new Recorder();
        MemoryFlash all = new MemoryFlash(inSlot0, 1);
        Fs2Image wanted = plan(all, fresh).image();
        Burner.execute(plan(all, fresh), all, Burner.BootAddress.NONE, whole);
        int calls = whole.calls - 1;
        assertThat(calls).isGreaterThan(15);
        for (int stop = 0; stop < calls; stop++) {
            MemoryFlash flash = new MemoryFlash(inSlot0, 1);
            Recorder recorder = new Recorder();
            recorder.stopAt = stop;
            BurnException e = catchThrowableOfType(BurnException.class, () -> Burner.execute(
                    plan(flash, fresh), flash, Burner.BootAddress.NONE, recorder));
            List<Fs2Image> bootable = BootCode.bootable(flash.content());
            assertThat(bootable).as("stopped at call %d", stop).isNotEmpty();
            if (e != null) {
                assertThat(e.failure()).isInstanceOf(BurnFailure.Interrupted.class);
                assertThat(e.getMessage()).startsWith("Cancelled while");
                boolean signed = bootable.contains(wanted);
                assertThat(e.getMessage()).contains(signed ? "new image is complete"
                        : stop == 0 ? "not changed" : "old image");
            }
            if (!bootable.contains(wanted)) {
                execute(flash, fresh);
            }
            assertThat(BootCode.bootable(flash.content())).contains(wanted);
        }
    }

    @Test
    void aBitThatFlipsOnceIsWrittenAgain() throws Exception {
        MemoryFlash flash = new MemoryFlash(inSlot0, 1);
        flash.flipBitAt(100);
        Recorder recorder = new Recorder();
        BurnPlan plan = plan(flash, fresh);
        Burner.execute(plan, flash, Burner.BootAddress.NONE, recorder);
        assertThat(recorder.warnings).singleElement().asString().contains("written again");
        assertThat(BootCode.bootable(flash.content())).containsExactly(plan.image());
    }

    @Test
    void aWornOutByteStopsTheBurnBeforeTheSignatureWithAllFacts() throws Exception {
        MemoryFlash flash = new MemoryFlash(inSlot0, 1);
        BurnPlan plan = plan(flash, fresh);
        int logical = 0x4000;
        while ((plan.image().bytes().u8(logical) & 1) != 0) {
            logical++;
        }
        flash.wearOut(0x10000 + logical);
        BurnException e = catchThrowableOfType(BurnException.class, () -> Burner.execute(plan,
                flash, Burner.BootAddress.NONE, BurnListener.NONE));
        BurnFailure.VerifyFailed failure = (BurnFailure.VerifyFailed) e.failure();
        assertThat(failure.address()).isEqualTo(0x10000 + logical);
        assertThat(failure.found()).isEqualTo(failure.expected() | 1);
        assertThat(failure.message()).contains("old image").contains("still boots");
        assertThat(BootCode.bootable(flash.content())).containsExactly(old);
    }

    @Test
    void aSignatureThatDoesNotHoldLeavesTheOldImage() throws Exception {
        MemoryFlash whole = new MemoryFlash(inSlot0, 1);
        execute(whole, fresh);
        MemoryFlash flash = new MemoryFlash(inSlot0, 1);
        flash.flipBitAt(whole.operations() - 2);
        BurnException e = catchThrowableOfType(BurnException.class, () -> execute(flash, fresh));
        assertThat(e.failure()).isInstanceOf(BurnFailure.VerifyFailed.class);
        assertThat(e).hasMessageContaining("0x10000 ").hasMessageContaining("still boots");
        assertThat(BootCode.bootable(flash.content())).containsExactly(old);
        execute(flash, fresh);
        assertThat(BootCode.candidates(flash.content())).hasSize(1);
    }

    @Test
    void aBurnThatIsNotFailsafeNeedsConsent() throws Exception {
        Fs2Image plainOld = TestImages.onCard().notFailsafe().withDdr(140000).build();
        Fs2Image plain = TestImages.fresh().notFailsafe().withDdr(140000).build();
        MemoryFlash flash = new MemoryFlash(TestImages.flash(Optional.of(plainOld),
                Optional.empty()), 1);
        BurnPlan plan = plan(flash, plain);
        assertThat(plan.questions()).hasSize(1)
                .allMatch(q -> q instanceof BurnQuestion.NotFailsafe);
        BurnException e = catchThrowableOfType(BurnException.class, () -> Burner.execute(plan,
                flash, Burner.BootAddress.NONE, BurnListener.NONE));
        assertThat(e.failure()).isInstanceOf(BurnFailure.ConsentMissing.class);
        assertThat(flash.operations()).isZero();
        Burner.execute(plan.withConsent(), flash, Burner.BootAddress.NONE, BurnListener.NONE);
        assertThat(BootCode.bootable(flash.content())).containsExactly(plan.image());
        assertThat(plan.image().guids()).contains(TestImages.CARD);
    }

    @Test
    void anImageThatDecaysAfterItsSignatureLosesItAgain() throws Exception {
        MemoryFlash flash = new MemoryFlash(inSlot0, 1);
        BurnException e = catchThrowableOfType(BurnException.class, () -> Burner.execute(plan(flash, fresh), flash,
                Burner.BootAddress.NONE, new BurnListener() {
                    @Override
                    public void stepStarted(BurnStep step) {
                        if (step instanceof BurnStep.VerifyAgain) {
                            try {
                                flash.program(0x18000, new byte[1], 0, 1, Progress.NONE);
                            } catch (DeviceException x) {
                                throw new AssertionError(x);
                            }
                        }
                    }
                }));
        assertThat(e.failure()).isInstanceOf(BurnFailure.VerifyFailed.class);
        assertThat(e).hasMessageContaining("0x18000 ").hasMessageContaining("still boots");
        assertThat(BootCode.candidates(flash.content())).hasSize(1);
        assertThat(BootCode.bootable(flash.content())).containsExactly(old);
    }

    @Test
    void aFlashThatChangedSinceThePlanIsLeftAlone() throws Exception {
        MemoryFlash flash = new MemoryFlash(inSlot0, 1);
        BurnPlan plan = plan(flash, fresh);
        execute(flash, fresh);
        int before = flash.operations();
        BurnException e = catchThrowableOfType(BurnException.class, () -> Burner.execute(plan,
                flash, Burner.BootAddress.NONE, BurnListener.NONE));
        assertThat(e.failure()).isInstanceOf(BurnFailure.FlashChanged.class);
        assertThat(flash.operations()).isEqualTo(before);
    }

    @Test
    void aRefusedBootAddressIsAWarning() throws Exception {
        MemoryFlash flash = new MemoryFlash(inSlot0, 1);
        Recorder recorder = new Recorder();
        Burner.execute(plan(flash, fresh), flash, start -> {
            throw new DeviceException(DeviceCause.ALL_ONES, "gone");
        }, recorder);
        assertThat(recorder.warnings).singleElement().asString().contains("Power cycle");
        assertThat(BootCode.candidates(flash.content())).hasSize(1);
    }

    @Test
    void theIntactImageOfTwoIsReadForABackup() throws Exception {
        byte[] flash = TestImages.flash(Optional.of(fresh), Optional.of(old)).toArray();
        flash[0x3000] ^= 4;
        MemoryFlash port = new MemoryFlash(Bytes.of(flash), 1);
        FlashReader.Reading reading = FlashReader.current(port, Progress.NONE);
        assertThat(reading.image()).isEqualTo(old);
        assertThat(reading.problems()).isEmpty();
        assertThat(FlashReader.at(port, 0, Progress.NONE).problems()).isNotEmpty();
        assertThat(FlashReader.dump(port, Progress.NONE)).isEqualTo(Bytes.of(flash));
    }

    private BurnPlan plan(MemoryFlash flash, Fs2Image image) throws Exception {
        return BurnPlan.make(flash, image, BurnOptions.defaults(), card);
    }

    private void execute(MemoryFlash flash, Fs2Image image) throws Exception {
        Burner.execute(plan(flash, image), flash, Burner.BootAddress.NONE, BurnListener.NONE);
    }
}
