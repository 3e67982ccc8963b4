// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.binary;

import java.util.Random;

/** Random numbers for property tests: the seed is printed and can be passed back. */
public final class Seed {
    private Seed() {
    }

    /**
     * Starts a random sequence; pass {@code -Dcx3.seed=N} to get the same one again.
     *
     * @param test name to print with the seed
     * @return the sequence
     */
    public static Random start(String test) {
        long seed = Long.getLong("cx3.seed", System.nanoTime());
        System.out.println(test + ": -Dcx3.seed=" + seed);
        return new Random(seed);
    }
}
