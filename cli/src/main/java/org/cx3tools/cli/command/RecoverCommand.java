// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cx3tools.backup.Backup;
import org.cx3tools.backup.BackupException;
import org.cx3tools.backup.BackupStore;
import org.cx3tools.backup.BurnJournal;
import org.cx3tools.burn.BurnPlan;
import org.cx3tools.burn.FlashContent;
import org.cx3tools.burn.FlashSituation;
import org.cx3tools.burn.RecoveryPlans;
import org.cx3tools.burn.SlotState;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.output.Consent;
import org.cx3tools.cli.output.Json;
import org.cx3tools.device.CardInfo;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceException;
import org.cx3tools.device.LockState;
import org.cx3tools.doctor.CardUsers;

/** {@code cx3 recover}. */
final class RecoverCommand implements Command {
    private static final Opt CLEAR = Opt.flag("clear-locks", "free the flash locks although their owner may be alive",
        "only those of a dead owner");
    private static final Opt KEEP = Opt.value("keep", "ADDRESS",
        "of several images, or complete ones without signature: the one that is to boot", "found out, or asked for");
    private static final Opt BACK = Opt.flag("roll-back",
        "of an interrupted burn: keep what boots, and forget the burn", "finish it");
    private static final Opt BACKUP = Opt.value("backup", "FILE", "when nothing boots: the backup to take",
        "the newest of this card on this host");

    @Override
    public Spec spec() {
        return new Spec("recover", "-d DEVICE [OPTIONS]", List.of(
            "Puts a card in order after an interruption, and says first what it found: frees the locks of a dead tool,",
            "ends what it left half sent to the chip, finishes the burn that the journal of this host knows (or keeps the",
            "old image, --roll-back), chooses among several images, gives a complete image its signature back, and when",
            "nothing boots burns a backup, or an image (-i) with GUIDs and MACs of what is left on the flash, or of the",
            "sticker (--guid, --mac)."),
            List.of(Opt.DEVICE, Opt.IMAGE, KEEP, BACK, BACKUP, RestoreCommand.OTHER, CLEAR, BurnCommand.GUID, BurnCommand.MAC, Burning.PLAN,
                Burning.REHEARSE, Burning.NO_BACKUP, Burning.NOFS, ChangeTarget.UNBIND, ChangeTarget.BESIDE, Opt.YES,
                Opt.JSON), 0, 0,
            List.of("cx3 recover -d 23:00.0 --plan", "cx3 recover -d 23:00.0 --roll-back",
                "cx3 recover -d 23:00.0 -i good.bin --guid 0x24be05ffffc557c0 --mac 24:be:05:c5:57:c1"));
    }

    @Override
    public int run(Request request) throws Exception {
        try (ChangeTarget target = ChangeTarget.open(request, request.has(Burning.PLAN))) {
            Device device = target.device();
            locks(request, device);
            Burning burning = Burning.on(request, device);
            BurnJournal journal = BurnJournal.of(request.streams().state(), device.spec());
            Optional<BurnPlan> plan = plan(request, burning, device.card());
            if (plan.isEmpty()) {
                return inOrder(request, burning, journal);
            }
            return burning.carryOut("recovery", plan.get());
        }
    }

    /** The registers hold no owner, so it takes a proof that nobody is alive, or the word of the operator. */
    private static void locks(Request request, Device device) throws CliException, DeviceException {
        LockState locks = device.lockState();
        if (locks.free()) {
            return;
        }
        CardUsers users = CardUsers.of(device.card());
        String found = "the " + (locks.programmingHeld() ? "programming lock (0xf03a0)" : "")
            + (locks.programmingHeld() && locks.gatewayHeld() ? " and the " : "")
            + (locks.gatewayHeld() ? "gateway lock (0xf03fc)" : "") + " of the card held: " + users.text();
        if (!users.nobody() && !request.has(CLEAR)) {
            throw CliException.failed("found " + found, "stop whoever works on the card; when nobody does: cx3 recover -d "
                + request.value(Opt.DEVICE, "") + " --clear-locks");
        }
        if (request.has(Burning.PLAN)) {
            throw CliException.failed("found " + found, "what the flash holds is seen only when they are freed: run it"
                + " without --plan");
        }
        if (!new Consent(request.streams(), request.has(Opt.YES)).ask("Found " + found + ". Free them")) {
            throw CliException.failed("nothing was changed", "");
        }
        device.clearSemaphores();
        request.err().line("cx3: note: locks freed");
    }

