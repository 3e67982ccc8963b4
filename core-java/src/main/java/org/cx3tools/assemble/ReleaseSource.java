// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.assemble;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.BoardFile;
import org.cx3tools.image.BoardFileException;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;

/**
 * A release source (.mlx) in our dialect, read and turned into the image it stands for.
 *
 * <p>The vendor's dialect is read as far as its grammar is known: parameters outside groups, and
 * field lines. What is not understood is an error with its line.
 */
public final class ReleaseSource {
    private final String name;
    private final Fs2Image image;
    private final FieldDictionary fields;
    private final Optional<Path> boardFilePath;
    private final List<AssembleNote> notes;

    private ReleaseSource(String name, Fs2Image image, FieldDictionary fields,
            Optional<Path> boardFilePath, List<AssembleNote> notes) {
        this.name = name;
        this.image = image;
        this.fields = fields;
        this.boardFilePath = boardFilePath;
        this.notes = List.copyOf(notes);
    }

    /**
     * Tells a release source from a firmware image: text against bytes that text does not hold.
     *
     * @param file  the file
     * @return whether its first bytes are text and not the magic of an image
     * @throws IOException if it cannot be read
     */
    public static boolean isText(Path file) throws IOException {
        byte[] head = new byte[4];
        int count;
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException(file + (Files.isDirectory(file) ? " is a folder"
                    : " is not a regular file"));
        }
        try (InputStream in = Files.newInputStream(file)) {
            count = in.readNBytes(head, 0, head.length);
        }
        for (int i = 0; i < count; i++) {
            if (head[i] < ' ' && head[i] != '\n' && head[i] != '\r' && head[i] != '\t') {
                return false;
            }
        }
        return count > 0 && !new String(head, StandardCharsets.ISO_8859_1).equals("MTFW");
    }

    /**
     * Reads a release source and the side files it names.
     *
     * @param file the source; side files lie in its folder
     * @throws IOException     if it cannot be read
     * @throws SourceException if a line is not understood, or a side file is missing or changed
     */
    public static ReleaseSource read(Path file) throws IOException, SourceException {
        Bytes content = Bytes.ofFile(file, SourceGroup.MAX_TEXT);
        Path folder = file.toAbsolutePath().getParent();
        return parse(file.getFileName().toString(),
                new String(content.toArray(), StandardCharsets.ISO_8859_1), folder);
    }

    /**
     * Reads a release source from its text.
     *
     * @param name   what to call it in errors
     * @param text   the text
     * @param folder where side files are
     * @throws SourceException as {@link #read}
     */
    public static ReleaseSource parse(String name, String text, Path folder)
            throws SourceException {
        SourceGroup.Parsed parsed = SourceGroup.parse(name, text);
        SideFiles files = new SideFiles(folder);
        SourceReader reader = new SourceReader(files);
        List<AssembleNote> notes = new ArrayList<>();
        for (SourceGroup.Item item : parsed.groups().get(0).items()) {
            if (item.isData()) {
                throw parsed.groups().get(0).error(item, "data words outside of any group");
            }
            notes.add(new AssembleNote(AssembleNote.Kind.PARAMETER_OUTSIDE_GROUP, item.key(),
                    "Removing parameter defined outside a group: \"" + item.key() + "\"."));
        }
        try {
            Fs2Image image = reader.read(name, parsed.groups()).build();
            Optional<SourceGroup.Item> boardFile = reader.boardFile();
            Optional<Path> path = boardFile.isEmpty() ? Optional.empty() : Optional.of(files.path(
                    reader.imageGroup(), boardFile.get(), boardFile.get().value()));
            return new ReleaseSource(name, image, parsed.fields(), path, notes);
        } catch (FormatException e) {
            throw new SourceException(name, 0, "", "does not make an image: " + e.getMessage());
        }
    }

    /** {@return name for messages} */
    public String name() {
        return name;
    }

    /** {@return the image the source stands for, with its original board file} */
    public Fs2Image image() {
        return image;
    }

    /** {@return fields that the source places} */
    public FieldDictionary fields() {
        return fields;
    }

    /** {@return what an operator should know about the source} */
    public List<AssembleNote> notes() {
        return notes;
    }

    /**
     * Reads the board file beside the source.
     *
     * @return the board file; empty if the source names none
     * @throws IOException        if it cannot be read
     * @throws BoardFileException if it is no board file
     */
    public Optional<BoardFile> boardFile() throws IOException, BoardFileException {
        return boardFilePath.isEmpty() ? Optional.empty() : Optional.of(BoardFile.parse(
                Bytes.ofFile(boardFilePath.get(), BoardFile.MAX_BYTES).toArray()));
    }
}
