// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.imagemaker;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * One tag of the Image Info section.
 *
 * @param id   0 to 255
 * @param data content, a whole number of words
 */
public record InfoTag(int id, byte[] data) {
    /** The tag that ends the list. */
    public static final int END = 255;

    static InfoTag words(int id, long... values) {
        Words out = new Words();
        for (long value : values) {
            out.word(value);
        }
        return new InfoTag(id, out.toArray());
    }

    static InfoTag text(int id, String text, int fieldLength) {
        byte[] raw = text.getBytes(StandardCharsets.ISO_8859_1);
        return new InfoTag(id, Arrays.copyOf(raw, fieldLength));
    }

    static InfoTag firmwareVersion(int major, int minor, int subminor) {
        return words(1, (long) major << 16, (long) minor << 16 | subminor);
    }

    static InfoTag buildTime(int year, int month, int day, int hour, int minute, int second) {
        return words(2, (long) bcd(hour) << 16 | bcd(minute) << 8 | bcd(second),
                (long) bcd(year) << 16 | bcd(month) << 8 | bcd(day));
    }

    static InfoTag prsName(String name) {
        byte[] raw = Words.padded((name + '\0').getBytes(StandardCharsets.ISO_8859_1));
        return new InfoTag(20, raw);
    }

    static byte[] section(List<InfoTag> tags) {
        Words out = new Words();
        for (InfoTag tag : tags) {
            out.word((long) tag.id << 24 | tag.data.length).bytes(tag.data);
        }
        return out.toArray();
    }

    private static int bcd(int value) {
        return Integer.parseInt(Integer.toString(value), 16);
    }
}
