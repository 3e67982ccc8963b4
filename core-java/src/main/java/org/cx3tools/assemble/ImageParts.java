// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.assemble;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.image.Boot2Block;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageEditor;
import org.cx3tools.image.ImageHeader;
import org.cx3tools.image.ImageLocator;
import org.cx3tools.image.InfoTag;
import org.cx3tools.image.Section;
import org.cx3tools.image.SectionType;

/**
 * What an image is made of, without anything that can be computed: pointers, sizes, checksums.
 *
 * <p>{@link #build()} lays the parts out as release images are: one behind the other, with all
 * computed words right. {@link #of} takes an image apart and proves that building it again gives
 * the same bytes; what does not is an error at the first byte that differs, so an image with a
 * wrong checksum, pointer or size never passes.
 *
 * @param reserved    16 bytes of the header from 0x10 on, meaning unknown
 * @param crcWordHigh upper half of the header word 0x20: hardware revision and CRC marker
 * @param formatWord  header word 0x24
 * @param failsafeWord header word 0x28
 * @param boot2       one or two BOOT2 blocks
 * @param sections    the chain, at least one section
 * @param lastNext    next word of the last section, 0xff000000 or 0
 * @param keptCrc     full CRC to keep, for images whose tools do not check it (no MIC version)
 */
