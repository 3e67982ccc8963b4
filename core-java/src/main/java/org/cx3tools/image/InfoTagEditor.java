// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;

/**
 * Changes of Image Info tags that may change their size. The order of the tags is kept; a new tag
 * goes in front of the first one with a higher number, where release images have it.
 */
public final class InfoTagEditor {
    private InfoTagEditor() {
    }

    /**
     * Sets a tag, or adds it.
     *
     * @param image the image
     * @param id    number of the tag, 0 to 254
     * @param data  its data, a multiple of 4 bytes
     * @return the changed image; sections behind move if the size changes
     * @throws FormatException if the image has no Image Info section, or the result is no image
     */
    public static Fs2Image with(Fs2Image image, int id, Bytes data) throws FormatException {
        if (id < 0 || id >= InfoTag.END || data.length() % 4 != 0) {
            throw new IllegalArgumentException("tag " + id + " of " + data.length() + " bytes");
        }
        List<InfoTag> tags = new ArrayList<>(info(image).tags());
        Optional<InfoTag> old = info(image).tag(id);
        InfoTag now = new InfoTag(id, 0, data);
        if (old.isPresent()) {
            tags.set(tags.lastIndexOf(old.get()), now);
        } else {
            int place = 0;
            while (place < tags.size() && tags.get(place).id() < id) {
                place++;
            }
            tags.add(place, now);
        }
        return with(image, tags);
    }

    /**
     * Removes a tag, every occurrence of it.
     *
     * @param image the image
     * @param id    number of the tag
     * @return the changed image
     * @throws FormatException if the image has no such tag
     */
    public static Fs2Image without(Fs2Image image, int id) throws FormatException {
        ImageInfo info = info(image);
        if (info.tag(id).isEmpty()) {
            throw new FormatException(info.start(), "Image Info tag " + InfoTagValue.name(id),
                    "one in the section", "none");
        }
        return with(image, info.tags().stream().filter(tag -> tag.id() != id).toList());
    }

    private static Fs2Image with(Fs2Image image, List<InfoTag> tags) throws FormatException {
        BytesBuilder payload = new BytesBuilder(512);
        for (InfoTag tag : tags) {
            payload.addWord((long) tag.id() << 24 | tag.data().length()).add(tag.data());
        }
        payload.addWord((long) InfoTag.END << 24);
        return ImageEditor.withPayload(image, image.section(SectionType.IMAGE_INFO).orElseThrow(), payload.build());
    }

    private static ImageInfo info(Fs2Image image) throws FormatException {
        if (image.info().isEmpty()) {
            throw new FormatException(image.size(), "section Image Info", "one in the image", "none");
        }
        return image.info().get();
    }
}
