// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.inspect;

import java.util.LinkedHashMap;
import java.util.Map;
import org.cx3tools.image.ChunkMap;
import org.cx3tools.image.ImageHeader;

/** The words of the fixed header by name (fs2-image 1.3). */
public final class HeaderWords {
    private HeaderWords() {
    }

    /**
     * Names every word behind the magic.
     *
     * @param header the header
     * @return offset and name of each word, in order, with its value and what it means
     */
    public static Map<String, String> of(ImageHeader header) {
        Map<String, String> words = new LinkedHashMap<>();
        for (int at = 0; at < 16; at += 4) {
            put(words, header, at, "magic", header.hasMagic() ? "" : "wrong");
        }
        for (int at = 0x10; at < ImageHeader.CRC_WORD; at += 4) {
            put(words, header, at, "reserved", "");
        }
        put(words, header, ImageHeader.CRC_WORD, "hardware revision, marker, full CRC",
                String.format("revision %d, CRC 0x%04x%s", header.hardwareRevision(), header.fullCrc(),
                        header.fullCrc() == 0xffff ? " (blank)" : ""));
        put(words, header, 0x24, "format and boot version", header.formatVersion() == 0 ? "FS2"
                : "format " + header.formatVersion());
        put(words, header, ImageHeader.FAILSAFE_WORD, "failsafe word", failsafe(header));
        put(words, header, ImageHeader.INFO_POINTER, "Image Info pointer",
                String.format("0x%x", header.infoPointer())
                        + (header.infoPointerValid() ? "" : ", check byte wrong"));
        put(words, header, ImageHeader.IMAGE_SIZE, "image size", header.imageSize() + " bytes");
        put(words, header, ImageHeader.GUID_POINTER, "GUID pointer", "");
        return words;
    }

    private static String failsafe(ImageHeader header) {
        if (!header.failsafeWordValid()) {
            return "check byte wrong";
        }
        ChunkMap map = header.chunkMap();
        return map.failsafe() ? String.format("failsafe, chunk 0x%x", map.chunkSize()) : "not failsafe";
    }

    private static void put(Map<String, String> words, ImageHeader header, int at, String name,
            String meaning) {
        words.put(String.format("0x%02x %s", at, name), String.format("%08x", header.raw().word(at))
                + (meaning.isEmpty() ? "" : " (" + meaning + ")"));
    }
}
