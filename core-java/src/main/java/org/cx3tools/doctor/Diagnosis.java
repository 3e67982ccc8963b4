// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.doctor;

import java.util.List;
import java.util.Optional;

/**
 * What was found on one card.
 *
 * @param name the card
 * @param signs what it was judged by
 * @param findings the likeliest root cause first; empty for a healthy card
 * @param looked what was looked at
 * @param notLooked what could not be looked at, and why
 */
public record Diagnosis(String name, Signs signs, List<Finding> findings, List<String> looked, List<String> notLooked) {
    /** Copies the lists. */
    public Diagnosis {
        findings = List.copyOf(findings);
        looked = List.copyOf(looked);
        notLooked = List.copyOf(notLooked);
    }

    /** {@return the finding that decides: the first that is more than a hint, else the first hint} */
    public Optional<Finding> worst() {
        return findings.stream().filter(f -> f.kind().findingClass() != FindingClass.HINT).findFirst()
            .or(() -> findings.stream().findFirst());
    }
}
