// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cx3tools.backup.Backup;
import org.cx3tools.backup.BackupException;
import org.junit.jupiter.api.io.TempDir;

/** Manifests of backups. */
class BackupManifestFuzzTest {
    private static final int MOST = 1 << 12;

    @TempDir
    static Path folder;

    @FuzzTest
    void anyBytesAreAManifestOrABackupError(byte[] data) throws Exception {
        Path manifest = folder.resolve("fuzz.manifest");
        Files.write(folder.resolve("fuzz.bin"), new byte[16]);
        Files.write(manifest, data);
        Limits.within(MOST, data, () -> {
            try {
                Backup backup = Backup.open(manifest);
                assertThat(backup.manifest().sizeBytes()).isPositive();
                assertThat(backup.manifest().sha256()).hasSize(64);
                backup.manifest().values().values().forEach(value -> assertThat(value.chars()
                        .anyMatch(Character::isISOControl)).isFalse());
                assertThat(backup.problems()).hasSizeLessThan(2);
                backup.boots();
            } catch (BackupException documented) {
                assertThat(documented.getMessage()).isNotBlank();
            }
        });
    }
}
