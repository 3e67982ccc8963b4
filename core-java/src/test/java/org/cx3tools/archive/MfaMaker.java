// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.archive;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.cx3tools.binary.Bytes;

/**
 * A second maker of archives, put down byte by byte from the design's page (nv-config 5.4). It
 * shares nothing with the code under test and checks nothing, so it makes wrong archives too.
 */
final class MfaMaker {
    private final ByteArrayOutputStream map = new ByteArrayOutputStream();
    private final ByteArrayOutputStream toc = new ByteArrayOutputStream();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final byte[][] stored = new byte[3][];

    /** One image entry of a board. */
    record Image(int toc, int type, int group, String tag) {
        static Image firmware(int toc, int group) {
            return new Image(toc, 1, group, "");
        }
    }

    /** Adds bytes to DATA. */
    int data(byte[] bytes) {
        int at = data.size();
        data.writeBytes(bytes);
        return at;
    }

    /** Adds an entry to TOC and returns its byte offset. */
    int toc(int offset, int size, int kind, int... version) {
        int at = toc.size();
        word(toc, offset);
        word(toc, size);
        half(toc, kind);
        toc.write(0);
        toc.write(version.length);
        for (int i = 0; i < 4; i++) {
            half(toc, i < version.length ? version[i] : 0);
        }
        half(toc, 0);
        half(toc, 0);
        return at;
    }

    /** Adds a board to MAP: texts are key, value, key, value. */
    MfaMaker board(String psid, List<String> texts, Image... images) {
        ByteArrayOutputStream pairs = new ByteArrayOutputStream();
        pairs.write(1);
        pairs.write(0);
        half(pairs, texts.size() / 2);
        for (String text : texts) {
            pairs.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
            pairs.write(0);
        }
        padded(map, psid);
        map.write(images.length);
        map.write(0);
        half(map, pairs.size());
        map.writeBytes(pairs.toByteArray());
        for (Image image : images) {
            word(map, image.toc());
            half(map, image.type());
            map.write(0);
            map.write(image.group());
            padded(map, image.tag());
        }
        return this;
    }

    /** Stores a section as these bytes of xz instead of plainly; 1 MAP, 2 TOC, 3 DATA. */
    MfaMaker stored(int type, byte[] xz) {
        stored[type - 1] = xz;
        return this;
    }

    byte[] payload(int type) {
        return List.of(map, toc, data).get(type - 1).toByteArray();
    }

    byte[] build() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("MFAR".getBytes(StandardCharsets.US_ASCII));
        word(out, 1);
        out.writeBytes(new byte[8]);
        for (int type = 1; type <= 3; type++) {
            byte[] payload = stored[type - 1] == null ? payload(type) : stored[type - 1];
            out.write(type);
            half(out, 0);
            out.write(stored[type - 1] == null ? 0 : 1);
            word(out, payload.length);
            out.writeBytes(payload);
        }
        out.writeBytes(new byte[4]);
        return sealed(out.toByteArray());
    }

    Bytes bytes() {
        return Bytes.of(build());
    }

    /** Makes the CRC-32 at the end right again. */
    static byte[] sealed(byte[] file) {
        byte[] out = file.clone();
        CRC32 crc = new CRC32();
        crc.update(out, 0, out.length - 4);
        ByteBuffer.wrap(out).putInt(out.length - 4, (int) crc.getValue());
        return out;
    }

    /** Overwrites bytes and makes the CRC-32 right again. */
    static byte[] with(byte[] file, int at, int... bytes) {
        byte[] out = file.clone();
        for (int i = 0; i < bytes.length; i++) {
            out[at + i] = (byte) bytes[i];
        }
        return sealed(out);
    }

    private static void padded(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        out.writeBytes(Arrays.copyOf(bytes, 32));
    }

    private static void half(ByteArrayOutputStream out, int value) {
        out.write(value >> 8);
        out.write(value);
    }

    private static void word(ByteArrayOutputStream out, int value) {
        half(out, value >> 16);
        half(out, value);
    }

    /** One board, two pieces, some 300 bytes; see the offsets in the test of broken fields. */
    static MfaMaker small() {
        MfaMaker maker = new MfaMaker();
        maker.data("firmware".getBytes(StandardCharsets.US_ASCII));
        maker.data("tail".getBytes(StandardCharsets.US_ASCII));
        List<Image> images = new ArrayList<>();
        images.add(Image.firmware(maker.toc(0, 8, 1, 2, 36, 5000), 1));
        images.add(Image.firmware(maker.toc(0, 0, 0x110, 3, 4, 752), 1));
        images.add(Image.firmware(maker.toc(8, 4, 0), 2));
        return maker.board("TEST_01", List.of("PN", "P-1", "DESCRIPTION", "A card"),
                images.toArray(new Image[0]));
    }
}
