// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.image.FormatException;

/**
 * One board in the MAP.
 *
 * <pre>
 *   0  32      board id (PSID), NUL-padded
 *  32  u8      number of images n, 1 to 255
 *  33  u8      0
 *  34  u16     size of the metadata
 *  36  ...     metadata, see {@link Metadata}
 *      n * 40  images, see {@link MapImage}
 * </pre>
 *
 * @param psid board id
 * @param metadata keys with their values in order
 * @param images at least one
 * @param size bytes the board takes
 */
record MapEntry(String psid, Map<String, String> metadata, List<MapImage> images, int size) {
    static final int HEAD = 36;
    static final int PSID_SIZE = 32;

    private static final int IMAGES = 32;
    private static final int ZERO = 33;
    private static final int METADATA_SIZE = 34;

    static MapEntry parse(Payload map, int start, int tocSize) throws FormatException {
        Bytes b = map.bytes();
        int room = b.length() - start;
        if (room < HEAD) {
            throw map.wrong(start, "board", "at least " + HEAD + " bytes", room + " bytes");
        }
        String psid = PlainText.fixed(map, start, PSID_SIZE, "PSID of a board");
        if (!PlainText.isPsid(psid)) {
            throw map.wrong(start, "PSID of a board", "printable ASCII without blank and slash,"
                    + " no dot in front", "\"" + PlainText.escaped(psid) + "\"");
        }
        int count = b.u8(start + IMAGES);
        if (count == 0) {
            throw map.wrong(start + IMAGES, "number of images", "1 to 255", "0");
        }
        map.require(start + ZERO, "reserved field of a board", 0, b.u8(start + ZERO));
        int metadataSize = b.u16(start + METADATA_SIZE);
        int imageSize = count * MapImage.SIZE;
        if (metadataSize > room - HEAD) {
            throw map.wrong(start + METADATA_SIZE, "size of metadata", "at most " + (room - HEAD)
                    + " bytes", metadataSize + " bytes");
        }
        if (imageSize > room - HEAD - metadataSize) {
            throw map.wrong(start + IMAGES, "number of images", count + " times "
                    + MapImage.SIZE + " bytes", room - HEAD - metadataSize + " bytes");
        }
        Map<String, String> metadata = Metadata.parse(map, start + HEAD, metadataSize);
        List<MapImage> images = new ArrayList<>(count);
        int at = start + HEAD + metadataSize;
        for (int i = 0; i < count; i++) {
            images.add(MapImage.parse(map, at + i * MapImage.SIZE, tocSize));
        }
        return new MapEntry(psid, metadata, images, HEAD + metadataSize + imageSize);
    }

    static void write(BytesBuilder out, String psid, Map<String, String> metadata,
            List<MapImage> images) {
        Bytes pairs = Metadata.write(metadata);
        PlainText.writeFixed(out, psid, PSID_SIZE);
        out.addU8(images.size()).addU8(0).addU8(pairs.length() >> 8).addU8(pairs.length());
        out.add(pairs);
        images.forEach(image -> image.write(out));
    }
}
