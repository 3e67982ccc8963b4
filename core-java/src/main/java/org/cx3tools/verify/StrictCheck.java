// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.verify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.Crc16;
import org.cx3tools.image.Boot2Block;
import org.cx3tools.image.ImageHeader;
import org.cx3tools.image.ImageLocator;
import org.cx3tools.image.ImageOutline;
import org.cx3tools.image.LogicalMedium;
import org.cx3tools.image.Section;
import org.cx3tools.image.SectionType;

/**
 * Checks header, blocks and chain by our rules (fs2-image 9), goes on after an error as long as the
 * next part can be found, and leaves the content of sections to {@link ContentCheck}.
 */
final class StrictCheck {
    private final PartCache parts;
    private final LogicalMedium image;
    private final long size;
    private final FindingList findings = new FindingList();
    private final List<Section> sections = new ArrayList<>(24);
    private final List<PartCache.Checked> walked = new ArrayList<>(24);
    private boolean gaps;

    StrictCheck(PartCache parts) {
        this.parts = parts;
        image = parts.image();
        size = image.size();
    }

    List<Finding> run() throws IOException {
        if (size < ImageHeader.SIZE) {
            findings.error(0, "header", ImageHeader.SIZE + " bytes", size + " bytes");
            return findings.sorted();
        }
        ImageHeader header = new ImageHeader(image.read(0, ImageHeader.SIZE));
        header(header);
        long end = walk();
        if (end > 0) {
            afterWalk(header, end);
        }
        return findings.sorted();
    }

    private void header(ImageHeader header) {
        if (!header.hasMagic()) {
            findings.error(0, "magic", ImageLocator.MAGIC.hex(), header.raw().slice(0, 16).hex());
        }
        if (header.formatVersion() != 0) {
            findings.error(0x24, "format version", "0 (FS2)",
                    Integer.toString(header.formatVersion()));
        }
        if (!header.failsafeWordValid()) {
            findings.error(ImageHeader.FAILSAFE_WORD, "failsafe word",
                    "bytes that sum to 0 modulo 256",
                    Hex.of(header.raw().word(ImageHeader.FAILSAFE_WORD)));
        }
        if (!header.infoPointerValid()) {
            findings.error(ImageHeader.INFO_POINTER, "check byte of the Image Info pointer",
                    Hex.of(ImageHeader.withCheckByte(header.infoPointer())),
                    Hex.of(header.raw().word(ImageHeader.INFO_POINTER)));
        }
    }

    /** Returns the end of the last part, or 0 if the walk broke off. */
    private long walk() throws IOException {
        long at = boot2(ImageHeader.SIZE);
        if (at != 0 && at + 4 <= size && !SectionType.isKnown(image.read(at, 4).word(0))) {
            at = boot2(at);
        }
        if (at == 0) {
            return 0;
        }
        while (true) {
            if (at + Section.HEADER_SIZE > size) {
                findings.error(at, "section header", "16 bytes within the image data of "
                        + Hex.of(size) + " bytes", "the end of the data");
                return 0;
            }
            Section section = section(at);
            if (section == null) {
                return 0;
            }
            long next = section.next();
            long end = section.end();
            if (next == Section.LAST) {
                return end;
            }
            if (next == 0) {
                findings.error(at + 12, "next pointer", "0xff000000 in the last section",
                        "0x0, a chain that is cut short");
                return end;
            }
            if (next % 4 != 0 || next < end) {
                findings.error(at + 12, "next pointer", Hex.of(end) + " or 0xff000000",
                        Hex.of(next) + (next <= at ? ", which leads backwards" : ""));
                return 0;
            }
            if (sections.size() >= ImageOutline.MAX_PARTS) {
                findings.error(at, "number of sections", "at most " + ImageOutline.MAX_PARTS,
                        "more");
                return 0;
            }
            if (next > end) {
                gaps = true;
                findings.warning(end, "space between sections", "none", (next - end) + " bytes");
            }
            at = next;
        }
    }

    private long boot2(long at) throws IOException {
        if (at + 8 > size) {
            findings.error(at, "BOOT2 header", "8 bytes within " + Hex.of(size) + " bytes",
                    "the end of the data");
            return 0;
        }
        long words = image.read(at + 4, 4).word(0);
        if (words < Boot2Block.MIN_WORDS || words > Boot2Block.MAX_WORDS) {
            findings.error(at + 4, "size of BOOT2", "4 to 1048576 words", words + " words");
            return 0;
        }
        return part(at, (words + 4) * 4, "BOOT2", false) == null ? 0 : at + (words + 4) * 4;
    }

