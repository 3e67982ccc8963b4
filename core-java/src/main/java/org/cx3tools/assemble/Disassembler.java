// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.assemble;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.cx3tools.assemble.AssembleException.Reason;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;

/**
 * Turns an image into a folder: one readable release source, the board file with its exact text,
 * and side files for code. Assembling the folder unchanged gives the image byte for byte.
 */
public final class Disassembler {
    private static final Pattern BASE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,79}");

    private final FieldDictionary fields;

    /**
     * Makes a disassembler.
     *
     * @param fields fields known in addition to those that ship with us
     */
    public Disassembler(FieldDictionary fields) {
        this.fields = Objects.requireNonNull(fields, "fields");
    }

    /**
     * Disassembles an image. Bytes behind its end are left out, with a note.
     *
     * @param image    an image with right checksums
     * @param baseName name of the source and of the board file, without an ending
     * @throws AssembleException if the image is damaged, or the given fields contradict known ones
     */
    public Disassembly disassemble(Fs2Image image, String baseName) throws AssembleException {
        if (!BASE_NAME.matcher(baseName).matches()) {
            throw new IllegalArgumentException("not a plain file name: " + baseName);
        }
        ImageParts parts = Assembler.takeApart(image);
        Optional<Bytes> boardFile = boardFile(image);
        try {
            SourceWriter writer = SourceWriter.withSideFiles(parts, fieldsOf(image), baseName);
            String source = writer.write(boardFile.map(text -> baseName + ".ini"));
            Map<String, Bytes> files = new LinkedHashMap<>();
            files.put(baseName + ".mlx",
                    Bytes.of(source.getBytes(StandardCharsets.ISO_8859_1)));
            boardFile.ifPresent(text -> files.put(baseName + ".ini", text));
            files.putAll(writer.files());
            return new Disassembly(baseName + ".mlx", files, Assembler.trailing(image));
        } catch (SourceException e) {
            throw new AssembleException(Reason.KEYS, e.getMessage(), e);
        }
    }

    /**
     * Disassembles an image into one text, with all code as hexadecimal words. The board file is
     * in it only as the image has it, compressed.
     *
     * @param image an image with right checksums
     * @return the release source
     * @throws AssembleException as {@link #disassemble}
     */
    public Bytes singleFile(Fs2Image image) throws AssembleException {
        try {
            String source = SourceWriter.singleFile(Assembler.takeApart(image), fieldsOf(image))
                    .write(Optional.empty());
            return Bytes.of(source.getBytes(StandardCharsets.ISO_8859_1));
        } catch (SourceException e) {
            throw new AssembleException(Reason.KEYS, e.getMessage(), e);
        }
    }

    private FieldDictionary fieldsOf(Fs2Image image) throws SourceException {
        return FieldDictionary.forImage(image).plus(fields, "given dictionary");
    }

    /** A section that does not unpack stays in the source as bytes, without a board file. */
    private static Optional<Bytes> boardFile(Fs2Image image) {
        try {
            return image.fwConfiguration();
        } catch (FormatException e) {
            return Optional.empty();
        }
    }
}
