// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.device.CardInfo;
import org.cx3tools.flash.FlashInfo;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.GuidBlock;
import org.cx3tools.image.ImageInfo;

/** Plans that bring back what the flash or a backup holds; carried out like any burn. */
public final class RecoveryPlans {
    private static final int SIGNATURE = 16;

    private RecoveryPlans() {}

    /** Takes an image as it is: it is this card's own. */
    private static final BurnOptions AS_IT_IS = BurnOptions.defaults()
        .with(BurnOptions.Choice.IMAGE_GUIDS).with(BurnOptions.Choice.IMAGE_PS)
            .with(BurnOptions.Choice.IMAGE_ROM).with(BurnOptions.Choice.LAYOUT_CHANGE).with(BurnOptions.Choice.PSID_CHANGE);

    /**
     * Of several intact images one is kept: it is told to the chip, the others are invalidated.
     *
     * @param flash what the flash holds, read whole
     * @param start where the one begins
     * @throws BurnException when no intact image begins there
     */
    static BurnPlan keepIntact(FlashContent flash, long start) throws BurnException {
        Fs2Image image = flash.slots().stream().filter(slot -> slot.start() == start && slot.usable()).findFirst()
                .flatMap(slot -> flash.image(start)).orElseThrow(() -> new BurnException(
                        new BurnFailure.NothingToKeep("image", String.format("no intact image begins at 0x%x", start),
                        "choose one of those that the situation names")));
        List<BurnStep> steps = new ArrayList<>();
        steps.add(new BurnStep.VerifySlot(image, Placement.of(image, slot(image, start)).ranges(image.size()),
                "the image that stays"));
        steps.add(new BurnStep.SetBootAddress(start));
        invalidateOthers(steps, flash, start);
        return plan(flash, image, start, steps, Optional.empty());
    }

    /**
     * The image at a place is the one that boots: an intact one is kept, a complete one gets its
     * signature; others are invalidated.
     *
     * @param flash what the flash holds, read whole
     * @param start where the one begins
     * @throws BurnException when no such image begins there
     */
    public static BurnPlan keep(FlashContent flash, long start) throws BurnException {
        for (FlashSituation.Complete complete : FlashSituation.of(flash).complete()) {
            if (complete.start() == start) {
                return sign(flash, complete);
            }
        }
        return keepIntact(flash, start);
    }

    /**
     * Brings the image of the other slot back, the one before the last burn.
     *
     * @param flash what the flash holds, read whole
     * @throws BurnException when there is none that is complete, or more than one
     */
    public static BurnPlan activateOther(FlashContent flash) throws BurnException {
        FlashSituation situation = FlashSituation.of(flash);
        long current = flash.current().map(SlotState::start).orElse(-1L);
        List<Long> others = new ArrayList<>();
        situation.intact().stream().map(SlotState::start).filter(start -> start != current).forEach(others::add);
        situation.complete().stream().map(FlashSituation.Complete::start).forEach(others::add);
        if (others.size() != 1) {
            throw new BurnException(new BurnFailure.NoOtherImage(others));
        }
        return keep(flash, others.get(0));
    }

    /**
     * Gives an image its signature, and takes it from all others.
     *
     * @param flash what the flash holds, read whole
     * @param found the image
     */
    public static BurnPlan sign(FlashContent flash, FlashSituation.Complete found) {
        Fs2Image image = found.image();
        Placement place = Placement.of(image, slot(image, found.start()));
        List<BurnStep.Range> whole = place.ranges(image.size());
        List<BurnStep> steps = new ArrayList<>();
        if (found.lack() == FlashSituation.Lack.INVALIDATED) {
            int unit = flash.flash().eraseBytes();
            steps.add(new BurnStep.WriteBody(image, List.of(Layout.units(whole.get(0), unit).get(0)),
                    "the start of the image"));
        }
        steps.add(new BurnStep.VerifySlot(image, whole, "the image"));
        steps.add(new BurnStep.WriteSignature(found.start()));
        steps.add(new BurnStep.VerifyHead(found.start(), image.bytes().slice(0, Math.min(0x1000, image.size())),
                "the image"));
        steps.add(new BurnStep.VerifyAgain(image, whole, "the image"));
        steps.add(new BurnStep.SetBootAddress(found.start()));
        invalidateOthers(steps, flash, found.start());
        return plan(flash, image, found.start(), steps, Optional.empty());
    }

