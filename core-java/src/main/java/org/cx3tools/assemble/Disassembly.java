// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.assemble;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cx3tools.binary.Bytes;

/**
 * A disassembled image: the files of its folder.
 *
 * @param sourceName name of the release source among the files
 * @param files      content of each file by its name: source, board file, side files
 * @param notes      what an operator should know
 */
public record Disassembly(String sourceName, Map<String, Bytes> files, List<AssembleNote> notes) {
    /** Makes the collections unchangeable. */
    public Disassembly {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
        notes = List.copyOf(notes);
    }

    /**
     * Writes the folder. It is made beside its place and renamed when it is complete.
     *
     * @param folder where; must not exist, or be empty
     * @return path of the release source
     * @throws IOException if the folder holds something, or cannot be written
     */
    public Path write(Path folder) throws IOException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS) && !isEmptyFolder(folder)) {
            throw new FileAlreadyExistsException(folder.toString(), null,
                    "is there already and not an empty folder; choose another name");
        }
        Path parent = folder.toAbsolutePath().getParent();
        if (!Files.isDirectory(parent)) {
            throw new NoSuchFileException(parent.toString(), null, "there is no such folder");
        }
        Path draft = Files.createDirectory(parent.resolve(".cx3-source-"
                + ProcessHandle.current().pid() + "-" + System.nanoTime()));
        List<Path> written = new ArrayList<>();
        try {
            for (Map.Entry<String, Bytes> file : files.entrySet()) {
                Path path = draft.resolve(file.getKey());
                written.add(path);
                writeSynced(path, file.getValue());
            }
            Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            for (Path path : written) {
                Files.deleteIfExists(path);
            }
            Files.deleteIfExists(draft);
            throw e;
        }
        return folder.resolve(sourceName);
    }

    private static boolean isEmptyFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (Stream<Path> content = Files.list(folder)) {
            return content.findAny().isEmpty();
        }
    }

    private static void writeSynced(Path path, Bytes content) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE)) {
            ByteBuffer buffer = content.buffer();
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }
}
