// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nativecore;

import java.nio.file.Path;
import java.util.Optional;

/** Blank virtual cards for the tests of this package. */
final class TestCard {
    static final int SIZE_BYTES = 0x200000;

    private TestCard() {
    }

    static NativeSimModel model() {
        return new NativeSimModel(0x15b3, 0x1007, 0x103c, 0x22f4, 503, 0, "W25Q16BV", 0, 1, 2,
                1, "hp-764285-b21", new byte[] {(byte) 0x82, 1, 0, 'x', 0x78});
    }

    static Path create(Path folder, String name) throws NativeException {
        Path file = folder.resolve(name);
        NativeSim.create(file, model());
        return file;
    }

    /** The locks a flash session takes: 0xf03a0 and 0xf03fc. (The flush at 0xf0380 is none.) */
    static boolean flashIsLocked(Path card) throws NativeException {
        return (NativeSim.info(card).semaphoresHeld() & (1L << 40 | 1L << 63)) != 0;
    }

    static NativeDevice open(Path card) throws NativeException {
        NativeOpenOptions options = new NativeOpenOptions(Optional.empty(),
                Optional.of(card.resolveSibling("locks")), Optional.empty(), false, false);
        return NativeDevice.open("sim:" + card, options);
    }
}
