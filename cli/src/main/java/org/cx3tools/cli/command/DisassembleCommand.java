// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cx3tools.assemble.AssembleNote;
import org.cx3tools.assemble.Disassembler;
import org.cx3tools.assemble.Disassembly;
import org.cx3tools.assemble.FieldDictionary;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.output.Json;
import org.cx3tools.image.Fs2Image;

/** {@code cx3 disassemble}. */
final class DisassembleCommand implements Command {
    private static final Opt NAME = Opt.value("name", "NAME", "name of the files in the folder, without ending",
        "firmware");

    @Override
    public Spec spec() {
        return new Spec("disassemble", "-i FILE [OPTIONS] FOLDER", List.of(
            "Turns an image into a folder: a readable release source (.mlx, our dialect), the board file (.ini, exact",
            "text) and side files. Assembling the folder unchanged gives the image, byte for byte."),
            List.of(Opt.IMAGE, Opt.PSID, NAME, AssembleCommand.FIELDS, Opt.JSON), 1, 1,
            List.of("cx3 disassemble -i original_firmware.bin parts"));
    }

    @Override
    public int run(Request request) throws Exception {
        String folder = request.arguments().get(0);
        String baseName = request.value(NAME, "firmware");
        if (baseName.isEmpty() || baseName.contains("/")) {
            throw CliException.usage("--name needs a plain file name, not \"" + baseName + "\"",
                "the folder is an argument of its own");
        }
        Fs2Image image = Images.file(request, request.required(Opt.IMAGE));
        FieldDictionary fields = AssembleCommand.fields(request);
        Disassembly parts = new Disassembler(fields).disassemble(image, baseName);
        Path source = parts.write(request.streams().resolve(folder));
        for (AssembleNote note : parts.notes()) {
            request.note(note.text());
        }
        if (request.json()) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("source", folder + "/" + source.getFileName());
            map.put("files", List.copyOf(parts.files().keySet()));
            Json.print(request.out(), map);
        } else {
            for (Map.Entry<String, ?> file : parts.files().entrySet()) {
                request.out().line(folder + "/" + file.getKey());
            }
        }
        return ExitCode.DONE;
    }
}
