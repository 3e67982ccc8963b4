// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cx3tools.binary.Bytes;

/** Finds images by their magic on the eleven addresses where one may begin (fs2-image 1.2). */
public final class ImageLocator {
    /** The 16 bytes every image begins with; they are written last. */
    public static final Bytes MAGIC = Bytes.ofHex("4d5446578cdfd000dead92704154beef");

    private static final long LAST_START = 0x1000000;

    private ImageLocator() {
    }

    /**
     * Lists the physical addresses that hold the magic: 0 and the powers of two from 0x10000 to
     * 0x1000000 are looked at, as the stock tool does.
     *
     * @param medium what to search; address translation plays no part
     * @return ascending addresses, often none, one or two
     * @throws IOException if the medium fails
     */
    public static List<Long> starts(Medium medium) throws IOException {
        List<Long> found = new ArrayList<>(2);
        for (long at : searched(medium.size())) {
            if (medium.read(at, MAGIC.length()).equals(MAGIC)) {
                found.add(at);
            }
        }
        return found;
    }

    /**
     * Lists the physical addresses where the magic is looked for.
     *
     * @param size size of the medium in bytes
     * @return ascending addresses
     */
    public static List<Long> searched(long size) {
        List<Long> all = new ArrayList<>();
        for (long at = 0; at <= LAST_START && at + MAGIC.length() <= size;
                at = at == 0 ? 0x10000 : at << 1) {
            all.add(at);
        }
        return all;
    }
}
