// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nativecore;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The cards of this machine. */
public final class NativeCards {
    private NativeCards() {
    }

    /**
     * Lists all ConnectX-3 and ConnectX-3 Pro functions, virtual functions left out, in order of
     * address. Reads sysfs attributes only, never a register, and needs no privilege.
     *
     * @param sysfsRoot where sysfs is mounted; empty means {@code /sys}
     * @return the cards; empty when there is none
     * @throws NativeException if sysfs cannot be read or the native library cannot be loaded
     */
    public static List<NativeCard> list(Optional<Path> sysfsRoot) throws NativeException {
        byte[] root = Objects.requireNonNull(sysfsRoot, "sysfsRoot").isEmpty()
                ? null : NativeText.encode(sysfsRoot.get().toString(), "sysfsRoot");
        NativeLibrary.load();
        ArrayList<NativeCard> cards = new ArrayList<>();
        list0(root, cards);
        return List.copyOf(cards);
    }

    /** Called by the C side for each card. */
    private static void found(ArrayList<NativeCard> cards, long[] numbers, byte[][] texts) {
        cards.add(NativeCard.of(numbers, texts));
    }

    private static native void list0(byte[] sysfsRoot, ArrayList<NativeCard> cards) throws
            NativeException;
}
