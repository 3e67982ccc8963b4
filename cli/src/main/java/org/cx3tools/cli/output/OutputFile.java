// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.output;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Arrays;
import org.cx3tools.state.SafeFile;

/**
 * Writes a file so that its name shows the old content or the whole new one, never half: temporary file in the same
 * folder, sync, rename, sync of the folder.
 */
public final class OutputFile {
    private OutputFile() {
    }

    /**
     * Checks before the work that the file may be written after it.
     *
     * @param file the output
     * @param replace whether an existing file may be replaced
     * @throws IOException {@link FileAlreadyExistsException} when it exists and may not be replaced,
     *     {@link NoSuchFileException} when its folder is not there, and when it is a folder itself
     */
    public static void check(Path file, boolean replace) throws IOException {
        if (file.toString().isEmpty()) {
            throw new IOException("the name of a file is empty");
        }
        Path folder = folder(file);
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString());
        }
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a folder");
        }
        if (!replace && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(file.toString());
        }
    }

    /**
     * As {@link #check(Path, boolean)}; and that it is none of the files that are read, whose content it would take
     * away although it may be replaced.
     *
     * @param file the output
     * @param replace whether an existing file may be replaced
     * @param inputs files that are read
     * @throws IOException as there, and when it is one of the inputs
     */
    public static void check(Path file, boolean replace, Path... inputs) throws IOException {
        check(file, replace);
        for (Path input : inputs) {
            if (Files.exists(file) && Files.exists(input) && Files.isSameFile(file, input)) {
                throw new IOException(file + " is the file that is read; choose another name");
            }
        }
    }

    /**
     * Writes the file. Something that is no regular file (a device, a pipe) is written straight.
     *
     * @param file the output
     * @param content all of it
     * @param replace whether an existing file may be replaced
     * @throws IOException when it cannot be written; an existing file is untouched then
     */
    public static void write(Path file, byte[] content, boolean replace) throws IOException {
        check(file, replace);
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            Files.write(file, content, StandardOpenOption.WRITE);
            return;
        }
        replace(file, content, OutputFile::readableByAll);
    }

    /**
     * Replaces the content of an existing regular file, which keeps its owner and its rights. What reached the disk is
     * read back before the name shows it.
     *
     * @param file the file
     * @param content all of its new content
     * @throws IOException when it cannot be written; it is untouched then
     */
    public static void rewrite(Path file, byte[] content) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is not a regular file");
        }
        if (!Files.isWritable(file)) {
            throw new AccessDeniedException(file.toString());
        }
        replace(file, content, temporary -> {
            if (!Arrays.equals(Files.readAllBytes(temporary), content)) {
                throw new IOException(temporary + " does not hold what was written to it");
            }
            sameRights(file, temporary);
        });
    }

    private static void replace(Path file, byte[] content, SafeFile.BeforeRename last) throws IOException {
        SafeFile.replace(Files.isSymbolicLink(file) && Files.exists(file) ? file.toRealPath() : file, content, last);
    }

    private static void sameRights(Path old, Path fresh) throws IOException {
        PosixFileAttributes was = Files.readAttributes(old, PosixFileAttributes.class);
        PosixFileAttributeView view = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
        view.setPermissions(was.permissions());
        try {
            view.setGroup(was.group());
            view.setOwner(was.owner());
        } catch (FileSystemException e) {
            // Only root may give a file away: it then belongs to whoever was allowed to change it.
            return;
        }
    }

    private static Path folder(Path file) {
        Path parent = file.getParent();
        return parent == null ? Path.of(".") : parent;
    }

    /** A temporary file is private; what comes out of it gets the rights of a new file. */
    private static void readableByAll(Path file) {
        file.toFile().setReadable(true, false);
    }
}
