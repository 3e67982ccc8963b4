// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cx3tools.harness.Distribution;
import org.cx3tools.harness.Outcome;
import org.cx3tools.harness.Program;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup onto a full disk: a small file system in memory, which only root can have. */
class DiskFullIT {
    @TempDir
    Path space;

    private Path disk;
    private Distribution distribution;
    private boolean mounted;

    @BeforeEach
    void aSmallDiskAndACard() throws Exception {
        assumeTrue(Distribution.isRoot(), "mounting a small disk needs root");
        disk = Files.createDirectory(space.resolve("disk"));
        Outcome mount = run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString());
        assumeTrue(mount.exit() == 0, "a small disk cannot be mounted here: " + mount.errors());
        mounted = true;
        distribution = Distribution.unpack(space.resolve("cx3"));
        assertThat(distribution.command(space, "sim", "create", "card.sim", "--model",
                "hp-764285-b21").run().exit()).isZero();
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            run("umount", disk.toString());
        }
    }

    @Test
    void aFailedBackupIsToldAndLeavesTheOlderOne() throws Exception {
        Path backup = Files.writeString(disk.resolve("backup.bin"), "the older backup");

        Outcome outcome = distribution.command(space, "flint", "-d", "sim:card.sim", "-y", "ri",
                backup.toString()).run();

        assertThat(outcome.exit()).as(outcome.describe()).isEqualTo(1);
        assertThat(outcome.output() + outcome.errors()).containsIgnoringCase("no space")
                .doesNotContain("Exception");
        assertThat(backup).hasContent("the older backup");
        try (var files = Files.list(disk)) {
            assertThat(files).containsExactly(backup);
        }
        assertThat(distribution.command(space, "query", "-d", "sim:card.sim").run().exit())
                .isZero();
    }

    @Test
    void aCardThatDoesNotFitIsNotMade() throws Exception {
        Outcome outcome = distribution.command(disk, "sim", "create", "new.sim", "--model",
                "hp-764285-b21").run();

        assertThat(outcome.exit()).as(outcome.describe()).isEqualTo(1);
        assertThat(outcome.output() + outcome.errors()).doesNotContain("Exception");
        try (var files = Files.list(disk)) {
            assertThat(files).isEmpty();
        }
    }

    private Outcome run(String... command) throws Exception {
        return Program.of(space, List.of(command)).run();
    }
}
