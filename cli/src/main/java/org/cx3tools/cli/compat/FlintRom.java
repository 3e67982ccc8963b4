// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.util.List;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.burn.BurnException;
import org.cx3tools.burn.BurnQuestion;
import org.cx3tools.burn.ImageChanges;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.output.Out;
import org.cx3tools.device.DeviceException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.RomInfo;
import org.cx3tools.image.RomRecord;

/** The commands {@code brom} and {@code drom} (fs2-image 6.3). */
final class FlintRom {
    static final String RESTORING = "Restoring signature  - OK";

    private static final String BURNING = "Burning ROM image    - ";
    private static final String REMOVING = "Removing ROM image    - ";
    private static final String NOT_BURNT = "Burn ROM failed: ";

    private FlintRom() {
    }

    static int burn(FlintSession session) {
        if (!session.check("brom", 1, 1, "", FlintSession.Target.EITHER)) {
            return ExitCode.FAILED;
        }
        FlintLog log = FlintLog.of(session);
        try {
            Bytes rom = FlintTarget.file(session, session.parameter());
            return FlintEditable.edit(session, why -> failed(session, why, log),
                image -> burn(session, image, rom, log));
        } catch (FlintTarget.Unusable e) {
            return session.error(NOT_BURNT + e.getMessage());
        }
    }

    private static int burn(FlintSession session, FlintEditable target, Bytes rom, FlintLog log)
            throws BurnException, DeviceException, FlintImage.Bad {
        Fs2Image image;
        try {
            image = target.read();
        } catch (BurnException e) {
            return notQueried(session, FlintFailures.ofFlashImage(e.failure()));
        } catch (FlintImage.Bad e) {
            return notQueried(session, e.getMessage());
        }
        return burn(session, target, image, rom, log);
    }

    private static int burn(FlintSession session, FlintEditable target, Fs2Image image, Bytes rom, FlintLog log)
            throws BurnException, DeviceException, FlintImage.Bad {
        Out out = session.out();
        Optional<BurnQuestion.RomForOtherDevice> question = ImageChanges.romQuestion(image, rom);
        if (question.isPresent() && !FlintQuestions.agreed(session, question.get(), "device")) {
            return ExitCode.FAILED;
        }
        Optional<String> problem = log.add("Start ROM burning: flint brom of " + session.parameter() + " ");
        if (problem.isPresent()) {
            return session.error(problem.get());
        }
        RomInfo now = RomInfo.of(rom);
        log.add(versions(image.rom(), now));
        List<String> current = image.rom().filter(r -> !r.records().isEmpty() || r.error().isEmpty())
            .map(RomInfo::lines).orElse(List.of("N/A"));
        out.newline();
        FlintQueryText.romLines(out, "    Current ROM info on flash: ", current);
        FlintQueryText.romLines(out, "    New ROM info:              ", now.lines());
        out.newline().line("-I- Preparing to burn ROM ...");
        out.flush();
        Fs2Image changed = ImageChanges.withRom(image, rom, session.has(FlintOption.ALLOW_ROM_CHANGE));
        int code = target.replace(changed, new FlintProgress(session, BURNING, RESTORING));
        if (code == ExitCode.DONE) {
            out.newline();
            log.add("Burn completed successfully");
        }
        return code;
    }

    private static int notQueried(FlintSession session, String why) {
        return session.error("Failed to query " + (session.onDevice() ? "Device: " + session.device()
            : "image: " + session.image()) + ". " + why);
    }

    private static int failed(FlintSession session, String why, FlintLog log) {
        log.add("Burn failed: " + NOT_BURNT + why);
        return session.error(NOT_BURNT + why);
    }

    private static String versions(Optional<RomInfo> current, RomInfo now) {
        List<RomRecord> old = current.map(RomInfo::records).orElse(List.of());
        return old.isEmpty() ? "Current ROM version on flash: N/A, New ROM version" + first(now.records())
            : "Current ROM version on flash " + first(old) + ", New ROM version " + first(now.records());
    }

    private static String first(List<RomRecord> records) {
        return "(1st ROM of " + records.size() + "): " + (records.isEmpty() ? "" : records.get(0).version());
    }

    static int remove(FlintSession session) {
        if (!session.check("drom", 0, 0, "", FlintSession.Target.EITHER)) {
            return ExitCode.FAILED;
        }
        return FlintEditable.edit(session, why -> session.error("Remove ROM failed: " + why), image -> {
            session.out().newline().line("-I- Preparing to remove ROM ...");
            session.out().flush();
            Fs2Image changed = ImageChanges.withoutRom(image.read(), session.has(FlintOption.ALLOW_ROM_CHANGE));
            return image.replace(changed, new FlintProgress(session, REMOVING, RESTORING));
        });
    }
}
