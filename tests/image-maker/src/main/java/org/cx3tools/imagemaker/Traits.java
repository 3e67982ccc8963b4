// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.imagemaker;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** The rare features an image was given, for the message of a test that fails over it. */
final class Traits {
    private final TreeSet<String> names = new TreeSet<>();
    private final Random random;

    Traits(Random random) {
        this.random = random;
    }

    /** Decides for a feature with a chance of 1 in {@code rarity} and remembers it. */
    boolean sometimes(int rarity, String name) {
        boolean chosen = random.nextInt(rarity) == 0;
        if (chosen) {
            add(name);
        }
        return chosen;
    }

    void add(String name) {
        names.add(name);
    }

    List<String> list() {
        return List.copyOf(names);
    }
}
