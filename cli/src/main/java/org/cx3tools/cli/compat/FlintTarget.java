// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cx3tools.archive.MfaArchive;
import org.cx3tools.binary.Bytes;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.DeviceNames;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.ImageContent;
import org.cx3tools.cli.Problems;
import org.cx3tools.cli.Signals;
import org.cx3tools.cli.output.Out;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceAddress;
import org.cx3tools.device.DeviceException;
import org.cx3tools.device.Devices;
import org.cx3tools.device.OpenOptions;
import org.cx3tools.image.ImageLocator;
import org.cx3tools.image.Medium;

/** Opens what a flint command works on; failures are printed in the vendor's words. */
final class FlintTarget {
    private static final int SHORTEST = 0x28;
    private static final int LARGEST = 64 << 20;
    private static final String GEN1 = "Invalid Firmware Format (found FS Gen 1)";

    private FlintTarget() {
    }

    /** Opens the card of {@code -d} to change it. */
    static Optional<Device> device(FlintSession session) {
        return open(session, false);
    }

    /** Opens the card of {@code -d} to read it, beside a driver if there is one. */
    static Optional<Device> reading(FlintSession session) {
        return open(session, true);
    }

    private static Optional<Device> open(FlintSession session, boolean reading) {
        try {
            Signals.install();
            String name = session.streams().resolveDevice(session.device());
            return Optional.of(reading
                ? Devices.openForReading(DeviceAddress.parse(name), OpenOptions.defaults()) : Devices.open(name));
        } catch (DeviceException e) {
            session.error("Cannot open Device: " + session.device() + ". "
                + DeviceNames.without(text(e), session.device(), session.streams()));
            return Optional.empty();
        }
    }

    /** Prints a failure of an open device. */
    static int failed(FlintSession session, DeviceException failure) {
        return session.error(text(failure));
    }

    /** Message and way out in one line. */
    static String text(DeviceException failure) {
        String message = Problems.message(failure);
        String advice = failure.advice();
        boolean add = !advice.isEmpty() && !message.contains(advice);
        return add ? message + "; " + advice : message;
    }

    /** Why an image file cannot be used. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String text) {
            super(text);
        }
    }

    /** Reads the image of {@code -i}; a failure is printed. */
    static Optional<Bytes> image(FlintSession session) {
        try {
            return Optional.of(content(session));
        } catch (Unusable e) {
            session.error("Cannot open Image: " + session.image() + ". " + e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Reads the image of {@code -i} and makes the checks of the stock tool at opening.
     *
     * @throws Unusable with the stock words
     */
    static Bytes content(FlintSession session) throws Unusable {
        Bytes content = board(session, file(session, session.image()));
        try {
            List<Long> starts = ImageLocator.starts(Medium.of(content));
            long start = starts.isEmpty() ? 0 : starts.get(0);
            if (content.length() < start + SHORTEST) {
                throw new Unusable(GEN1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return content;
    }

    /** Whether the file of {@code -i} is an archive; one that cannot be read is none. */
    static boolean isArchive(FlintSession session) {
        try {
            return ImageContent.isArchive(session.streams().resolve(session.image()));
        } catch (IOException e) {
            // Opening it for its command tells why.
            return false;
        }
    }

    /** Of an archive the image of the board of {@code -psid}, which is our addition. */
    private static Bytes board(FlintSession session, Bytes content) throws Unusable {
        boolean archive = MfaArchive.isArchive(content);
        if (!archive && session.has(FlintOption.PSID)) {
            throw new Unusable("It is no archive, and -psid chooses a board of one");
        }
        try {
            return archive ? ImageContent.chosenOf(ImageContent.parsed(content, session.image()), session.image(),
                session.has(FlintOption.PSID) ? Optional.of(session.arguments().value(FlintOption.PSID))
                    : Optional.empty()) : content;
        } catch (CliException e) {
            throw new Unusable(e.line().replace("--psid", "-psid"));
        }
    }

    /**
     * Reads a file whose length must be a multiple of 4.
     *
     * @throws Unusable with the stock words
     */
    static Bytes file(FlintSession session, String name) throws Unusable {
        Path path = session.streams().resolve(name);
        File there = path.toFile();
        if (there.exists() && !there.isFile() && !there.isDirectory()) {
            throw new Unusable("Can not open file \"" + name + "\" - not a regular file");
        }
        // Not a channel: its classes would cost a tenth of the start-up time.
        try (RandomAccessFile in = new RandomAccessFile(path.toString(), "r")) {
            long size = in.length();
            if (size > LARGEST) {
                throw new Unusable("File of " + size + " bytes is larger than any flash of these cards");
            }
            if (size % 4 != 0 && !isArchive(in)) {
                throw new Unusable("Image size should be 4-bytes aligned. Make sure file " + name
                    + " is in the right format (binary image)");
            }
            byte[] all = new byte[(int) size];
            in.readFully(all);
            return Bytes.of(all);
        } catch (FileNotFoundException e) {
            throw new Unusable(reason(name, e));
        } catch (IOException e) {
            throw new Unusable("Can not read file \"" + name + "\" - " + Problems.message(e));
        }
    }

    /** The length of an archive is any. */
    private static boolean isArchive(RandomAccessFile in) throws IOException {
        byte[] head = new byte[4];
        boolean there = in.read(head) == head.length && MfaArchive.isArchive(Bytes.of(head));
        in.seek(0);
        return there;
    }

    private static String reason(String name, FileNotFoundException e) {
        String why = systemText(e);
        if (why.equals("Is a directory")) {
            return "Can not get file size for \"" + name + "\" - Success";
        }
        return "Can not open file \"" + name + "\" - " + why;
    }

    /** The system's words behind a file that cannot be opened: Java puts them in brackets at the end. */
    static String systemText(IOException e) {
        String text = String.valueOf(e.getMessage());
        int open = text.lastIndexOf('(');
        return open >= 0 && text.endsWith(")") ? text.substring(open + 1, text.length() - 1) : text;
    }

    /** Prints a failed write of an output file. */
    static int cannotWrite(Out out, String text) {
        out.print("-E- " + text);
        return ExitCode.FAILED;
    }
}
