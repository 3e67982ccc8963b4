// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.device.DeviceException;
import org.cx3tools.flash.CountingFlash;
import org.cx3tools.flash.FlashInfo;

/**
 * What a plan makes of a flash: found by carrying it out on a twin in memory.
 *
 * @param erases units that are erased, in order
 * @param pagesProgrammed pages that are programmed
 * @param pagesSkipped pages of the image that need no program, since they are blank or hold these bytes
 * @param chipTime what erases and programs take by the data sheet of the chip; zero when it has none
 * @param steps when each step of the plan begins, by that clock
 * @param undoneUntil index of the first step that takes away the image that boots now: until then
 *     going back needs nothing, from then on a backup; empty when there is no such step
 * @param danger when nothing boots, by that clock; empty for a burn that is failsafe
 * @param content what the flash holds in the end
 */
public record BurnWork(List<CountingFlash.Erase> erases, int pagesProgrammed, int pagesSkipped,
        Duration chipTime, List<Duration> steps, Optional<Integer> undoneUntil, Optional<Window> danger,
        Bytes content) {
    /**
     * A stretch of time.
     *
     * @param from its begin
     * @param to its end
     */
    public record Window(Duration from, Duration to) {}

    /** Keeps copies of the lists. */
    public BurnWork {
        erases = List.copyOf(erases);
        steps = List.copyOf(steps);
    }

    /**
     * Carries a plan out on a twin.
     *
     * @param plan the plan
     * @param flash what the flash holds, read whole
     * @throws BurnException when the plan is not for this flash
     */
    public static BurnWork of(BurnPlan plan, FlashContent flash) throws BurnException {
        CountingFlash twin = new CountingFlash(flash.flash(), flash.dump().orElseThrow(
                () -> new IllegalArgumentException("the work is found from the whole flash")));
        List<Duration> starts = new ArrayList<>();
        try {
            Burner.execute(plan.dangerous() ? plan.withConsent() : plan, twin, Burner.BootAddress.NONE,
                    new BurnListener() {
                        @Override
                        public void stepStarted(BurnStep step) {
                            starts.add(time(twin));
                        }
                    });
        } catch (DeviceException e) {
            throw new IllegalStateException("memory cannot fail", e);
        }
        int pages = plan.steps().stream().filter(BurnStep.VerifySlot.class::isInstance)
                .mapToInt(step -> pages(((BurnStep.VerifySlot) step).ranges())).sum();
        return new BurnWork(twin.erases(), twin.programs(), Math.max(0, pages - twin.programs()), time(twin),
                starts, invalidation(plan, flash), window(plan, starts), twin.content());
    }

    private static Duration time(CountingFlash twin) {
        return Duration.ofNanos(twin.micros() * 1000);
    }

    private static int pages(List<BurnStep.Range> ranges) {
        return ranges.stream().mapToInt(range -> (range.length() + FlashInfo.PAGE - 1) / FlashInfo.PAGE).sum();
    }

    private static Optional<Integer> invalidation(BurnPlan plan, FlashContent flash) {
        Optional<Long> boots = flash.current().map(SlotState::start);
        for (int i = 0; i < plan.steps().size(); i++) {
            if (boots.isPresent() && plan.steps().get(i) instanceof BurnStep.Invalidate step
                    && step.start() == boots.get()) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private static Optional<Window> window(BurnPlan plan, List<Duration> starts) {
        if (plan.danger().isEmpty()) {
            return Optional.empty();
        }
        for (int i = 0; i < plan.steps().size(); i++) {
            if (plan.steps().get(i) instanceof BurnStep.VerifyHead) {
                return Optional.of(new Window(starts.get(0), starts.get(i)));
            }
        }
        return Optional.empty();
    }
}
