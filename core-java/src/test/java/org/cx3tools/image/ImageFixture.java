// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import java.util.ArrayList;
import java.util.List;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;

/**
 * Small good images for tests, put together by hand. The second maker, which shares nothing with
 * the code under test, is in the module tests; this one borrows only the checksum.
 */
public final class ImageFixture {
    /** Text of the board file. */
    public static final String BOARD_FILE = "[PS_INFO]\nName = TEST\n[ADAPTER]\nPSID = TEST_01\n";
    /** Offset of the second BOOT2. */
    public static final int BOOT2B = 0x38 + 40;
    /** Offset of the first section, Configuration. */
    public static final int CONFIGURATION = BOOT2B + 32;
    /** Offset of the GUID section. */
    public static final int GUID = CONFIGURATION + 44;
    /** Offset of the Image Info section of an image with six GUID entries. */
    public static final int INFO = GUID + 68;

    private final List<long[]> types = new ArrayList<>();
    private final List<Bytes> payloads = new ArrayList<>();
    private Bytes guids = GuidBlock.of(0x0002c90300000010L, 0x0002c90300000011L,
            0x0002c90300000012L, 0x0002c90300000013L, 0x0002c9000011L, 0x0002c9000012L).toBytes();
    private long failsafe = 0xf8000008L;
    private boolean mic = true;
    private Bytes rom = Bytes.empty();

    /** Starts with a plain failsafe image. */
    public ImageFixture() {
    }

    /** Changes one word, and nothing else. */
    public static Bytes with(Bytes image, int offset, long word) {
        return BytesBuilder.copyOf(image).setWord(offset, word).build();
    }

    /** Changes one word of a section of a plain image and redoes its CRC and the full CRC. */
    public static Bytes withSealed(Bytes image, int offset, long word) {
        BytesBuilder out = BytesBuilder.copyOf(image).setWord(offset, word);
        for (ImageOutline.Part part : parsed(image).outline().parts()) {
            if (offset >= part.start() && offset < part.end()) {
                int covered = part.length() - 4;
                out.setWord(part.start() + covered, out.crc16(part.start(), covered));
            }
        }
        long header = out.word(0x20) | 0xffff;
        out.setWord(0x20, header);
        return out.setWord(0x20, header & 0xffff0000L | out.crc16(0, out.length())).build();
    }

    /** Makes the plain image. */
    public static Bytes plain() {
        return new ImageFixture().build();
    }

    /** Parses a fixture. */
    public static Fs2Image parsed(Bytes bytes) {
        try {
            return Fs2Image.parse(bytes);
        } catch (FormatException e) {
            throw new AssertionError(e);
        }
    }

    /** Sets other GUID entries. */
    public ImageFixture guids(GuidBlock block) {
        guids = block.toBytes();
        return this;
    }

    /** Makes it one for a contiguous flash. */
    public ImageFixture notFailsafe() {
        failsafe = 0;
        return this;
    }

    /** Leaves the MIC tag out. */
    public ImageFixture withoutMic() {
        mic = false;
        return this;
    }

    /** Puts a ROM section in. */
    public ImageFixture rom(Bytes payload) {
        rom = payload;
        return this;
    }

    /** Puts one more section before the board file. */
    public ImageFixture section(long type, Bytes payload) {
        types.add(new long[] {type});
        payloads.add(payload);
        return this;
    }

    /** Builds it. */
    public Bytes build() {
        BytesBuilder out = new BytesBuilder(4096);
        out.add(ImageLocator.MAGIC).addWord(0x11111111).addWord(0x22222222).addWord(0x33333333)
                .addWord(0x44444444).addWord(0x0100ffffL).addWord(4).addWord(failsafe).addWord(0)
                .addWord(0).addWord(0);
        boot2(out, 6);
        boot2(out, 4);
        section(out, 2, new BytesBuilder().fill(0x5a, 24).build(), 7, false);
        if (rom.length() > 0) {
            section(out, 5, rom, 0, false);
        }
        int guid = section(out, 6, guids, 0, false);
        int info = section(out, 10, info(), 0, false);
        section(out, 1, new BytesBuilder().fill(0xa5, 128).build(), 0, false);
        for (int i = 0; i < types.size(); i++) {
            section(out, types.get(i)[0], payloads.get(i), 0, false);
        }
        section(out, 9, FwConfiguration.deflate(Bytes.ofText(BOARD_FILE)), 0, true);
        out.setWord(0x2c, ImageHeader.withCheckByte(info + 16));
        out.setWord(0x30, out.length());
        out.setWord(0x34, guid + 16);
        if (!guids.isFilledWith(0xff)) {
            out.setWord(0x20, 0x01000000L | out.crc16(0, out.length()));
        }
        return out.build();
    }

    private Bytes info() {
        BytesBuilder tags = new BytesBuilder();
        tag(tags, 0, Bytes.ofHex("00000001"));
        tag(tags, 1, Bytes.ofHex("00020000 00241388"));
        tag(tags, 2, Bytes.ofHex("00123456 20160106"));
        tag(tags, 3, Bytes.ofHex("00001007"));
        tag(tags, 4, padded("TEST_01", 16));
        tag(tags, 5, padded("vendor text", 208));
        tag(tags, 7, padded("02.36.50.00", 16));
        tag(tags, 8, Bytes.ofHex("000015b3"));
        tag(tags, 10, Bytes.ofHex("000001f7"));
        if (mic) {
            tag(tags, 11, Bytes.ofHex("00020000 00000001"));
        }
        tag(tags, 12, Bytes.ofHex("0001000200030004"));
        tag(tags, 13, Bytes.ofHex("0000000000000000"));
        tag(tags, 19, Bytes.ofHex("00000004 00000001 00000002"));
        tag(tags, 20, padded("synthetic_test.prs", 20));
        tag(tags, 255, Bytes.empty());
        return tags.build();
    }

    private static Bytes padded(String text, int size) {
        return new BytesBuilder().add(Bytes.ofText(text)).fill(0, size - text.length()).build();
    }

    private static void tag(BytesBuilder out, int id, Bytes data) {
        out.addWord((long) id << 24 | data.length()).add(data);
    }

    private static void boot2(BytesBuilder out, int words) {
        int start = out.length();
        out.addWord(0x00100040).addWord(words).fill(0x77, words * 4 + 4);
        out.addWord(out.crc16(start, out.length() - start));
    }

    private static int section(BytesBuilder out, long type, Bytes payload, long param,
            boolean last) {
        int start = out.length();
        int end = start + payload.length() + 20;
        out.addWord(type).addWord(type == 4 ? payload.length() : payload.length() / 4)
                .addWord(param).addWord(last ? 0xff000000L : end).add(payload);
        boolean blank = type == 6 && payload.isFilledWith(0xff);
        out.addWord(blank ? 0xffff : out.crc16(start, out.length() - start));
        return start;
    }
}