public record ImageParts(Bytes reserved, int crcWordHigh, long formatWord, long failsafeWord,
        List<Boot2Part> boot2, List<SectionPart> sections, long lastNext, OptionalInt keptCrc) {

    /**
     * A BOOT2 block.
     *
     * @param word first word, meaning unknown
     * @param data what stands between the size word and the CRC word, in whole words
     */
    public record Boot2Part(long word, Bytes data) {
        /** Refuses data that no block can have. */
        public Boot2Part {
            long words = data.length() / 4 - 1;
            if (data.length() % 4 != 0 || words < Boot2Block.MIN_WORDS
                    || words > Boot2Block.MAX_WORDS) {
                throw new IllegalArgumentException("BOOT2 data of " + data.length() + " bytes");
            }
        }
    }

    /**
     * A section of the chain.
     *
     * @param typeCode number of the kind
     * @param param    third word of its header, meaning unknown
     * @param size     payload size in bytes; only EMT Service may leave it odd
     * @param payload  payload, padded to whole words
     */
    public record SectionPart(long typeCode, long param, int size, Bytes payload) {
        /** Refuses sizes that no section can have. */
        public SectionPart {
            if (payload.length() % 4 != 0 || payload.length() > Section.MAX_PAYLOAD
                    || payload.length() - size < 0 || payload.length() - size > 3
                    || size % 4 != 0 && typeCode != SectionType.EMT_SERVICE.code()) {
                throw new IllegalArgumentException("section of " + size + " bytes, padded to "
                        + payload.length());
            }
        }

        /** {@return a section whose payload fills its words} */
        public static SectionPart of(SectionType type, Bytes payload) {
            return new SectionPart(type.code(), 0, payload.length(), payload);
        }

        /** {@return whether the section is of a kind} */
        public boolean is(SectionType type) {
            return typeCode == type.code();
        }
    }

    /** Makes the lists unchangeable. */
    public ImageParts {
        Objects.requireNonNull(keptCrc, "keptCrc");
        boot2 = List.copyOf(boot2);
        sections = List.copyOf(sections);
        if (reserved.length() != 16 || boot2.isEmpty() || boot2.size() > 2 || sections.isEmpty()
                || crcWordHigh >>> 16 != 0) {
            throw new IllegalArgumentException("an image has 16 reserved header bytes, one or two"
                    + " BOOT2 blocks and at least one section");
        }
    }

    /**
     * Takes an image apart. Bytes behind the end of the image are left out.
     *
     * @param image an image with right checksums
     * @throws FormatException if the image is not exactly what {@link #build()} makes of its
     *         parts; told is the first word that differs
     */
    public static ImageParts of(Fs2Image image) throws FormatException {
        Bytes header = image.header().raw();
        List<Boot2Part> boot2 = new ArrayList<>();
        for (Boot2Block block : image.boot2Blocks()) {
            boot2.add(new Boot2Part(block.raw().word(0), block.data()));
        }
        List<SectionPart> sections = new ArrayList<>();
        long last = Section.LAST;
        for (Section section : image.sections()) {
            Bytes payload = section.payload();
            int size = section.is(SectionType.EMT_SERVICE) ? (int) section.raw().word(4)
                    : payload.length();
            sections.add(new SectionPart(section.typeCode(), section.param(), size, payload));
            last = section.next();
        }
        if (sections.isEmpty()) {
            throw new FormatException(image.size(), "chain of sections", "at least one", "none");
        }
        boolean checked = image.info().isPresent()
                && image.info().get().tag(InfoTag.MIC_VERSION).isPresent();
        int stored = image.header().fullCrc();
        boolean keep = !checked && !image.hasBlankGuids() && stored != ImageEditor.fullCrc(image);
        ImageParts parts = new ImageParts(header.slice(0x10, 16), header.u16(0x20),
                header.word(0x24), header.word(0x28), boot2, sections, last,
                keep ? OptionalInt.of(stored) : OptionalInt.empty());
        compare(image, parts.build());
        return parts;
    }

    private static void compare(Fs2Image image, Fs2Image built) throws FormatException {
        Bytes was = image.trimmed().bytes();
        Bytes now = built.bytes();
        // The full CRC depends on all other words: a difference there is told last.
        int crcDiffers = -1;
        for (int at = 0; at < Math.min(was.length(), now.length()); at += 4) {
            if (was.word(at) == now.word(at)) {
                continue;
            }
            if (at != ImageHeader.CRC_WORD) {
                throw differs(image, at, now.word(at), was.word(at));
            }
            crcDiffers = at;
        }
        if (was.length() != now.length()) {
            throw new FormatException(ImageHeader.IMAGE_SIZE, "image size",
                    "0x" + Integer.toHexString(now.length()),
                    "0x" + Integer.toHexString(was.length()));
        }
        if (crcDiffers >= 0) {
            throw differs(image, crcDiffers, now.word(crcDiffers), was.word(crcDiffers));
        }
    }

    private static FormatException differs(Fs2Image image, int at, long expected, long found) {
        String what = at < ImageHeader.SIZE ? headerName(at) : "word between sections";
        for (Boot2Block block : image.boot2Blocks()) {
            if (at >= block.start() && at < block.end()) {
                what = "CRC of BOOT2";
            }
        }
        for (Section section : image.sections()) {
            if (at >= section.start() && at < section.end()) {
                what = (at == section.crcStart() ? "CRC of section "
                        : at == section.start() + 12 ? "next pointer of section "
                        : "header of section ") + section.name();
            }
        }
        return new FormatException(at, what, String.format("0x%08x", expected),
                String.format("0x%08x", found));
    }

    private static String headerName(int at) {
        return switch (at) {
            case ImageHeader.CRC_WORD -> "full image CRC";
            case ImageHeader.INFO_POINTER -> "Image Info pointer";
            case ImageHeader.IMAGE_SIZE -> "image size";
            case ImageHeader.GUID_POINTER -> "GUID pointer";
            default -> "header";
        };
    }

    /**
     * Lays the image out and computes pointers, sizes and checksums. A GUID section of all ones
     * gets a blank CRC, and the image a blank full CRC (fs2-image 2.3 and 5).
     *
     * @throws FormatException if the parts make no image, as a failsafe word that does not sum up
     */
    public Fs2Image build() throws FormatException {
        BytesBuilder out = new BytesBuilder(1 << 20);
        out.add(ImageLocator.MAGIC).add(reserved);
        out.addWord((long) crcWordHigh << 16 | 0xffff).addWord(formatWord).addWord(failsafeWord);
        out.addWord(0).addWord(0).addWord(0);
        for (Boot2Part block : boot2) {
            int start = out.length();
            out.addWord(block.word()).addWord(block.data().length() / 4 - 1).add(block.data());
            out.addWord(out.crc16(start, out.length() - start));
        }
        boolean blank = false;
        for (int i = 0; i < sections.size(); i++) {
            blank |= addSection(out, sections.get(i), i == sections.size() - 1);
        }
        out.setWord(ImageHeader.IMAGE_SIZE, out.length());
        if (keptCrc.isPresent()) {
            out.setWord(ImageHeader.CRC_WORD, (long) crcWordHigh << 16 | keptCrc.getAsInt());
        } else if (!blank) {
            int crc = out.crc16(0, out.length());
            out.setWord(ImageHeader.CRC_WORD, (long) crcWordHigh << 16 | crc);
        }
        return Fs2Image.parse(out.build());
    }

    private boolean addSection(BytesBuilder out, SectionPart part, boolean last) {
        int start = out.length();
        Bytes payload = part.payload();
        boolean emt = part.is(SectionType.EMT_SERVICE);
        int payloadStart = start + Section.HEADER_SIZE;
        out.addWord(part.typeCode()).addWord(emt ? part.size() : payload.length() / 4);
        out.addWord(part.param());
        out.addWord(last ? lastNext : payloadStart + payload.length() + 4).add(payload);
        boolean blank = part.is(SectionType.GUID) && payload.isFilledWith(0xff)
                && payload.length() > 0;
        out.addWord(blank ? 0xffff : out.crc16(start, out.length() - start));
        if (part.is(SectionType.GUID) && out.word(ImageHeader.GUID_POINTER) == 0) {
            out.setWord(ImageHeader.GUID_POINTER, payloadStart);
        }
        if (part.is(SectionType.IMAGE_INFO) && out.word(ImageHeader.INFO_POINTER) == 0) {
            out.setWord(ImageHeader.INFO_POINTER, ImageHeader.withCheckByte(payloadStart));
        }
        return blank;
    }
}
