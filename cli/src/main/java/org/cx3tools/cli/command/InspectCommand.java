// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.util.List;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.output.InspectJson;
import org.cx3tools.cli.output.InspectText;
import org.cx3tools.cli.output.Json;
import org.cx3tools.inspect.Inspection;

/** {@code cx3 inspect}. */
final class InspectCommand implements Command {
    @Override
    public Spec spec() {
        return new Spec("inspect", "-d DEVICE | -i FILE [--psid PSID] [--fields FILE] [--json]", List.of(
            "Shows all that is known about an image, a dump or the flash of a card: every word of the header, every",
            "section, every tag, every Configuration record with the fields that have a name, the parts of the boot ROM,",
            "the board file; of a flash both slots and what an interrupted burn has left. Damaged ones are shown as far",
            "as they can be read, with all that is wrong; the exit code is 0 all the same (cx3 verify judges)."),
            List.of(Opt.DEVICE, Opt.IMAGE, Opt.PSID, AssembleCommand.FIELDS, Opt.JSON), 0, 0,
            List.of("cx3 inspect -i original_firmware.bin", "cx3 inspect -d 23:00.0 --json"));
    }

    @Override
    public int run(Request request) throws Exception {
        Inspection inspection = Subject.named(request, AssembleCommand.fields(request));
        String name = request.value(Opt.DEVICE, request.value(Opt.IMAGE, ""));
        if (request.json()) {
            Json.print(request.out(), InspectJson.map(name, inspection));
        } else {
            InspectText.print(request.out(), name, inspection);
        }
        return ExitCode.DONE;
    }
}
