// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.cx3tools.archive.MfaArchive;
import org.cx3tools.binary.Bytes;
import org.cx3tools.cli.ArchiveExtraction;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.ImageContent;
import org.cx3tools.cli.Problems;
import org.cx3tools.cli.Streams;
import org.cx3tools.cli.output.Out;
import org.cx3tools.cli.output.Printable;

/** Images out of an archive to files: {@code --extract} and {@code --extract-all}. The lines are ours. */
final class ManagerExtraction {
    private final Streams streams;
    private final ManagerOptions options;
    private final Out out;

    ManagerExtraction(Streams streams, ManagerOptions options) {
        this.streams = streams;
        this.options = options;
        out = streams.out();
    }

    /**
     * Extracts; files that exist stay as they are.
     *
     * @throws CliException when the archive is damaged, or does not tell which board is meant
     */
    int run() throws CliException {
        String name = options.value("--image-file");
        try {
            Map<String, Bytes> files = files(ImageContent.archive(streams.resolve(name), name), name);
            ArchiveExtraction.write(files, name, false, streams);
            files.forEach((file, content) -> out.line(Printable.of(file) + ": " + content.length() + " bytes written"));
            return ManagerExit.OK;
        } catch (IOException e) {
            out.line("-E- " + Printable.of(Problems.message(e)));
            return ManagerExit.EXTRACTION_FAILED;
        }
    }

    private Map<String, Bytes> files(MfaArchive archive, String name) throws CliException, IOException {
        if (options.mode() == ManagerMode.EXTRACT) {
            return Map.of(options.value("--extract-file"), ImageContent.chosenOf(archive, name,
                options.has("--psid") ? Optional.of(options.value("--psid")) : Optional.empty()));
        }
        Path folder = streams.resolve(options.value("--extract-dir"));
        Files.createDirectories(folder);
        return ArchiveExtraction.all(archive, options.value("--extract-dir"));
    }
}
