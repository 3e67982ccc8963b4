// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn;

/** Why nothing can be learned from a set of images. */
public enum LearnFailure {
    /** Fewer than two different images. */
    TOO_FEW_IMAGES,
    /** More images, keys or register words than are accepted. */
    TOO_MUCH,
    /** An image does not tell its firmware version or its chip. */
    UNKNOWN_VERSION,
    /** The images are of different firmware versions. */
    MIXED_VERSIONS,
    /** The images are for different chips. */
    MIXED_CHIPS,
    /** An image has no board file, or one that cannot be read. */
    BAD_BOARD_FILE
}
