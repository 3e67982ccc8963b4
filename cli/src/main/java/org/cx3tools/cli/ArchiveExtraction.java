// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cx3tools.archive.MfaArchive;
import org.cx3tools.archive.MfaBoard;
import org.cx3tools.binary.Bytes;
import org.cx3tools.cli.output.OutputFile;

/** Images of an archive, each to a file of its own. */
public final class ArchiveExtraction {
    private ArchiveExtraction() {
    }

    /**
     * Names a file for each image of an archive.
     *
     * @param archive the archive
     * @param folder where they go
     * @return content by the name of the file: the PSID, and a number where a board has several images
     */
    public static Map<String, Bytes> all(MfaArchive archive, String folder) {
        Map<String, Bytes> files = new LinkedHashMap<>();
        for (MfaBoard board : archive.boards()) {
            for (String tag : board.tags()) {
                String suffix = tag.isEmpty() || board.tags().size() == 1 ? "" : "-" + (board.tags().indexOf(tag) + 1);
                files.put(folder + "/" + fileName(board.psid()) + suffix + ".bin", archive.image(board, tag));
            }
        }
        return files;
    }

    /** A PSID is any printable text; a file name of it must not be an option or a device for another program. */
    private static String fileName(String psid) {
        String plain = psid.replaceAll("[^0-9A-Za-z_.-]", "_");
        return Character.isLetterOrDigit(plain.charAt(0)) ? plain : "_" + plain;
    }

    /**
     * Writes the files, none before all of them may be written.
     *
     * @param files content by name
     * @param archive the name of the archive, which is never one of them
     * @param replace whether existing files may be replaced
     * @param streams where names start from
     * @throws IOException when one may not or cannot be written
     */
    public static void write(Map<String, Bytes> files, String archive, boolean replace, Streams streams)
            throws IOException {
        for (String file : files.keySet()) {
            OutputFile.check(streams.resolve(file), replace, streams.resolve(archive));
        }
        for (Map.Entry<String, Bytes> file : files.entrySet()) {
            OutputFile.write(streams.resolve(file.getKey()), file.getValue().toArray(), replace);
        }
    }
}
