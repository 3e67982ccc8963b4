// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.guest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A machine to be started.
 *
 * @param cards virtual cards, one a slot
 * @param kernelArguments added to the kernel command line
 * @param qemuArguments added to the command line of QEMU
 * @param timeScale how many seconds of the cards pass in a second
 */
public record GuestSetup(List<Path> cards, List<String> kernelArguments, List<String> qemuArguments, int timeScale) {
    /** Copies the lists. */
    public GuestSetup {
        cards = List.copyOf(cards);
        kernelArguments = List.copyOf(kernelArguments);
        qemuArguments = List.copyOf(qemuArguments);
    }

    /** {@return a machine with these cards and nothing special} */
    public static GuestSetup of(Path... cards) {
        return new GuestSetup(List.of(cards), List.of(), List.of(), 1);
    }

    /** {@return the same with words for the kernel} */
    public GuestSetup kernel(String... words) {
        return new GuestSetup(cards, join(kernelArguments, words), qemuArguments, timeScale);
    }

    /** {@return the same with words for QEMU} */
    public GuestSetup qemu(String... words) {
        return new GuestSetup(cards, kernelArguments, join(qemuArguments, words), timeScale);
    }

    /** {@return the same with chips that are so many times faster: for long burns} */
    public GuestSetup faster(int scale) {
        return new GuestSetup(cards, kernelArguments, qemuArguments, scale);
    }

    private static List<String> join(List<String> before, String... more) {
        List<String> all = new ArrayList<>(before);
        all.addAll(List.of(more));
        return all;
    }
}