    /** Returns the section, or null if it does not fit. */
    private Section section(long at) throws IOException {
        Bytes gph = image.read(at, Section.HEADER_SIZE);
        long type = gph.word(0);
        long payload = Section.payloadLength(type, gph.word(4));
        if (payload > Section.MAX_PAYLOAD) {
            findings.error(at + 4, "size of section " + SectionType.nameOf(type),
                    "at most 0x400000 bytes", Hex.of(payload) + " bytes");
            return null;
        }
        PartCache.Checked part = part(at, Section.HEADER_SIZE + payload + 4,
                "section " + SectionType.nameOf(type), type == SectionType.GUID.code());
        if (part == null) {
            return null;
        }
        if (!SectionType.isKnown(type)) {
            findings.warning(at, "type of section", "1 to 12", Long.toString(type));
        }
        Section section = new Section((int) at, part.raw());
        sections.add(section);
        return section;
    }

    private PartCache.Checked part(long at, long length, String name, boolean mayBeBlank)
            throws IOException {
        if (at + length > size) {
            findings.error(at + 4, "size of " + name, "an end within " + Hex.of(size) + " bytes",
                    "an end at " + Hex.of(at + length));
            return null;
        }
        PartCache.Checked part = parts.part(at, (int) length);
        walked.add(part);
        boolean blank = mayBeBlank && part.stored() == 0xffff && length > 20
                && part.raw().slice(16, (int) length - 20).isFilledWith(0xff);
        if (!part.good() && !blank) {
            findings.error(at + length - 4, "CRC of " + name, Hex.of(part.computed()),
                    Hex.of(part.stored()));
        }
        return part;
    }

    private void afterWalk(ImageHeader header, long end) throws IOException {
        if (header.imageSize() != end) {
            findings.error(ImageHeader.IMAGE_SIZE, "image size in the header",
                    Hex.of(end) + ", the end of the last section", Hex.of(header.imageSize()));
        }
        ContentCheck content = new ContentCheck(sections, findings);
        content.run();
        pointer(ImageHeader.GUID_POINTER, "GUID pointer", header.guidPointer(),
                SectionType.GUID);
        pointer(ImageHeader.INFO_POINTER, "Image Info pointer", header.infoPointer(),
                SectionType.IMAGE_INFO);
        fullCrc(header, end, content);
        boolean file = !image.map().failsafe() && image.medium().size() == size;
        if (file && size > end && size - end <= Integer.MAX_VALUE) {
            trailing(end);
        }
    }

    private void trailing(long end) throws IOException {
        Bytes rest = image.read(end, (int) (size - end));
        if (rest.isFilledWith(0xff)) {
            findings.note(end, "bytes behind the image", "none",
                    rest.length() + " erased bytes (0xff)");
        } else {
            findings.warning(end, "bytes behind the image", "none", rest.length() + " bytes");
        }
    }

    private void pointer(int offset, String what, long found, SectionType type) {
        for (Section section : sections) {
            if (section.is(type)) {
                if (section.payloadStart() != found) {
                    findings.error(offset, what, Hex.of(section.payloadStart())
                            + ", the payload of section " + type.printedName(), Hex.of(found));
                }
                return;
            }
        }
    }

    private void fullCrc(ImageHeader header, long end, ContentCheck content)
            throws IOException {
        int stored = header.fullCrc();
        if (content.guidsBlank()) {
            if (stored != 0xffff) {
                findings.error(0x22, "full CRC of an image with blank GUIDs", "0xffff",
                        Hex.of(stored));
            }
            return;
        }
        int computed = gaps ? plainCrc(end) : sumOfParts(header);
        if (computed == stored) {
            return;
        }
        if (content.hasMic()) {
            findings.error(0x22, "full CRC", Hex.of(computed), Hex.of(stored));
        } else {
            findings.warning(0x22, "full CRC (no tag says that there is one)", Hex.of(computed),
                    Hex.of(stored));
        }
    }

    /** The CRC of the plain bytes, put together from the parts without reading them again. */
    private int sumOfParts(ImageHeader header) {
        int state = header.crcState();
        for (PartCache.Checked part : walked) {
            state = Crc16.append(state, part.computed(), part.raw().length() - 4L);
            state = Crc16.updateWord(state, part.stored());
        }
        return Crc16.finish(state);
    }

    private int plainCrc(long end) throws IOException {
        Bytes all = image.read(0, (int) end);
        int state = new ImageHeader(all.slice(0, ImageHeader.SIZE)).crcState();
        return Crc16.finish(Crc16.update(state, all, ImageHeader.SIZE,
                all.length() - ImageHeader.SIZE));
    }
}
