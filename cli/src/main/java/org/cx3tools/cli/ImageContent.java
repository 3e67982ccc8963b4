// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cx3tools.archive.MfaArchive;
import org.cx3tools.archive.MfaBoard;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.FormatException;

/** Content of an image file, or of the image of one board of an archive. */
public final class ImageContent {
    private static final int LARGEST_IMAGE = 64 << 20;
    private static final int MAGIC_LENGTH = 4;
    private static final int SHOWN = 20;

    private ImageContent() {
    }

    /**
     * Reads a file; of an archive the image of a board.
     *
     * @param file the file
     * @param name what the operator calls it
     * @param psid the board that was asked for
     * @return all bytes of the image
     * @throws CliException when the archive is damaged or does not tell which board is meant, and when a board was asked
     *     for of a file that is no archive
     * @throws IOException when it cannot be read
     */
    public static Bytes of(Path file, String name, Optional<String> psid) throws CliException, IOException {
        Bytes content = Bytes.ofFile(file, MfaArchive.MAX_SIZE);
        if (!MfaArchive.isArchive(content)) {
            if (psid.isPresent()) {
                throw CliException.usage(name + " is no archive, and --psid chooses a board of one", "leave it out");
            }
            if (content.length() > LARGEST_IMAGE) {
                throw CliException.failed(name + " has " + content.length() + " bytes, more than any flash of these cards",
                    "");
            }
            return content;
        }
        return chosenOf(parsed(content, name), name, psid);
    }

    /**
     * Tells by its first bytes whether a file is an archive.
     *
     * @param file any file
     * @return false for what is no regular file, too
     * @throws IOException when it cannot be read
     */
    public static boolean isArchive(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return MfaArchive.isArchive(Bytes.of(in.readNBytes(MAGIC_LENGTH)));
        }
    }

    /**
     * The image of a board of an archive.
     *
     * @param archive the archive
     * @param name what the operator calls it
     * @param psid the board that was asked for; may be left out when there is one only
     * @return all bytes of the image
     * @throws CliException when it does not tell which board is meant, or there is no such board
     */
    public static Bytes chosenOf(MfaArchive archive, String name, Optional<String> psid) throws CliException {
        return archive.image(chosen(archive, name, psid));
    }

    /**
     * Reads the file of an archive.
     *
     * @param file the file
     * @param name what the operator calls it
     * @return the archive
     * @throws CliException when it is none, or damaged
     * @throws IOException when it cannot be read
     */
    public static MfaArchive archive(Path file, String name) throws CliException, IOException {
        return parsed(Bytes.ofFile(file, MfaArchive.MAX_SIZE), name);
    }

    /**
     * Reads an archive.
     *
     * @param content all of the file
     * @param name what the operator calls it
     * @return the archive
     * @throws CliException when it is none, or damaged
     */
    public static MfaArchive parsed(Bytes content, String name) throws CliException {
        try {
            return MfaArchive.parse(content);
        } catch (FormatException e) {
            throw new CliException(ExitCode.FAILED, name + (MfaArchive.isArchive(content) ? " is damaged or cut short: "
                : " is no archive (.mfa): ") + e.getMessage(), "get a good copy of the archive", e);
        }
    }

    private static MfaBoard chosen(MfaArchive archive, String name, Optional<String> psid) throws CliException {
        List<MfaBoard> boards = archive.boards();
        if (psid.isEmpty()) {
            if (boards.size() == 1) {
                return boards.get(0);
            }
            throw CliException.usage(name + " is an archive of " + boards.size() + " boards", "choose one with --psid: "
                + list(boards));
        }
        return archive.board(psid.get()).orElseThrow(() -> CliException.failed(name + " has no board with PSID "
            + psid.get(), Nearest.hint(psid.get(), boards.stream().map(MfaBoard::psid).toList(), "it has: "
            + list(boards))));
    }

    private static String list(List<MfaBoard> boards) {
        String text = String.join(" ", boards.stream().limit(SHOWN).map(MfaBoard::psid).toList());
        return boards.size() > SHOWN ? text + " and " + (boards.size() - SHOWN) + " more (cx3 archive list)" : text;
    }
}
