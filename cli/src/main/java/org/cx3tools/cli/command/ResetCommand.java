// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.output.Consent;
import org.cx3tools.cli.output.Json;
import org.cx3tools.device.Device;
import org.cx3tools.device.RunningVersion;

/** {@code cx3 reset}. */
final class ResetCommand implements Command {
    @Override
    public Spec spec() {
        return new Spec("reset", "-d DEVICE [--unbind-driver] [-y] [--json]", List.of(
            "Resets the chip as the kernel driver does it, so that it starts the image that was burnt, and shows the",
            "version that runs afterwards. Refused while a driver uses the card, unless it may be taken off. Settings of PCI",
            "config space (SR-IOV, BAR size) need a restart of the machine."),
            List.of(Opt.DEVICE, ChangeTarget.UNBIND, Opt.YES, Opt.JSON), 0, 0, List.of("cx3 reset -d 23:00.0 -y"));
    }

    @Override
    public int run(Request request) throws Exception {
        try (ChangeTarget target = ChangeTarget.open(request)) {
            Device device = target.device();
            String before = text(device.runningVersion());
            if (!new Consent(request.streams(), request.has(Opt.YES)).ask("Reset the chip of "
                    + request.value(Opt.DEVICE, "") + " (running firmware " + before + ")")) {
                throw CliException.failed("nothing was changed", "");
            }
            device.reset();
            Optional<RunningVersion> after = device.runningVersion();
            if (request.json()) {
                Map<String, Object> map = new LinkedHashMap<>();
                map.put("before", before);
                map.put("after", text(after));
                Json.print(request.out(), map);
            } else {
                request.out().line("Running firmware before: " + before);
                request.out().line("Running firmware after:  " + text(after));
            }
            if (after.isEmpty()) {
                throw CliException.failed("no firmware runs after the reset: the card found no image that boots",
                    "burn an image again; the card is in recovery mode and can be written");
            }
            return ExitCode.DONE;
        }
    }

    private static String text(Optional<RunningVersion> version) {
        return version.isPresent() ? version.get().toString() : "none";
    }
}
