// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.harness;

import java.util.Random;

/** The seed of a property test: printed, and taken back by {@code -Dcx3.seed=N}. */
public final class Seeds {
    private Seeds() {
    }

    /**
     * The seed to use, printed with the name of the test.
     *
     * @param test who asks
     * @return the given seed, or a fresh one
     */
    public static long announce(Class<?> test) {
        String given = System.getProperty("cx3.seed", "").trim();
        long seed = given.isEmpty() ? new Random().nextInt(1 << 30) : Long.decode(given);
        System.out.println(test.getSimpleName() + ": -Dcx3.seed=" + seed);
        return seed;
    }
}
