// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;

/** Wraps text for the sections FW Configuration and Hash File: one zlib stream, zero padded. */
public final class FwConfiguration {
    /** Largest text that is unpacked, in bytes; a real board file has about 10 KiB. */
    public static final int MAX_TEXT = 4 << 20;

    private FwConfiguration() {
    }

    /**
     * Unpacks a payload; padding behind the stream is ignored.
     *
     * @param payload payload of the section
     * @param start offset of the payload in the image, for the error
     * @return the text
     * @throws FormatException if this is no complete zlib stream, or one of more than
     *     {@link #MAX_TEXT} bytes
     */
    public static Bytes inflate(Bytes payload, int start) throws FormatException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(payload.toArray());
            BytesBuilder text = new BytesBuilder(16384);
            byte[] chunk = new byte[8192];
            while (!inflater.finished()) {
                int n = inflater.inflate(chunk);
                if (n == 0 && !inflater.finished()
                        && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new FormatException(start, "compressed text", "a complete zlib stream",
                            "a stream that ends after " + text.length() + " bytes of text");
                }
                text.add(Bytes.of(chunk, 0, n));
                if (text.length() > MAX_TEXT) {
                    throw new FormatException(start, "compressed text",
                            "at most " + MAX_TEXT + " bytes of text", "more");
                }
            }
            return text.build();
        } catch (DataFormatException e) {
            throw new FormatException(start + (int) inflater.getBytesRead(), "compressed text",
                    "a zlib stream", e.getMessage() == null ? "other data" : e.getMessage());
        } finally {
            inflater.end();
        }
    }

    /**
     * Packs text.
     *
     * @param text the text
     * @return a payload: zlib stream of the best level, zero padded to whole words
     */
    public static Bytes deflate(Bytes text) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(text.toArray());
            deflater.finish();
            BytesBuilder out = new BytesBuilder(4096);
            byte[] chunk = new byte[4096];
            while (!deflater.finished()) {
                out.add(Bytes.of(chunk, 0, deflater.deflate(chunk)));
            }
            return out.padTo(4).build();
        } finally {
            deflater.end();
        }
    }
}
