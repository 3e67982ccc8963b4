// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.synthetic;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.Boot2Block;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageInfo;

/**
 * The mark that tells a synthetic image from firmware. It stands where no edit of board file, PSID,
 * GUIDs or ROM reaches: at the start of the first BOOT2's opaque data, 8 bytes into the block.
 */
public final class SyntheticMark {
    /** Length of the mark in bytes. */
    public static final int SIZE = 48;
    /** The mark: ASCII text, NUL padded. */
    public static final Bytes MARK = mark();

    /** sha256("mkfs2/boot2a/0"): how the independent maker of test images begins its BOOT2. */
    private static final Bytes OTHER_MAKER = Bytes.ofHex(
            "4196332ce857f2b290c63ffa2a73df37756c7a9e856dbb8f9de0d0da58e34c07");

    private SyntheticMark() {
    }

    /**
     * Tells whether an image is synthetic, whoever made it.
     *
     * @param image any image
     * @return true if it carries the mark, begins its BOOT2 like the other maker's images, says
     *         "synthetic" in its PRS name or in the first line of its board file
     */
    public static boolean isMarked(Fs2Image image) {
        return isOurs(image) || firstBoot2Begins(image, OTHER_MAKER) || prsSaysSo(image)
                || boardFileSaysSo(image);
    }

    /** {@return whether the image was made by {@link SyntheticImage}} */
    public static boolean isOurs(Fs2Image image) {
        return firstBoot2Begins(image, MARK);
    }

    private static boolean firstBoot2Begins(Fs2Image image, Bytes expected) {
        Boot2Block first = image.boot2Blocks().get(0);
        Bytes data = first.data();
        return data.length() >= expected.length()
                && data.slice(0, expected.length()).equals(expected);
    }

    private static boolean prsSaysSo(Fs2Image image) {
        Optional<String> prs = image.info().flatMap(ImageInfo::prsName);
        return prs.isPresent() && prs.get().toLowerCase(Locale.ROOT).startsWith("synthetic");
    }

    private static boolean boardFileSaysSo(Fs2Image image) {
        try {
            String text = image.fwConfiguration().map(Bytes::text).orElse("");
            int end = text.indexOf('\n');
            String first = end < 0 ? text : text.substring(0, end);
            return first.toLowerCase(Locale.ROOT).contains("synthetic");
        } catch (FormatException e) {
            // A board file that does not unpack says nothing; verification tells about it.
            return false;
        }
    }

    private static Bytes mark() {
        byte[] mark = new byte[SIZE];
        byte[] text = "CX3TOOLS SYNTHETIC IMAGE, NOT FIRMWARE"
                .getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, mark, 0, text.length);
        return Bytes.of(mark);
    }
}
