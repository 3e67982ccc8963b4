// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.util.List;
import org.cx3tools.assemble.FieldDictionary;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.output.DiffText;
import org.cx3tools.cli.output.Json;
import org.cx3tools.inspect.Difference;
import org.cx3tools.inspect.InspectionDiff;

/** {@code cx3 diff}. */
final class DiffCommand implements Command {
    @Override
    public Spec spec() {
        return new Spec("diff", "A B [--psid PSID] [--fields FILE] [--json]", List.of(
            "Compares two images, dumps or cards, in any combination: header words, sections, tags, GUIDs and MACs, keys",
            "of the board file, record bits by name, parts of the boot ROM; of two flashes also which images they hold.",
            "Of a flash with two images the intact one with the lower address is compared. What lies behind an image is",
            "not compared. Exit code 0: equal, 1: different (or an error, told on the error output)."),
            List.of(Opt.PSID, AssembleCommand.FIELDS, Opt.JSON), 2, 2,
            List.of("cx3 diff original_firmware.bin new_firmware.bin", "cx3 diff original_firmware.bin 23:00.0"));
    }

    @Override
    public int run(Request request) throws Exception {
        FieldDictionary fields = AssembleCommand.fields(request);
        String a = request.argument(0, "");
        String b = request.argument(1, "");
        if (request.has(Opt.PSID) && !Images.isArchive(request, a) && !Images.isArchive(request, b)) {
            throw CliException.usage("--psid chooses a board of an archive, and neither is one", "leave it out");
        }
        List<Difference> differences = InspectionDiff.of(Subject.of(request, a, fields),
            Subject.of(request, b, fields));
        if (request.json()) {
            Json.print(request.out(), DiffText.map(a, b, differences));
        } else {
            DiffText.print(request.out(), differences);
        }
        return differences.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
