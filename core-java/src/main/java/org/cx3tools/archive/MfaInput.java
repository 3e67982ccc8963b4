// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.archive;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.cx3tools.image.Fs2Image;

/**
 * One board to put into an archive. PSID and versions come out of the image.
 *
 * @param image the image; all its bytes go in, also those behind its end
 * @param partNumber part number; if empty it is Name in [PS_INFO] or [ADAPTER] of the board file
 * @param description what the board is; if empty it is Description there, or nothing
 * @param other more metadata in order, such as BOARD_REV and BRANCH; not PN and DESCRIPTION
 */
public record MfaInput(Fs2Image image, Optional<String> partNumber,
        Optional<String> description, Map<String, String> other) {
    /** Makes the map unchangeable. */
    public MfaInput {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(partNumber, "partNumber");
        Objects.requireNonNull(description, "description");
        other = Collections.unmodifiableMap(new LinkedHashMap<>(other));
    }

    /**
     * Takes all texts from the board file.
     *
     * @param image the image
     * @return the board
     */
    public static MfaInput of(Fs2Image image) {
        return new MfaInput(image, Optional.empty(), Optional.empty(), Map.of());
    }
}
