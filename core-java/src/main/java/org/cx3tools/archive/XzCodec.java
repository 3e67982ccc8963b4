// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.FormatException;
import org.tukaani.xz.BasicArrayCache;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.SingleXZInputStream;
import org.tukaani.xz.XZ;
import org.tukaani.xz.XZOutputStream;

/** Packs and unpacks sections; a hostile stream costs little more than it says it unpacks to. */
final class XzCodec {
    /** Memory a stream may ask for, in KiB: enough for the 64 MiB window of {@code xz -9}. */
    static final int MEMORY_LIMIT_KIB = 72 << 10;

    private static final int FIRST_BUFFER = 1 << 16;
    /** Holds some eight images: enough to find each one's likeness in the one before. */
    private static final int DICTIONARY = 8 << 20;

    private XzCodec() {
    }

    /**
     * Unpacks a section.
     *
     * @param section payload of a section as stored
     * @param kind the section
     * @param origin offset of the payload in the file
     * @return the unpacked bytes
     * @throws FormatException if it does not unpack to exactly what it says
     */
    static Bytes unpack(Bytes section, SectionKind kind, long origin) throws FormatException {
        XzOutline outline = XzOutline.of(section, kind, origin);
        int size = outline.unpackedSize();
        // Blocks share one window through the cache: a thousand of them need no more than one.
        try (InputStream in = new SingleXZInputStream(
                new Source(section.slice(0, outline.length()).buffer()), MEMORY_LIMIT_KIB, true,
                new BasicArrayCache())) {
            byte[] out = new byte[Math.min(size, FIRST_BUFFER)];
            int length = 0;
            while (length < size) {
                if (length == out.length) {
                    out = Arrays.copyOf(out, (int) Math.min(size, 2L * length));
                }
                int count = in.read(out, length, out.length - length);
                if (count < 0) {
                    throw wrong(kind, origin, size + " unpacked bytes", length + " bytes");
                }
                length += count;
            }
            if (in.read() >= 0) {
                throw wrong(kind, origin, size + " unpacked bytes", "more");
            }
            return Bytes.of(out);
        } catch (IOException | RuntimeException e) {
            throw wrong(kind, origin, "a whole stream of LZMA2", reason(e));
        } catch (OutOfMemoryError e) {
            // One large array was refused; nothing else is short of memory.
            throw wrong(kind, origin, "a section that fits into memory", size + " bytes");
        }
    }

    /**
     * Packs a section: LZMA2 only, and CRC32 as check.
     *
     * @param payload what to pack
     * @return the stream
     */
    static Bytes pack(Bytes payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length() / 2 + 64);
        try {
            LZMA2Options options = new LZMA2Options(LZMA2Options.PRESET_DEFAULT);
            options.setDictSize(Math.max(LZMA2Options.DICT_SIZE_MIN,
                    Math.min(DICTIONARY, payload.length())));
            try (XZOutputStream xz = new XZOutputStream(out, options, XZ.CHECK_CRC32)) {
                xz.write(payload.toArray());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return Bytes.of(out.toByteArray());
    }

    private static String reason(Exception e) {
        String text = e.getMessage();
        return e.getClass().getSimpleName() + (text == null ? "" : ": " + PlainText.escaped(text));
    }

    private static FormatException wrong(SectionKind kind, long origin, String expected,
            String found) {
        return new FormatException(origin, "xz stream of section " + kind, expected, found);
    }

    /** Reads from bytes without a copy of them. */
    private static final class Source extends InputStream {
        private final ByteBuffer from;

        Source(ByteBuffer from) {
            this.from = from;
        }

        @Override
        public int read() {
            return from.hasRemaining() ? from.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (length > 0 && !from.hasRemaining()) {
                return -1;
            }
            int count = Math.min(length, from.remaining());
            from.get(target, offset, count);
            return count;
        }
    }
}
