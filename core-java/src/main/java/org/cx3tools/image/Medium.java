// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import java.io.IOException;
import java.util.Objects;
import org.cx3tools.binary.Bytes;

/**
 * Something with physical addresses that can be read: a file, a raw flash dump, a flash chip.
 *
 * <p>A flash behind a card reports its failures as an {@link IOException} that carries the device
 * error as cause.
 */
public interface Medium {
    /** {@return size in bytes} */
    long size();

    /**
     * Reads bytes. A range outside {@code 0 .. size()} is an error.
     *
     * @param address physical address of the first byte
     * @param target where to put the bytes
     * @param offset index of the first byte in the target
     * @param length number of bytes
     * @throws IOException if the range is outside the medium or the medium fails
     */
    void read(long address, byte[] target, int offset, int length) throws IOException;

    /**
     * Reads bytes as a value.
     *
     * @param address physical address of the first byte
     * @param length number of bytes
     * @return the bytes
     * @throws IOException if the range is outside the medium or the medium fails
     */
    default Bytes read(long address, int length) throws IOException {
        byte[] buffer = new byte[length];
        read(address, buffer, 0, length);
        return Bytes.of(buffer);
    }

    /**
     * Makes a medium of bytes in memory, for example of a file.
     *
     * @param content the bytes; their first is at address 0
     * @return the medium
     */
    static Medium of(Bytes content) {
        return new BytesMedium(Objects.requireNonNull(content, "content"));
    }
}
