// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn;

/**
 * What a learned line rests on. Only images whose records cover the whole field are counted, apart
 * from the silent ones.
 *
 * @param images images that have the key; the field has its number in all of them
 * @param values distinct numbers among those
 * @param absent images that lack the key; the field has one and the same value in all of them
 * @param silent images that say nothing: no record of the word, or a mask that leaves bits out
 */
public record Evidence(int images, int values, int absent, int silent) {
    /** {@return the form {@code 38 images, 2 values}} */
    @Override
    public String toString() {
        return images + (images == 1 ? " image, " : " images, ") + values
                + (values == 1 ? " value" : " values");
    }
}
