// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cx3tools.binary.Bytes;
import org.cx3tools.burn.FlashContent;
import org.cx3tools.burn.SlotState;

/**
 * A backup on disk: the flash byte for byte, {@code NAME.bin}, and what it is of, {@code
 * NAME.manifest}.
 *
 * @param file the flash
 * @param manifest what it is of
 */
public record Backup(Path file, BackupManifest manifest) {
    static final long LARGEST_FLASH = 64 << 20;
    static final String FLASH = ".bin";
    static final String MANIFEST = ".manifest";

    /**
     * Opens a backup by the name of either file.
     *
     * @throws BackupException when one of the two is missing or the manifest is none
     * @throws IOException when a file cannot be read
     */
    public static Backup open(Path either) throws BackupException, IOException {
        if (either.getFileName() == null) {
            throw new BackupException(either + " is no backup; name one of its two files");
        }
        String name = either.getFileName().toString();
        String stem = name.endsWith(MANIFEST) ? name.substring(0, name.length() - MANIFEST.length())
                : name.endsWith(FLASH) ? name.substring(0, name.length() - FLASH.length()) : name;
        Path manifest = either.resolveSibling(stem + MANIFEST);
        Path flash = either.resolveSibling(stem + FLASH);
        for (Path part : List.of(flash, manifest)) {
            if (!Files.isRegularFile(part)) {
                throw new BackupException(part + " is not there; a backup is a pair of files, NAME" + FLASH
                        + " and NAME" + MANIFEST);
            }
        }
        return new Backup(flash, BackupManifest.parse(manifest));
    }

    /**
     * The content.
     *
     * @throws BackupException when it is not what the manifest says
     * @throws IOException when it cannot be read
     */
    public Bytes content() throws BackupException, IOException {
        if (Files.size(file) != manifest.sizeBytes()) {
            throw new BackupException(String.format("%s has %d bytes; its manifest says %d", file,
                    Files.size(file), manifest.sizeBytes()));
        }
        Bytes content = Bytes.ofFile(file, LARGEST_FLASH);
        String hash = BackupManifest.sha256(content);
        if (!hash.equals(manifest.sha256())) {
            throw new BackupException(String.format("%s is damaged: SHA-256 %s, its manifest says %s", file, hash,
                    manifest.sha256()));
        }
        return content;
    }

    /**
     * The content, with its images judged.
     *
     * @throws BackupException when it is not what the manifest says
     * @throws IOException when it cannot be read
     */
    public FlashContent flash() throws BackupException, IOException {
        return FlashContent.of(manifest.chip(), content());
    }

    /**
     * Looks whether it is still what was written. A faithful copy of a damaged flash is unharmed.
     *
     * @return what is wrong, a sentence each; empty for a backup that can be relied on
     * @throws IOException when it cannot be read
     */
    public List<String> problems() throws IOException {
        try {
            content();
            return List.of();
        } catch (BackupException e) {
            return List.of(e.getMessage());
        }
    }

    /**
     * Whether a card boots from what it holds.
     *
     * @throws BackupException when it is not what the manifest says
     * @throws IOException when it cannot be read
     */
    public boolean boots() throws BackupException, IOException {
        return flash().slots().stream().anyMatch(SlotState::usable);
    }
}
