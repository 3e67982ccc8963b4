// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn;

import java.util.BitSet;

/**
 * One bit of a register word over all images: where it is seen as one and where as zero. An image
 * in neither set has no record of the word, or a mask that leaves the bit out.
 */
final class BitColumn {
    private final BitSet ones;
    private final BitSet zeros;

    BitColumn(int images) {
        ones = new BitSet(images);
        zeros = new BitSet(images);
    }

    void set(int image, boolean one) {
        (one ? ones : zeros).set(image);
    }

    BitSet ones() {
        return ones;
    }

    BitSet zeros() {
        return zeros;
    }

    boolean covers(int image) {
        return ones.get(image) || zeros.get(image);
    }

    /** Whether the mask of any image has the bit; if none has, it belongs to no field. */
    boolean covered() {
        return !ones.isEmpty() || !zeros.isEmpty();
    }

    boolean varied() {
        return !ones.isEmpty() && !zeros.isEmpty();
    }

    /** Whether images of a set are seen with both values. */
    boolean variedIn(BitSet images) {
        return images.intersects(ones) && images.intersects(zeros);
    }
}
