// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nativecore;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The smallest image that a virtual card starts, with a config area of 64 KiB in each half. */
final class TestFirmware {
    private static final int[] HEAD = {0x4d544657, 0x8cdfd000, 0xdead9270, 0x4154beef};
    // Failsafe, chunks of 1 MiB: each half of the flash is one.
    private static final int FAILSAFE = 8 | 4;

    private final ByteBuffer bytes = ByteBuffer.allocate(0x400);
    private int section;

    private TestFirmware() {
    }

    /** Puts it into slot 0 of a card and switches the card off and on. */
    static void install(Path card) throws NativeException {
        NativeSim.poke(card, 0, new TestFirmware().make());
        NativeSim.powerCycle(card);
    }

    private byte[] make() {
        words(HEAD);
        bytes.position(0x28);
        words(FAILSAFE | (0x100 - FAILSAFE) << 24);
        bytes.position(0x38);
        words(0x00100040, 4, 1, 2, 3, 4, 0);
        crc(0x38, bytes.position());
        begin(6);
        words(0x0002c903, 0xffff00, 0x0002c903, 0xffff01);
        end(false);
        begin(10);
        int at = bytes.position();
        int sum = (at >> 16) + (at >> 8) + at;
        bytes.putInt(0x2c, at | (0x100 - (sum & 0xff)) << 24);
        words(1 << 24 | 8, 2 << 16, 42 << 16 | 5700);
        words(19 << 24 | 12, 1, 0, 6);
        words(255 << 24);
        end(false);
        begin(1);
        words(0xc0de);
        end(true);
        byte[] image = new byte[bytes.position()];
        bytes.get(0, image);
        return image;
    }

    private void words(int... values) {
        for (int value : values) {
            bytes.putInt(value);
        }
    }

    private void begin(int type) {
        section = bytes.position();
        words(type, 0, 0, 0);
    }

    private void end(boolean last) {
        int end = bytes.position();
        bytes.putInt(section + 4, (end - section - 16) / 4);
        bytes.putInt(section + 12, last ? 0xff000000 : end + 4);
        crc(section, end);
    }

    /** Bit by bit, the augmented form of fs2-image 2.1. */
    private void crc(int from, int to) {
        int crc = 0xffff;
        for (int i = from * 8; i < (to + 2) * 8; i++) {
            int bit = i < to * 8 ? bytes.get(i / 8) >> 7 - i % 8 & 1 : 0;
            crc = crc << 1 | bit;
            if ((crc & 0x10000) != 0) {
                crc ^= 0x1100b;
            }
        }
        bytes.position(to);
        words(crc ^ 0xffff);
    }
}
