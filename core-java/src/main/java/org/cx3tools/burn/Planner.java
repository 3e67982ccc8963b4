// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.cx3tools.device.CardInfo;
import org.cx3tools.image.ChunkMap;
import org.cx3tools.image.FirmwareVersion;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageInfo;

/**
 * Makes one plan.
 *
 * <p>Slot choice: the slot that the current image is not in; onto a blank flash slot 1, like the
 * stock tool (fs2-image 3.3): the two tools then agree where "the first image" is, and address 0
 * stays free for an image that is not failsafe. The current image is an intact one if there is one;
 * with two intact ones the lower, as stock. A stale image in the target is made invalid before
 * anything is written over it, so that a half-written image never carries a signature.
 */
final class Planner {
    private static final int HEAD = 4096;

    private final Fs2Image given;
    private final FlashContent flash;
    private final BurnOptions options;
    private final CardInfo card;
    private final Optional<SlotState> current;
    private final Optional<ImageInfo> flashInfo;
    private final List<String> notes = new ArrayList<>();
    private final List<BurnQuestion> questions = new ArrayList<>();

    Planner(Fs2Image given, FlashContent flash, BurnOptions options, CardInfo card) {
        this.given = given;
        this.flash = flash;
        this.options = options;
        this.card = card;
        this.current = flash.current();
        this.flashInfo = flash.info().value();
    }

    BurnPlan plan() throws BurnException {
        BurnChecks.image(given, card);
        given.rom().flatMap(rom -> BurnChecks.romDevice(given, rom)).ifPresent(questions::add);
        CarryOver carried = CarryOver.apply(given, flash, options);
        BurnChecks.intact(carried.image());
        if (options.changesIdentity()) {
            questions.add(new BurnQuestion.IdentityChange(carried.guids(), current
                    .flatMap(SlotState::content).flatMap(c -> c.guids().value())
                    .or(() -> flash.leftover().map(Leftover::guids))));
        }
        failsafeMatch();
        if (carried.vsdSource() == CarryOver.Source.NONE) {
            questions.add(new BurnQuestion.BlankVsd());
        }
        ImageInfo info = carried.image().info().orElseThrow();
        versions(info);
        psid(info);
        configPad(info);
        if (!options.noDevidCheck()) {
            BurnChecks.hardware(carried.image(), card).ifPresent(notes::add);
        }
        long limit = BurnChecks.size(carried.image(), flash);
        return place(carried, info, limit);
    }

    private boolean flashFailsafe() {
        return current.flatMap(SlotState::content).map(c -> c.map().failsafe()).orElse(false);
    }

    private void failsafeMatch() throws BurnException {
        boolean image = given.header().failsafe();
        if (image != flashFailsafe() && !options.nofs()) {
            throw new BurnException(
                    new BurnFailure.FailsafeMismatch(image, current.isEmpty()));
        }
        boolean misplaced = flash.slots().stream()
                .anyMatch(s -> s.verdict() == SlotState.Verdict.MISPLACED);
        if ((flash.slots().size() > 2 || misplaced) && !options.nofs()) {
            throw new BurnException(new BurnFailure.UnclearFlash(flash.starts(),
                    misplaced ? "one of them lies where no image may begin"
                            : "more than two"));
        }
        if (image && flashFailsafe()) {
            long there = current.flatMap(SlotState::content).orElseThrow().map().chunkSize();
            long mine = given.header().chunkMap().chunkSize();
            if (there != mine) {
                throw new BurnException(new BurnFailure.ChunkMismatch(there, mine));
            }
        }
    }

    private void versions(ImageInfo info) {
        Optional<FirmwareVersion> mine = info.fwVersion();
        Optional<FirmwareVersion> there = flashInfo.flatMap(ImageInfo::fwVersion);
        if (mine.isPresent() && there.isPresent() && mine.get().compareTo(there.get()) <= 0) {
            questions.add(new BurnQuestion.NotNewer(there.get(), mine.get()));
        }
    }

    private void psid(ImageInfo info) throws BurnException {
        Optional<String> damage = flash.info().problem();
        if (damage.isPresent() && !options.allowPsidChange()) {
            throw new BurnException(new BurnFailure.DamagedPart("Image Info", flash.infoStart(),
                    damage.get(), "the PSID of the card is not known; -allow_psid_change burns"
                    + " the image all the same"));
        }
        String mine = info.psid().orElse("");
        String there = flashInfo.flatMap(ImageInfo::psid).orElse("");
        if (mine.isEmpty() || there.isEmpty() || mine.equals(there)) {
            return;
        }
        if (!options.allowPsidChange()) {
            throw new BurnException(new BurnFailure.PsidMismatch(there, mine));
        }
        questions.add(new BurnQuestion.PsidChange(there, mine));
    }

