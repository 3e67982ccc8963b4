// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.util.Optional;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.device.DeviceException;
import org.cx3tools.device.RunningVersion;
import org.cx3tools.query.ImageQuery;

/** The command {@code query} (fs2-image 7.3). */
final class FlintQuery {
    private FlintQuery() {
    }

    static int run(FlintSession session) {
        if (!session.check("query", 0, 1, "full", FlintSession.Target.EITHER)) {
            return ExitCode.FAILED;
        }
        try {
            Optional<FlintImage> opened = FlintImage.open(session, true);
            if (opened.isEmpty()) {
                return ExitCode.FAILED;
            }
            try (FlintImage image = opened.get()) {
                print(session, image);
                return ExitCode.DONE;
            }
        } catch (FlintImage.Bad e) {
            return failed(session, e.getMessage());
        } catch (DeviceException e) {
            return failed(session, FlintTarget.text(e));
        }
    }

    private static void print(FlintSession session, FlintImage image) throws FlintImage.Bad, DeviceException {
        boolean quick = session.has(FlintOption.QQ);
        boolean withRom = !quick || !session.onDevice();
        ImageQuery query = image.read(medium -> ImageQuery.of(medium, withRom));
        Optional<RunningVersion> running = image.device().isPresent() ? image.device().get().runningVersion()
            : Optional.empty();
        FlintQueryText text = new FlintQueryText(session.out(), query);
        if (session.has(FlintOption.FLASHED_VERSION)) {
            text.flashedVersion();
        } else {
            text.print(session.parameter().equals("full"), quick, running);
        }
    }

    private static int failed(FlintSession session, String reason) {
        return session.error(session.onDevice() ? "Failed to query Device: " + session.device() + ". " + reason
            : "Failed to query image: " + session.image() + ". " + reason);
    }
}
