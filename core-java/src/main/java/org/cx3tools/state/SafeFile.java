// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file so that its name shows the old content or the whole new one, never half: temporary
 * file in the same folder, sync, rename, sync of the folder.
 */
public final class SafeFile {
    private SafeFile() {}

    /** A last look at the temporary file, which may still stop everything. */
    @FunctionalInterface
    public interface BeforeRename {
        /** Nothing to look at: the file stays private to its owner. */
        BeforeRename NOTHING = temporary -> {};

        /**
         * Looks.
         *
         * @param temporary the file with its whole content, on disk
         * @throws IOException when it must not take the name
         */
        void check(Path temporary) throws IOException;
    }

    /**
     * Replaces a file, or makes it.
     *
     * @param file its name; a symbolic link is replaced, not followed
     * @param content all of it
     * @param last last look
     * @throws IOException when it cannot be written; an existing file is untouched then
     */
    public static void replace(Path file, byte[] content, BeforeRename last) throws IOException {
        Path parent = file.getParent();
        Path folder = parent == null ? Path.of(".") : parent;
        Path temporary = Files.createTempFile(folder, "." + file.getFileName(), ".part");
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            last.check(temporary);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            sync(folder);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Makes sure that the names in a folder are on disk.
     *
     * @param folder the folder
     * @throws IOException when they are not
     */
    public static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
