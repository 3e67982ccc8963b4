// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.imagemaker;

import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of an image and where its parts are.
 *
 * @param bytes    the contiguous image
 * @param boots    offsets of the BOOT2 blocks
 * @param sections offsets of the section headers, in the order of the chain
 * @param plan     what it was made from
 */
public record ImageLayout(byte[] bytes, List<Integer> boots, List<Integer> sections,
        ImagePlan plan) {
    /** The four magic words. */
    static final long[] MAGIC = {0x4D544657L, 0x8CDFD000L, 0xDEAD9270L, 0x4154BEEFL};
    static final int CRC_WORD = 0x20;
    static final int FORMAT_WORD = 0x24;
    static final int FAILSAFE_WORD = 0x28;
    static final int INFO_POINTER = 0x2C;
    static final int SIZE_WORD = 0x30;
    static final int GUID_POINTER = 0x34;
    static final int FIRST_BOOT = 0x38;
    static final long LAST = 0xFF000000L;

    /**
     * Lays out a plan.
     *
     * @param plan what to make
     * @return the image with all addresses and checksums
     */
    public static ImageLayout of(ImagePlan plan) {
        List<Integer> boots = new ArrayList<>();
        List<Integer> sections = new ArrayList<>();
        int position = FIRST_BOOT;
        for (BootBlock boot : plan.boots()) {
            boots.add(position);
            position += boot.totalLength();
        }
        for (Section section : plan.sections()) {
            sections.add(position);
            position += section.totalLength();
        }
        Words out = new Words();
        header(plan, sections, position, out);
        plan.boots().forEach(boot -> out.bytes(boot.toBytes()));
        for (int i = 0; i < sections.size(); i++) {
            Section section = plan.sections().get(i);
            boolean last = i == sections.size() - 1;
            long next = last ? LAST : sections.get(i) + section.totalLength();
            out.bytes(sectionBytes(section, next, plan.blankGuids()));
        }
        byte[] bytes = out.toArray();
        if (!plan.blankGuids()) {
            refreshFullCrc(bytes);
        }
        return new ImageLayout(bytes, boots, sections, plan);
    }

    private static void header(ImagePlan plan, List<Integer> sections, int size, Words out) {
        for (long word : MAGIC) {
            out.word(word);
        }
        long info = payloadOfFirst(plan, sections, Section.INFO);
        long failsafe = plan.log2Chunk().isPresent() ? 8 | plan.log2Chunk().getAsInt() - 16 : 0;
        out.bytes(plan.reserved())
                .word((long) plan.topOfCrc() << 16 | 0xFFFF)
                .word(plan.formatWord())
                .word((long) Words.balancingByte(failsafe) << 24 | failsafe)
                .word((long) Words.balancingByte(info) << 24 | info)
                .word(size)
                .word(payloadOfFirst(plan, sections, Section.GUID));
    }

    private static int payloadOfFirst(ImagePlan plan, List<Integer> offsets, int type) {
        for (int i = 0; i < offsets.size(); i++) {
            if (plan.sections().get(i).type() == type) {
                return offsets.get(i) + Section.HEADER;
            }
        }
        return 0;
    }

    private static byte[] sectionBytes(Section section, long next, boolean blankGuids) {
        byte[] body = new Words().word(section.type()).word(section.sizeWord())
                .word(section.param()).word(next).bytes(Words.padded(section.payload())).toArray();
        boolean blank = blankGuids && section.type() == Section.GUID;
        int crc = blank ? 0xFFFF : BitCrc.of(body, 0, body.length);
        return new Words().bytes(body).word(crc).toArray();
    }

    /** The offset of the first section of a type, or -1. */
    int offsetOf(int type) {
        for (int i = 0; i < sections.size(); i++) {
            if (plan.sections().get(i).type() == type) {
                return sections.get(i);
            }
        }
        return -1;
    }

    /** Length in bytes of the i-th section with header and CRC word. */
    int lengthOf(int index) {
        return plan.sections().get(index).totalLength();
    }

    /** Redoes section and full checksums of a changed copy whose parts are still in place. */
    void refreshCrcs(byte[] changed) {
        for (int i = 0; i < sections.size(); i++) {
            int from = sections.get(i);
            int crcAt = from + lengthOf(i) - 4;
            Words.set(changed, crcAt, BitCrc.of(changed, from, crcAt));
        }
        refreshFullCrc(changed);
    }

    static void refreshFullCrc(byte[] image) {
        image[CRC_WORD + 2] = (byte) 0xFF;
        image[CRC_WORD + 3] = (byte) 0xFF;
        int crc = BitCrc.of(image, 0, image.length);
        image[CRC_WORD + 2] = (byte) (crc >> 8);
        image[CRC_WORD + 3] = (byte) crc;
    }
}
