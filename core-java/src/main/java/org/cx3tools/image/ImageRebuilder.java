// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import java.util.List;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;

/** Writes an image front to back with moved sections (fs2-image 6.3). */
final class ImageRebuilder {
    private final Fs2Image image;
    private final BytesBuilder out;

    private ImageRebuilder(Fs2Image image) {
        this.image = image;
        out = new BytesBuilder(image.size() + 4096);
        List<Boot2Block> blocks = image.boot2Blocks();
        out.add(image.bytes().slice(0, blocks.get(blocks.size() - 1).end()));
    }

    static Fs2Image replace(Fs2Image image, Section changed, Bytes payload)
            throws FormatException {
        ImageRebuilder rebuilder = new ImageRebuilder(image);
        for (Section section : image.sections()) {
            rebuilder.add(section,
                    section.start() == changed.start() ? payload : section.payload());
        }
        return rebuilder.finish();
    }

    static Fs2Image withRom(Fs2Image image, Optional<Bytes> rom) throws FormatException {
        ImageRebuilder rebuilder = new ImageRebuilder(image);
        boolean pending = rom.isPresent();
        int index = 0;
        for (Section section : image.sections()) {
            if (pending && (index == 1 || section.is(SectionType.ROM))) {
                rebuilder.add(SectionType.ROM.code(), rom.get().length() / 4, 0, true, rom.get());
                pending = false;
            }
            if (!section.is(SectionType.ROM)) {
                rebuilder.add(section, section.payload());
            }
            index++;
        }
        if (pending) {
            throw new FormatException(image.size(), "place for the ROM",
                    "at least two sections in the chain", "one");
        }
        rebuilder.out.setU8(0x21, 0);
        return rebuilder.finish();
    }

    private void add(Section section, Bytes payload) {
        boolean same = payload.length() == section.payload().length();
        long size = same ? section.raw().word(4)
                : section.is(SectionType.EMT_SERVICE) ? payload.length() : payload.length() / 4;
        boolean more = section.next() != Section.LAST && section.next() != 0;
        int start = out.length();
        add(section.typeCode(), size, section.param(), more, payload);
        if (!more) {
            out.setWord(start + 12, section.next());
            seal(start, section.typeCode(), payload);
        }
    }

    private void add(long type, long size, long param, boolean more, Bytes payload) {
        int start = out.length();
        int end = start + Section.HEADER_SIZE + payload.length() + 4;
        out.addWord(type).addWord(size).addWord(param).addWord(more ? end : Section.LAST);
        out.add(payload).addWord(0);
        seal(start, type, payload);
        if (type == SectionType.GUID.code()) {
            out.setWord(ImageHeader.GUID_POINTER, start + Section.HEADER_SIZE);
        } else if (type == SectionType.IMAGE_INFO.code()) {
            out.setWord(ImageHeader.INFO_POINTER,
                    ImageHeader.withCheckByte(start + Section.HEADER_SIZE));
        }
    }

    private void seal(int start, long type, Bytes payload) {
        int covered = Section.HEADER_SIZE + payload.length();
        out.setWord(start + covered, ImageEditor.sectionCrc(type, payload,
                out.crc16(start, covered)));
    }

    private Fs2Image finish() throws FormatException {
        out.setWord(ImageHeader.IMAGE_SIZE, out.length());
        return ImageEditor.sealed(out);
    }
}
