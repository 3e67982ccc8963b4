// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
        rebuilder.addAll(image.sections(), section -> section.start() == changed.start()
                ? payload : section.payload());
        return rebuilder.finish();
    }

    static Fs2Image withRom(Fs2Image image, Optional<Bytes> rom) throws FormatException {
        List<Section> kept = image.sections().stream()
                .filter(section -> !section.is(SectionType.ROM)).toList();
        int place = rom.isPresent() ? placeOfRom(image) : 0;
        if (kept.isEmpty() || image.boot2Blocks().size() == 1 && place == 0
                && !SectionType.isKnown(kept.get(0).typeCode())) {
            throw new FormatException(image.size(), "first section without the ROM",
                    "a section of a known type after a single BOOT2",
                    kept.isEmpty() ? "no section" : "type " + kept.get(0).typeCode());
        }
        ImageRebuilder rebuilder = new ImageRebuilder(image);
        if (rom.isPresent()) {
            rebuilder.addAll(kept.subList(0, place), true, Section::payload);
            Bytes payload = rom.get();
            rebuilder.add(SectionType.ROM.code(), payload.length() / 4, 0,
                    place < kept.size(), payload);
        }
        rebuilder.addAll(kept.subList(place, kept.size()), Section::payload);
        rebuilder.out.setU8(0x21, 0);
        return rebuilder.finish();
    }

    /** How many other sections stand before the ROM: where one is met first, else one. */
    private static int placeOfRom(Fs2Image image) throws FormatException {
        if (image.sections().get(0).is(SectionType.ROM)) {
            return 0;
        }
        if (image.sections().size() == 1) {
            throw new FormatException(image.size(), "place for the ROM",
                    "at least two sections in the chain", "one");
        }
        return 1;
    }

    private void addAll(List<Section> sections, Function<Section, Bytes> payload) {
        addAll(sections, false, payload);
    }

    private void addAll(List<Section> sections, boolean moreFollow,
            Function<Section, Bytes> payload) {
        for (int i = 0; i < sections.size(); i++) {
            boolean last = !moreFollow && i == sections.size() - 1;
            add(sections.get(i), payload.apply(sections.get(i)), last);
        }
    }

    /** The mark of the end of the chain (there are two) is kept; a new last one gets the usual. */
    private void add(Section section, Bytes payload, boolean last) {
        boolean same = payload.length() == section.payload().length();
        long size = same ? section.raw().word(4)
                : section.is(SectionType.EMT_SERVICE) ? payload.length() : payload.length() / 4;
        int start = out.length();
        add(section.typeCode(), size, section.param(), !last, payload);
        if (last && section.next() == 0) {
            out.setWord(start + 12, 0);
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
