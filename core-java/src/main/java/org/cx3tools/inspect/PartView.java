// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.inspect;

import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.Crc16;
import org.cx3tools.image.ImageOutline;
import org.cx3tools.image.Section;
import org.cx3tools.image.SectionType;

/**
 * A BOOT2 block or a section, with all words of its header.
 *
 * @param name  name of its kind, with its number among those of one kind: {@code DDR 3}; the first
 *              has none
 * @param part  where it lies
 * @param raw   all bytes with header and CRC word
 */
public record PartView(String name, ImageOutline.Part part, Bytes raw) {
    private static final int BLANK = 0xffff;

    static PartView of(ImageOutline.Part part, Bytes raw, int number) {
        String kind = part.isBoot2() ? "BOOT2" : SectionType.nameOf(part.typeCode());
        return new PartView(number == 1 ? kind : kind + " " + number, part, raw);
    }

    /** {@return what it holds: the payload of a section, all but size and CRC of a BOOT2} */
    public Bytes payload() {
        int header = part.isBoot2() ? 0 : Section.HEADER_SIZE;
        return raw.slice(header, raw.length() - header - 4);
    }

    /** {@return the opaque word: the first one of a BOOT2, the third one of a section} */
    public long opaque() {
        return raw.word(part.isBoot2() ? 0 : 8);
    }

    /** {@return the size field: words, of an EMT Service bytes} */
    public long sizeField() {
        return raw.word(4);
    }

    /** {@return offset of the next section; that of a BOOT2 is its end} */
    public long next() {
        return part.isBoot2() ? part.end() : raw.word(12);
    }

    /** {@return the stored CRC word} */
    public long storedCrc() {
        return raw.word(raw.length() - 4);
    }

    /** {@return the CRC as it should be} */
    public int computedCrc() {
        return Crc16.of(raw, 0, raw.length() - 4);
    }

    /** {@return whether the CRC is blank, as it may be over blank GUIDs} */
    public boolean blankCrc() {
        return part.typeCode() == SectionType.GUID.code() && storedCrc() == BLANK
                && payload().isFilledWith(0xff);
    }

    /** {@return whether the CRC is right or may be blank} */
    public boolean crcOk() {
        return storedCrc() == computedCrc() || blankCrc();
    }
}
