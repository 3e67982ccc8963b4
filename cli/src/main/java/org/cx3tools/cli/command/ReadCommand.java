// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cx3tools.binary.Bytes;
import org.cx3tools.burn.FlashReader;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.output.Json;
import org.cx3tools.cli.output.OutputFile;
import org.cx3tools.cli.output.ProgressView;
import org.cx3tools.device.Device;

/** {@code cx3 read}. */
final class ReadCommand implements Command {
    private static final Opt FLASH = Opt.flag("flash", "the whole raw flash, byte for byte", "the image only");

    @Override
    public Spec spec() {
        return new Spec("read", "-d DEVICE [--flash] [--force] FILE", List.of(
            "Backs up the image of a card as the contiguous file that was burnt, or its whole flash. The file appears",
            "under its name only when it is complete; a failed backup leaves an older file untouched."),
            List.of(Opt.DEVICE, FLASH, Opt.FORCE, Opt.JSON), 1, 1,
            List.of("cx3 read -d 23:00.0 original_firmware.bin", "cx3 read -d 23:00.0 --flash original_flash.bin"));
    }

    @Override
    public int run(Request request) throws Exception {
        String name = request.arguments().get(0);
        Path file = request.streams().resolve(name);
        OutputFile.check(file, request.has(Opt.FORCE));
        Bytes content;
        List<String> problems;
        try (Device device = Targets.reading(request); ProgressView view = new ProgressView(request.streams())) {
            if (request.has(FLASH)) {
                content = FlashReader.dump(device.flash(), view);
                problems = List.of();
            } else {
                FlashReader.Reading reading = FlashReader.current(device.flash(), view);
                content = reading.image().bytes();
                problems = reading.problems();
            }
        }
        OutputFile.write(file, content.toArray(), request.has(Opt.FORCE));
        for (String problem : problems) {
            request.err().line("cx3: warning: the image on flash is damaged: " + problem);
        }
        if (request.json()) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("file", name);
            map.put("bytes", content.length());
            map.put("problems", problems);
            Json.print(request.out(), map);
        } else {
            request.out().line(name + ": " + content.length() + " bytes written");
        }
        return ExitCode.DONE;
    }
}
