// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.flash;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a flash is.
 *
 * @param type name of the chip as the stock tool shows it, "W25QxxBV"; "file" for a raw dump
 * @param jedecId vendor bits 7:0, type 15:8, capacity 23:16; 0 for a raw dump
 * @param sizeBytes size of all banks
 * @param banks number of chips
 * @param eraseBytes smallest erase unit: 0x1000 or 0x10000
 * @param erase4k whether 4 KiB can be erased
 * @param erase64k whether 64 KiB can be erased
 * @param writable false for a chip that may only be read
 * @param quadEnabled state of the quad enable bit, when the chip has one
 * @param protection write protection, when the chip tells
 * @param dummyCycles dummy cycles, when the chip tells
 * @param driveStrengthPercent output driver, when the chip tells
 * @param heldReads whether pages are read with chip select held
 * @param times how long the chip takes
 */
public record FlashInfo(
        String type,
        int jedecId,
        long sizeBytes,
        int banks,
        int eraseBytes,
        boolean erase4k,
        boolean erase64k,
        boolean writable,
        Optional<Boolean> quadEnabled,
        Optional<Protection> protection,
        OptionalInt dummyCycles,
        OptionalInt driveStrengthPercent,
        boolean heldReads,
        Times times) {

    /** Program unit in bytes. */
    public static final int PAGE = 256;

    /** Small erase unit in bytes. */
    public static final int SUBSECTOR = 0x1000;

    /** Large erase unit in bytes. */
    public static final int SECTOR = 0x10000;

    /**
     * Typical times of the data sheet (flash-access 8.2), in microseconds; 0 for what the chip does
     * not do.
     *
     * @param programPage program of 256 bytes
     * @param erase4k erase of 4 KiB
     * @param erase64k erase of 64 KiB
     */
    public record Times(long programPage, long erase4k, long erase64k) {
        /** Something that has no chip. */
        public static final Times NONE = new Times(0, 0, 0);
    }

    /**
     * Write protection of a chip.
     *
     * @param top counted from the end, else from address 0
     * @param subsectors whether units are 4 KiB, else 64 KiB
     * @param units number of protected units, 0 = none
     */
    public record Protection(boolean top, boolean subsectors, int units) {}

    /**
     * A raw dump of a flash: as large as its file, the smallest erase unit that any chip has.
     *
     * @param type what it is called
     * @param sizeBytes size of the dump
     */
    public static FlashInfo ofDump(String type, long sizeBytes) {
        return new FlashInfo(type, 0, sizeBytes, 1, SUBSECTOR, true, true, true, Optional.empty(),
                Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), false, Times.NONE);
    }
}
