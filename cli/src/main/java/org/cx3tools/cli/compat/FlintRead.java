// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.burn.FlashReader;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.Problems;
import org.cx3tools.cli.output.Out;
import org.cx3tools.cli.output.OutputFile;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceException;
import org.cx3tools.flash.Progress;
import org.cx3tools.image.FwConfiguration;
import org.cx3tools.image.ImageOutline;
import org.cx3tools.image.ImageReader;
import org.cx3tools.image.RomInfo;
import org.cx3tools.image.Section;
import org.cx3tools.image.SectionType;

/** The commands that read: ri, dc, dh, rrom, qrom, checksum (fs2-image 6.1, 6.2, 7.7 to 7.9). */
final class FlintRead {
    private FlintRead() {
    }

    static int image(FlintSession session) {
        if (!session.check("ri", 1, 1, "", FlintSession.Target.DEVICE)) {
            return ExitCode.FAILED;
        }
        Path file = session.streams().resolve(session.parameter());
        try {
            OutputFile.check(file, true);
        } catch (IOException e) {
            return session.error("Can not open " + session.parameter() + ": " + Problems.message(e));
        }
        Optional<Device> opened = FlintTarget.reading(session);
        if (opened.isEmpty()) {
            return ExitCode.FAILED;
        }
        try (Device device = opened.get()) {
            FlashReader.Reading reading = FlashReader.current(device.flash(), Progress.NONE);
            OutputFile.write(file, reading.image().bytes().toArray(), true);
            for (String problem : reading.problems()) {
                session.out().line("-W- The image on flash is damaged: " + problem);
            }
            return ExitCode.DONE;
        } catch (org.cx3tools.burn.BurnException e) {
            return session.error("Failed to read image. " + FlintFailures.ofFlashImage(e.failure()));
        } catch (DeviceException e) {
            return session.error("Failed to read image. " + FlintTarget.text(e));
        } catch (IOException e) {
            return session.error("Failed to write " + session.parameter() + ": " + Problems.message(e)
                + "; an older file of this name is untouched");
        }
    }

    static int configuration(FlintSession session) {
        return text(session, "dc", "Failed dumping Fw Configuration : ", SectionType.FW_CONFIGURATION);
    }

    static int hashFile(FlintSession session) {
        return text(session, "dh", "Failed dumping Hash file : ", SectionType.HASH_FILE);
    }

    private static int text(FlintSession session, String command, String failure, SectionType type) {
        if (!session.check(command, 0, 1, "", FlintSession.Target.EITHER)) {
            return ExitCode.FAILED;
        }
        try {
            Optional<FlintImage> opened = FlintImage.open(session, false);
            if (opened.isEmpty()) {
                return ExitCode.FAILED;
            }
            try (FlintImage image = opened.get()) {
                Section section = section(image, type);
                Bytes text = FwConfiguration.inflate(section.payload(), section.payloadStart());
                return write(session, upToNul(text.toArray()));
            }
        } catch (FlintImage.Bad e) {
            return session.error(failure + e.getMessage());
        } catch (org.cx3tools.image.FormatException e) {
            return session.error(failure + e.getMessage());
        } catch (DeviceException e) {
            return session.error(failure + FlintTarget.text(e));
        }
    }

    private static Section section(FlintImage image, SectionType type) throws FlintImage.Bad {
        Optional<Section> found = image.read(medium ->
            ImageReader.readSection(medium, ImageOutline.read(medium), type));
        if (found.isEmpty()) {
            throw new FlintImage.Bad("FW section not found in the given image.");
        }
        return found.get();
    }

    /** The stock tool prints it as a C string. */
    private static byte[] upToNul(byte[] text) {
        int end = 0;
        while (end < text.length && text[end] != 0) {
            end++;
        }
        return java.util.Arrays.copyOf(text, end);
    }

