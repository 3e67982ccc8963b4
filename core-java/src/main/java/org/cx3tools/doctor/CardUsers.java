// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cx3tools.device.CardInfo;

/**
 * Who could hold the flash locks of a card: the locks themselves hold no owner (flash-access 9.2).
 *
 * @param known whether processes and driver could be looked at; not for a virtual card, which any
 *     process may have open
 * @param processes processes that have its registers or configuration space open, ours left out
 * @param driver bound kernel driver
 */
public record CardUsers(boolean known, List<Signs.User> processes, Optional<String> driver) {
    /** Keeps a copy. */
    public CardUsers {
        processes = List.copyOf(processes);
    }

    /** Looks at the processes of this machine; all of them are seen by root only. */
    public static CardUsers of(CardInfo card) {
        boolean pci = card.name().matches("[0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]");
        return new CardUsers(pci, pci ? new MachineReader(Path.of("/sys"), Path.of("/proc")).users(card.name())
            : List.of(), card.driver());
    }

    /** {@return whether it is proven that nobody of this machine works on the card} */
    public boolean nobody() {
        return known && processes.isEmpty() && driver.isEmpty();
    }

    /** {@return a clause for the operator} */
    public String text() {
        if (!known) {
            return "who could hold them is not known";
        }
        if (nobody()) {
            return "no process has the card open and no driver is bound to it, so their owner is dead";
        }
        String who = processes.stream().map(user -> "process " + user.pid() + " (" + user.command() + ")")
            .collect(Collectors.joining(", "));
        return String.join(" and ", Stream.of(who, driver.map(d -> "driver " + d).orElse(""))
            .filter(text -> !text.isEmpty()).toList()) + " may hold them";
    }
}