    private static Optional<BurnPlan> plan(Request request, Burning burning, CardInfo card) throws Exception {
        FlashContent flash = burning.content();
        FlashSituation situation = burning.situation();
        if (request.has(KEEP)) {
            return Optional.of(keep(request, flash, situation));
        }
        Optional<BurnJournal.Entry> entry = burning.interrupted();
        if (request.has(BACK)) {
            return rollBack(flash, situation, entry);
        }
        if (entry.isPresent()) {
            return Optional.of(RecoveryPlans.finish(entry.get().image(), flash, card));
        }
        if (request.has(Opt.IMAGE)) {
            return Optional.of(BurnPlan.make(Images.file(request, request.required(Opt.IMAGE)), flash,
                BurnCommand.options(request).withNofs(), card));
        }
        return switch (situation.kind()) {
            case ORDERLY -> Optional.empty();
            case UNFINISHED -> Optional.of(RecoveryPlans.keep(flash, situation.intact().get(0).start()));
            case SEVERAL -> throw CliException.failed("which image is to boot has to be chosen",
                "--keep " + hex(situation.intact().get(0).start()) + " or --keep "
                + hex(situation.intact().get(1).start()));
            case NOTHING_BOOTS -> situation.complete().isEmpty() ? Optional.of(ofBackup(request, flash, card))
                : Optional.of(RecoveryPlans.sign(flash, situation.complete().get(0)));
            case BLANK -> Optional.of(ofBackup(request, flash, card));
        };
    }

    private static BurnPlan keep(Request request, FlashContent flash, FlashSituation situation) throws Exception {
        long start = request.number(KEEP, 0);
        for (FlashSituation.Complete complete : situation.complete()) {
            if (complete.start() == start) {
                return RecoveryPlans.sign(flash, complete);
            }
        }
        return RecoveryPlans.keep(flash, start);
    }

    private static Optional<BurnPlan> rollBack(FlashContent flash, FlashSituation situation,
            Optional<BurnJournal.Entry> entry) throws Exception {
        // The new image goes, the old one stays, if both are there; else whatever boots stays.
        Optional<SlotState> old = situation.intact().stream().filter(slot -> entry.isEmpty()
            || !flash.image(slot.start()).filter(entry.get().image()::equals).isPresent()).findFirst();
        if (situation.intact().size() > 1 && old.isPresent()) {
            return Optional.of(RecoveryPlans.keep(flash, old.get().start()));
        }
        for (FlashSituation.Complete complete : situation.complete()) {
            boolean planned = entry.isPresent() && complete.image().equals(entry.get().image());
            if (old.isEmpty() && !planned) {
                return Optional.of(RecoveryPlans.sign(flash, complete));
            }
        }
        if (situation.intact().isEmpty() || old.isEmpty() && entry.isPresent()) {
            throw CliException.failed("the old image is not on the flash any more",
                "finish the burn (cx3 recover), or restore the backup"
                + entry.map(e -> e.backup().isEmpty() ? "" : " " + e.backup()).orElse(""));
        }
        return Optional.empty();
    }

    private static BurnPlan ofBackup(Request request, FlashContent flash, CardInfo card) throws Exception {
        Backup backup = request.has(BACKUP) ? Backup.open(request.streams().resolve(request.value(BACKUP, "")))
            : newest(request, card).orElseThrow(() -> CliException.failed("nothing boots, and no backup of this card is on"
                + " this host", "name one with --backup, or an image with -i, and GUIDs and MACs of the sticker with"
                + " --guid and --mac"));
        request.err().line("cx3: note: taking the backup " + backup.file());
        FlashContent kept = backup.flash();
        RestoreCommand.sameCard(request, kept, flash);
        return RecoveryPlans.restoreImage(kept, flash, card);
    }

    /** A card that boots nothing does not say who it is; where it sits and what kind it is does. */
    private static Optional<Backup> newest(Request request, CardInfo card) throws IOException, BackupException {
        Optional<Backup> newest = Optional.empty();
        for (Backup backup : BackupStore.in(request.streams().state()).list()) {
            boolean same = backup.manifest().value("device").equals(card.name()) && backup.manifest()
                .value("pci.subsystem").equals(String.format("%04x:%04x", card.subsystemVendorId(), card.subsystemId()));
            if (same && backup.problems().isEmpty() && backup.boots()) {
                newest = Optional.of(backup);
            }
        }
        return newest;
    }

    private static int inOrder(Request request, Burning burning, BurnJournal journal) throws IOException {
        boolean forgotten = burning.interrupted().isPresent() && !request.has(Burning.PLAN);
        if (forgotten) {
            journal.end();
        }
        if (request.json()) {
            Json.print(request.out(), Map.of("state", burning.situation().text(), "burnt", false));
        } else {
            request.out().line(forgotten ? "What boots is kept; the interrupted burn is forgotten."
                : burning.situation().kind() == FlashSituation.Kind.ORDERLY ? burning.situation().text()
                : "Nothing was changed.");
        }
        return ExitCode.DONE;
    }

    private static String hex(long address) {
        return "0x" + Long.toHexString(address);
    }
}
