// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn;

import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import org.cx3tools.assemble.Field;

/** Counts what a certain field rests on. */
final class Proof {
    private Proof() {
    }

    static LearnedField of(Corpus corpus, Key key, Field field, Word word) {
        KeyNumbers numbers = key.numbers();
        Set<Long> values = new HashSet<>();
        int images = 0;
        int absent = 0;
        int silent = 0;
        OptionalLong defaultValue = OptionalLong.empty();
        for (int image = 0; image < corpus.size(); image++) {
            if (!word.covers(image, field.bit(), field.width())) {
                silent++;
            } else if (numbers.present().get(image)) {
                images++;
                values.add(numbers.value(image));
            } else {
                absent++;
                defaultValue = OptionalLong.of(word.value(image, field.bit(), field.width()));
            }
        }
        return new LearnedField(key.name(), field,
                new Evidence(images, values.size(), absent, silent), defaultValue);
    }
}
