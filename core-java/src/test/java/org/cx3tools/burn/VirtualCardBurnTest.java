// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.Random;
import org.cx3tools.binary.Bytes;
import org.cx3tools.device.AccessCounters;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceCause;
import org.cx3tools.device.DeviceException;
import org.cx3tools.flash.Progress;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.nativecore.NativeException;
import org.cx3tools.nativecore.NativeSimFault;
import org.cx3tools.nativecore.NativeSimInfo;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Burning through registers, gateway and chip of a virtual card. */
class VirtualCardBurnTest {
    private static final double READS_PER_KIB_OF_A_READ = 400;
    private static final double WRITES_PER_KIB_OF_A_READ = 140;
    private static final double ACCESSES_PER_KIB_OF_A_BURN = 560;

    @TempDir
    private Path folder;
    private final Fs2Image old = TestImages.onCard().build();
    private final Fs2Image fresh = TestImages.fresh().build();

    @Test
    void burningTwiceUsesBothSlotsAndTheCardBootsWhatWasBurnt() throws Exception {
        VirtualCard card = VirtualCard.small(folder, "card", old);
        card.burn(fresh);
        assertThat(card.info().bootAddress()).isZero();
        card.powerCycle(NativeSimInfo.BootPolicy.LOWEST);
        assertThat(card.info().booted()).isTrue();
        assertThat(card.info().bootAddress()).isEqualTo(0x10000);
        assertThat(card.info().fwSubminor()).isEqualTo(200);
        card.burn(TestImages.onCard().withVersion(300).build());
        card.powerCycle(NativeSimInfo.BootPolicy.HIGHEST);
        assertThat(card.info().bootAddress()).isZero();
        assertThat(card.info().fwSubminor()).isEqualTo(300);
        assertThat(BootCode.bootable(card.content())).singleElement()
                .matches(i -> i.guids().orElseThrow().equals(TestImages.CARD));
        assertThat(card.info().violations()).as(card.info().lastViolation()).isZero();
        assertThat(card.info().semaphoresHeld() >> 40 & 1).isZero();
        assertThat(card.info().semaphoresHeld() >>> 63).isZero();
    }

    @Test
    void aChipResetStartsTheNewImage() throws Exception {
        VirtualCard card = VirtualCard.small(folder, "card", old);
        card.burn(fresh);
        try (Device device = card.openClosedFlash()) {
            device.reset();
            assertThat(device.runningVersion().orElseThrow()).hasToString("2.36.0200");
        }
        assertThat(card.info().bootAddress()).isEqualTo(0x10000);
    }

    @Test
    void readingAndBurningStayWithinTheirRegisterBudget() throws Exception {
        VirtualCard card = VirtualCard.whole(folder, "card");
        Fs2Image image = SyntheticImage.of(CardModel.HP_764285_B21).seed(99).build();
        double kib = image.size() / 1024.0;
        try (Device device = card.open()) {
            AccessCounters start = device.counters();
            assertThat(FlashReader.current(device.flash(), Progress.NONE).problems()).isEmpty();
            AccessCounters read = device.counters().since(start);
            System.out.printf("read: %.1f R + %.1f W per KiB%n", read.reads() / kib,
                    read.writes() / kib);
            assertThat(read.reads() / kib).isLessThanOrEqualTo(READS_PER_KIB_OF_A_READ);
            assertThat(read.writes() / kib).isLessThanOrEqualTo(WRITES_PER_KIB_OF_A_READ);
        }
        try (Device device = card.open()) {
            BurnPlan plan = BurnPlan.make(device, image, BurnOptions.defaults().with(BurnOptions.Choice.VERIFY_ONCE));
            Burner.execute(plan, device, BurnListener.NONE);
            AccessCounters burn = device.counters();
            System.out.printf("burn: %.1f R + %.1f W per KiB%n", burn.reads() / kib,
                    burn.writes() / kib);
            assertThat(burn.reads() / kib).isLessThanOrEqualTo(ACCESSES_PER_KIB_OF_A_BURN);
            assertThat(burn.writes() / kib).isLessThanOrEqualTo(ACCESSES_PER_KIB_OF_A_BURN);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "STUCK_GATEWAY, 3000, 0, 0, GATEWAY_TIMEOUT",
        "STUCK_CHIP, 20, 0, 0, FLASH_BUSY_TIMEOUT",
        "WRONG_BIT, 30, 0, 77, VERIFY_FAILED",
        "PROTECTION, 0, 0, 28, FLASH_PROTECTED",
        "LOCK_HELD, 0, 0, 983968, SEMAPHORE_TIMEOUT",
        "NO_CHIP, 0, 0, 0, NO_FLASH",
        "CR_LOCKED, 0, 0, 0, CR_SPACE_LOCKED",
    })
    void everyFaultIsNamedTheLocksComeBackAndTheNextBurnWorks(NativeSimFault.Kind kind, long at,
            long count, int value, DeviceCause cause) throws Exception {
        VirtualCard card = VirtualCard.small(folder, "card", old);
        card.fault(kind, at, count, value);
        Throwable thrown = catchThrowable(() -> card.burn(fresh));
        assertThat(cause(thrown)).isEqualTo(cause);
        if (thrown instanceof BurnException) {
            assertThat(thrown).hasMessageContaining("still boots");
        }
        assertThat(BootCode.bootable(card.content())).contains(old);
        card.noFault();
        try (Device device = card.openClosedFlash()) {
            assertThat(device.lockState().free()).isTrue();
        }
        card.burn(fresh);
        assertThat(BootCode.bootable(card.content())).hasSize(1);
    }

