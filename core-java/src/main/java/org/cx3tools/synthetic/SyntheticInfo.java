// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.synthetic;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.image.FirmwareVersion;
import org.cx3tools.image.ImageInfo;
import org.cx3tools.image.InfoTag;

/** Writes the tags of an Image Info section (fs2-image 4). */
final class SyntheticInfo {
    private final BytesBuilder out = new BytesBuilder(512);

    SyntheticInfo words(int id, long... words) {
        out.addWord((long) id << 24 | words.length * 4);
        for (long word : words) {
            out.addWord(word);
        }
        return this;
    }

    SyntheticInfo version(int id, FirmwareVersion version) {
        return words(id, (long) version.major() << 16,
                (long) version.minor() << 16 | version.subminor());
    }

    SyntheticInfo date(LocalDate date) {
        return words(InfoTag.BUILD_TIME, 0x00123456, bcd(date.getYear()) << 16
                | bcd(date.getMonthValue()) << 8 | bcd(date.getDayOfMonth()));
    }

    SyntheticInfo text(int id, String text, int size) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length > size) {
            throw new IllegalArgumentException("'" + text + "' is longer than " + size
                    + " bytes");
        }
        out.addWord((long) id << 24 | size).add(Bytes.of(bytes)).fill(0, size - bytes.length);
        return this;
    }

    SyntheticInfo prs(String name) {
        return text(InfoTag.PRS_NAME, name, name.length() / 4 * 4 + 4);
    }

    SyntheticInfo psid(String psid) {
        return text(InfoTag.PSID, psid, ImageInfo.PSID_SIZE);
    }

    SyntheticInfo vsd(String vsd) {
        return text(InfoTag.VSD, vsd, ImageInfo.VSD_SIZE);
    }

    Bytes end() {
        return words(InfoTag.END).out.build();
    }

    private static long bcd(int number) {
        return Long.parseLong(Integer.toString(number), 16);
    }
}
