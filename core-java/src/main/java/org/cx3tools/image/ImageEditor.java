// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.binary.Crc16;

/**
 * Makes changed copies of images. Each result is trimmed to the image end and has its section
 * CRCs, pointers, size word and full CRC redone; words whose meaning is unknown stay as they are.
 *
 * <p>Order as in fs2-image 2.3: payload, section CRC, full CRC. The full CRC stays blank as long as
 * the GUIDs are blank. An image with a wrong CRC is refused, because the new CRCs would hide the
 * damage; a blank full CRC is not a wrong one.
 */
public final class ImageEditor {
    private ImageEditor() {
    }

    /**
     * Sets GUIDs and MACs. As many entries are written as the image has; missing MACs are derived
     * from the GUIDs.
     *
     * @param image the image
     * @param guids new values, at least the four GUIDs
     * @return the changed image
     * @throws FormatException if the image has no GUID section, or more entries than are given
     */
    public static Fs2Image withGuids(Fs2Image image, GuidBlock guids) throws FormatException {
        Section section = required(image, SectionType.GUID);
        int count = section.payload().length() / 8;
        GuidBlock full = count > guids.entries().size() && count == 6 ? guids.withMacs() : guids;
        if (count > full.entries().size()) {
            throw new FormatException(section.start() + 4, "number of GUID entries",
                    "at most " + full.entries().size(), Integer.toString(count));
        }
        return withPayload(image, section, new GuidBlock(full.entries().subList(0, count))
                .toBytes());
    }

    /**
     * Sets all GUIDs and MACs to blank, with a blank section CRC and a blank full CRC.
     *
     * @param image the image
     * @return the changed image
     * @throws FormatException if the image has no GUID section
     */
    public static Fs2Image withBlankGuids(Fs2Image image) throws FormatException {
        Section section = required(image, SectionType.GUID);
        return withPayload(image, section,
                new BytesBuilder().fill(0xff, section.payload().length()).build());
    }

    /**
     * Sets the vendor text (VSD).
     *
     * @param image the image
     * @param vsd at most as many bytes as the tag has (208)
     * @return the changed image
     * @throws FormatException if there is no such tag or the text is too long
     */
    public static Fs2Image withVsd(Fs2Image image, String vsd) throws FormatException {
        return withInfoText(image, InfoTag.VSD, vsd);
    }

    /**
     * Sets the PSID in the Image Info section. The board file is not touched.
     *
     * @param image the image
     * @param psid at most 16 bytes
     * @return the changed image
     * @throws FormatException if there is no such tag or the text is too long
     */
    public static Fs2Image withPsid(Fs2Image image, String psid) throws FormatException {
        return withInfoText(image, InfoTag.PSID, psid);
    }

    /**
     * Sets the product version text.
     *
     * @param image the image
     * @param version at most 16 bytes
     * @return the changed image
     * @throws FormatException if there is no such tag or the text is too long
     */
    public static Fs2Image withProductVersion(Fs2Image image, String version)
            throws FormatException {
        return withInfoText(image, InfoTag.PRODUCT_VERSION, version);
    }

    /**
     * Sets a tag to text, padded with NUL.
     *
     * @param image the image
     * @param id number of the tag
     * @param text ISO 8859-1 text, at most as long as the data of the tag
     * @return the changed image
     * @throws FormatException if there is no such tag or the text is too long
     */
    public static Fs2Image withInfoText(Fs2Image image, int id, String text)
            throws FormatException {
        InfoTag tag = requiredTag(image, id);
        Bytes bytes = Bytes.of(text.getBytes(StandardCharsets.ISO_8859_1));
        if (bytes.length() > tag.data().length()) {
            throw new FormatException(tag.offset(), "text for Image Info tag " + id,
                    "at most " + tag.data().length() + " bytes", bytes.length() + " bytes");
        }
        return withInfoTag(image, id, new BytesBuilder().add(bytes)
                .fill(0, tag.data().length() - bytes.length()).build());
    }

