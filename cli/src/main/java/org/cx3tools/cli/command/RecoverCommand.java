// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.cx3tools.backup.Backup;
import org.cx3tools.backup.BackupStore;
import org.cx3tools.backup.BurnJournal;
import org.cx3tools.backup.Recovery;
import org.cx3tools.burn.BurnOptions;
import org.cx3tools.burn.BurnPlan;
import org.cx3tools.burn.FlashContent;
import org.cx3tools.burn.FlashSituation;
import org.cx3tools.burn.RecoveryPlans;
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
    private static final Opt BACKUP = Opt.value("backup", "FILE", "the backup whose image is to be burnt",
        "the newest of this card on this host, when nothing boots");

    @Override
    public Spec spec() {
        return new Spec("recover", "-d DEVICE [OPTIONS]", List.of(
            "Puts a card in order after an interruption, and says first what it found: frees the locks of a dead tool,",
            "ends what it left half sent to the chip, finishes the burn that the journal of this host knows (or keeps the",
            "old image, --roll-back), chooses among several images, gives a complete image its signature back, and when",
            "nothing boots burns a backup, or an image (-i) with GUIDs and MACs of what is left on the flash, or of the",
            "sticker (--guid, --mac)."),
            List.of(Opt.DEVICE, Opt.IMAGE, Opt.PSID, KEEP, BACK, BACKUP, CLEAR, BurnCommand.GUID, BurnCommand.MAC, Burning.PLAN,
                Burning.REHEARSE, Burning.NO_BACKUP, Burning.NOFS, ChangeTarget.UNBIND, ChangeTarget.BESIDE, Opt.YES,
                Opt.JSON), 0, 0,
            List.of("cx3 recover -d 23:00.0 --plan", "cx3 recover -d 23:00.0 --roll-back",
                "cx3 recover -d 23:00.0 -i good.bin --guid 0x24be05ffffc557c0 --mac 24:be:05:c5:57:c1"));
    }

    @Override
    public int run(Request request) throws Exception {
        checkOptions(request);
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

    /** What the operator names goes before what would be found out. */
    private static Optional<BurnPlan> plan(Request request, Burning burning, CardInfo card) throws Exception {
        FlashContent flash = burning.content();
        if (request.has(KEEP)) {
            return Optional.of(RecoveryPlans.keep(flash, request.number(KEEP, 0)));
        }
        if (request.has(BACK)) {
            return Recovery.rollBack(flash, burning.interrupted());
        }
        if (request.has(Opt.IMAGE)) {
            return Optional.of(BurnPlan.make(Images.file(request, request.required(Opt.IMAGE)), flash,
                BurnCommand.options(request).with(BurnOptions.Choice.NOFS), card));
        }
        if (request.has(BACKUP)) {
            return Optional.of(Recovery.ofBackup(
                Backup.open(request.streams().resolve(request.value(BACKUP, ""))), flash, card));
        }
        Optional<Backup> newest = Recovery.newestBackup(BackupStore.in(request.streams().state()), card);
        boolean needed = burning.interrupted().isEmpty() && burning.situation().intact().isEmpty()
            && burning.situation().complete().isEmpty();
        newest.filter(backup -> needed).ifPresent(backup ->
            request.err().line("cx3: note: taking the backup " + backup.file()));
        return Recovery.next(flash, burning.interrupted(), newest, card);
    }

    /** One way at a time, and GUIDs only with an image. */
    private static void checkOptions(Request request) throws CliException {
        long ways = Stream.of(KEEP, BACK, Opt.IMAGE, BACKUP).filter(request::has).count();
        if (ways > 1) {
            throw CliException.usage("--keep, --roll-back, -i and --backup exclude each other", "give one of them");
        }
        if (!request.has(Opt.IMAGE) && request.has(Opt.PSID)) {
            throw CliException.usage("--psid chooses a board of an archive", "it goes with -i FILE");
        }
        if (!request.has(Opt.IMAGE) && (request.has(BurnCommand.GUID) || request.has(BurnCommand.MAC))) {
            throw CliException.usage("--guid and --mac go with an image", "name it with -i");
        }
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
}