    /**
     * Burns the image of a backup with its GUIDs and MACs, vendor text and boot ROM, wherever there is
     * room; settings of the firmware stay as they are on the card.
     *
     * @param backup what the backup holds
     * @param flash what the flash holds, read whole
     * @throws BurnException when the backup has no intact image, or a check fails
     */
    public static BurnPlan restoreImage(FlashContent backup, FlashContent flash, CardInfo card)
            throws BurnException {
        return BurnPlan.make(image(backup), flash, AS_IT_IS, card);
    }

    /**
     * Finishes a burn whose image is known in its final form.
     *
     * @param image the image, with the GUIDs of the card
     * @param flash what the flash holds, read whole
     * @throws BurnException when a check fails
     */
    public static BurnPlan finish(Fs2Image image, FlashContent flash, CardInfo card) throws BurnException {
        return BurnPlan.make(image, flash, AS_IT_IS, card);
    }

    /**
     * Erases all settings that firmware keeps, in both halves, whatever their content: the way out when firmware
     * finds them corrupt and does not drop them itself (nv-config 3.5). The image stays as it is.
     *
     * @param flash what the flash holds, read whole
     * @throws BurnException when there is no intact image, or it has no place for settings
     */
    public static BurnPlan eraseSettings(FlashContent flash) throws BurnException {
        SlotState there = flash.current().filter(SlotState::usable).orElseThrow(() -> new BurnException(
                new BurnFailure.NoSettings(false)));
        Fs2Image image = flash.image(there.start()).orElseThrow();
        ImageInfo.ConfigArea area = image.info().orElseThrow().configArea();
        if (area.sectors() == 0) {
            throw new BurnException(new BurnFailure.NoSettings(true));
        }
        Settings settings = Settings.of(image.header().chunkMap(), area, flash.info(), flash.flash().sizeBytes());
        List<BurnStep.Range> whole = Placement.of(image, slot(image, there.start())).ranges(image.size());
        Optional<String> danger = Layout.collide(settings.ranges(), whole, flash.flash().eraseBytes())
                ? Optional.of("the chip erases a part of the image together with the settings") : Optional.empty();
        byte[] blank = new byte[(int) settings.bytes()];
        Arrays.fill(blank, (byte) 0xff);
        Bytes erased = Bytes.of(blank);
        return plan(flash, image, there.start(), List.of(
                new BurnStep.VerifySlot(image, whole, "the image that stays"),
                new BurnStep.WriteAreas(settings.placed(List.of(erased, erased)), "erasing the settings of the firmware"),
                new BurnStep.VerifyAgain(image, whole, "the image that stays")), danger);
    }

    /**
     * Makes the flash hold exactly what a backup holds. First its image goes to its place, by way of
     * copies if need be; when that boots, everything else follows, signatures last.
     *
     * @param backup what the backup holds; as large as the flash
     * @param flash what the flash holds, read whole
     * @throws BurnException when the backup has no intact image or another size, or a check fails
     */
    public static BurnPlan restoreExactly(FlashContent backup, FlashContent flash, CardInfo card)
            throws BurnException {
        Bytes wanted = backup.dump().orElseThrow();
        Fs2Image image = image(backup);
        if (wanted.length() != flash.flash().sizeBytes()) {
            throw new BurnException(new BurnFailure.TooBig(wanted.length(), flash.flash().sizeBytes(), false));
        }
        BurnChecks.image(image, card);
        BurnChecks.hardware(image, card);
        int unit = flash.flash().eraseBytes();
        SlotState there = backup.current().orElseThrow();
        Placement place = Placement.of(image, slot(image, there.start()));
        Settings settings = Settings.of(image.header().chunkMap(), image.info().orElseThrow().configArea(),
                flash.info(), flash.flash().sizeBytes());
        BurnRoute route = new BurnRoute(image, flash, settings, Optional.of(
                new BurnRoute.Home(place, tail(wanted, place.ranges(image.size()), unit))), false);
        List<BurnStep> steps = new ArrayList<>(route.steps());
        List<Long> signatures = backup.starts();
        byte[] unsigned = wanted.toArray();
        for (long start : signatures) {
            if (start != there.start()) {
                Arrays.fill(unsigned, (int) start, (int) start + SIGNATURE, (byte) 0xff);
            }
        }
        steps.add(new BurnStep.WriteAreas(rest(Bytes.of(unsigned), place.ranges(image.size()), unit),
                "writing everything else of the backup"));
        for (long start : signatures) {
            if (start != there.start()) {
                steps.add(new BurnStep.WriteSignature(start));
            }
        }
        return plan(flash, image, there.start(), steps, route.danger());
    }

