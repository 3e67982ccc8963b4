// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.Crc16;

/**
 * A BOOT2 block (fs2-image 1.4): opaque word, N, opaque words, CRC word; {@code (N+4)*4} bytes.
 *
 * @param start offset of the block in the image
 * @param raw all its bytes, verbatim
 */
public record Boot2Block(int start, Bytes raw) {
    /** Smallest N. */
    public static final long MIN_WORDS = 4;
    /** Largest N. */
    public static final long MAX_WORDS = 1048576;

    /** {@return total length in bytes} */
    public int length() {
        return raw.length();
    }

    /** {@return offset of the byte behind the block} */
    public int end() {
        return start + raw.length();
    }

    /** {@return the opaque bytes behind the size word, without the CRC word} */
    public Bytes data() {
        return raw.slice(8, raw.length() - 12);
    }

    /** {@return the stored CRC word, upper half included} */
    public long storedCrc() {
        return raw.word(raw.length() - 4);
    }

    /** {@return the CRC as it should be} */
    public int computedCrc() {
        return Crc16.of(raw, 0, raw.length() - 4);
    }

    /** {@return true if the stored CRC is right} */
    public boolean crcOk() {
        return storedCrc() == computedCrc();
    }
}