    private void configPad(ImageInfo info) throws BurnException {
        if (flashInfo.isEmpty()) {
            return;
        }
        long mine = info.configArea().pad();
        long there = flashInfo.get().configArea().pad();
        if (mine == there) {
            return;
        }
        if (!options.allowPsidChange()) {
            throw new BurnException(new BurnFailure.ConfigPadMismatch(there, mine));
        }
        questions.add(new BurnQuestion.ConfigPadChange(there, mine));
    }

    private BurnPlan place(CarryOver carried, ImageInfo info, long limit) {
        Fs2Image image = carried.image();
        ChunkMap map = image.header().chunkMap();
        int slot = targetSlot(map, image.size());
        long start = map.startOf(slot);
        List<BurnStep.Range> ranges = Layout.pieces(map, slot, image.size());
        Optional<String> danger = danger(ranges);
        danger.ifPresent(d -> questions.add(new BurnQuestion.NotFailsafe(d)));
        slotNotes(ranges);
        return new BurnPlan(image, slot, start, danger.isEmpty(), danger, false,
                steps(ranges, start, image.size(), danger.isPresent()), carried, limit,
                flashInfo.flatMap(ImageInfo::fwVersion), info.fwVersion(),
                flashInfo.flatMap(ImageInfo::psid), info.psid(), flash.starts(), notes,
                questions);
    }

    /** Slot 0 or 1; with different layouts the one that does not touch the current image. */
    private int targetSlot(ChunkMap map, int size) {
        if (!map.failsafe()) {
            return 0;
        }
        if (current.isEmpty()) {
            return 1;
        }
        if (flashFailsafe()) {
            return 1 - current.get().slot();
        }
        boolean clear = !Layout.collide(Layout.pieces(map, 1, size), currentRanges(),
                flash.flash().eraseBytes());
        return clear ? 1 : 0;
    }

    private List<BurnStep.Range> currentRanges() {
        return current.flatMap(s -> s.content()
                .map(c -> Layout.pieces(c.map(), c.map().failsafe() ? s.slot() : 0, c.size())))
                .orElse(List.of());
    }

    private Optional<String> danger(List<BurnStep.Range> ranges) {
        if (current.isEmpty()
                || !Layout.collide(ranges, currentRanges(), flash.flash().eraseBytes())) {
            return Optional.empty();
        }
        return Optional.of("the new image takes the place of the one that boots now. From the"
                + " first erase until the signature is written the card cannot boot. If the burn"
                + " is interrupted, do not switch the machine off: burn again");
    }

    private void slotNotes(List<BurnStep.Range> ranges) {
        flash.leftover().ifPresent(l -> notes.add(String.format("There is no valid image on the"
                + " flash; what is left of one at 0x%x still knows the GUIDs of the card.",
                l.start())));
        for (SlotState slot : flash.slots()) {
            if (!slot.problems().isEmpty()) {
                notes.add(String.format("The image at 0x%x is damaged: %s.", slot.start(),
                        slot.problems().get(0)));
            }
        }
        int unit = flash.flash().eraseBytes();
        long end = Layout.end(ranges);
        if (unit > 0x1000 && end % unit != 0) {
            notes.add(String.format("This chip erases 0x%x bytes at once: what lies behind the"
                    + " image up to 0x%x is read, erased and written again.", unit,
                    (end / unit + 1) * unit));
        }
    }

    private List<BurnStep> steps(List<BurnStep.Range> ranges, long start, int size,
            boolean dangerous) {
        List<BurnStep> steps = new ArrayList<>();
        List<Long> later = new ArrayList<>();
        for (SlotState slot : flash.slots()) {
            boolean old = current.isPresent() && current.get().start() == slot.start();
            if (old && dangerous) {
                steps.add(new BurnStep.Invalidate(slot.start(), "old"));
            } else if (!old && (slot.start() == start
                    || Layout.contains(ranges, slot.start()))) {
                steps.add(new BurnStep.Invalidate(slot.start(), "stale"));
            } else {
                later.add(slot.start());
            }
        }
        steps.add(new BurnStep.WriteBody(dangerous ? backwards(ranges) : ranges));
        steps.add(new BurnStep.VerifySlot(ranges));
        steps.add(new BurnStep.WriteSignature(start));
        steps.add(new BurnStep.VerifyHead(start, Math.min(HEAD, size)));
        steps.add(new BurnStep.SetBootAddress(start));
        for (long old : later) {
            steps.add(new BurnStep.Invalidate(old, "old"));
        }
        return steps;
    }

    /**
     * The start, where the GUIDs of the card are, is rewritten last: until then the old ones stay.
     */
    private static List<BurnStep.Range> backwards(List<BurnStep.Range> ranges) {
        List<BurnStep.Range> out = new ArrayList<>(ranges);
        Collections.reverse(out);
        return out;
    }
}
