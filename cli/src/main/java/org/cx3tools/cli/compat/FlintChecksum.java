// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.cli.output.Out;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageHeader;
import org.cx3tools.image.ImageInfo;
import org.cx3tools.image.InfoTag;
import org.cx3tools.image.Section;
import org.cx3tools.image.SectionType;

/** The checksum of an image without what belongs to one card (fs2-image 7.8, verified by recomputation). */
final class FlintChecksum {
    private static final int FULL_CRC_WORD = 0x20;
    private static final int GUID_SECTION = 0x44;
    private static final int GUID_HEADER = 0x10;
    private static final int VSD = 0xd0;

    private FlintChecksum() {
    }

    /** 32 hex digits; the digest is printed from its last byte to its first. */
    static String of(Fs2Image image) {
        byte[] bytes = image.trimmed().bytes().toArray();
        blank(bytes, FULL_CRC_WORD, 4);
        blank(bytes, (int) image.bytes().word(ImageHeader.GUID_POINTER) - GUID_HEADER, GUID_SECTION);
        Optional<Integer> vsd = vsdStart(image);
        if (vsd.isPresent()) {
            blank(bytes, vsd.get(), VSD);
        }
        Optional<Section> info = image.section(SectionType.IMAGE_INFO);
        if (info.isPresent()) {
            // Behind a GUID section of less than six entries the size of Image Info is blanked by
            // now, and the stock tool counts on with it in 32 bits.
            long words = Bytes.of(bytes).word(info.get().start() + 4);
            blank(bytes, info.get().payloadStart() + 4 * (int) words, 4);
        }
        byte[] digest = md5(bytes);
        StringBuilder text = new StringBuilder();
        for (int i = digest.length - 1; i >= 0; i--) {
            text.append(Out.hex(digest[i] & 0xff, 2));
        }
        return text.toString();
    }

    private static Optional<Integer> vsdStart(Fs2Image image) {
        Optional<ImageInfo> info = image.info();
        Optional<InfoTag> tag = info.isPresent() ? info.get().tag(InfoTag.VSD) : Optional.empty();
        return tag.isPresent() ? Optional.of(tag.get().offset() + 4) : Optional.empty();
    }

    private static void blank(byte[] bytes, int start, int length) {
        if (start >= 0 && start <= bytes.length) {
            Arrays.fill(bytes, start, Math.min(bytes.length, start + length), (byte) 0xff);
        }
    }

    private static byte[] md5(byte[] bytes) {
        try {
            return MessageDigest.getInstance("MD5").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
