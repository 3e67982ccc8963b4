// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Text to a stream through one buffer. A write error is remembered instead of thrown, so that printing needs no
 * handling in between; {@link #failure()} is asked once at the end. Written without formatters, because the start-up
 * time of {@code verify} counts.
 */
public final class Out {
    private static final int CAPACITY = 16384;

    private final OutputStream stream;
    private final byte[] buffer = new byte[CAPACITY];
    private int used;
    private IOException failure;

    /**
     * Prints to a stream.
     *
     * @param stream where the bytes go; not closed by this class
     */
    public Out(OutputStream stream) {
        this.stream = stream;
    }

    /**
     * Prints text as UTF-8.
     *
     * @param text the text
     * @return this
     */
    public Out print(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Prints text and a newline.
     *
     * @param text the text
     * @return this
     */
    public Out line(String text) {
        print(text);
        return newline();
    }

    /**
     * Prints a newline.
     *
     * @return this
     */
    public Out newline() {
        if (used == CAPACITY) {
            drain();
        }
        buffer[used++] = '\n';
        return this;
    }

    /**
     * Prints bytes as they are.
     *
     * @param bytes the bytes
     * @return this
     */
    public Out bytes(byte[] bytes) {
        if (bytes.length > CAPACITY - used) {
            drain();
        }
        if (bytes.length > CAPACITY) {
            direct(bytes, bytes.length);
            return this;
        }
        System.arraycopy(bytes, 0, buffer, used, bytes.length);
        used += bytes.length;
        return this;
    }

    /**
     * Prints text and blanks up to a column.
     *
     * @param text the text
     * @param width characters in all; longer text is not cut
     * @return this
     */
    public Out padded(String text, int width) {
        print(text);
        for (int i = text.length(); i < width; i++) {
            print(" ");
        }
        return this;
    }

    /** Sends what is in the buffer to the stream. */
    public void flush() {
        drain();
        if (failure == null) {
            try {
                stream.flush();
            } catch (IOException e) {
                failure = e;
            }
        }
    }

    /**
     * Whether a write failed so far.
     *
     * @return the reason; empty text when all went well
     */
    public String failure() {
        if (failure == null) {
            return "";
        }
        String message = failure.getMessage();
        return message == null ? failure.toString() : message;
    }

    /**
     * A number in hexadecimal.
     *
     * @param value the number, taken as unsigned
     * @param digits at least so many digits, leading zeros
     * @return text without prefix
     */
    public static String hex(long value, int digits) {
        String text = Long.toHexString(value);
        if (text.length() >= digits) {
            return text;
        }
        StringBuilder padded = new StringBuilder(digits);
        for (int i = text.length(); i < digits; i++) {
            padded.append('0');
        }
        return padded.append(text).toString();
    }

    private void drain() {
        if (used > 0) {
            direct(buffer, used);
            used = 0;
        }
    }

    private void direct(byte[] bytes, int length) {
        if (failure != null) {
            return;
        }
        try {
            stream.write(bytes, 0, length);
        } catch (IOException e) {
            failure = e;
        }
    }
}
