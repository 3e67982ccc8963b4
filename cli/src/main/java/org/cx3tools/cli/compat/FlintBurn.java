// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.util.List;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.backup.GuardedBurn;
import org.cx3tools.burn.BurnException;
import org.cx3tools.burn.BurnFailure;
import org.cx3tools.burn.BurnOptions;
import org.cx3tools.burn.BurnPlan;
import org.cx3tools.burn.BurnQuestion;
import org.cx3tools.burn.CarryOver;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.output.Out;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceException;
import org.cx3tools.image.FirmwareVersion;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;

/** The command {@code burn} (fs2-image 7.5). */
final class FlintBurn {
    static final String BURNING = "Burning FS2 FW image without signatures - ";
    static final String RESTORING = "Restoring signature                     - OK";

    private FlintBurn() {
    }

    static int run(FlintSession session) {
        if (!session.check("burn", 0, 0, "", FlintSession.Target.BOTH)) {
            return ExitCode.FAILED;
        }
        Optional<String> uid = FlintNumbers.uidProblem(session, "burn");
        if (uid.isPresent()) {
            return session.error(uid.get());
        }
        Optional<Bytes> content = FlintTarget.image(session);
        if (content.isEmpty()) {
            return ExitCode.FAILED;
        }
        Fs2Image image;
        BurnOptions options;
        try {
            options = FlintNumbers.options(session);
            FlintImage.judge(content.get(), false, true);
            image = Fs2Image.parse(content.get());
        } catch (FlintImage.Bad e) {
            return session.error("Failed to query image: " + session.image() + ". " + e.getMessage());
        } catch (FormatException e) {
            return session.error("Failed to query image: " + session.image() + ". " + e.getMessage());
        } catch (CliException e) {
            return session.error(e.getMessage() + " ");
        }
        Optional<Device> opened = FlintTarget.device(session);
        if (opened.isEmpty()) {
            return ExitCode.FAILED;
        }
        if (session.has(FlintOption.NO_FLASH_VERIFY)) {
            session.out().line("-W- The flash is verified all the same: -no_flash_verify has no effect.");
        }
        FlintLog log = FlintLog.of(session);
        try (Device device = opened.get()) {
            return burn(session, device, BurnPlan.make(device, image, options), log);
        } catch (BurnException e) {
            return failed(session, e.failure(), log);
        } catch (DeviceException e) {
            log.add("Burn failed: " + FlintTarget.text(e));
            return session.error("Burning FS2 image failed: " + FlintTarget.text(e));
        }
    }

    private static int burn(FlintSession session, Device device, BurnPlan plan, FlintLog log)
            throws BurnException, DeviceException {
        Out out = session.out();
        boolean versionsShown = false;
        boolean versionsDone = false;
        for (BurnQuestion question : plan.questions()) {
            if (!versionsShown && !beforeVersions(question)) {
                versions(out, plan);
                versionsShown = true;
            }
            if (versionsShown && !versionsDone && !(question instanceof BurnQuestion.NotNewer)) {
                out.newline();
                versionsDone = true;
            }
            if (!FlintQuestions.agreed(session, question, "device")) {
                return question instanceof BurnQuestion.NotNewer ? ExitCode.DECLINED : ExitCode.FAILED;
            }
        }
        if (!versionsShown) {
            versions(out, plan);
        }
        if (!versionsDone) {
            out.newline();
        }
        if (plan.carried().romSource() == CarryOver.Source.NONE && !session.has(FlintOption.USE_IMAGE_ROM)) {
            out.line("-W- Skipping ROM section handling (ROM section is empty)");
        }
        Optional<String> problem = log.add("Start FW burning: flint burn of " + session.image() + " ");
        if (problem.isPresent()) {
            return session.error(problem.get());
        }
        log.add("Current FW version on flash: " + text(plan.currentVersion()) + ",  New FW version: "
            + text(plan.newVersion()));
        out.flush();
        BurnPlan agreed = plan.dangerous() ? plan.withConsent() : plan;
        boolean silent = session.has(FlintOption.SILENT);
        GuardedBurn.execute(agreed, device, Optional.empty(), session.streams().state(),
            new FlintProgress(session, silent ? "" : BURNING, silent ? "" : RESTORING));
        log.add("Burn completed successfully");
        return ExitCode.DONE;
    }

    private static boolean beforeVersions(BurnQuestion question) {
        return question instanceof BurnQuestion.RomForOtherDevice || question instanceof BurnQuestion.IdentityChange
            || question instanceof BurnQuestion.BlankVsd;
    }

    private static void versions(Out out, BurnPlan plan) {
        out.newline();
        out.line("    Current FW version on flash:  " + text(plan.currentVersion()));
        out.line("    New FW version:               " + text(plan.newVersion()));
    }

    private static String text(Optional<FirmwareVersion> version) {
        return version.isPresent() ? version.get().toString() : "N/A";
    }

    private static int failed(FlintSession session, BurnFailure failure, FlintLog log) {
        List<String> lines = FlintFailures.lines(failure, session.image());
        if (failure instanceof BurnFailure.PsidMismatch) {
            session.out().newline();
        }
        session.error(lines.get(0));
        for (String line : lines.subList(1, lines.size())) {
            session.out().line(line);
        }
        log.add("Burn failed: " + failure.message());
        return ExitCode.FAILED;
    }
}
