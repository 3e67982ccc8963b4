// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn;

import java.util.List;
import java.util.Objects;
import org.cx3tools.assemble.BoardKey;
import org.cx3tools.image.FirmwareVersion;

/**
 * What a set of images tells. Every key of their board files is in exactly one of the lists, each
 * list in the order in which the keys first appear.
 *
 * @param version      firmware version of all images
 * @param images       names of the images that were used, identical ones once
 * @param fields       certain fields
 * @param ambiguous    keys that varied but have no single explanation
 * @param contradicted keys that a place follows in almost all images
 * @param neverVaried  keys with only one number in all images that have them: undecidable
 * @param unplaced     keys that varied, but no bit of any record follows them
 * @param textKeys     keys whose values are not all numbers
 * @param unusedWords  register addresses whose records disagree within one image
 */
public record Learned(FirmwareVersion version, List<String> images, List<LearnedField> fields,
        List<AmbiguousKey> ambiguous, List<ContradictedKey> contradicted,
        List<BoardKey> neverVaried, List<BoardKey> unplaced, List<BoardKey> textKeys,
        List<Long> unusedWords) {
    /** Makes the lists unchangeable. */
    public Learned {
        Objects.requireNonNull(version, "version");
        images = List.copyOf(images);
        fields = List.copyOf(fields);
        ambiguous = List.copyOf(ambiguous);
        contradicted = List.copyOf(contradicted);
        neverVaried = List.copyOf(neverVaried);
        unplaced = List.copyOf(unplaced);
        textKeys = List.copyOf(textKeys);
        unusedWords = List.copyOf(unusedWords);
    }

    /**
     * Writes the dictionary: a line {@code NAME ADDRESS.BIT WIDTH} for each certain field, with
     * evidence and everything that is not certain in comments.
     *
     * @return text that {@code FieldDictionary.parse} reads in strict mode
     */
    public String text() {
        return LearnedText.of(this);
    }
}
