// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;

/**
 * The PCI expansion ROM images of a ROM section, by the rules of the PCI Firmware Specification
 * (documented; little-endian):
 *
 * <pre>
 * image           0x00 55 aa   0x02 size of x86 code in 512 bytes   0x18 u16 offset of the data structure
 * data structure  0x00 "PCIR"  0x04 vendor  0x06 device  0x10 u16 image size in 512 bytes
 *                 0x14 code type  0x15 bit 7: last image
 * </pre>
 *
 * <p>The parts cover the whole payload: what is no image (padding, a damaged rest) is a part of its
 * own, so that putting all parts together gives the payload again.
 */
public final class RomParts {
    private static final Bytes DATA_STRUCTURE = Bytes.ofText("PCIR");
    private static final int UNIT = 512;
    private static final int DATA_SIZE = 0x18;
    private static final int MAX_PARTS = 64;
    private static final int LAST = 0x80;

    private RomParts() {
    }

    /**
     * Takes a ROM apart; never fails.
     *
     * @param payload payload of the ROM section, or content of a ROM file
     * @return its parts in order
     */
    public static List<RomPart> of(Bytes payload) {
        List<RomPart> parts = new ArrayList<>();
        int at = 0;
        while (at < payload.length() && parts.size() < MAX_PARTS) {
            int length = imageLength(payload, at);
            if (length == 0) {
                break;
            }
            parts.add(part(payload, at, length));
            at += length;
        }
        if (at < payload.length()) {
            Bytes rest = payload.slice(at, payload.length() - at);
            parts.add(new RomPart(at, rest, RomPart.NONE, 0, 0, false, RomInfo.of(rest).records()));
        }
        return List.copyOf(parts);
    }

    /** {@return the ROM that was taken apart into all of these parts, byte for byte} */
    public static Bytes whole(List<RomPart> parts) {
        BytesBuilder out = new BytesBuilder();
        parts.forEach(part -> out.add(part.raw()));
        return out.build();
    }

    /**
     * Puts a ROM together. The mark of the last image is moved to the last one and the checksums of
     * x86 images are redone where that changed a byte.
     *
     * @param parts at least one part
     * @return payload of a ROM section, a multiple of 4 bytes
     */
    public static Bytes join(List<RomPart> parts) {
        int last = -1;
        for (int i = 0; i < parts.size(); i++) {
            last = parts.get(i).codeType() == RomPart.NONE ? last : i;
        }
        BytesBuilder out = new BytesBuilder();
        for (int i = 0; i < parts.size(); i++) {
            RomPart part = parts.get(i);
            boolean marked = part.codeType() == RomPart.NONE || part.last() == (i == last);
            out.add(marked ? part.raw() : remarked(part, i == last));
        }
        return out.fill(0xff, -out.length() & 3).build();
    }

    /** Size of the image at a place; 0 if there is none. */
    private static int imageLength(Bytes rom, int at) {
        if (at + 0x1a > rom.length() || rom.u16(at) != 0x55aa) {
            return 0;
        }
        Optional<Integer> data = dataStructure(rom, at);
        int told = data.isPresent() ? little(rom, data.get() + 0x10) : 0;
        // Makers that leave the size word empty still fill the size byte of x86 code.
        long length = (long) (told != 0 ? told : rom.u8(at + 2)) * UNIT;
        return length == 0 || at + length > rom.length() ? 0 : (int) length;
    }

    private static Optional<Integer> dataStructure(Bytes rom, int at) {
        int pointer = at + little(rom, at + 0x18);
        return pointer + DATA_SIZE <= rom.length() && rom.slice(pointer, 4).equals(DATA_STRUCTURE)
                ? Optional.of(pointer) : Optional.empty();
    }

    private static RomPart part(Bytes payload, int at, int length) {
        Bytes raw = payload.slice(at, length);
        Optional<Integer> data = dataStructure(raw, 0);
        List<RomRecord> records = RomInfo.of(raw).records();
        if (data.isEmpty()) {
            return new RomPart(at, raw, RomPart.NONE, 0, 0, false, records);
        }
        int d = data.get();
        return new RomPart(at, raw, raw.u8(d + 0x14), little(raw, d + 4), little(raw, d + 6),
                (raw.u8(d + 0x15) & LAST) != 0, records);
    }

    private static Bytes remarked(RomPart part, boolean last) {
        Bytes raw = part.raw();
        int at = dataStructure(raw, 0).orElseThrow() + 0x15;
        int before = raw.u8(at);
        int after = last ? before | LAST : before & ~LAST;
        BytesBuilder out = BytesBuilder.copyOf(raw).setU8(at, after);
        if (part.codeType() == RomPart.X86) {
            // The bytes summed up to something; they still do. The last byte is where makers balance the sum.
            int summed = raw.u8(2) * UNIT;
            int end = (summed == 0 || summed > raw.length() ? raw.length() : summed) - 1;
            out.setU8(end, raw.u8(end) - (after - before) & 0xff);
        }
        return out.build();
    }

    private static int little(Bytes bytes, int at) {
        return bytes.u8(at) | bytes.u8(at + 1) << 8;
    }
}
