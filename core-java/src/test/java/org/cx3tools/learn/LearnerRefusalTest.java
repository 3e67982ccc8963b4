// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageEditor;
import org.cx3tools.image.InfoTag;
import org.junit.jupiter.api.Test;

/** Sets of images that nothing is learned from. */
final class LearnerRefusalTest {
    private static final NamedImage ONE = new NamedImage("one", BoardSet.image("a = 0",
            BoardSet.WORD, 0, 1));
    private static final NamedImage TWO = new NamedImage("two", BoardSet.image("a = 1",
            BoardSet.WORD, 1, 1));

    private static void assertRefused(LearnFailure failure, String text, NamedImage... images) {
        assertThatThrownBy(() -> Learner.learn(List.of(images)))
                .isInstanceOfSatisfying(LearnException.class,
                        e -> assertThat(e.failure()).isEqualTo(failure))
                .hasMessageContaining(text);
    }

    private static NamedImage withTag(int tag, String hex) throws FormatException {
        return new NamedImage("two", ImageEditor.withInfoTag(TWO.image(), tag, Bytes.ofHex(hex)));
    }

    @Test
    void oneImageIsTooFew() {
        assertRefused(LearnFailure.TOO_FEW_IMAGES, "two different images or more, not 0");
        assertRefused(LearnFailure.TOO_FEW_IMAGES, "not 1", ONE);
    }

    @Test
    void theSameImageTwiceIsTooFew() {
        assertRefused(LearnFailure.TOO_FEW_IMAGES, "not 1", ONE,
                new NamedImage("copy", ONE.image()));
    }

    @Test
    void imagesOfTwoFirmwareVersionsAreRefused() throws FormatException {
        assertRefused(LearnFailure.MIXED_VERSIONS,
                "two is firmware 2.42.5000, but one is 2.36.5000", ONE,
                withTag(InfoTag.FW_VERSION, "00020000 002a1388"));
    }

    @Test
    void imagesForTwoChipsAreRefused() throws FormatException {
        assertRefused(LearnFailure.MIXED_CHIPS, "two is for device 4099, but one is for 4103", ONE,
                withTag(InfoTag.DEVICE_TYPE, "00001003"));
    }

    @Test
    void anImageWhoseBoardFileCannotBeReadIsRefused() {
        NamedImage broken = new NamedImage("two", BoardSet.image("[HCA]\nno assignment\n",
                BoardSet.WORD, 1, 1));
        assertRefused(LearnFailure.BAD_BOARD_FILE, "the board file of two cannot be read", ONE,
                broken);
    }

    @Test
    void tooManyImagesAreRefused() {
        List<NamedImage> many = Collections.nCopies(Learner.MAX_IMAGES + 1, ONE);
        assertRefused(LearnFailure.TOO_MUCH, "513 images", many.toArray(new NamedImage[0]));
    }

    @Test
    void tooManyKeysAreRefused() {
        StringBuilder keys = new StringBuilder("[HCA]\n");
        for (int i = 0; i <= Learner.MAX_KEYS; i++) {
            keys.append('k').append(i).append(" = 1\n");
        }
        assertRefused(LearnFailure.TOO_MUCH, "2048 keys", ONE,
                new NamedImage("two", BoardSet.image(keys.toString(), BoardSet.WORD, 1, 1)));
    }

    @Test
    void tooManyWordsAreRefused() {
        long[] records = new long[3 * (Learner.MAX_WORDS + 1)];
        for (int i = 0; i < records.length; i += 3) {
            records[i] = 4L * i;
            records[i + 2] = 1;
        }
        Fs2Image large = BoardSet.image("a = 1", records);
        assertRefused(LearnFailure.TOO_MUCH, "8192 register words", ONE,
                new NamedImage("two", large));
    }
}
