// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.verify;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.Crc16;
import org.cx3tools.image.LogicalMedium;

/** Reads and sums each part of an image once, although two judges look at it. */
final class PartCache {
    private final LogicalMedium image;
    private final Map<Long, Checked> parts = new HashMap<>();

    /** A part with the checksum over all but its last word. */
    record Checked(long start, Bytes raw, int computed) {
        long stored() {
            return raw.word(raw.length() - 4);
        }

        boolean good() {
            return stored() == computed;
        }
    }

    PartCache(LogicalMedium image) {
        this.image = image;
    }

    LogicalMedium image() {
        return image;
    }

    boolean hasPartAt(long start) {
        return parts.containsKey(start);
    }

    Checked part(long start, int length) throws IOException {
        Checked known = parts.get(start);
        if (known != null && known.raw.length() == length) {
            return known;
        }
        Bytes raw = image.read(start, length);
        Checked part = new Checked(start, raw, Crc16.of(raw, 0, length - 4));
        parts.put(start, part);
        return part;
    }
}
