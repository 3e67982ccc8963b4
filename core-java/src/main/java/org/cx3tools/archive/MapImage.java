// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.archive;

import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.image.FormatException;

/**
 * One image of a board in the MAP.
 *
 * <pre>
 *  0  u32  byte offset of the TOC entry in the TOC payload
 *  4  u16  type, 1 = firmware
 *  6  u8   0
 *  7  u8   group id
 *  8  32   select tag, NUL-padded
 * </pre>
 *
 * @param tocOffset offset of the TOC entry, a multiple of its size
 * @param type 1 for firmware
 * @param group group id, 0 to 255
 * @param tag select tag, printable ASCII, may be empty
 */
record MapImage(int tocOffset, int type, int group, String tag) {
    static final int SIZE = 40;

    private static final int TOC_OFFSET = 0;
    private static final int TYPE = 4;
    private static final int ZERO = 6;
    private static final int GROUP = 7;
    private static final int TAG = 8;
    private static final int TAG_SIZE = 32;

    static MapImage parse(Payload map, int at, int tocSize) throws FormatException {
        Bytes b = map.bytes();
        long toc = b.word(at + TOC_OFFSET);
        if (toc % TocEntry.SIZE != 0 || toc >= tocSize) {
            throw map.wrong(at + TOC_OFFSET, "offset of a TOC entry", "a multiple of "
                    + TocEntry.SIZE + " below " + tocSize, Long.toString(toc));
        }
        map.require(at + ZERO, "reserved field of an image", 0, b.u8(at + ZERO));
        String tag = PlainText.fixed(map, at + TAG, TAG_SIZE, "select tag");
        if (!PlainText.isPrintable(tag)) {
            throw map.wrong(at + TAG, "select tag", "printable ASCII", PlainText.escaped(tag));
        }
        return new MapImage((int) toc, b.u16(at + TYPE), b.u8(at + GROUP), tag);
    }

    void write(BytesBuilder out) {
        out.addWord(tocOffset).addWord((long) type << 16 | group);
        PlainText.writeFixed(out, tag, TAG_SIZE);
    }
}