    private static int write(FlintSession session, byte[] text) {
        if (session.parameter().isEmpty()) {
            session.out().bytes(text);
            return ExitCode.DONE;
        }
        try {
            OutputFile.write(session.streams().resolve(session.parameter()), text, true);
            return ExitCode.DONE;
        } catch (IOException e) {
            return FlintTarget.cannotWrite(session.out(), "Can not open file " + session.parameter()
                + " for write: " + systemWords(e) + ".");
        }
    }

    /** The words of the C library for the usual failures, else Java's. */
    private static String systemWords(IOException e) {
        if (e instanceof java.nio.file.NoSuchFileException) {
            return "No such file or directory";
        }
        if (e instanceof java.nio.file.AccessDeniedException) {
            return "Permission denied";
        }
        return e.getMessage() != null && e.getMessage().endsWith(" is a folder") ? "Is a directory"
            : Problems.message(e);
    }

    static int rom(FlintSession session) {
        if (!session.check("rrom", 1, 1, "", FlintSession.Target.EITHER)) {
            return ExitCode.FAILED;
        }
        Path file = session.streams().resolve(session.parameter());
        try {
            Optional<FlintImage> opened = FlintImage.open(session, true);
            if (opened.isEmpty()) {
                return ExitCode.FAILED;
            }
            try (FlintImage image = opened.get()) {
                Optional<Section> rom = image.read(medium ->
                    ImageReader.readSection(medium, ImageOutline.read(medium), SectionType.ROM));
                if (rom.isEmpty()) {
                    return session.error("Read ROM failed. The FW does not contain a ROM section");
                }
                if (Files.exists(file)) {
                    session.out().newline().line(
                        "-W- The given ROM file is existing, you are going to overwrite it.");
                    if (!session.ask()) {
                        return ExitCode.FAILED;
                    }
                }
                OutputFile.write(file, rom.get().payload().toArray(), true);
                return ExitCode.DONE;
            }
        } catch (FlintImage.Bad e) {
            return session.error("Read ROM failed. " + e.getMessage());
        } catch (IOException e) {
            return session.error("Cannot open " + session.parameter() + ": " + systemWords(e));
        } catch (DeviceException e) {
            return session.error("Read ROM failed. " + FlintTarget.text(e));
        }
    }

    static int queryRom(FlintSession session) {
        if (!session.check("qrom", 0, 0, "", FlintSession.Target.IMAGE)) {
            return ExitCode.FAILED;
        }
        Bytes payload;
        try {
            payload = FlintTarget.file(session, session.image());
        } catch (FlintTarget.Unusable e) {
            return session.error("Failed to open Image: " + e.getMessage());
        }
        if (payload.length() == 0) {
            return session.error("Image file rom (" + session.image()
                + ") query failed. Expansion Rom section not found.");
        }
        RomInfo info = RomInfo.of(payload);
        if (info.error().isPresent()) {
            return session.error("Image file rom (" + session.image() + ") query failed. " + info.error().get());
        }
        FlintQueryText.romLines(session.out(), "Rom Info: ", info.lines());
        return ExitCode.DONE;
    }

    static int checksum(FlintSession session) {
        if (!session.check("checksum", 0, 0, "", FlintSession.Target.EITHER)) {
            return ExitCode.FAILED;
        }
        Out out = session.out();
        boolean announced = false;
        String failure = "Failed to calculate checksum on " + (session.onDevice() ? "device: " : "image: ");
        try {
            Optional<FlintImage> opened = FlintImage.open(session, true);
            if (opened.isEmpty()) {
                return ExitCode.FAILED;
            }
            out.line("-I- Calculating Checksum ...");
            announced = true;
            try (FlintImage image = opened.get()) {
                out.line("Checksum: " + FlintChecksum.of(image.read(ImageReader::read)));
                return ExitCode.DONE;
            }
        } catch (FlintImage.Bad e) {
            if (!announced) {
                out.line("-I- Calculating Checksum ...");
            }
            return session.error(failure + e.getMessage());
        } catch (DeviceException e) {
            return session.error(failure + FlintTarget.text(e));
        }
    }
}
