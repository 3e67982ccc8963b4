// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.archive;

import java.util.LinkedHashMap;
import java.util.Map;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.image.FormatException;

/**
 * Metadata of a board in the MAP.
 *
 * <pre>
 *  0  u8   type, 1
 *  1  u8   0
 *  2  u16  number of pairs
 *  4  key NUL value NUL, once for each pair; zeros may follow
 * </pre>
 */
final class Metadata {
    static final String PART_NUMBER = "PN";
    static final String DESCRIPTION = "DESCRIPTION";

    private static final int TYPE = 0;
    private static final int ZERO = 1;
    private static final int PAIRS = 2;
    private static final int HEAD = 4;
    private static final int TYPE_PAIRS = 1;

    private Metadata() {
    }

    /**
     * Reads the pairs.
     *
     * @param map the MAP
     * @param start offset of the metadata in its payload
     * @param size bytes of the metadata, inside of the payload
     * @return keys with their values in order; values are escaped
     * @throws FormatException if a field is wrong, a text does not end, or a key occurs twice
     */
    static Map<String, String> parse(Payload map, int start, int size) throws FormatException {
        Map<String, String> pairs = new LinkedHashMap<>();
        if (size == 0) {
            return pairs;
        }
        if (size < HEAD) {
            throw map.wrong(start, "metadata", "none or at least " + HEAD + " bytes",
                    size + " bytes");
        }
        Bytes b = map.bytes();
        map.require(start + TYPE, "type of metadata", TYPE_PAIRS, b.u8(start + TYPE));
        map.require(start + ZERO, "reserved field of metadata", 0, b.u8(start + ZERO));
        int count = b.u16(start + PAIRS);
        if (count > MfaArchive.MAX_PAIRS) {
            throw map.wrong(start + PAIRS, "number of pairs of metadata",
                    "at most " + MfaArchive.MAX_PAIRS, Integer.toString(count));
        }
        int at = start + HEAD;
        int end = start + size;
        for (int i = 0; i < count; i++) {
            String key = text(map, at, end, "key of metadata");
            if (key.isEmpty() || !PlainText.isPrintable(key) || pairs.containsKey(key)) {
                throw map.wrong(at, "key of metadata", "printable ASCII, once",
                        PlainText.escaped(key));
            }
            at += key.length() + 1;
            String value = text(map, at, end, "value of metadata");
            pairs.put(key, PlainText.escaped(value));
            at += value.length() + 1;
        }
        if (!b.slice(at, end - at).isFilledWith(0)) {
            throw map.wrong(at, "end of metadata", "zeros behind " + count + " pairs",
                    b.slice(at, end - at).toString());
        }
        return pairs;
    }

    static Bytes write(Map<String, String> pairs) {
        BytesBuilder out = new BytesBuilder();
        out.addWord((long) TYPE_PAIRS << 24 | pairs.size());
        pairs.forEach((key, value) -> out.add(Bytes.ofText(key)).addU8(0)
                .add(Bytes.ofText(value)).addU8(0));
        return out.build();
    }

    private static String text(Payload map, int at, int end, String what)
            throws FormatException {
        String text = map.bytes().slice(at, end - at).text();
        if (text.length() == end - at) {
            throw map.wrong(at, what, "a text that ends with NUL", "no NUL in " + (end - at)
                    + " bytes");
        }
        return text;
    }
}
