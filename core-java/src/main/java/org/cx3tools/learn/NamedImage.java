// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn;

import java.util.Objects;
import org.cx3tools.image.Fs2Image;

/**
 * An image to learn from.
 *
 * @param name  what to call it in reports: name of its file, or its PSID
 * @param image the image
 */
public record NamedImage(String name, Fs2Image image) {
    /** Refuses nulls. */
    public NamedImage {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(image, "image");
    }
}