    @Test
    void aBitThatIsWrongOnceIsWrittenAgain() throws Exception {
        VirtualCard card = VirtualCard.small(folder, "card", old);
        card.fault(NativeSimFault.Kind.WRONG_BIT, 40, 1, 33);
        card.burn(fresh);
        assertThat(BootCode.bootable(card.content())).hasSize(1);
    }

    @Test
    void aBitThatStaysWrongIsReportedWithItsPlaceAndBothValues() throws Exception {
        VirtualCard card = VirtualCard.small(folder, "card", old);
        card.fault(NativeSimFault.Kind.WRONG_BIT, 30, 0, 77);
        BurnException e = catchThrowableOfType(BurnException.class, () -> card.burn(fresh));
        BurnFailure.VerifyFailed failed = (BurnFailure.VerifyFailed) e.failure();
        assertThat(Integer.bitCount(failed.expected() ^ failed.found())).isEqualTo(1);
        assertThat(e).hasMessageContaining(String.format("0x%x", failed.address()))
                .hasMessageContaining(String.format("0x%02x", failed.expected()))
                .hasMessageContaining(String.format("0x%02x", failed.found()))
                .hasMessageContaining("still boots");
        assertThat(BootCode.bootable(card.content())).contains(old);
    }

    /** The locks have no owner: somebody may free those of a burn. What is written is verified all the same. */
    @Test
    void locksThatAreTakenAwayInTheMiddleDoNotSpoilTheBurn() throws Exception {
        VirtualCard card = VirtualCard.small(folder, "card", old);
        try (Device device = card.open()) {
            BurnPlan plan = BurnPlan.make(device, fresh, BurnOptions.defaults());
            boolean[] stolen = new boolean[1];
            Burner.execute(plan, device, new BurnListener() {
                @Override
                public boolean progress(BurnStep step, long done, long total) {
                    if (step instanceof BurnStep.WriteBody && done > total / 2 && !stolen[0]) {
                        stolen[0] = true;
                        try {
                            card.fault(NativeSimFault.Kind.LOCK_HELD, 1, 0, 0xf03fc);
                            card.noFault();
                        } catch (NativeException e) {
                            throw new AssertionError(e);
                        }
                    }
                    return true;
                }
            });
            assertThat(stolen[0]).isTrue();
        }
        assertThat(BootCode.bootable(card.content())).hasSize(1).doesNotContain(old);
    }

    /** A driver that loads takes the gateway lock while it resets the chip; firmware may for its own flash. */
    @Test
    void aGatewayLockThatIsTakenForASecondIsWaitedFor() throws Exception {
        VirtualCard card = VirtualCard.small(folder, "card", old);
        card.fault(NativeSimFault.Kind.LOCK_HELD, card.info().nowMicros() + 1_000_000, 0, 0xf03fc);
        card.burn(fresh);
        assertThat(card.info().nowMicros()).isGreaterThan(1_000_000);
        assertThat(BootCode.bootable(card.content())).hasSize(1).doesNotContain(old);
    }

    /** Between two places where a burn can be stopped lie at most one erase and some pages. */
    @Test
    void aBurnCanBeStoppedWithinOnePageTimeAndAFifthOfASecond() throws Exception {
        VirtualCard card = VirtualCard.small(folder, "card", old);
        byte[] noise = new byte[0x10000];
        new Random(1).nextBytes(noise);
        card.poke(0x10000, noise);
        try (Device device = card.open()) {
            BurnPlan plan = BurnPlan.make(device, fresh, BurnOptions.defaults());
            long[] last = {card.info().nowMicros()};
            long[] longest = new long[1];
            Burner.execute(plan, device, new BurnListener() {
                @Override
                public boolean progress(BurnStep step, long done, long total) {
                    try {
                        long now = card.info().nowMicros();
                        longest[0] = Math.max(longest[0], now - last[0]);
                        last[0] = now;
                    } catch (NativeException e) {
                        throw new AssertionError(e);
                    }
                    return true;
                }
            });
            System.out.printf("burn: at most %d us between two places to stop%n", longest[0]);
            assertThat(longest[0]).isBetween(1000L, 200_700L);
        }
    }

