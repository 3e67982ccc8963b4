// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cx3tools.binary.Bytes;

/**
 * An FS2 image in contiguous form. It never changes; {@link ImageEditor} makes changed copies.
 *
 * <p>Parsing checks the structure only, not the checksums; for those there is the package verify.
 */
public final class Fs2Image {
    private final Bytes bytes;
    private final ImageOutline outline;
    private final List<Boot2Block> boot2Blocks;
    private final List<Section> sections;
    private final Optional<ImageInfo> info;
    private final Optional<GuidBlock> guids;

    private Fs2Image(Bytes bytes, ImageOutline outline) throws FormatException {
        this.bytes = bytes;
        this.outline = outline;
        List<Boot2Block> blocks = new ArrayList<>(2);
        List<Section> chain = new ArrayList<>(outline.parts().size());
        for (ImageOutline.Part part : outline.parts()) {
            Bytes raw = bytes.slice(part.start(), part.length());
            if (part.isBoot2()) {
                blocks.add(new Boot2Block(part.start(), raw));
            } else {
                chain.add(new Section(part.start(), raw));
            }
        }
        boot2Blocks = List.copyOf(blocks);
        sections = List.copyOf(chain);
        Optional<Section> infoSection = section(SectionType.IMAGE_INFO);
        info = infoSection.isEmpty() ? Optional.empty() : Optional.of(ImageInfo.parse(
                infoSection.get().payload(), infoSection.get().payloadStart()));
        Optional<Section> guidSection = section(SectionType.GUID);
        guids = guidSection.isEmpty() ? Optional.empty() : Optional.of(GuidBlock.parse(
                guidSection.get().payload(), guidSection.get().payloadStart()));
    }

    /**
     * Parses an image.
     *
     * @param contiguous the image from its first byte; more bytes may follow and are kept
     * @return the image
     * @throws FormatException if the structure is wrong; the first error is told
     */
    public static Fs2Image parse(Bytes contiguous) throws FormatException {
        if (contiguous.length() % 4 != 0) {
            throw new FormatException(contiguous.length(), "size of the data", "a multiple of 4",
                    contiguous.length() + " bytes");
        }
        try {
            return new Fs2Image(contiguous, ImageOutline.read(
                    LogicalMedium.contiguous(Medium.of(contiguous))));
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
    }

    /** {@return all bytes this was parsed from, also those behind the image} */
    public Bytes bytes() {
        return bytes;
    }

    /** {@return size of the image in bytes: the end of the last section} */
    public int size() {
        return outline.end();
    }

    /** {@return the image without bytes behind its end} */
    public Fs2Image trimmed() {
        if (bytes.length() == size()) {
            return this;
        }
        try {
            return parse(bytes.slice(0, size()));
        } catch (FormatException e) {
            throw new IllegalStateException("a good image lost its form by trimming", e);
        }
    }

    /** {@return header and places of all parts} */
    public ImageOutline outline() {
        return outline;
    }

    /** {@return the fixed header} */
    public ImageHeader header() {
        return outline.header();
    }

    /** {@return one or two BOOT2 blocks} */
    public List<Boot2Block> boot2Blocks() {
        return boot2Blocks;
    }

    /** {@return the sections of the chain in order} */
    public List<Section> sections() {
        return sections;
    }

    /**
     * Looks a section up.
     *
     * @param type kind of section
     * @return the first one of it
     */
    public Optional<Section> section(SectionType type) {
        for (Section section : sections) {
            if (section.is(type)) {
                return Optional.of(section);
            }
        }
        return Optional.empty();
    }

    /** {@return tags of the Image Info section} */
    public Optional<ImageInfo> info() {
        return info;
    }

    /** {@return GUIDs and MACs} */
    public Optional<GuidBlock> guids() {
        return guids;
    }

    /** {@return true if GUIDs are blank: all ones, with a blank CRC} */
    public boolean hasBlankGuids() {
        return guids.isPresent() && guids.get().isBlank()
                && (section(SectionType.GUID).get().storedCrc() & 0xffff) == 0xffff;
    }

    /** {@return payload of the first ROM section} */
    public Optional<Bytes> romPayload() {
        Optional<Section> rom = section(SectionType.ROM);
        return rom.isEmpty() ? Optional.empty() : Optional.of(rom.get().payload());
    }

    /** {@return versions in the first ROM section} */
    public Optional<RomInfo> rom() {
        Optional<Section> rom = section(SectionType.ROM);
        return rom.isEmpty() ? Optional.empty()
                : Optional.of(RomInfo.of(rom.get().payload()));
    }

    /**
     * Unpacks the board file.
     *
     * @return its text as bytes; empty if there is no such section
     * @throws FormatException if the section does not unpack
     */
    public Optional<Bytes> fwConfiguration() throws FormatException {
        return text(SectionType.FW_CONFIGURATION);
    }

    /**
     * Unpacks the hash file.
     *
     * @return its text as bytes; empty if there is no such section
     * @throws FormatException if the section does not unpack
     */
    public Optional<Bytes> hashFile() throws FormatException {
        return text(SectionType.HASH_FILE);
    }

    private Optional<Bytes> text(SectionType type) throws FormatException {
        Optional<Section> section = section(type);
        return section.isEmpty() ? Optional.empty() : Optional.of(FwConfiguration.inflate(
                section.get().payload(), section.get().payloadStart()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fs2Image that && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }
}
