// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cx3tools.burn.FlashContent;
import org.cx3tools.device.CardInfo;
import org.cx3tools.image.GuidBlock;
import org.cx3tools.state.SafeFile;
import org.cx3tools.state.StateFolder;

/**
 * A folder of backups.
 *
 * @param folder where they are
 */
public record BackupStore(Path folder) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int SHORT_HASH = 8;

    /** What became of a backup. */
    public enum Outcome {
        /** It was written. */
        WRITTEN,
        /** The same content of the same card is there already. */
        THERE_ALREADY
    }

    /**
     * A backup and what became of it.
     *
     * @param backup the backup
     * @param outcome whether it is new
     */
    public record Saved(Backup backup, Outcome outcome) {}

    /** The store of this host, made if it is not there. */
    public static BackupStore in(StateFolder state) throws IOException {
        return new BackupStore(state.made("backups"));
    }

    /**
     * Keeps the content of a flash, unless it is kept already. Both files are on disk when this
     * returns; the manifest is written last, so a pair is whole.
     *
     * @param card the card
     * @param flash its flash, read whole
     * @throws IOException when it cannot be written; nothing that was there is lost
     */
    public Saved save(CardInfo card, FlashContent flash) throws IOException {
        BackupManifest manifest = BackupManifest.of(card, flash, Instant.now());
        Optional<Backup> same = same(manifest);
        if (same.isPresent()) {
            return new Saved(same.get(), Outcome.THERE_ALREADY);
        }
        String who = BackupManifest.guids(flash).filter(GuidBlock::hasGuids)
                .map(guids -> String.format("%016x", guids.node())).orElse("unknown-card");
        String stem = who + "-" + TIME.format(Instant.now()) + "-" + manifest.sha256().substring(0, SHORT_HASH);
        Path file = folder.resolve(stem + Backup.FLASH);
        SafeFile.replace(file, flash.dump().orElseThrow().toArray(), SafeFile.BeforeRename.NOTHING);
        SafeFile.replace(folder.resolve(stem + Backup.MANIFEST),
                manifest.text().getBytes(StandardCharsets.UTF_8), SafeFile.BeforeRename.NOTHING);
        return new Saved(new Backup(file, manifest), Outcome.WRITTEN);
    }

    /** One of the same content that is still what its manifest says. */
    private Optional<Backup> same(BackupManifest manifest) throws IOException {
        for (Backup backup : list()) {
            if (backup.manifest().sha256().equals(manifest.sha256()) && sameCard(backup.manifest(), manifest)) {
                try {
                    backup.content();
                    return Optional.of(backup);
                } catch (BackupException e) {
                    continue; // damaged: a new one is needed
                }
            }
        }
        return Optional.empty();
    }

    /** A card is known by its GUIDs, wherever it sits; without them by where it sits. */
    private static boolean sameCard(BackupManifest a, BackupManifest b) {
        String who = b.value("card.guids").isEmpty() ? "device" : "card.guids";
        return a.value("pci.subsystem").equals(b.value("pci.subsystem")) && a.value(who).equals(b.value(who));
    }

    /** {@return all backups of the folder, oldest first; what is none is left out} */
    public List<Backup> list() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Backup> all = new ArrayList<>();
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(Backup.MANIFEST)).sorted().toList()) {
                try {
                    all.add(Backup.open(file));
                } catch (BackupException e) {
                    continue; // somebody else's file
                }
            }
        }
        all.sort((a, b) -> a.manifest().value("time").compareTo(b.manifest().value("time")));
        return all;
    }
}