    /**
     * Sets the data of a tag to bytes of the same length.
     *
     * @param image the image
     * @param id number of the tag
     * @param data as many bytes as the tag has
     * @return the changed image
     * @throws FormatException if there is no such tag or its length differs
     */
    public static Fs2Image withInfoTag(Fs2Image image, int id, Bytes data)
            throws FormatException {
        InfoTag tag = requiredTag(image, id);
        if (data.length() != tag.data().length()) {
            throw new FormatException(tag.offset(), "size of Image Info tag " + id,
                    tag.data().length() + " bytes", data.length() + " bytes");
        }
        Section section = required(image, SectionType.IMAGE_INFO);
        return withPayload(image, section, BytesBuilder.copyOf(section.payload())
                .set(tag.offset() + 4 - section.payloadStart(), data).build());
    }

    /**
     * Replaces the board file (.ini) in the FW Configuration section. The compressed bytes are kept
     * if the text is unchanged. PSID and version tags are not touched.
     *
     * @param image the image
     * @param text the new text
     * @return the changed image; sections behind move if the compressed size changes
     * @throws FormatException if there is no such section
     */
    public static Fs2Image withBoardFile(Fs2Image image, Bytes text) throws FormatException {
        return withText(image, SectionType.FW_CONFIGURATION, text);
    }

    /**
     * Replaces the hash file, like {@link #withBoardFile}.
     *
     * @param image the image
     * @param text the new text
     * @return the changed image
     * @throws FormatException if there is no such section
     */
    public static Fs2Image withHashFile(Fs2Image image, Bytes text) throws FormatException {
        return withText(image, SectionType.HASH_FILE, text);
    }

    /**
     * Replaces the payload of a section; what lies behind moves.
     *
     * @param image the image
     * @param section one of its sections
     * @param payload new payload, a multiple of 4 bytes
     * @return the changed image
     * @throws FormatException if the result is no image, for example because it is too large
     */
    public static Fs2Image withPayload(Fs2Image image, Section section, Bytes payload)
            throws FormatException {
        if (payload.length() % 4 != 0 || payload.length() > Section.MAX_PAYLOAD) {
            throw new FormatException(section.start() + 4, "size of section " + section.name(),
                    "a multiple of 4 up to 0x" + Long.toHexString(Section.MAX_PAYLOAD),
                    payload.length() + " bytes");
        }
        requireSound(image);
        if (payload.length() == section.payload().length()) {
            BytesBuilder out = BytesBuilder.copyOf(image.trimmed().bytes());
            out.set(section.payloadStart(), payload);
            out.setWord(section.crcStart(), sectionCrc(section.typeCode(), payload,
                    out.crc16(section.start(), section.length() - 4)));
            return sealed(out);
        }
        return ImageRebuilder.replace(image, section, payload);
    }

    /**
     * Inserts or replaces the expansion ROM, as the stock tool does on a card (fs2-image 6.3).
     *
     * @param image the image
     * @param rom the ROM file, a multiple of 4 bytes
     * @return the changed image
     * @throws FormatException if the ROM has a size that no section can have
     */
    public static Fs2Image withRom(Fs2Image image, Bytes rom) throws FormatException {
        if (rom.length() == 0 || rom.length() % 4 != 0 || rom.length() > Section.MAX_PAYLOAD) {
            throw new FormatException(0, "size of expansion ROM", "a multiple of 4 from 4 to 0x"
                    + Long.toHexString(Section.MAX_PAYLOAD), rom.length() + " bytes");
        }
        requireSound(image);
        return ImageRebuilder.withRom(image, Optional.of(Objects.requireNonNull(rom, "rom")));
    }

    /**
     * Removes all ROM sections.
     *
     * @param image the image
     * @return the changed image, exactly the one the ROM was inserted in
     * @throws FormatException if the image has no ROM section
     */
    public static Fs2Image withoutRom(Fs2Image image) throws FormatException {
        required(image, SectionType.ROM);
        requireSound(image);
        return ImageRebuilder.withRom(image, Optional.empty());
    }

