// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cx3tools.binary.Bytes;

/**
 * Header and table of contents of an image: what can be known by reading only the headers of its
 * parts. The walk is bounded: it moves forward only and takes at most {@link #MAX_PARTS} parts, so
 * no content can make it hang.
 *
 * @param header the fixed header
 * @param parts BOOT2 blocks and sections in order
 */
public record ImageOutline(ImageHeader header, List<Part> parts) {
    /** Most parts that are accepted; real images have about 20. */
    public static final int MAX_PARTS = 1024;

    /**
     * Place of a BOOT2 block or section.
     *
     * @param typeCode number of the kind; {@link #BOOT2} for a BOOT2 block
     * @param start offset of its first byte
     * @param length total length in bytes
     */
    public record Part(long typeCode, int start, int length) {
        /** Stands for the kind of a BOOT2 block; no section can have it. */
        public static final long BOOT2 = -1;

        /** {@return true for a BOOT2 block} */
        public boolean isBoot2() {
            return typeCode == BOOT2;
        }

        /** {@return offset of the byte behind} */
        public int end() {
            return start + length;
        }
    }

    /** Makes the list unchangeable. */
    public ImageOutline {
        parts = List.copyOf(parts);
    }

    /** {@return offset of the byte behind the last part; the size of the image} */
    public int end() {
        return parts.get(parts.size() - 1).end();
    }

    /**
     * Looks a section up.
     *
     * @param type kind of section
     * @return the first one of it
     */
    public Optional<Part> first(SectionType type) {
        for (Part part : parts) {
            if (part.typeCode() == type.code()) {
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }

    /**
     * Reads headers only.
     *
     * @param image where the image is
     * @return its outline
     * @throws FormatException if magic, failsafe word, a size or a next pointer is wrong, or the
     *     image is cut off
     * @throws IOException if the medium fails
     */
    public static ImageOutline read(LogicalMedium image) throws FormatException, IOException {
        return new Walk(image).outline();
    }

    /**
     * What can be read of an image whose structure may be wrong.
     *
     * @param header the header; empty if not even that is there
     * @param parts the parts in front of the first error, all of them without one
     * @param problem the first error
     */
    public record Partial(Optional<ImageHeader> header, List<Part> parts,
            Optional<FormatException> problem) {
        /** Makes the list unchangeable. */
        public Partial {
            parts = List.copyOf(parts);
        }
    }

    /**
     * Reads headers as far as they lead, for looking into what is damaged. A wrong magic or failsafe
     * word is the first problem, but the parts behind it are still found.
     *
     * @param image where the image is
     * @return what was found
     * @throws IOException if the medium fails
     */
    public static Partial readAsFarAsPossible(LogicalMedium image) throws IOException {
        Walk walk = new Walk(image);
        Optional<FormatException> problem = Optional.empty();
        try {
            walk.header();
            try {
                walk.checkHeader();
            } catch (FormatException e) {
                problem = Optional.of(e);
            }
            walk.chain();
        } catch (FormatException e) {
            problem = problem.isPresent() ? problem : Optional.of(e);
        }
        return new Partial(Optional.ofNullable(walk.header), walk.parts, problem);
    }

    /** One walk; fails at the first error. */
    private static final class Walk {
        private final LogicalMedium image;
        private final long size;
        private final List<Part> parts = new ArrayList<>(24);
        private ImageHeader header;

        Walk(LogicalMedium image) {
            this.image = image;
            this.size = image.size();
        }

        ImageOutline outline() throws FormatException, IOException {
            header();
            checkHeader();
            chain();
            return new ImageOutline(header, parts);
        }

        void header() throws FormatException, IOException {
            header = new ImageHeader(read(0, ImageHeader.SIZE, "header"));
        }

        void checkHeader() throws FormatException {
            if (!header.hasMagic()) {
                throw new FormatException(0, "magic", ImageLocator.MAGIC.hex(),
                        header.raw().slice(0, 16).hex());
            }
            if (header.formatVersion() == 3) {
                throw new FormatException(0x24, "format version", "0 (FS2)", "3 (FS3)");
            }
            if (!header.failsafeWordValid()) {
                throw new FormatException(ImageHeader.FAILSAFE_WORD, "failsafe word",
                        "bytes that sum to 0 modulo 256",
                        "0x" + Long.toHexString(header.raw().word(ImageHeader.FAILSAFE_WORD)));
            }
        }

        void chain() throws FormatException, IOException {
            long at = boot2(ImageHeader.SIZE);
            if (!SectionType.isKnown(read(at, 4, "section header").word(0))) {
                at = boot2(at);
            }
            while (at != 0 && at != Section.LAST) {
                at = section(at);
            }
        }

        private long boot2(long at) throws FormatException, IOException {
            long words = read(at, 8, "BOOT2 header").word(4);
            if (words < Boot2Block.MIN_WORDS || words > Boot2Block.MAX_WORDS) {
                throw new FormatException(at + 4, "size of BOOT2",
                        Boot2Block.MIN_WORDS + " to " + Boot2Block.MAX_WORDS + " words",
                        words + " words");
            }
            return add(Part.BOOT2, at, (words + 4) * 4, "size of BOOT2");
        }

        private long section(long at) throws FormatException, IOException {
            Bytes gph = read(at, Section.HEADER_SIZE, "section header");
            long payload = Section.payloadLength(gph.word(0), gph.word(4));
            if (payload > Section.MAX_PAYLOAD) {
                throw new FormatException(at + 4, "size of section",
                        "at most 0x" + Long.toHexString(Section.MAX_PAYLOAD) + " bytes",
                        "0x" + Long.toHexString(payload) + " bytes");
            }
            long end = add(gph.word(0), at, Section.HEADER_SIZE + payload + 4, "size of section");
            long next = gph.word(12);
            if (next != 0 && next != Section.LAST && (next < end || next % 4 != 0)) {
                throw new FormatException(at + 12, "next pointer",
                        "a multiple of 4 from 0x" + Long.toHexString(end) + " on, or 0xff000000",
                        "0x" + Long.toHexString(next));
            }
            return next;
        }

        private long add(long typeCode, long at, long length, String what) throws FormatException {
            if (parts.size() == MAX_PARTS) {
                throw new FormatException(at, "number of sections", "at most " + MAX_PARTS,
                        "more");
            }
            if (at + length > size) {
                throw new FormatException(at + 4, what,
                        "an end within 0x" + Long.toHexString(size) + " bytes",
                        "an end at 0x" + Long.toHexString(at + length));
            }
            parts.add(new Part(typeCode, (int) at, (int) length));
            return at + length;
        }

        private Bytes read(long at, int length, String what) throws FormatException, IOException {
            if (at + length > size) {
                throw new FormatException(at, what,
                        length + " bytes within 0x" + Long.toHexString(size) + " bytes",
                        "the end of the data");
            }
            return image.read(at, length);
        }
    }
}