    @Test
    void everyPowerCutLeavesACardThatBootsUnderBothPolicies() throws Exception {
        VirtualCard whole = VirtualCard.small(folder, "whole", old);
        NativeSimInfo before = whole.info();
        whole.burn(fresh);
        long operations = whole.info().programs() - before.programs()
                + whole.info().erases() - before.erases();
        assertThat(operations).isGreaterThan(280);
        Fs2Image wanted = BootCode.bootable(whole.content()).get(0);
        long step = Long.getLong("cx3.cutStep", 9);
        for (long cut = 1; cut <= operations; cut = next(cut, step, operations)) {
            VirtualCard card = VirtualCard.small(folder, "card" + cut, old);
            card.fault(NativeSimFault.Kind.POWER_CUT_AT_OP, cut, 0, 0);
            Throwable thrown = catchThrowable(
                    () -> card.burn(fresh));
            assertThat(cause(thrown)).as("cut %d", cut).isEqualTo(DeviceCause.POWER_CUT);
            for (NativeSimInfo.BootPolicy policy : NativeSimInfo.BootPolicy.values()) {
                card.powerCycle(policy);
                assertThat(card.info().booted()).as("cut %d, %s", cut, policy).isTrue();
            }
            assertThat(BootCode.bootable(card.content())).as("cut %d", cut).isNotEmpty()
                    .allMatch(i -> i.equals(old) || i.equals(wanted));
            if (!BootCode.bootable(card.content()).contains(wanted)) {
                card.burn(fresh);
            }
            assertThat(BootCode.bootable(card.content())).as("cut %d", cut).contains(wanted);
        }
    }

    /** Samples the body, but takes every one of the last operations. */
    private static long next(long cut, long step, long operations) {
        return cut + step < operations - 5 ? cut + step : cut + 1;
    }

    @ParameterizedTest
    @ValueSource(strings = {"W25Q16BV", "M25P16", "SST25VF016B"})
    void whatLiesBehindTheImageInItsLastEraseUnitIsKept(String chip) throws Exception {
        VirtualCard card = VirtualCard.small(folder, "card", old, chip);
        byte[] settings = {1, 2, 3, 4};
        card.poke(0x3f000, settings);
        card.poke(0x32000, settings);
        card.burn(fresh);
        assertThat(card.content().slice(0x3f000, 4)).isEqualTo(Bytes.of(settings));
        assertThat(card.content().slice(0x32000, 4)).isEqualTo(Bytes.of(settings));
        assertThat(BootCode.bootable(card.content())).hasSize(1);
    }

    @Test
    void aCancelFromAnotherThreadGivesTheLocksBack() throws Exception {
        VirtualCard card = VirtualCard.small(folder, "card", old);
        try (Device device = card.open()) {
            BurnPlan plan = BurnPlan.make(device, fresh, BurnOptions.defaults());
            BurnException e = catchThrowableOfType(BurnException.class,
                    () -> Burner.execute(plan, device, new BurnListener() {
                        @Override
                        public boolean progress(BurnStep step, long done, long total) {
                            if (step instanceof BurnStep.WriteBody && done > total / 2) {
                                Thread other = new Thread(device::cancel);
                                other.start();
                                try {
                                    other.join();
                                } catch (InterruptedException i) {
                                    Thread.currentThread().interrupt();
                                }
                            }
                            return true;
                        }
                    }));
            assertThat(cause(e)).isEqualTo(DeviceCause.CANCELLED);
        }
        try (Device device = card.openClosedFlash()) {
            assertThat(device.lockState().free()).isTrue();
        }
        card.burn(fresh);
    }

    @Test
    void aForeignLockIsNotGivenBackUntilTheOperatorAsksForIt() throws Exception {
        VirtualCard card = VirtualCard.small(folder, "card", old);
        card.fault(NativeSimFault.Kind.LOCK_HELD, 0, 0, 0xf03a0);
        DeviceException e = catchThrowableOfType(DeviceException.class, card::open);
        assertThat(e.reason()).isEqualTo(DeviceCause.SEMAPHORE_TIMEOUT);
        try (Device device = card.openClosedFlash()) {
            assertThat(device.lockState().programmingHeld()).isTrue();
            device.clearSemaphores();
        }
        card.noFault();
        card.open().close();
    }

    @Test
    void identityVersionAndVitalProductDataAreRead() throws Exception {
        VirtualCard card = VirtualCard.whole(folder, "card");
        try (Device device = card.openClosedFlash()) {
            assertThat(device.card().hwId()).isEqualTo(503);
            assertThat(device.card().virtualCard()).isTrue();
            assertThat(device.vpd().orElseThrow().value("PN")).contains("764285-B21");
            assertThat(device.vpd().orElseThrow().checksumRight()).contains(true);
            assertThat(device.runningVersion()).isPresent();
        }
    }

    private static DeviceCause cause(Throwable thrown) {
        Throwable below = thrown instanceof BurnException ? thrown.getCause() : thrown;
        assertThat(below).as(String.valueOf(thrown)).isInstanceOf(DeviceException.class);
        return ((DeviceException) below).reason();
    }
}
