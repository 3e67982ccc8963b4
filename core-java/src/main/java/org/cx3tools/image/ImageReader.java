// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import java.io.IOException;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;

/** Brings images from a flash, a raw dump or a file into contiguous form. */
public final class ImageReader {
    private ImageReader() {
    }

    /**
     * Opens the slot that begins at an address, following the failsafe word found there.
     *
     * @param medium a flash or a raw dump
     * @param start physical address of the magic, from {@link ImageLocator}
     * @return the slot, readable by offsets in the image
     * @throws FormatException if the failsafe word is wrong, or no image of that kind may begin at
     *     that address
     * @throws IOException if the medium fails
     */
    public static LogicalMedium open(Medium medium, long start)
            throws FormatException, IOException {
        if (start + ImageHeader.SIZE > medium.size()) {
            throw new FormatException(start, "image header", "56 bytes", "the end of the data");
        }
        ImageHeader header = new ImageHeader(medium.read(start, ImageHeader.SIZE));
        if (!header.failsafeWordValid()) {
            throw new FormatException(ImageHeader.FAILSAFE_WORD, "failsafe word",
                    "bytes that sum to 0 modulo 256",
                    "0x" + Long.toHexString(header.raw().word(ImageHeader.FAILSAFE_WORD)));
        }
        ChunkMap map = header.chunkMap();
        if (start != 0 && (!map.failsafe() || start != map.chunkSize())) {
            throw new FormatException(0, "start address of the image", map.failsafe()
                    ? "0 or the chunk size 0x" + Long.toHexString(map.chunkSize())
                    : "0, because it is not failsafe", "0x" + Long.toHexString(start));
        }
        return new LogicalMedium(medium, map, start == 0 ? 0 : 1);
    }

    /**
     * Reads a whole image from a flash or raw dump.
     *
     * @param medium a flash or a raw dump, interleaved if the image is failsafe
     * @param start physical address of the magic
     * @return the image, without anything behind it
     * @throws FormatException if the structure is wrong
     * @throws IOException if the medium fails
     */
    public static Fs2Image read(Medium medium, long start) throws FormatException, IOException {
        return read(open(medium, start));
    }

    /**
     * Reads a whole image.
     *
     * @param image where it is
     * @return the image, without anything behind it
     * @throws FormatException if the structure is wrong
     * @throws IOException if the medium fails
     */
    public static Fs2Image read(LogicalMedium image) throws FormatException, IOException {
        ImageOutline outline = ImageOutline.read(image);
        return Fs2Image.parse(image.read(0, outline.end()));
    }

    /**
     * Reads one section with its header and CRC word.
     *
     * @param image where the image is
     * @param part a section from its outline
     * @return the section
     * @throws IOException if the medium fails
     */
    public static Section readSection(LogicalMedium image, ImageOutline.Part part)
            throws IOException {
        return new Section(part.start(), image.read(part.start(), part.length()));
    }

    /**
     * Reads the first section of a kind.
     *
     * @param image where the image is
     * @param outline its outline
     * @param type kind of section
     * @return the section; empty if there is none
     * @throws IOException if the medium fails
     */
    public static Optional<Section> readSection(LogicalMedium image, ImageOutline outline,
            SectionType type) throws IOException {
        Optional<ImageOutline.Part> part = outline.first(type);
        return part.isEmpty() ? Optional.empty() : Optional.of(readSection(image, part.get()));
    }

    /**
     * Lays an image out as it is on flash.
     *
     * @param image the image
     * @param flashSize size of the flash in bytes
     * @param slot 0 or 1
     * @return content of a flash that holds only this image, all else erased
     * @throws FormatException if it does not fit
     */
    public static Bytes toFlash(Fs2Image image, int flashSize, int slot) throws FormatException {
        BytesBuilder flash = new BytesBuilder(flashSize).fill(0xff, flashSize);
        Fs2Image whole = image.trimmed();
        for (ChunkMap.Piece piece : image.header().chunkMap().split(0, whole.size(), slot)) {
            if (piece.physical() + piece.length() > flashSize) {
                throw new FormatException(piece.logical(), "image size",
                        "an end within the flash of 0x" + Integer.toHexString(flashSize)
                        + " bytes", "an end at 0x"
                        + Long.toHexString(piece.physical() + piece.length()));
            }
            flash.set((int) piece.physical(),
                    whole.bytes().slice((int) piece.logical(), piece.length()));
        }
        return flash.build();
    }
}
