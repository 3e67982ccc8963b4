// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.imagemaker;

import java.util.Optional;

/**
 * A BOOT2 block as planned.
 *
 * @param firstWord opaque; in a second block not 1 to 12, which would make it a section
 * @param code      opaque data, a whole number of words, at least 5
 */
public record BootBlock(long firstWord, byte[] code) {
    /** Mark at the start of the code that says the image is none for a card. */
    public static final String MARK = "CX3TOOLS SYNTHETIC IMAGE, NOT FIRMWARE";

    /** The field of the mark in bytes. */
    static final int MARK_LENGTH = 48;

    /** The block in bytes: first word, N, code, CRC word; in all (N + 4) words. */
    byte[] toBytes() {
        int sizeWord = code.length / 4 - 1;
        byte[] body = new Words().word(firstWord).word(sizeWord).bytes(code).toArray();
        return new Words().bytes(body).word(BitCrc.of(body, 0, body.length)).toArray();
    }

    int totalLength() {
        return 8 + code.length + 4;
    }

    /** The same block with the mark in front, or nothing if it is too short for one. */
    Optional<BootBlock> marked() {
        if (code.length < MARK_LENGTH) {
            return Optional.empty();
        }
        byte[] copy = code.clone();
        byte[] mark = MARK.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        java.util.Arrays.fill(copy, 0, MARK_LENGTH, (byte) 0);
        System.arraycopy(mark, 0, copy, 0, mark.length);
        return Optional.of(new BootBlock(firstWord, copy));
    }
}
