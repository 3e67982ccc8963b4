// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.update;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A folder or an archive holds more than is read at once: nobody meant it as a choice of images.
 */
public final class ImageLimitException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Limit limit;
    private final long most;

    /** What there is too much of. */
    public enum Limit {
        /** Entries of a folder. */
        FILES,
        /** Bytes of images, unpacked. */
        CONTENT
    }

    ImageLimitException(Limit limit, long most, Path where) {
        super(where + (limit == Limit.FILES ? " holds more than " + most + " files"
                : ": its images have more than " + most + " bytes"));
        this.limit = Objects.requireNonNull(limit, "limit");
        this.most = most;
    }

    /** {@return what there is too much of} */
    public Limit limit() {
        return limit;
    }

    /** {@return how much is read: files, or bytes} */
    public long most() {
        return most;
    }
}
