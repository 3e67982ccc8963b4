// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.imagemaker;

import java.util.List;
import java.util.OptionalInt;

/**
 * Everything that decides the bytes of an image except what follows from it (addresses, sizes,
 * pointers, checksums).
 *
 * @param reserved    header bytes 0x10 to 0x1F, of no known meaning
 * @param topOfCrc    upper half of header word 0x20: hardware revision, marker byte
 * @param formatWord  header word 0x24
 * @param log2Chunk   16 to 23 for a failsafe image, empty for one that is not
 * @param boots       one or two BOOT2 blocks
 * @param sections    the chain, at least one
 * @param blankGuids  GUID section and full checksum are left blank
 */
public record ImagePlan(byte[] reserved, int topOfCrc, long formatWord, OptionalInt log2Chunk,
        List<BootBlock> boots, List<Section> sections, boolean blankGuids) {

    /** Checks what the layout cannot express. */
    public ImagePlan {
        boots = List.copyOf(boots);
        sections = List.copyOf(sections);
        if (reserved.length != 16 || boots.isEmpty() || boots.size() > 2 || sections.isEmpty()) {
            throw new IllegalArgumentException("a plan has 16 reserved bytes, one or two BOOT2 "
                    + "blocks and at least one section");
        }
        if (!sections.get(0).knownType() && boots.size() == 1) {
            throw new IllegalArgumentException("the first section after a single BOOT2 block "
                    + "must have a known type, else it is read as a second block");
        }
    }

    ImagePlan withSections(List<Section> others) {
        return new ImagePlan(reserved, topOfCrc, formatWord, log2Chunk, boots, others, blankGuids);
    }
}
