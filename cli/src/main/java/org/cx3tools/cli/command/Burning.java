// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.cx3tools.backup.BackupStore;
import org.cx3tools.backup.BurnJournal;
import org.cx3tools.backup.GuardedBurn;
import org.cx3tools.burn.BurnPlan;
import org.cx3tools.burn.BurnQuestion;
import org.cx3tools.burn.BurnWork;
import org.cx3tools.burn.FlashContent;
import org.cx3tools.burn.FlashSituation;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.output.BurnProgress;
import org.cx3tools.cli.output.Consent;
import org.cx3tools.cli.output.Json;
import org.cx3tools.cli.output.Out;
import org.cx3tools.cli.output.PlanText;
import org.cx3tools.cli.output.ProgressView;
import org.cx3tools.device.AccessWay;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceException;
import org.cx3tools.rehearsal.Rehearsal;

/**
 * What all commands that change the image of a card have in common: the state of the flash first, then
 * the plan, the questions, the rehearsal, the backup, the burn.
 */
final class Burning {
    static final Opt PLAN = Opt.flag("plan", "show what would be done and change nothing", "burn");
    static final Opt NOFS = Opt.flag("nofs",
        "burn although nothing boots for a while, or settings of the firmware are at risk", "refuse");
    static final Opt REHEARSE = Opt.flag("rehearse",
        "first burn a virtual twin of the card and cut its power at 200 places", "burn at once");
    static final Opt NO_BACKUP = Opt.flag("no-backup", "do not back the whole flash up before", "back up");
    private static final int CUTS = 200;
    private static final int TOLD = 50;

    private final Request request;
    private final Device device;
    private final FlashContent content;
    private final Optional<BurnJournal.Entry> interrupted;
    private final FlashSituation situation;

    private Burning(Request request, Device device, FlashContent content,
            Optional<BurnJournal.Entry> interrupted) {
        this.request = request;
        this.device = device;
        this.content = content;
        this.interrupted = interrupted;
        this.situation = FlashSituation.of(content);
    }

    /** Reads the whole flash and the journal of this host, and says what an interruption has left. */
    static Burning on(Request request, Device device) throws DeviceException, IOException {
        FlashContent content = read(request, device);
        Optional<BurnJournal.Entry> interrupted = device.card().access() == AccessWay.FILE ? Optional.empty()
            : BurnJournal.of(request.streams().state(), device.spec()).read().filter(entry -> entry.isOf(content));
        Burning burning = new Burning(request, device, content, interrupted);
        if (!request.json() && (interrupted.isPresent() || burning.situation.kind() != FlashSituation.Kind.ORDERLY)) {
            request.out().line("State of the flash: " + burning.state());
        }
        return burning;
    }

    private static FlashContent read(Request request, Device device) throws DeviceException {
        try (ProgressView view = new ProgressView(request.streams())) {
            return FlashContent.whole(device.flash(), view);
        }
    }

    FlashContent content() {
        return content;
    }

    Optional<BurnJournal.Entry> interrupted() {
        return interrupted;
    }

    FlashSituation situation() {
        return situation;
    }

    private String state() {
        return situation.text() + interrupted.map(entry -> " " + entry.text()).orElse("");
    }

    /** Shows a plan, asks, and burns. JSON comes at the end and tells whether it was burnt. */
    int carryOut(String name, BurnPlan plan) throws Exception {
        return carryOut(name, plan, Map.of());
    }

    /** The same, with more to tell in JSON. */
    int carryOut(String name, BurnPlan plan, Map<String, Object> more) throws Exception {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("state", state());
        map.putAll(more);
        try {
            return carryOutInto(map, name, plan);
        } finally {
            if (request.json()) {
                Json.print(request.out(), map);
            }
        }
    }

    /** The same, as a part of something larger: what JSON is to tell is put into a map. */
    int carryOutInto(Map<String, Object> map, String name, BurnPlan plan) throws Exception {
        BurnWork work = BurnWork.of(plan, content);
        map.putAll(PlanText.map(name, plan, work));
        map.put("burnt", false);
        if (!request.json()) {
            PlanText.print(request.out(), name, plan, work);
        }
        if (request.has(REHEARSE)) {
            rehearse(plan, map);
        }
        if (request.has(PLAN)) {
            return ExitCode.DONE;
        }
        int consent = consent(plan);
        if (consent != ExitCode.DONE) {
            return consent;
        }
        execute(plan, map);
        map.put("burnt", true);
        return ExitCode.DONE;
    }

    private void rehearse(BurnPlan plan, Map<String, Object> map) throws Exception {
        Rehearsal.Report report = Rehearsal.run(plan, content, device.card(), CUTS, (done, total) -> {
            if (done % TOLD == 0) {
                request.err().line("Rehearsing: power cut " + done + " of " + total);
                request.err().flush();
            }
        });
        map.put("rehearsal", report.text());
        if (!request.json()) {
            request.out().line("Rehearsal: " + report.text());
        }
        if (!report.passed() && plan.danger().isEmpty()) {
            throw CliException.failed("the rehearsal on a virtual twin failed: " + report.text(),
                "nothing was changed on the card; please report this");
        }
    }

    private int consent(BurnPlan plan) throws CliException {
        // What can leave the card without firmware is never covered by -y alone.
        if (plan.dangerous() && !request.has(NOFS)) {
            throw CliException.failed("this burn is not failsafe: " + plan.danger().or(plan::settingsRisk).orElse(""),
                "add --nofs to agree; nothing was changed");
        }
        Consent consent = new Consent(request.streams(), request.has(Opt.YES));
        for (BurnQuestion question : plan.questions()) {
            if (!consent.ask(PlanText.question(question))) {
                request.err().line("cx3: declined; nothing was changed");
                return question instanceof BurnQuestion.NotNewer ? ExitCode.DECLINED : ExitCode.FAILED;
            }
        }
        if (plan.questions().isEmpty() && !consent.ask(PlanText.consent(plan))) {
            request.err().line("cx3: declined; nothing was changed");
            return ExitCode.FAILED;
        }
        return ExitCode.DONE;
    }

    private void execute(BurnPlan plan, Map<String, Object> map) throws Exception {
        Optional<FlashContent> keep = request.has(NO_BACKUP) ? Optional.empty() : Optional.of(content);
        Optional<BackupStore.Saved> backup;
        try (BurnProgress progress = new BurnProgress(request.streams())) {
            backup = GuardedBurn.execute(plan.dangerous() ? plan.withConsent() : plan, device, keep,
                request.streams().state(), progress);
        }
        backup.ifPresent(saved -> map.put("backup", saved.backup().file().toString()));
        if (!request.json()) {
            Out out = request.out();
            backup.ifPresent(saved -> out.line("Backup of what was there before: " + saved.backup().file()));
            out.line(PlanText.done(plan, request.value(Opt.DEVICE, device.card().name())));
        }
    }
}
