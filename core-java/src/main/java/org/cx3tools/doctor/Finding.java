// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.doctor;

import java.util.List;

/**
 * One trouble of a card.
 *
 * @param kind what it is
 * @param what the same in one sentence
 * @param evidence where it shows: lines of the kernel log, values of sysfs, registers
 * @param meaning what it means for the operator
 * @param remedies what to do; a line that begins with "$ " is a command
 */
public record Finding(FindingKind kind, String what, List<String> evidence, String meaning, List<String> remedies) {
    /** Marks a remedy that is a command. */
    public static final String COMMAND = "$ ";

    /** Copies the lists. */
    public Finding {
        evidence = List.copyOf(evidence);
        remedies = List.copyOf(remedies);
    }
}
