// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.interop;

import java.util.List;
import org.cx3tools.harness.Outcome;

/**
 * The differences between our {@code flint} and the stock one that are meant: each has a row in
 * the table of cli/docs/flint-differences.md.
 */
final class KnownDifferences {
    private KnownDifferences() {
    }

    /** Whether outputs that differ do so only in a way that the table lists. */
    static boolean explain(List<String> words, Outcome stock, Outcome ours) {
        return romOfStripedDump(words, stock, ours);
    }

    /** The stock tool forgets -striped_image for rrom and loses its way in the dump. */
    private static boolean romOfStripedDump(List<String> words, Outcome stock, Outcome ours) {
        return words.contains("rrom") && words.contains("-striped_image") && stock.exit() == 1
                && stock.output().matches("-E- Read ROM failed\\. (\\(null\\)|Bad CRC\\.)\n")
                && (ours.exit() == 0 || ours.output().equals(
                        "-E- Read ROM failed. The FW does not contain a ROM section\n"));
    }
}