    /** What is behind the image in its last erase unit: it cannot be written later without erasing the image. */
    private static List<BurnStep.WriteAreas.Area> tail(Bytes wanted, List<BurnStep.Range> image, int unit) {
        int end = (int) image.get(image.size() - 1).end();
        int length = (unit - end % unit) % unit;
        return length == 0 ? List.of() : List.of(new BurnStep.WriteAreas.Area(end, wanted.slice(end, length)));
    }

    /** All of a flash but the units of the image, cut at 64 KiB. */
    private static List<BurnStep.WriteAreas.Area> rest(Bytes wanted, List<BurnStep.Range> image, int unit) {
        List<BurnStep.WriteAreas.Area> areas = new ArrayList<>();
        int from = 0;
        for (int at = 0; at <= wanted.length(); at += unit) {
            boolean taken = at < wanted.length()
                    && Layout.collide(List.of(new BurnStep.Range(0, at, unit)), image, unit);
            if (at > from && (taken || at % FlashInfo.SECTOR == 0 || at == wanted.length())) {
                areas.add(new BurnStep.WriteAreas.Area(from, wanted.slice(from, at - from)));
                from = at;
            }
            if (taken) {
                from = at + unit;
            }
        }
        return areas;
    }

    private static Fs2Image image(FlashContent backup) throws BurnException {
        return backup.current().filter(SlotState::usable).flatMap(slot -> backup.image(slot.start()))
                .orElseThrow(() -> new BurnException(new BurnFailure.NothingToKeep("image",
                        "the backup holds no intact image", "choose another backup")));
    }

    private static int slot(Fs2Image image, long start) {
        return image.header().failsafe() && start != 0 ? 1 : 0;
    }

    private static void invalidateOthers(List<BurnStep> steps, FlashContent flash, long kept) {
        for (long start : flash.starts()) {
            if (start != kept) {
                steps.add(new BurnStep.Invalidate(start, "other"));
            }
        }
    }

    private static BurnPlan plan(FlashContent flash, Fs2Image image, long start, List<BurnStep> steps,
            Optional<String> danger) {
        ImageInfo info = image.info().orElseThrow();
        GuidBlock guids = image.guids().orElseThrow();
        Optional<ImageInfo> there = flash.info().value();
        List<BurnQuestion> questions = new ArrayList<>();
        danger.ifPresent(text -> questions.add(new BurnQuestion.NotFailsafe(text)));
        return new BurnPlan(image, slot(image, start), start, danger.isEmpty(), danger, Optional.empty(), false,
                steps, new CarryOver(image, guids, CarryOver.Source.IMAGE, info.vsd().orElse(""),
                CarryOver.Source.IMAGE, image.romPayload().isPresent() ? CarryOver.Source.IMAGE
                : CarryOver.Source.NONE), flash.flash().sizeBytes(), there.flatMap(ImageInfo::fwVersion),
                info.fwVersion(), there.flatMap(ImageInfo::psid), info.psid(), flash.starts(), List.of(),
                questions);
    }
}