    /**
     * Says of an image that it lies on flash in another way: cut into other chunks, or not at all.
     *
     * @param image the image
     * @param map how it is to lie
     * @return the image with another failsafe word and full CRC, else the same
     * @throws FormatException if a CRC of the image is wrong
     */
    public static Fs2Image withChunkMap(Fs2Image image, ChunkMap map) throws FormatException {
        requireSound(image);
        BytesBuilder out = new BytesBuilder().add(image.trimmed().bytes());
        out.setWord(ImageHeader.FAILSAFE_WORD, ImageHeader.failsafeWord(map));
        return sealed(out);
    }

    /**
     * Redoes the full CRC and parses the result.
     *
     * @param image all bytes of an image
     * @return the image
     * @throws FormatException if the bytes are no image
     */
    static Fs2Image sealed(BytesBuilder image) throws FormatException {
        Fs2Image draft = Fs2Image.parse(image.build());
        long word = image.word(ImageHeader.CRC_WORD) | 0xffff;
        image.setWord(ImageHeader.CRC_WORD, word);
        if (!draft.hasBlankGuids()) {
            int crc = image.crc16(0, draft.size());
            image.setWord(ImageHeader.CRC_WORD, word & 0xffff0000L | crc);
        }
        return Fs2Image.parse(image.build());
    }

    /**
     * Computes the full CRC of a contiguous image.
     *
     * @param image the image; bytes behind its end are left out
     * @return 0 to 0xffff
     */
    public static int fullCrc(Fs2Image image) {
        return Crc16.finish(Crc16.update(image.header().crcState(), image.bytes(),
                ImageHeader.SIZE, image.size() - ImageHeader.SIZE));
    }

    /** The CRC word of a section: blank for blank GUIDs, else as computed. */
    static long sectionCrc(long typeCode, Bytes payload, int computed) {
        return typeCode == SectionType.GUID.code() && payload.isFilledWith(0xff)
                ? 0xffff : computed;
    }

    private static void requireSound(Fs2Image image) throws FormatException {
        for (Boot2Block block : image.boot2Blocks()) {
            if (!block.crcOk()) {
                throw wrongCrc(block.end() - 4, "BOOT2", block.computedCrc(), block.storedCrc());
            }
        }
        for (Section section : image.sections()) {
            boolean blank = sectionCrc(section.typeCode(), section.payload(), 0) != 0
                    && section.storedCrc() == 0xffff;
            if (!section.crcOk() && !blank) {
                throw wrongCrc(section.crcStart(), "section " + section.name(),
                        section.computedCrc(), section.storedCrc());
            }
        }
        boolean promised = image.info().isPresent()
                && image.info().get().tag(InfoTag.MIC_VERSION).isPresent();
        int stored = image.header().fullCrc();
        // A blank full CRC was not set yet; setting it is what an edit may be for.
        if (promised && stored != 0xffff && fullCrc(image) != stored) {
            throw wrongCrc(ImageHeader.CRC_WORD + 2, "the whole image", fullCrc(image), stored);
        }
    }

    private static FormatException wrongCrc(int offset, String of, int computed, long stored) {
        return new FormatException(offset, "CRC of " + of, "0x" + Integer.toHexString(computed),
                "0x" + Long.toHexString(stored) + "; an image with a wrong CRC is not edited");
    }

    private static Fs2Image withText(Fs2Image image, SectionType type, Bytes text)
            throws FormatException {
        Section section = required(image, type);
        Bytes old = FwConfiguration.inflate(section.payload(), section.payloadStart());
        return old.equals(text) ? image.trimmed()
                : withPayload(image, section, FwConfiguration.deflate(text));
    }

    private static Section required(Fs2Image image, SectionType type) throws FormatException {
        Optional<Section> section = image.section(type);
        if (section.isEmpty()) {
            throw new FormatException(image.size(), "section " + type.printedName(),
                    "one in the image", "none");
        }
        return section.get();
    }

    private static InfoTag requiredTag(Fs2Image image, int id) throws FormatException {
        Section section = required(image, SectionType.IMAGE_INFO);
        Optional<InfoTag> tag = image.info().orElse(new ImageInfo(0, List.of())).tag(id);
        if (tag.isEmpty()) {
            throw new FormatException(section.payloadStart(), "Image Info tag " + id,
                    "one in the section", "none");
        }
        return tag.get();
    }
}
