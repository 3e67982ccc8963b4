// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.ImageContent;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceException;
import org.cx3tools.flash.FlashMedium;
import org.cx3tools.flash.Progress;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageLocator;
import org.cx3tools.image.ImageReader;
import org.cx3tools.image.LogicalMedium;
import org.cx3tools.image.Medium;
import org.cx3tools.verify.Finding;
import org.cx3tools.verify.Verifier;

/** Images in files and on cards. */
final class Images {
    private static final long LARGEST = 64L << 20;
    private static final int ROM_MARK = 0x55aa;
    private static final String NO_IMAGE = "no FS2 firmware image (the magic is nowhere)";

    private Images() {
    }

    /**
     * Content of an image file.
     *
     * @throws CliException when it does not begin with an image, with what it is instead
     */
    static Bytes content(Request request, String name) throws CliException, IOException {
        return content(request, name, ArchiveCommand.psid(request));
    }

    private static Bytes content(Request request, String name, Optional<String> psid)
            throws CliException, IOException {
        Bytes content = ImageContent.of(request.streams().resolve(name), name, psid);
        if (content.length() >= 16 && content.slice(0, 16).equals(ImageLocator.MAGIC)) {
            return content;
        }
        List<Long> starts = ImageLocator.starts(Medium.of(content));
        if (starts.isEmpty()) {
            throw CliException.failed(name + " holds " + NO_IMAGE, "give an image (.bin) of a ConnectX-3 card");
        }
        throw CliException.failed(name + " is a raw flash dump, its image begins at 0x"
            + Long.toHexString(starts.get(0)), "use it as a card: -d file:" + name);
    }

    /** Content of a file, of an archive (.mfa) the image of the board of {@code --psid}. */
    static Bytes bytes(Request request, String name) throws CliException, IOException {
        return ImageContent.of(request.streams().resolve(name), name, ArchiveCommand.psid(request));
    }

    /** Whether a file is an archive of images. */
    static boolean isArchive(Request request, String name) throws IOException {
        return ImageContent.isArchive(request.streams().resolve(name));
    }

    /**
     * Reads an image file that must be good.
     *
     * @throws CliException when something is wrong with it
     */
    static Fs2Image good(Request request, String name) throws CliException, IOException {
        Fs2Image image = file(request, name);
        for (Finding finding : Verifier.findings(image)) {
            if (finding.severity() == Finding.Severity.ERROR) {
                throw CliException.failed(name + " is damaged: " + finding, "cx3 verify -i " + name + " shows each part");
            }
        }
        return image;
    }

    /** Whether a file begins like a PCI expansion ROM. */
    static boolean isRom(Request request, String name) throws IOException {
        Bytes content = Bytes.ofFile(request.streams().resolve(name), LARGEST);
        return content.length() >= 2 && content.u16(0) == ROM_MARK;
    }

    /**
     * Reads an image file.
     *
     * @throws CliException when its structure is wrong, naming the file
     */
    static Fs2Image file(Request request, String name) throws CliException, IOException {
        return file(request, name, ArchiveCommand.psid(request));
    }

    /** The same, of an archive the image of a board. */
    static Fs2Image file(Request request, String name, Optional<String> psid) throws CliException, IOException {
        Bytes content = content(request, name, psid);
        try {
            return Fs2Image.parse(content);
        } catch (FormatException e) {
            throw new CliException(ExitCode.FAILED, name + " is damaged or cut short: " + e.getMessage(),
                "get a good copy; cx3 verify -i " + name + " shows each part", e);
        }
    }

    /**
     * Finds the image of a card.
     *
     * @param progress told about reading
     * @return where it is
     */
    static LogicalMedium onCard(Device device, Progress progress)
            throws CliException, DeviceException, FormatException {
        try {
            FlashMedium medium = new FlashMedium(device.flash(), progress);
            List<Long> starts = ImageLocator.starts(medium);
            if (starts.isEmpty()) {
                throw CliException.failed("the flash of " + device.card().name() + " holds " + NO_IMAGE,
                    "the card is in recovery mode: burn an image, with --guid and --mac of its sticker and --nofs");
            }
            return ImageReader.open(medium, starts.get(0));
        } catch (IOException e) {
            throw FlashMedium.unwrap(e);
        }
    }

    /** First text, or a fallback. */
    static String or(Optional<?> value, String fallback) {
        return value.isPresent() ? value.get().toString() : fallback;
    }
}
