// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.util.ArrayList;
import java.util.List;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.image.Boot2Block;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageHeader;
import org.cx3tools.image.Section;
import org.cx3tools.image.SectionType;

/** Whether an image may be burnt, and whether one on flash is intact. */
final class Judge {
    private Judge() {}

    /** What is wrong with an image by all rules, one line each; empty for an intact one. */
    static List<String> problems(Fs2Image image) {
        List<String> out = new ArrayList<>();
        for (Boot2Block block : image.boot2Blocks()) {
            if (!block.crcOk()) {
                out.add(String.format("0x%x BOOT2: wrong CRC", block.start()));
            }
        }
        for (Section section : image.sections()) {
            if (!section.crcOk()) {
                out.add(String.format("0x%x %s: wrong CRC", section.start(), section.name()));
            }
        }
        ImageHeader header = image.header();
        if (header.imageSize() != image.size()) {
            out.add(String.format("0x30 image size: expected 0x%x, found 0x%x", image.size(),
                    header.imageSize()));
        }
        int full = new BytesBuilder().add(image.trimmed().bytes()).setU8(0x22, 0xff)
                .setU8(0x23, 0xff).crc16(0, image.size());
        if (full != header.fullCrc()) {
            out.add(String.format("0x22 full image CRC: expected 0x%x, found 0x%x", full,
                    header.fullCrc()));
        }
        if (image.section(SectionType.GUID).isEmpty()) {
            out.add("no GUID section");
        }
        return out;
    }
}
