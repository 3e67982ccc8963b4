// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.update;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cx3tools.archive.MfaArchive;
import org.cx3tools.archive.MfaBoard;
import org.cx3tools.binary.Bytes;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.ImageContent;
import org.cx3tools.cli.Problems;
import org.cx3tools.cli.Streams;
import org.cx3tools.cli.output.Printable;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;

/** The images that cards are compared with and updated from: a file, an archive, or all of a folder. */
public final class AvailableImages {
    private final List<Source> sources;

    private AvailableImages(List<Source> sources) {
        this.sources = List.copyOf(sources);
    }

    /**
     * One image.
     *
     * @param file the file or archive it comes from
     * @param board the board of an archive
     * @param psid its PSID
     * @param content all of its bytes
     */
    public record Source(String file, Optional<MfaBoard> board, String psid, Bytes content) {
        /**
         * What it holds.
         *
         * @return version, PSID and more
         * @throws CliException when it is damaged
         */
        public ManagedImage managed() throws CliException {
            return ManagedImage.of(content, file);
        }

        /**
         * The image, to be burnt.
         *
         * @return all of it
         * @throws CliException when it is damaged
         */
        public Fs2Image image() throws CliException {
            try {
                return Fs2Image.parse(content);
            } catch (FormatException e) {
                throw CliException.failed("No valid image in " + file + ": " + e.getMessage(), "");
            }
        }
    }

    /** {@return nothing to compare with} */
    public static AvailableImages none() {
        return new AvailableImages(List.of());
    }

    /**
     * An image, or an archive with those of many boards.
     *
     * @param name the file as the user names it
     * @param streams where names start from
     * @return its images
     * @throws CliException when it is neither, or cannot be read
     */
    public static AvailableImages ofFile(String name, Streams streams) throws CliException {
        List<Source> sources = new ArrayList<>();
        try {
            add(streams, name, sources);
        } catch (IOException e) {
            throw CliException.failed(Problems.message(e), "");
        }
        return new AvailableImages(sources);
    }

    /**
     * All images and archives of a folder. A damaged one is told and passed over; so is, without a word, all that is
     * neither.
     *
     * @param folder the folder as the user names it
     * @param streams where names start from
     * @return its images, by the names of their files
     * @throws CliException when the folder cannot be read
     */
    public static AvailableImages ofFolder(String folder, Streams streams) throws CliException {
        List<Source> sources = new ArrayList<>();
        try {
            for (String name : files(streams, folder)) {
                addIfImage(streams, name, sources);
            }
        } catch (IOException e) {
            throw CliException.failed(Problems.message(e), "");
        }
        return new AvailableImages(sources);
    }

    private static List<String> files(Streams streams, String folder) throws IOException {
        try (Stream<Path> files = Files.list(streams.resolve(folder))) {
            return files.filter(Files::isRegularFile).map(file -> folder + "/" + file.getFileName()).sorted().toList();
        }
    }

    private static void addIfImage(Streams streams, String name, List<Source> sources) throws IOException {
        Path file = streams.resolve(name);
        if (!ImageContent.isArchive(file) && !ImageContent.isImage(file)) {
            return;
        }
        try {
            add(streams, name, sources);
        } catch (CliException e) {
            streams.err().line("cx3: warning: " + Printable.of(name) + " is passed over: " + Printable.of(e.getMessage()));
        }
    }

    private static void add(Streams streams, String name, List<Source> sources) throws CliException, IOException {
        Path file = streams.resolve(name);
        if (ImageContent.isArchive(file)) {
            MfaArchive archive = ImageContent.archive(file, name);
            for (MfaBoard board : archive.boards()) {
                sources.add(new Source(name, Optional.of(board), board.psid(), archive.image(board)));
            }
            return;
        }
        Bytes content = ImageContent.of(file, name, Optional.empty());
        String psid = ManagedImage.of(content, name).query().psid().orElse("");
        sources.add(new Source(name, Optional.empty(), psid, content));
    }

    /** {@return all of them} */
    public List<Source> all() {
        return sources;
    }

    /** {@return whether there is any} */
    public boolean given() {
        return !sources.isEmpty();
    }

    /**
     * The images for a card.
     *
     * @param psid that of the card
     * @return those with the same
     */
    public List<Source> matching(Optional<String> psid) {
        return psid.isEmpty() ? List.of() : sources.stream().filter(source -> source.psid().equals(psid.get())).toList();
    }
}
