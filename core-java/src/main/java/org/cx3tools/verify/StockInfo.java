// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.verify;

import org.cx3tools.binary.Bytes;
import org.cx3tools.image.InfoTag;

/**
 * Reads Image Info tags as the stock tool does, to the letter of its errors: it adds up sizes in
 * bytes but moves on by whole words, so a size that is no multiple of 4 shifts the two apart.
 */
final class StockInfo {
    private static final String PREFIX = "Info section corrupted: ";

    private String error = "";
    private boolean hasMic;

    StockInfo(Bytes payload) {
        int size = payload.length();
        int word = 0;
        int offset = 0;
        int number = 0;
        while (offset < size) {
            long tag = 4 * word + 4 <= size ? payload.word(4 * word) : 0;
            int id = (int) (tag >> 24);
            int length = (int) tag & 0xffffff;
            if (offset + length > size) {
                error = PREFIX + "Tag " + number + " (TagId " + id + ", size " + length
                        + ") exceeds Info section size (" + size + " bytes) ";
                return;
            }
            hasMic |= id == InfoTag.MIC_VERSION;
            word += length / 4 + 1;
            offset += length + 4;
            number++;
            if (id == InfoTag.END) {
                if (offset != size) {
                    error = PREFIX + "Section data size is " + Hex.of(size)
                            + " bytes, but end tag found after " + Hex.of(offset) + " bytes.";
                }
                return;
            }
        }
        if (offset != size) {
            error = PREFIX + "Section data size is " + Hex.of(size)
                    + " bytes, but end tag not found before section end.";
        }
    }

    String error() {
        return error;
    }

    boolean hasMic() {
        return hasMic;
    }
}
