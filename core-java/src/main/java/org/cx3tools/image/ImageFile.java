// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;

/**
 * An image inside the content of a file: contiguous from its first byte, as a release, or laid out
 * as on flash. What is not the image (bytes behind it, the other slot, settings) is kept when the
 * image is changed.
 */
public final class ImageFile {
    private final Bytes content;
    private final ChunkMap map;
    private final int slot;
    private final Fs2Image image;

    private ImageFile(Bytes content, ChunkMap map, int slot, Fs2Image image) {
        this.content = content;
        this.map = map;
        this.slot = slot;
        this.image = image;
    }

    /**
     * Finds the image.
     *
     * @param content all of the file
     * @param striped whether it is laid out as on flash; of two images the lower is taken
     * @return the file
     * @throws FormatException if there is no image, or its structure is wrong
     */
    public static ImageFile parse(Bytes content, boolean striped) throws FormatException {
        if (!striped) {
            return new ImageFile(content, ChunkMap.contiguous(), 0,
                    Fs2Image.parse(content).trimmed());
        }
        try {
            Medium medium = Medium.of(content);
            List<Long> starts = ImageLocator.starts(medium);
            if (starts.isEmpty()) {
                throw new FormatException(0, "image", "one", "No valid image found");
            }
            LogicalMedium found = ImageReader.open(medium, starts.get(0));
            return new ImageFile(content, found.map(), found.slot(), ImageReader.read(found));
        } catch (FormatException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
    }

    /** {@return the image, contiguous and without what lies behind it} */
    public Fs2Image image() {
        return image;
    }

    /**
     * Replaces the image.
     *
     * @param changed the new image; laid out as on flash it must have the same size, because what
     *     lies behind it there belongs to others, and so does what lies behind a contiguous one
     *     unless it is blank
     * @return content of the file with it
     * @throws FormatException if the size differs and may not
     */
    public Bytes with(Fs2Image changed) throws FormatException {
        Bytes bytes = changed.trimmed().bytes();
        if (!map.failsafe()) {
            return resized(bytes);
        }
        if (bytes.length() != image.size()) {
            throw new FormatException(ImageHeader.IMAGE_SIZE, "size of an image laid out as on"
                    + " flash", image.size() + " bytes as before", bytes.length() + " bytes");
        }
        BytesBuilder out = BytesBuilder.copyOf(content);
        for (ChunkMap.Piece piece : map.split(0, bytes.length(), slot)) {
            out.set((int) piece.physical(), bytes.slice((int) piece.logical(), piece.length()));
        }
        return out.build();
    }

    /** What lies behind stays where it is, and a file with blank room behind its image keeps its size. */
    private Bytes resized(Bytes changed) throws FormatException {
        Bytes rest = content.slice(image.size(), content.length() - image.size());
        if (changed.length() == image.size()) {
            return new BytesBuilder(content.length()).add(changed).add(rest).build();
        }
        if (rest.length() == 0) {
            return changed;
        }
        if (!rest.isFilledWith(0xff)) {
            throw new FormatException(image.size(), "what lies behind the image", "nothing, or a blank rest, when"
                    + " the image changes its size", rest.length() + " bytes that would move or be overwritten");
        }
        return new BytesBuilder(content.length()).add(changed)
                .fill(0xff, Math.max(0, content.length() - changed.length())).build();
    }
}
