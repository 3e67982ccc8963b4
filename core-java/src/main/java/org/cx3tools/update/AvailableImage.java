// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.update;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.cx3tools.archive.MfaBoard;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;

/**
 * An image that cards can be compared with and updated from.
 *
 * @param file the file or archive it comes from
 * @param board the board of an archive; empty for an image file
 * @param managed version, PSID and more
 * @param content all of its bytes
 */
public record AvailableImage(Path file, Optional<MfaBoard> board, ManagedImage managed,
        Bytes content) {
    /** Checks that nothing is missing. */
    public AvailableImage {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(board, "board");
        Objects.requireNonNull(managed, "managed");
        Objects.requireNonNull(content, "content");
    }

    /** {@return the board id that a card must have; empty if the image tells none} */
    public Optional<String> psid() {
        return managed.query().psid();
    }

    /**
     * The image, to be burnt.
     *
     * @return all of it
     * @throws FormatException if a part is damaged that a comparison does not look at
     */
    public Fs2Image image() throws FormatException {
        return Fs2Image.parse(content);
    }
}
