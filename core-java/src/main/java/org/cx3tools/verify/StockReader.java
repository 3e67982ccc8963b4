// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.verify;

import java.io.IOException;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.LogicalMedium;

/** Reads like the stock tool: the same limits and the same words when one is passed. */
final class StockReader {
    private final PartCache parts;
    private final LogicalMedium image;

    /** A read that the stock tool refuses; the message is its text with a line end. */
    static final class ReadError extends Exception {
        private static final long serialVersionUID = 1L;

        ReadError(String name, String reason) {
            super(name + " - read error (" + reason + ")\n", null, false, false);
        }
    }

    StockReader(PartCache parts) {
        this.parts = parts;
        image = parts.image();
    }

    long mediumSize() {
        return image.medium().size();
    }

    boolean canRead(long at, long length) {
        return at % 4 == 0 && reason(at, length).isEmpty();
    }

    Bytes read(String name, long at, long length) throws ReadError, IOException {
        check(name, at, length);
        return image.read(in32Bits(at), (int) length);
    }

    PartCache.Checked part(String name, long at, int length) throws ReadError, IOException {
        check(name, at, length);
        return parts.part(in32Bits(at), length);
    }

    /** The stock tool counts addresses in 32 bits. */
    private static long in32Bits(long address) {
        return address & 0xffffffffL;
    }

    private void check(String name, long at, long length) throws ReadError {
        String reason = reason(at, length);
        if (!reason.isEmpty()) {
            throw new ReadError(name, reason);
        }
    }

    private String reason(long at, long length) {
        if (at % 4 != 0) {
            return "Address should be 4-bytes aligned.";
        }
        long address = in32Bits(at);
        long size = mediumSize();
        if (!image.map().failsafe()) {
            if (address + length > 0xffffffffL) {
                // The limit is checked in 32 bits; then the system refuses to seek there.
                return "Failed to read from FW file, offset: " + Hex.of(address) + " - Success";
            }
            return address + length <= size ? "" : outside(length, "", address);
        }
        long chunk = image.map().chunkSize();
        long from = address;
        long end = address + length;
        while (from < end) {
            long stop = Math.min(end, (from & -chunk) + chunk);
            if (image.map().physical(from, image.slot()) + stop - from > size) {
                // The stock tool has two blanks here, and shows the address of the image.
                return outside(length, "physical ", address);
            }
            from = stop;
        }
        return "";
    }

    private String outside(long length, String kind, long address) {
        return "Reading " + Hex.of(length) + " bytes from " + kind + " address "
                + Hex.of(address) + " is out of image limits (" + Hex.of(mediumSize())
                + " bytes)";
    }
}
