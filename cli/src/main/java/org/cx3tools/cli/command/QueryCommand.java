// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.output.CardText;
import org.cx3tools.cli.output.Json;
import org.cx3tools.cli.output.QueryText;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceException;
import org.cx3tools.device.RunningVersion;
import org.cx3tools.flash.FlashMedium;
import org.cx3tools.flash.Progress;
import org.cx3tools.image.FormatException;
import org.cx3tools.query.ImageQuery;

/** {@code cx3 query}. */
final class QueryCommand implements Command {
    @Override
    public Spec spec() {
        return new Spec("query", "-d DEVICE | -i FILE [--json]", List.of(
            "Shows firmware version, PSID, GUIDs, MACs, boot ROM and layout of the image of a card or a file. Reads",
            "only what it shows; cx3 verify checks all of it."),
            List.of(Opt.DEVICE, Opt.IMAGE, Opt.PSID, Opt.JSON), 0, 0,
            List.of("cx3 query -d 23:00.0", "cx3 query -i original_firmware.bin --json"));
    }

    @Override
    public int run(Request request) throws Exception {
        if (!Targets.isDevice(request)) {
            String name = request.value(Opt.IMAGE, "");
            ImageQuery query = ImageQuery.of(Images.file(request, name));
            show(request, name, query, Optional.empty(), Optional.empty());
            return ExitCode.DONE;
        }
        try (Device device = Targets.reading(request)) {
            ImageQuery query = query(device);
            show(request, request.value(Opt.DEVICE, ""), query, device.runningVersion(),
                Optional.of(CardText.map(device.card())));
            return ExitCode.DONE;
        }
    }

    private static ImageQuery query(Device device) throws Exception {
        try {
            return ImageQuery.of(Images.onCard(device, Progress.NONE), true);
        } catch (IOException e) {
            throw FlashMedium.unwrap(e);
        }
    }

    private static void show(Request request, String name, ImageQuery query, Optional<RunningVersion> running,
            Optional<Map<String, Object>> card) throws DeviceException, FormatException {
        if (request.json()) {
            Map<String, Object> map = QueryText.map(query);
            running.ifPresent(version -> map.put("runningVersion", version.toString()));
            card.ifPresent(facts -> map.put("card", facts));
            Json.print(request.out(), map);
        } else {
            QueryText.print(request.out(), name, query, running);
        }
    }
}
