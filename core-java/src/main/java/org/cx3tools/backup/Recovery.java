// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.backup;

import java.io.IOException;
import java.util.Optional;
import org.cx3tools.burn.BurnException;
import org.cx3tools.burn.BurnFailure;
import org.cx3tools.burn.BurnPlan;
import org.cx3tools.burn.FlashContent;
import org.cx3tools.burn.FlashSituation;
import org.cx3tools.burn.RecoveryPlans;
import org.cx3tools.burn.SlotState;
import org.cx3tools.device.CardInfo;
import org.cx3tools.image.GuidBlock;

/** What to do about a card after an interruption; each answer is a plan, to be carried out as any burn. */
public final class Recovery {
    private Recovery() {}

    /**
     * What puts the card in order without a word of the operator: an interrupted burn is finished; of an
     * unfinished image beside an intact one nothing is left that could boot; a complete image gets its
     * signature; when nothing boots, the image of a backup is burnt.
     *
     * @param flash what the flash holds, read whole
     * @param interrupted the burn that the journal of this host knows
     * @param newest a backup of this card, see {@link #newestBackup}
     * @param card the card
     * @return empty when it is in order
     * @throws BurnException when the operator has to choose, or a check fails
     * @throws BackupException when the backup is not what its manifest says
     * @throws IOException when it cannot be read
     */
    public static Optional<BurnPlan> next(FlashContent flash, Optional<BurnJournal.Entry> interrupted,
            Optional<Backup> newest, CardInfo card) throws BurnException, BackupException, IOException {
        if (interrupted.isPresent()) {
            return Optional.of(RecoveryPlans.finish(interrupted.get().image(), flash, card));
        }
        FlashSituation situation = FlashSituation.of(flash);
        switch (situation.kind()) {
            case ORDERLY:
                return Optional.empty();
            case UNFINISHED:
                return Optional.of(RecoveryPlans.keep(flash, situation.intact().get(0).start()));
            case SEVERAL:
                throw undecided("which image is to boot has to be chosen", String.format("--keep 0x%x or --keep 0x%x",
                        situation.intact().get(0).start(), situation.intact().get(1).start()));
            default:
                if (!situation.complete().isEmpty()) {
                    return Optional.of(RecoveryPlans.sign(flash, situation.complete().get(0)));
                }
                Backup backup = newest.orElseThrow(() -> undecided("nothing boots, and no backup of this card is on"
                        + " this host", "name one with --backup, or an image with -i, and GUIDs and MACs of the"
                        + " sticker with --guid and --mac"));
                return Optional.of(ofBackup(backup, flash, card));
        }
    }

    /**
     * The image of a backup, on the card that it is of.
     *
     * @throws BurnException when it is of another card, or a check fails
     * @throws BackupException when it is not what its manifest says
     * @throws IOException when it cannot be read
     */
    public static BurnPlan ofBackup(Backup backup, FlashContent flash, CardInfo card)
            throws BurnException, BackupException, IOException {
        FlashContent kept = backup.flash();
        requireSameCard(kept, flash);
        return RecoveryPlans.restoreImage(kept, flash, card);
    }

    /**
     * The old image stays, the new one goes. Empty when only the old one boots anyway.
     *
     * @param flash what the flash holds, read whole
     * @param interrupted the burn to go back from
     * @throws BurnException when the old image is not on the flash any more
     */
    public static Optional<BurnPlan> rollBack(FlashContent flash, Optional<BurnJournal.Entry> interrupted)
            throws BurnException {
        FlashSituation situation = FlashSituation.of(flash);
        if (situation.intact().size() > 1 && interrupted.isEmpty()) {
            throw undecided("without a journal the old one of several images is not known", "choose with --keep");
        }
        Optional<SlotState> old = situation.intact().stream().filter(slot -> interrupted.isEmpty()
                || flash.image(slot.start()).filter(interrupted.get().image()::equals).isEmpty()).findFirst();
        if (old.isPresent()) {
            return situation.intact().size() == 1 ? Optional.empty()
                    : Optional.of(RecoveryPlans.keep(flash, old.get().start()));
        }
        for (FlashSituation.Complete complete : situation.complete()) {
            if (interrupted.isEmpty() || !complete.image().equals(interrupted.get().image())) {
                return Optional.of(RecoveryPlans.sign(flash, complete));
            }
        }
        throw undecided("the old image is not on the flash any more", "finish the burn (cx3 recover), or restore the"
                + " backup" + interrupted.map(e -> e.backup().isEmpty() ? "" : " " + e.backup()).orElse(""));
    }

    /**
     * The newest backup from which a card boots, of the card in this place. A card that boots nothing
     * does not say who it is, and in recovery mode not even its subsystem is sure [unknown].
     *
     * @throws IOException when the folder cannot be read
     */
    public static Optional<Backup> newestBackup(BackupStore store, CardInfo card) throws IOException {
        Optional<Backup> newest = Optional.empty();
        for (Backup backup : store.list()) {
            boolean here = backup.manifest().value("device").equals(card.name())
                    && backup.manifest().value("hardware.id").equals(String.format("0x%x", card.hwId()));
            try {
                if (here && backup.boots()) {
                    newest = Optional.of(backup);
                }
            } catch (BackupException e) {
                continue; // damaged: an older one may be good
            }
        }
        return newest;
    }

    /**
     * Another card may have had this slot, or this file name, before.
     *
     * @throws BurnException when both tell who they are, and it is not the same card
     */
    public static void requireSameCard(FlashContent kept, FlashContent flash) throws BurnException {
        Optional<GuidBlock> there = BackupManifest.guids(flash).filter(GuidBlock::hasGuids);
        Optional<GuidBlock> mine = BackupManifest.guids(kept).filter(GuidBlock::hasGuids);
        if (there.isPresent() && mine.isPresent() && there.get().node() != mine.get().node()) {
            throw undecided(String.format("the backup is of another card: its node GUID is %016x, that of this card"
                    + " %016x", mine.get().node(), there.get().node()), "choose a backup of this card (cx3 backup"
                    + " --list), or restore it with --other-card: two cards with the same GUIDs and MACs disturb each"
                    + " other");
        }
    }

    private static BurnException undecided(String what, String wayOut) {
        return new BurnException(new BurnFailure.Undecided(what, wayOut));
    }
}
