// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.io.IOException;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.ChunkMap;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.GuidBlock;
import org.cx3tools.image.ImageHeader;
import org.cx3tools.image.ImageInfo;
import org.cx3tools.image.ImageLocator;
import org.cx3tools.image.LogicalMedium;
import org.cx3tools.image.Medium;
import org.cx3tools.image.Section;
import org.cx3tools.image.SectionType;

/**
 * An image without a valid signature: invalidated, or written but for its signature when a burn was
 * interrupted. It cannot boot, but it may still know who the card is. Its chain may lead into
 * anything, so its sections are found by the pointers of its header, and count only with a right
 * CRC.
 *
 * @param start flash address of its first byte
 * @param guids GUIDs and MACs
 * @param info PSID, VSD and more; missing when not readable
 */
public record Leftover(long start, GuidBlock guids, KeptPart<ImageInfo> info) {
    private static final int HIGHEST_LOG2_START = 23;
    private static final int LOWEST_LOG2_START = 16;

    /** The first leftover with GUIDs that are set, by ascending address. */
    static Optional<Leftover> find(Medium medium) throws IOException {
        for (int log2 = LOWEST_LOG2_START - 1; log2 <= HIGHEST_LOG2_START; log2++) {
            long start = log2 < LOWEST_LOG2_START ? 0 : 1L << log2;
            if (start + ImageHeader.SIZE > medium.size()) {
                break;
            }
            Optional<Leftover> found = at(medium, start);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Leftover> at(Medium medium, long start) throws IOException {
        ImageHeader header = new ImageHeader(medium.read(start, ImageHeader.SIZE));
        if (!signatureGone(header.raw()) || !header.failsafeWordValid()) {
            return Optional.empty();
        }
        ChunkMap map = header.chunkMap();
        if (start != 0 && (!map.failsafe() || start != map.chunkSize())) {
            return Optional.empty();
        }
        LogicalMedium image = new LogicalMedium(medium, map, start == 0 ? 0 : 1);
        Optional<Section> guids = section(image, header.guidPointer(), SectionType.GUID);
        if (guids.isEmpty()) {
            return Optional.empty();
        }
        try {
            GuidBlock block = GuidBlock.parse(guids.get().payload(),
                    guids.get().payloadStart());
            if (block.isBlank() || !block.hasGuids()) {
                return Optional.empty();
            }
            return Optional.of(new Leftover(start, block, info(image, header)));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    /** First word zero and the rest of the magic there, or nothing there at all. */
    private static boolean signatureGone(Bytes header) {
        Bytes magic = ImageLocator.MAGIC;
        boolean invalidated = header.word(0) == 0
                && header.slice(4, 12).equals(magic.slice(4, 12));
        return invalidated || header.slice(0, 16).isFilledWith(0xff);
    }

    private static KeptPart<ImageInfo> info(LogicalMedium image, ImageHeader header)
            throws IOException {
        Optional<Section> section = header.infoPointerValid()
                ? section(image, header.infoPointer(), SectionType.IMAGE_INFO) : Optional.empty();
        if (section.isEmpty()) {
            return KeptPart.missing();
        }
        try {
            return KeptPart.good(ImageInfo.parse(section.get().payload(),
                    section.get().payloadStart()));
        } catch (FormatException e) {
            return KeptPart.missing();
        }
    }

    private static Optional<Section> section(LogicalMedium image, long payload,
            SectionType type) throws IOException {
        long start = payload - Section.HEADER_SIZE;
        if (start < ImageHeader.SIZE || start % 4 != 0 || payload > image.size()) {
            return Optional.empty();
        }
        Bytes gph = image.read(start, Section.HEADER_SIZE);
        long length = Section.payloadLength(gph.word(0), gph.word(4));
        if (gph.word(0) != type.code() || length > 0x1000 || payload + length + 4 > image.size()) {
            return Optional.empty();
        }
        Section section = new Section((int) start,
                image.read(start, (int) (Section.HEADER_SIZE + length + 4)));
        return section.crcOk() ? Optional.of(section) : Optional.empty();
    }
}
