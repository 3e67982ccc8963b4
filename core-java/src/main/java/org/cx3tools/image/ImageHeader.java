// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.Crc16;

/**
 * The fixed header of an image, 0x00 to 0x37 (fs2-image 1.3).
 *
 * <pre>
 * 0x00 magic            0x20 revision, marker, full CRC16   0x2c check byte, Image Info pointer
 * 0x10 opaque           0x24 format / boot version          0x30 image size in bytes
 *                       0x28 failsafe word                  0x34 GUID pointer
 * </pre>
 *
 * @param raw the 56 bytes, verbatim
 */
public record ImageHeader(Bytes raw) {
    /** Size in bytes; the first BOOT2 begins here. */
    public static final int SIZE = 0x38;
    /** Offset of the word with the full CRC in its low half. */
    public static final int CRC_WORD = 0x20;
    /** Offset of the failsafe word. */
    public static final int FAILSAFE_WORD = 0x28;
    /** Offset of the Image Info pointer. */
    public static final int INFO_POINTER = 0x2c;
    /** Offset of the image size. */
    public static final int IMAGE_SIZE = 0x30;
    /** Offset of the GUID pointer. */
    public static final int GUID_POINTER = 0x34;

    /** Checks the size. */
    public ImageHeader {
        if (raw.length() != SIZE) {
            throw new IllegalArgumentException("a header has 56 bytes, not " + raw.length());
        }
    }

    /** {@return true if the four magic words are there} */
    public boolean hasMagic() {
        return raw.slice(0, 16).equals(ImageLocator.MAGIC);
    }

    /** {@return hardware revision the image is for, informational} */
    public int hardwareRevision() {
        return raw.u8(0x20);
    }

    /** {@return stored CRC16 of the whole image; 0xffff is blank} */
    public int fullCrc() {
        return raw.u16(0x22);
    }

    /** {@return state of the full CRC behind the header; its own 16 bits count as ones} */
    public int crcState() {
        int state = Crc16.update(Crc16.START, raw, 0, CRC_WORD);
        state = Crc16.updateWord(state, raw.word(CRC_WORD) | 0xffff);
        int rest = CRC_WORD + 4;
        return Crc16.update(state, raw, rest, SIZE - rest);
    }

    /** {@return format version: 0 for FS2, 3 for FS3} */
    public int formatVersion() {
        return raw.u8(0x24);
    }

    /** {@return true if the bytes of the failsafe word sum to 0 modulo 256} */
    public boolean failsafeWordValid() {
        return byteSum(FAILSAFE_WORD) == 0;
    }

    /** {@return true if the image is to be interleaved on flash} */
    public boolean failsafe() {
        return (raw.u8(0x2b) & 8) != 0;
    }

    /** {@return how the image lies on flash, by the failsafe word} */
    public ChunkMap chunkMap() {
        return failsafe() ? new ChunkMap(true, 16 + (raw.u8(0x2b) & 7)) : ChunkMap.contiguous();
    }

    /** {@return the failsafe word of an image that lies on flash like this} */
    public static long failsafeWord(ChunkMap map) {
        return map.failsafe() ? withCheckByte(8 | map.log2Chunk() - 16) : 0;
    }

    /** {@return true if the bytes of the Image Info pointer sum to 0 modulo 256} */
    public boolean infoPointerValid() {
        return byteSum(INFO_POINTER) == 0;
    }

    /** {@return offset of the Image Info payload, without the check byte; 0 for none} */
    public int infoPointer() {
        return (int) raw.word(INFO_POINTER) & 0xffffff;
    }

    /** {@return image size in bytes as the header says} */
    public long imageSize() {
        return raw.word(IMAGE_SIZE);
    }

    /** {@return offset of the GUID payload} */
    public long guidPointer() {
        return raw.word(GUID_POINTER);
    }

    /**
     * Puts the check byte on a 24-bit value.
     *
     * @param value bits 23:0
     * @return the word whose four bytes sum to 0 modulo 256
     */
    public static long withCheckByte(int value) {
        int sum = (value >> 16 & 0xff) + (value >> 8 & 0xff) + (value & 0xff);
        return ((long) -sum & 0xff) << 24 | value & 0xffffff;
    }

    private int byteSum(int offset) {
        return raw.u8(offset) + raw.u8(offset + 1) + raw.u8(offset + 2) + raw.u8(offset + 3)
                & 0xff;
    }
}
