// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.FwConfiguration;
import org.cx3tools.image.GuidBlock;
import org.cx3tools.image.ImageEditor;
import org.cx3tools.image.ImageHeader;
import org.cx3tools.image.ImageLocator;
import org.cx3tools.image.ImageReader;
import org.cx3tools.image.InfoTag;
import org.cx3tools.image.SectionType;

/** Small good images of which tests break one thing. */
public record TestImages(long seed, int version, String psid, GuidBlock guids, boolean failsafe,
        int log2Chunk, int ddrBytes, int hwId, boolean hwTag, String vsd, String productVersion,
        boolean mic, long configPad) {
    /** Flash of four chunks. */
    public static final int FLASH = 0x40000;

    /** Identity of the card in the tests. */
    public static final GuidBlock CARD =
            GuidBlock.counted(0x24be05ffffc557c0L, 0x24be05c557c1L);

    /** The image on the card: crosses a chunk border, so both slots are interleaved. */
    public static TestImages onCard() {
        return new TestImages(1, 100, "TEST_0001", CARD, true, 16, 70000, 503, true,
                "old vendor text", "", true, 0);
    }

    /** The image to burn: newer, with other GUIDs and vendor text. */
    public static TestImages fresh() {
        return new TestImages(2, 200, "TEST_0001",
                GuidBlock.counted(0x0002c90300ffff00L, 0x0002c9ffff01L), true, 16, 71000, 503,
                true, "image vendor text", "", true, 0);
    }

    TestImages withPsid(String text) {
        return new TestImages(seed, version, text, guids, failsafe, log2Chunk, ddrBytes, hwId,
                hwTag, vsd, productVersion, mic, configPad);
    }

    TestImages withVersion(int number) {
        return new TestImages(seed, number, psid, guids, failsafe, log2Chunk, ddrBytes, hwId,
                hwTag, vsd, productVersion, mic, configPad);
    }

    TestImages withGuids(GuidBlock block) {
        return new TestImages(seed, version, psid, block, failsafe, log2Chunk, ddrBytes, hwId,
                hwTag, vsd, productVersion, mic, configPad);
    }

    TestImages withLog2Chunk(int log2) {
        return new TestImages(seed, version, psid, guids, failsafe, log2, ddrBytes, hwId, hwTag,
                vsd, productVersion, mic, configPad);
    }

    TestImages withDdr(int bytes) {
        return new TestImages(seed, version, psid, guids, failsafe, log2Chunk, bytes, hwId, hwTag,
                vsd, productVersion, mic, configPad);
    }

    TestImages withHardware(int id, boolean tag) {
        return new TestImages(seed, version, psid, guids, failsafe, log2Chunk, ddrBytes, id, tag,
                vsd, productVersion, mic, configPad);
    }

    TestImages withProductVersion(String text) {
        return new TestImages(seed, version, psid, guids, failsafe, log2Chunk, ddrBytes, hwId,
                hwTag, vsd, text, mic, configPad);
    }

    TestImages withConfigPad(long sectors) {
        return new TestImages(seed, version, psid, guids, failsafe, log2Chunk, ddrBytes, hwId,
                hwTag, vsd, productVersion, mic, sectors);
    }

    TestImages notFailsafe() {
        return new TestImages(seed, version, psid, guids, false, log2Chunk, ddrBytes, hwId, hwTag,
                vsd, productVersion, mic, configPad);
    }

    /** Makes it. */
    public Fs2Image build() {
        Random random = new Random(seed);
        BytesBuilder out = new BytesBuilder();
        out.add(ImageLocator.MAGIC).fill(0, 0x10).addWord(0xffff).addWord(4);
        out.addWord(failsafe ? ImageHeader.withCheckByte(8 | log2Chunk - 16) : 0);
        out.fill(0, 12);
        boot2(out, random);
        boot2(out, random);
        section(out, SectionType.CONFIGURATION, random(random, 120), false);
        int guidPayload = section(out, SectionType.GUID, guids.toBytes(), false);
        int infoPayload = section(out, SectionType.IMAGE_INFO, info(), false);
        section(out, SectionType.DDR, random(random, ddrBytes / 4 * 4), false);
        section(out, SectionType.FW_CONFIGURATION, FwConfiguration.deflate(Bytes.ofText(
                "[ADAPTER]\nPSID = " + psid + "\n")), true);
        out.setWord(ImageHeader.INFO_POINTER, ImageHeader.withCheckByte(infoPayload));
        out.setWord(ImageHeader.IMAGE_SIZE, out.length());
        out.setWord(ImageHeader.GUID_POINTER, guidPayload);
        try {
            return ImageEditor.withGuids(Fs2Image.parse(out.build()), guids);
        } catch (FormatException e) {
            throw new AssertionError(e);
        }
    }

    /** Makes it with this ROM. */
    Fs2Image buildWithRom(Bytes rom) {
        try {
            return ImageEditor.withRom(build(), rom);
        } catch (FormatException e) {
            throw new AssertionError(e);
        }
    }

    /** A boot ROM for a device. */
    static Bytes rom(int deviceId) {
        byte[] rom = new byte[1024];
        rom[0] = 0x55;
        rom[1] = (byte) 0xaa;
        rom[2] = 2;
        System.arraycopy("mlxsign:".getBytes(StandardCharsets.US_ASCII), 0, rom, 0x40, 8);
        little(rom, 0x48, 0x10 << 16 | 3);
        little(rom, 0x4c, 4 << 16 | 752);
        little(rom, 0x50, deviceId << 16 | 0x10 << 8 | 0xff);
        int sum = 0;
        for (byte b : rom) {
            sum += b;
        }
        rom[1023] = (byte) -sum;
        return Bytes.of(rom);
    }

    private static void little(byte[] to, int at, int value) {
        for (int i = 0; i < 4; i++) {
            to[at + i] = (byte) (value >> 8 * i);
        }
    }

    /** A flash that holds images in slots 0 and 1, and something in its configuration area. */
    static Bytes flash(Optional<Fs2Image> slot0, Optional<Fs2Image> slot1) {
        BytesBuilder flash = BytesBuilder.copyOf(flash(FLASH, slot0, slot1));
        flash.setWord(FLASH - 4, 0x11223344L);
        flash.setWord(FLASH - 0x10000 - 4, 0x55667788L);
        return flash.build();
    }

    /** A flash of another size that holds images in slots 0 and 1, and nothing else. */
    static Bytes flash(int size, Optional<Fs2Image> slot0, Optional<Fs2Image> slot1) {
        BytesBuilder flash = new BytesBuilder(size).fill(0xff, size);
        try {
            for (int slot = 0; slot < 2; slot++) {
                Optional<Fs2Image> image = slot == 0 ? slot0 : slot1;
                if (image.isPresent()) {
                    Bytes alone = ImageReader.toFlash(image.get(), size, slot);
                    for (int at = 0; at < size; at++) {
                        if (alone.u8(at) != 0xff) {
                            flash.setU8(at, alone.u8(at));
                        }
                    }
                }
            }
        } catch (FormatException e) {
            throw new AssertionError(e);
        }
        return flash.build();
    }

    private Bytes info() {
        BytesBuilder out = new BytesBuilder();
        tag(out, InfoTag.FW_VERSION, new BytesBuilder().addWord(2L << 16).addWord(
                36L << 16 | version).build());
        tag(out, InfoTag.DEVICE_TYPE, new BytesBuilder().addWord(hwId == 503 ? 4103 : 4099)
                .build());
        tag(out, InfoTag.PSID, text(psid, 16));
        tag(out, InfoTag.VSD, text(vsd, 208));
        tag(out, InfoTag.VSD_VENDOR, new BytesBuilder().addWord(0x15b3).build());
        if (!productVersion.isEmpty()) {
            tag(out, InfoTag.PRODUCT_VERSION, text(productVersion, 16));
        }
        if (hwTag) {
            tag(out, InfoTag.HARDWARE_IDS, new BytesBuilder().addWord(hwId).build());
        }
        if (mic) {
            tag(out, InfoTag.MIC_VERSION, new BytesBuilder().addWord(2L << 16).addWord(0).build());
        }
        tag(out, InfoTag.CONFIG_AREA, new BytesBuilder().addWord(1).addWord(configPad).addWord(2)
                .build());
        return out.addWord(0xff000000L).build();
    }

    private static void tag(BytesBuilder out, int id, Bytes data) {
        out.addWord((long) id << 24 | data.length()).add(data);
    }

    private static Bytes text(String text, int size) {
        return new BytesBuilder().add(Bytes.ofText(text)).fill(0, size - text.length()).build();
    }

    private static void boot2(BytesBuilder out, Random random) {
        int start = out.length();
        out.addWord(0x00100040L).addWord(0x40).add(random(random, 0x40 * 4 + 4));
        out.addWord(out.crc16(start, out.length() - start));
    }

    private static int section(BytesBuilder out, SectionType type, Bytes payload, boolean last) {
        int start = out.length();
        int end = start + 16 + payload.length() + 4;
        out.addWord(type.code()).addWord(payload.length() / 4).addWord(0)
                .addWord(last ? 0xff000000L : end).add(payload);
        out.addWord(out.crc16(start, out.length() - start));
        return start + 16;
    }

    private static Bytes random(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }
}
