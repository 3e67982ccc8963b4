// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cx3tools.assemble.FieldDictionary;
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
import org.cx3tools.inspect.Inspection;
import org.cx3tools.verify.Finding;
import org.cx3tools.verify.Verifier;

/** Images in files and on cards. */
final class Images {
    private static final String NO_IMAGE = "no FS2 firmware image (the magic is nowhere)";

    private Images() {
    }

    /**
     * Content of an image file.
     *
     * @throws CliException when it does not begin with an image, with what it is instead
     */
    static Bytes content(Request request, String name) throws CliException, IOException {
        return content(request, name, request.psid());
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
        return ImageContent.of(request.streams().resolve(name), name, request.psid());
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
        return good(name, file(request, name));
    }

    /** The same of content that is already there. */
    static Fs2Image good(String name, Bytes content) throws CliException {
        return good(name, parsed(name, content));
    }

    private static Fs2Image good(String name, Fs2Image image) throws CliException {
        Optional<Finding> wrong = Verifier.firstError(Verifier.findings(image));
        if (wrong.isPresent()) {
            throw CliException.failed(name + " is damaged: " + wrong.get(), "cx3 verify -i " + name + " shows each part");
        }
        return image;
    }

    /** Whether a file begins like a PCI expansion ROM. */
    static boolean isRom(Request request, String name) throws IOException {
        Path file = request.streams().resolve(name);
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] mark = in.readNBytes(2);
            return mark.length == 2 && (mark[0] & 0xff) == 0x55 && (mark[1] & 0xff) == 0xaa;
        }
    }

    /**
     * Reads an image file.
     *
     * @throws CliException when its structure is wrong, naming the file
     */
    static Fs2Image file(Request request, String name) throws CliException, IOException {
        return file(request, name, request.psid());
    }

    /** The same, of an archive the image of a board. */
    static Fs2Image file(Request request, String name, Optional<String> psid) throws CliException, IOException {
        return parsed(name, content(request, name, psid));
    }

    /** The image of some content, which is that of a file. */
    static Fs2Image parsed(String name, Bytes content) throws CliException {
        try {
            return Fs2Image.parse(content);
        } catch (FormatException e) {
            if (readsAsFlash(content)) {
                throw new CliException(ExitCode.FAILED, name + " is a raw flash dump", "use it as a card: -d file:" + name
                    + ", or take its image out with cx3 convert", e);
            }
            throw new CliException(ExitCode.FAILED, name + " is damaged or cut short: " + e.getMessage(),
                "get a good copy; cx3 verify -i " + name + " shows each part", e);
        }
    }

    private static boolean readsAsFlash(Bytes content) {
        try {
            return Inspection.of(content, FieldDictionary.empty()).kind() == Inspection.Kind.FLASH;
        } catch (FormatException e) {
            return false;
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
