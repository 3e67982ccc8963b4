// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.verify;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects findings; keeps them in order of offset, equal offsets in order of arrival. Of each
 * severity so many are kept that a person has enough to read, so that no content fills the memory.
 */
final class FindingList {
    /** Most findings of one severity. */
    static final int MAX = 500;

    private final List<Finding> all = new ArrayList<>();
    private final int[] count = new int[Finding.Severity.values().length];

    void error(long offset, String what, String expected, String found) {
        add(new Finding(offset, what, expected, found, Finding.Severity.ERROR));
    }

    void warning(long offset, String what, String expected, String found) {
        add(new Finding(offset, what, expected, found, Finding.Severity.WARNING));
    }

    void note(long offset, String what, String expected, String found) {
        add(new Finding(offset, what, expected, found, Finding.Severity.NOTE));
    }

    List<Finding> sorted() {
        return List.copyOf(all);
    }

    private void add(Finding finding) {
        if (count[finding.severity().ordinal()]++ >= MAX) {
            return;
        }
        int at = all.size();
        while (at > 0 && all.get(at - 1).offset() > finding.offset()) {
            at--;
        }
        all.add(at, finding);
    }
}
