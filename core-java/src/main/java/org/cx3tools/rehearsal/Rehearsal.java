// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.rehearsal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.burn.BurnException;
import org.cx3tools.burn.BurnListener;
import org.cx3tools.burn.BurnPlan;
import org.cx3tools.burn.Burner;
import org.cx3tools.burn.FlashContent;
import org.cx3tools.burn.SlotState;
import org.cx3tools.device.CardInfo;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceException;
import org.cx3tools.device.VirtualCard;
import org.cx3tools.image.GuidBlock;

/**
 * A burn tried out: a virtual card gets the chip and the whole content of the real one, the plan is
 * carried out on it by the same code, and its power is cut at many places. What is asked each time:
 * does it boot with either boot policy, and are GUIDs and MACs the old ones or the planned ones?
 */
public final class Rehearsal {
    private Rehearsal() {}

    /** Told how far it is. */
    @FunctionalInterface
    public interface Watcher {
        /**
         * Some cuts are done.
         *
         * @param done how many
         * @param total of how many
         */
        void cuts(int done, int total);
    }

    /**
     * What came out.
     *
     * @param operations erases and programs of the whole burn
     * @param cuts at how many of them the power was cut
     * @param completes whether the burn without a cut ends with the new image booting
     * @param failures what was wrong, one line each
     */
    public record Report(long operations, int cuts, boolean completes, List<String> failures) {
        /** Keeps a copy. */
        public Report {
            failures = List.copyOf(failures);
        }

        /** {@return whether nothing was wrong} */
        public boolean passed() {
            return completes && failures.isEmpty();
        }

        /** {@return one sentence} */
        public String text() {
            String what = "a twin of the card was burnt and its power cut at " + cuts + " of " + operations
                    + " flash operations, booting after each with both boot policies: ";
            return what + (passed() ? "it booted every time, with the right GUIDs and MACs, and the whole burn ends"
                    + " with the new image" : failures.size() + " times something was wrong"
                    + (failures.isEmpty() ? "" : ", first " + failures.get(0))
                    + (completes ? "" : "; the whole burn does not end with the new image"));
        }
    }

    /**
     * Rehearses a plan.
     *
     * @param plan the plan
     * @param content what the flash of the card holds, read whole
     * @param card the card
     * @param cuts how many times to cut the power, spread over the burn
     * @param watcher told about each
     * @throws IOException when there is no room for the twin in the folder for temporary files
     * @throws DeviceException when no virtual card can be such a twin
     */
    public static Report run(BurnPlan plan, FlashContent content, CardInfo card, int cuts, Watcher watcher)
            throws IOException, DeviceException {
        BurnPlan agreed = plan.dangerous() ? plan.withConsent() : plan;
        Bytes before = content.dump().orElseThrow();
        try (Twin twin = Twin.of(card, content.flash())) {
            twin.load(before);
            long begin = twin.operations();
            Optional<String> failure = burn(twin, agreed);
            boolean completes = failure.isEmpty() && boots(twin) && identity(twin, content).equals(
                    plan.image().guids());
            long operations = twin.operations() - begin;
            List<String> failures = new ArrayList<>();
            failure.ifPresent(text -> failures.add("without a cut: " + text));
            int count = (int) Math.min(cuts, operations);
            boolean bootedBefore = content.slots().stream().anyMatch(SlotState::usable);
            for (int i = 0; i < count; i++) {
                long at = 1 + i * operations / count;
                twin.load(before);
                twin.cutAt(at, i + 1);
                burn(twin, agreed);
                if (bootedBefore) {
                    problem(twin, plan, content).ifPresent(text -> failures.add("cut at operation " + at + ": " + text));
                }
                watcher.cuts(i + 1, count);
            }
            return new Report(operations, count, completes, failures);
        }
    }

    private static Optional<String> burn(Twin twin, BurnPlan plan) throws DeviceException {
        try (Device device = twin.open()) {
            Burner.execute(plan, device, BurnListener.NONE);
            return Optional.empty();
        } catch (BurnException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static boolean boots(Twin twin) throws DeviceException {
        for (VirtualCard.BootPolicy policy : VirtualCard.BootPolicy.values()) {
            if (!twin.boots(policy)) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> problem(Twin twin, BurnPlan plan, FlashContent before) throws DeviceException {
        if (!boots(twin)) {
            return Optional.of("it does not boot");
        }
        Optional<GuidBlock> now = identity(twin, before);
        boolean right = now.equals(plan.image().guids()) || now.equals(guids(before));
        return right ? Optional.empty() : Optional.of("GUIDs and MACs are " + now.map(GuidBlock::toString)
                .orElse("gone"));
    }

    private static Optional<GuidBlock> identity(Twin twin, FlashContent like) throws DeviceException {
        return guids(FlashContent.of(like.flash(), twin.content()));
    }

    private static Optional<GuidBlock> guids(FlashContent content) {
        return content.current().flatMap(SlotState::content).flatMap(c -> c.guids().value());
    }
}
