// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cx3tools.device.CardInfo;
import org.cx3tools.image.ChunkMap;
import org.cx3tools.image.FirmwareVersion;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageInfo;

/** Makes one plan: checks, what is kept, questions; where the image goes is the task of {@link BurnRoute}. */
final class Planner {
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
        if (!options.has(BurnOptions.Choice.NO_DEVID_CHECK)) {
            BurnChecks.hardware(carried.image(), card).ifPresent(notes::add);
        }
        long limit = BurnChecks.size(carried.image(), flash);
        return place(carried, info, limit);
    }

    private Optional<ChunkMap> flashMap() {
        return current.flatMap(SlotState::content).map(SlotState.Content::map);
    }

    private void failsafeMatch() throws BurnException {
        if (options.has(BurnOptions.Choice.NOFS) || options.has(BurnOptions.Choice.LAYOUT_CHANGE)) {
            return;
        }
        boolean image = given.header().failsafe();
        boolean flashFailsafe = flashMap().map(ChunkMap::failsafe).orElse(false);
        if (image != flashFailsafe) {
            throw new BurnException(
                    new BurnFailure.FailsafeMismatch(image, current.isEmpty()));
        }
        boolean misplaced = flash.slots().stream()
                .anyMatch(s -> s.verdict() == SlotState.Verdict.MISPLACED);
        if (flash.slots().size() > 2 || misplaced) {
            throw new BurnException(new BurnFailure.UnclearFlash(flash.starts(),
                    misplaced ? "one of them lies where no image may begin"
                            : "more than two"));
        }
        if (image) {
            long there = flashMap().orElseThrow().chunkSize();
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
        if (damage.isPresent() && !options.has(BurnOptions.Choice.PSID_CHANGE)) {
            throw new BurnException(new BurnFailure.DamagedPart("Image Info", flash.infoStart(),
                    damage.get(), "the PSID of the card is not known; -allow_psid_change burns"
                    + " the image all the same"));
        }
        String mine = info.psid().orElse("");
        String there = flashInfo.flatMap(ImageInfo::psid).orElse("");
        if (mine.isEmpty() || there.isEmpty() || mine.equals(there)) {
            return;
        }
        if (!options.has(BurnOptions.Choice.PSID_CHANGE)) {
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
        if (!options.has(BurnOptions.Choice.PSID_CHANGE)) {
            throw new BurnException(new BurnFailure.ConfigPadMismatch(there, mine));
        }
        questions.add(new BurnQuestion.ConfigPadChange(there, mine));
    }

    private BurnPlan place(CarryOver carried, ImageInfo info, long limit) {
        Fs2Image image = carried.image();
        Settings settings = Settings.of(image.header().chunkMap(), info.configArea(), flash.info(),
                flash.flash().sizeBytes());
        BurnRoute route = new BurnRoute(image, flash, settings, Optional.empty(), options.has(BurnOptions.Choice.VERIFY_ONCE));
        Optional<String> danger = route.danger();
        danger.ifPresent(d -> questions.add(new BurnQuestion.NotFailsafe(d)));
        Optional<String> risk = route.settingsRisk();
        risk.ifPresent(r -> questions.add(new BurnQuestion.SettingsAtRisk(r)));
        if (route.changesLayout()) {
            questions.add(new BurnQuestion.LayoutChange(
                    flashMap().map(map -> new Placement(map, current.get().slot())), route.place(),
                    route.stopovers()));
        }
        notes();
        return new BurnPlan(image, route.place().slot(), route.place().start(), danger.isEmpty(),
                danger, risk, false, route.steps(), carried, limit,
                flashInfo.flatMap(ImageInfo::fwVersion), info.fwVersion(),
                flashInfo.flatMap(ImageInfo::psid), info.psid(), flash.starts(), notes,
                questions);
    }

    private void notes() {
        flash.leftover().ifPresent(l -> notes.add(String.format("%s; what is left of an image at 0x%x still"
                + " knows the GUIDs of the card.", current.isEmpty() ? "There is no valid image on the flash"
                : "The GUIDs of the image on flash are damaged", l.start())));
        for (SlotState slot : flash.slots()) {
            if (!slot.problems().isEmpty()) {
                notes.add(String.format("The image at 0x%x is damaged: %s.", slot.start(),
                        slot.problems().get(0)));
            }
        }
    }
}
