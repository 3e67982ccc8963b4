// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.archive;

import java.util.Objects;
import org.cx3tools.verify.Finding;

/**
 * Something that is wrong with an image of an archive.
 *
 * @param psid the board
 * @param tag select tag of the image, often empty
 * @param finding what is wrong; its offset counts from the start of the image
 */
public record MfaProblem(String psid, String tag, Finding finding) {
    /** Checks that nothing is missing. */
    public MfaProblem {
        Objects.requireNonNull(psid, "psid");
        Objects.requireNonNull(tag, "tag");
        Objects.requireNonNull(finding, "finding");
    }

    /** {@return the whole as one line} */
    @Override
    public String toString() {
        return psid + (tag.isEmpty() ? "" : " (" + tag + ")") + ": " + finding;
    }
}
