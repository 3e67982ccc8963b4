// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli;

import java.util.ArrayList;
import java.util.List;

/** Names that a mistyped word may have meant. */
public final class Nearest {
    private static final int MOST = 3;

    private Nearest() {
    }

    /**
     * A hint with the nearest names.
     *
     * @param word what was typed
     * @param names all that are known
     * @param otherwise the hint when nothing is near
     * @return {@code did you mean A or B?} or {@code otherwise}
     */
    public static String hint(String word, List<String> names, String otherwise) {
        List<String> near = of(word, names);
        if (near.isEmpty()) {
            return otherwise;
        }
        return "did you mean " + String.join(" or ", near) + "?";
    }

    /**
     * The nearest names, best first.
     *
     * @param word what was typed
     * @param names all that are known
     * @return at most three names
     */
    public static List<String> of(String word, List<String> names) {
        List<String> found = new ArrayList<>();
        int limit = Math.max(1, word.length() / 3);
        for (int distance = 0; distance <= limit; distance++) {
            for (String name : names) {
                if (found.size() < MOST && !found.contains(name)
                        && distance(word, name, limit) == distance) {
                    found.add(name);
                }
            }
        }
        for (String name : names) {
            if (found.size() < MOST && word.length() > 1 && name.startsWith(word)
                    && !found.contains(name)) {
                found.add(name);
            }
        }
        return found;
    }

    /** Edit distance where swapped neighbours count once; stops counting above the limit. */
    private static int distance(String a, String b, int limit) {
        if (Math.abs(a.length() - b.length()) > limit) {
            return limit + 1;
        }
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(int[][] cost, String a, String b, int i, int j) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int best = Math.min(cost[i - 1][j - 1] + (same ? 0 : 1),
            Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
