// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;

/** Made-up expansion ROMs of 1024 bytes with a byte sum of zero. */
final class RomFixture {
    private static final int SIZE = 1024;
    private final BytesBuilder rom = new BytesBuilder(SIZE).fill(0, SIZE)
            .set(0, Bytes.ofHex("55aa02"));
    private int at = 0x100;

    static Bytes pxe() {
        return new RomFixture().record(0x100003, 0x000402f0, 0x10071102).build();
    }

    RomFixture record(int... words) {
        rom.set(at, Bytes.ofText("mlxsign:"));
        at += 8;
        for (int word : words) {
            rom.setWord(at, Integer.reverseBytes(word));
            at += 4;
        }
        return this;
    }

    RomFixture text(String text) {
        rom.set(at, Bytes.ofText(text));
        at += 32;
        return this;
    }

    RomFixture byteAt(int offset, int value) {
        rom.setU8(offset, value);
        return this;
    }

    RomFixture pciData(int pointer, int vendor, int device) {
        rom.setU8(0x18, pointer).setU8(0x19, pointer >> 8);
        if (pointer + 8 <= SIZE) {
            rom.setWord(pointer + 4, Integer.reverseBytes(device << 16 | vendor));
        }
        return this;
    }

    Bytes build() {
        int sum = 0;
        Bytes soFar = rom.build();
        for (int i = 0; i < SIZE; i++) {
            sum += soFar.u8(i);
        }
        return rom.setU8(6, -sum).build();
    }

    Bytes buildWithBadSum() {
        build();
        return rom.setU8(7, 1).build();
    }
}
