// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.Crc16;

/**
 * A section of the chain (fs2-image 1.5): 16-byte header, payload, CRC word.
 *
 * <pre>
 * 0 type   4 payload size   8 param (opaque)   12 next   16 payload ...   CRC word
 * </pre>
 *
 * @param start offset of the header in the image
 * @param raw all bytes with header and CRC word, verbatim
 */
public record Section(int start, Bytes raw) {
    /** Size of the header in bytes. */
    public static final int HEADER_SIZE = 16;
    /** Value of next in the last section. */
    public static final long LAST = 0xff000000L;
    /** Largest payload in bytes. */
    public static final long MAX_PAYLOAD = 0x400000;

    /** {@return number of the kind} */
    public long typeCode() {
        return raw.word(0);
    }

    /** {@return the kind, empty if unknown} */
    public Optional<SectionType> type() {
        return SectionType.ofCode(typeCode());
    }

    /**
     * Compares the kind.
     *
     * @param type a kind
     * @return true if this section is of it
     */
    public boolean is(SectionType type) {
        return typeCode() == type.code();
    }

    /** {@return name as the stock tool prints it} */
    public String name() {
        return SectionType.nameOf(typeCode());
    }

    /** {@return the opaque third word of the header} */
    public long param() {
        return raw.word(8);
    }

    /** {@return offset of the next header, {@link #LAST} or 0 for none} */
    public long next() {
        return raw.word(12);
    }

    /** {@return offset of the payload in the image} */
    public int payloadStart() {
        return start + HEADER_SIZE;
    }

    /** {@return the payload, rounded up to whole words} */
    public Bytes payload() {
        return raw.slice(HEADER_SIZE, raw.length() - HEADER_SIZE - 4);
    }

    /** {@return total length in bytes} */
    public int length() {
        return raw.length();
    }

    /** {@return offset of the byte behind the section} */
    public int end() {
        return start + raw.length();
    }

    /** {@return offset of the CRC word in the image} */
    public int crcStart() {
        return end() - 4;
    }

    /** {@return the stored CRC word, upper half included} */
    public long storedCrc() {
        return raw.word(raw.length() - 4);
    }

    /** {@return the CRC as it should be} */
    public int computedCrc() {
        return Crc16.of(raw, 0, raw.length() - 4);
    }

    /** {@return true if the stored CRC is right; a blank one is not} */
    public boolean crcOk() {
        return storedCrc() == computedCrc();
    }

    /**
     * Tells the payload length that a size field stands for.
     *
     * @param typeCode number of the kind
     * @param sizeField second word of the header
     * @return bytes, a multiple of 4
     */
    public static long payloadLength(long typeCode, long sizeField) {
        return typeCode == SectionType.EMT_SERVICE.code() ? sizeField + 3 & ~3L : sizeField * 4;
    }
}
