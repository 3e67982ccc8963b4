// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn;

import java.util.ArrayList;
import java.util.List;
import org.cx3tools.assemble.BoardKey;
import org.cx3tools.assemble.Field;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageEditor;
import org.cx3tools.image.ImageFixture;

/** Small sets of images: a board file and records for each. */
final class BoardSet {
    /** Address of the word that most tests use. */
    static final long WORD = 0x1f000;

    private final List<NamedImage> images = new ArrayList<>();

    /** Adds image1, image2, ... with keys of section HCA and one record of {@link #WORD}. */
    BoardSet add(String keys, long value, long mask) {
        return addWith(keys, WORD, value, mask);
    }

    /** Adds an image with records of three words each. */
    BoardSet addWith(String keys, long... records) {
        images.add(new NamedImage("image" + (images.size() + 1), image(keys, records)));
        return this;
    }

    List<NamedImage> images() {
        return images;
    }

    Learned learn() throws LearnException {
        return Learner.learn(images);
    }

    static Fs2Image image(String keys, long... records) {
        BytesBuilder words = new BytesBuilder();
        for (long word : records) {
            words.addWord(word);
        }
        String text = keys.startsWith("[") ? keys : "[HCA]\n" + keys.replace(", ", "\n") + "\n";
        try {
            return ImageEditor.withBoardFile(Fs2Image.parse(new ImageFixture()
                    .section(2, words.build()).build()), Bytes.ofText(text));
        } catch (FormatException e) {
            throw new AssertionError(e);
        }
    }

    static BoardKey hca(String key) {
        return new BoardKey("HCA", key);
    }

    static Field field(String name, int bit, int width) {
        return new Field("hca." + name, WORD, bit, width);
    }
}
