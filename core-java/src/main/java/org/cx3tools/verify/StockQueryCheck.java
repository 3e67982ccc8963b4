// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.verify;

import java.io.IOException;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.GuidBlock;
import org.cx3tools.image.ImageHeader;

/** The checks the stock tool makes behind the walk, when it follows both header pointers. */
final class StockQueryCheck {
    private final StockReader reader;
    private boolean blankGuids;

    StockQueryCheck(StockReader reader) {
        this.reader = reader;
    }

    boolean blankGuids() {
        return blankGuids;
    }

    /** Returns the reason of a failure, or nothing. */
    String run() throws IOException {
        try {
            ImageHeader header = new ImageHeader(reader.read("Image header", 0,
                    ImageHeader.SIZE));
            String failure = guids(header.guidPointer());
            return failure.isEmpty() ? info(header) : failure;
        } catch (StockReader.ReadError e) {
            return e.getMessage();
        }
    }

    private String guids(long pointer) throws StockReader.ReadError, IOException {
        if (pointer >= reader.mediumSize()) {
            return "Failed to read GUIDs - Illegal GUID pointer (" + Hex.eight(pointer)
                    + "). Probably image is corrupted";
        }
        long count = reader.read("Number of GUIDs", pointer - 12, 4).word(0) / 2;
        if (count > GuidBlock.MAX_ENTRIES) {
            return "Failed to read GUIDs - Illegal Number of GUIDs (" + count + ")";
        }
        int length = (int) count * 8;
        Bytes entries = reader.read("GUIDS", pointer, length);
        Bytes crc = reader.read("GUIDS CRC", pointer + length, 4);
        blankGuids = entries.isFilledWith(0xff) && crc.u16(2) == 0xffff;
        return "";
    }

    private String info(ImageHeader header) throws StockReader.ReadError, IOException {
        long word = header.raw().word(ImageHeader.INFO_POINTER);
        if (word == 0) {
            return "";
        }
        if (!header.infoPointerValid()) {
            return "Failed to read Info Section - Bad checksum for Info section pointer ("
                    + Hex.eight(word) + "). Probably the image is corrupted.";
        }
        int pointer = header.infoPointer();
        if (pointer >= reader.mediumSize()) {
            return "Failed to read Info Section - Info section pointer (" + Hex.eight(pointer)
                    + ") too large. Probably the image is corrupted.";
        }
        // Counted in 32 bits. The stock tool may hang when this is very large and in the file.
        long length = reader.read("Info section size", pointer - 12, 4).word(0) * 4 & 0xffffffffL;
        Bytes payload = reader.read("Info Section", pointer, length);
        return new StockInfo(payload).error();
    }
}
