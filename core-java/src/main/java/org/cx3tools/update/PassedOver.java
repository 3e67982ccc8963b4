// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.update;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A file, or one board of an archive, that looked like an image and is not used.
 *
 * @param file the file
 * @param psid the board when the rest of an archive is used; empty for a whole file
 * @param reason why; to be switched on
 * @param detail the same for people, one line without the name of the file; it can hold texts of
 *     the file
 */
public record PassedOver(Path file, Optional<String> psid, Reason reason, String detail) {
    /** Why a file is not used. */
    public enum Reason {
        /** A symbolic link in a folder: it could lead anywhere. */
        LINK,
        /** It could not be read. */
        UNREADABLE,
        /** It is cut short or changed, or an archive tells another board than the image. */
        DAMAGED
    }

    /** Checks that nothing is missing. */
    public PassedOver {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(psid, "psid");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(detail, "detail");
    }
}
