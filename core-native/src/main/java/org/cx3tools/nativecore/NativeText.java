// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nativecore;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Texts on their way through the boundary: bytes in the encoding in which the system has its file
 * names.
 */
final class NativeText {
    private static final Charset SYSTEM = systemCharset();

    private NativeText() {
    }

    /**
     * Encodes a text for C.
     *
     * @throws IllegalArgumentException if the text has a NUL character, which would end it early in
     *     C
     */
    static byte[] encode(String text, String name) {
        if (Objects.requireNonNull(text, name).indexOf('\0') >= 0) {
            throw new IllegalArgumentException(name + " has a NUL character");
        }
        return text.getBytes(SYSTEM);
    }

    static String decode(byte[] text) {
        return new String(text, SYSTEM);
    }

    private static Charset systemCharset() {
        // What java.io and java.nio.file use for names; there is no better way to ask in Java 17.
        String name = System.getProperty("sun.jnu.encoding", "UTF-8");
        return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
    }
}
