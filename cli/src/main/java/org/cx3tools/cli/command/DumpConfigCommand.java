// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.output.OutputFile;
import org.cx3tools.device.Device;
import org.cx3tools.flash.FlashMedium;
import org.cx3tools.flash.Progress;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.FwConfiguration;
import org.cx3tools.image.ImageOutline;
import org.cx3tools.image.ImageReader;
import org.cx3tools.image.LogicalMedium;
import org.cx3tools.image.Section;
import org.cx3tools.image.SectionType;

/** {@code cx3 dump-config}. */
final class DumpConfigCommand implements Command {
    @Override
    public Spec spec() {
        return new Spec("dump-config", "-d DEVICE | -i FILE [--force] [OUTPUT]", List.of(
            "Writes the board file (.ini) that an image was built from, byte for byte, to a file or to the standard",
            "output."),
            List.of(Opt.DEVICE, Opt.IMAGE, Opt.PSID, Opt.FORCE), 0, 1,
            List.of("cx3 dump-config -d 23:00.0 original_config.ini", "cx3 dump-config -i original_firmware.bin"));
    }

    @Override
    public int run(Request request) throws Exception {
        String name = request.argument(0, "");
        Path file = request.streams().resolve(name);
        if (!name.isEmpty()) {
            OutputFile.check(file, request.has(Opt.FORCE));
        }
        Bytes text = Targets.isDevice(request) ? fromCard(request) : text(Images.file(request,
            request.value(Opt.IMAGE, "")).section(SectionType.FW_CONFIGURATION));
        if (name.isEmpty()) {
            request.out().bytes(text.toArray());
        } else {
            OutputFile.write(file, text.toArray(), request.has(Opt.FORCE));
            request.out().line(name + ": " + text.length() + " bytes written");
        }
        return ExitCode.DONE;
    }

    private static Bytes fromCard(Request request) throws Exception {
        try (Device device = Targets.reading(request)) {
            LogicalMedium image = Images.onCard(device, Progress.NONE);
            return text(ImageReader.readSection(image, ImageOutline.read(image), SectionType.FW_CONFIGURATION));
        } catch (IOException e) {
            throw FlashMedium.unwrap(e);
        }
    }

    private static Bytes text(Optional<Section> section) throws CliException, FormatException {
        if (section.isEmpty()) {
            throw CliException.failed("the image has no FW Configuration section, so no board file is in it",
                "take the board file from the release archive");
        }
        if (!section.get().crcOk()) {
            throw CliException.failed("the FW Configuration section at 0x"
                + Integer.toHexString(section.get().start()) + " is damaged: CRC expected 0x"
                + Integer.toHexString(section.get().computedCrc()) + ", found 0x"
                + Long.toHexString(section.get().storedCrc()), "use a good copy of the image");
        }
        return FwConfiguration.inflate(section.get().payload(), section.get().payloadStart());
    }
}
