// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nativecore;

import java.util.Objects;

/**
 * The flash of a card: {@code struct cx3_flash_info} of {@code cx3/flash.h}.
 *
 * @param type name of the chip as the stock tool prints it: {@code W25QxxBV}
 * @param jedecId vendor in bits 7 to 0, type in 15 to 8, capacity in 23 to 16
 * @param sizeBytes size of all banks
 * @param banks number of chips
 * @param eraseBytes smallest unit that can be erased: 0x1000 or 0x10000
 * @param erase4k true when 4 KiB can be erased
 * @param erase64k true when 64 KiB can be erased
 * @param writable false for chips that are only read
 * @param hasQuadEnable the chip has a quad enable bit
 * @param quadEnabled its value
 * @param hasProtection the chip has protection bits
 * @param protectionTop protection starts at the top
 * @param protectionSubsectors protection counts 4 KiB units instead of 64 KiB
 * @param protectedUnits protected units, 0 = none
 * @param hasDummyCycles the chip has a setting of dummy cycles
 * @param dummyCycles its value
 * @param hasDriveStrength the chip has a setting of drive strength
 * @param driveStrengthPercent its value in percent
 * @param heldReads pages are read with chip select held
 * @param programPageMicros typical time of a page program
 * @param erase4kMicros typical time of an erase of 4 KiB, 0 if it cannot
 * @param erase64kMicros typical time of an erase of 64 KiB, 0 if it cannot
 */
public record NativeFlashInfo(
        String type,
        int jedecId,
        long sizeBytes,
        int banks,
        int eraseBytes,
        boolean erase4k,
        boolean erase64k,
        boolean writable,
        boolean hasQuadEnable,
        boolean quadEnabled,
        boolean hasProtection,
        boolean protectionTop,
        boolean protectionSubsectors,
        int protectedUnits,
        boolean hasDummyCycles,
        int dummyCycles,
        boolean hasDriveStrength,
        int driveStrengthPercent,
        boolean heldReads,
        int programPageMicros,
        int erase4kMicros,
        int erase64kMicros) {

    static final int NUMBERS = 21;
    static final int TEXTS = 1;

    /** Checks that nothing is null. */
    public NativeFlashInfo {
        Objects.requireNonNull(type, "type");
    }

    static NativeFlashInfo of(long[] n, byte[][] texts) {
        return new NativeFlashInfo(
                NativeText.decode(texts[0]),
                (int) n[0], n[1], (int) n[2], (int) n[3],
                n[4] != 0, n[5] != 0, n[6] != 0,
                n[7] != 0, n[8] != 0,
                n[9] != 0, n[10] != 0, n[11] != 0, (int) n[12],
                n[13] != 0, (int) n[14],
                n[15] != 0, (int) n[16],
                n[17] != 0, (int) n[18], (int) n[19], (int) n[20]);
    }
}
