// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

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
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;

/** The images that cards are compared with and updated from: a file, an archive, or all of a folder. */
final class AvailableImages {
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
    record Source(String file, Optional<MfaBoard> board, String psid, Bytes content) {
        ManagedImage managed() throws CliException {
            return ManagedImage.of(content, file);
        }

        /** The image, to be burnt. */
        Fs2Image image() throws CliException {
            try {
                return Fs2Image.parse(content);
            } catch (FormatException e) {
                throw CliException.failed("No valid image in " + file + ": " + e.getMessage(), "");
            }
        }
    }

    /** Nothing to compare with. */
    static AvailableImages none() {
        return new AvailableImages(List.of());
    }

    /**
     * What {@code -i} or {@code -D} names. Files of a folder that are no images are passed over.
     *
     * @throws CliException when a named file is neither image nor archive, or cannot be read
     */
    static AvailableImages of(ManagerOptions options, Streams streams) throws CliException {
        try {
            List<Source> sources = new ArrayList<>();
            if (options.has("--image-file")) {
                add(streams, options.value("--image-file"), sources);
            } else if (options.has("--image-dir")) {
                for (String name : files(streams, options.value("--image-dir"))) {
                    addIfImage(streams, name, sources);
                }
            }
            return new AvailableImages(sources);
        } catch (IOException e) {
            throw CliException.failed(Problems.message(e), "");
        }
    }

    private static List<String> files(Streams streams, String folder) throws IOException {
        try (Stream<Path> files = Files.list(streams.resolve(folder))) {
            return files.filter(Files::isRegularFile).map(file -> folder + "/" + file.getFileName()).sorted().toList();
        }
    }

    private static void addIfImage(Streams streams, String name, List<Source> sources) throws IOException {
        try {
            add(streams, name, sources);
        } catch (CliException e) {
            // A folder holds other things, too.
            return;
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

    List<Source> all() {
        return sources;
    }

    /** Whether images were named at all. */
    boolean given() {
        return !sources.isEmpty();
    }

    /** The images for a card. */
    List<Source> matching(Optional<String> psid) {
        return psid.isEmpty() ? List.of() : sources.stream().filter(source -> source.psid().equals(psid.get())).toList();
    }
}
