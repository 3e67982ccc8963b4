// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cx3tools.harness.Distribution;
import org.cx3tools.harness.Outcome;
import org.cx3tools.harness.Program;
import org.cx3tools.nativecore.NativeSim;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Full disks and little memory: a small file system in memory, which only root can have. */
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
    void withoutRoomForItsBackupABurnDoesNotBegin() throws Exception {
        assertThat(distribution.command(space, "flint", "-d", "sim:card.sim", "-y", "ri", "image.bin").run().exit())
                .isZero();
        long before = NativeSim.info(space.resolve("card.sim")).programs();
        Outcome outcome = distribution.command(space, "burn", "-d", "sim:card.sim", "-i", "image.bin", "-y", "--vsd",
                "other").with(Map.of("CX3_STATE_DIR", disk.toString())).run();
        assertThat(outcome.exit()).as(outcome.describe()).isEqualTo(1);
        assertThat(outcome.errors()).contains("No space left", "nothing was changed on the card", "CX3_STATE_DIR")
                .doesNotContain("Exception");
        assertThat(NativeSim.info(space.resolve("card.sim")).programs()).isEqualTo(before);
        try (var files = Files.walk(disk)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    /** The largest flash there is, read whole, planned, backed up and burnt. */
    @Test
    void aBurnNeedsLittleMemory() throws Exception {
        assertThat(distribution.command(space, "sim", "create", "large.sim", "--chip", "W25Q128BV").run().exit())
                .isZero();
        assertThat(distribution.command(space, "read", "-d", "sim:large.sim", "large.bin").run().exit()).isZero();
        Outcome outcome = distribution.command(space, "burn", "-d", "sim:large.sim", "-i", "large.bin", "-y", "--vsd",
                "other").with(Map.of("CX3_JAVA_OPTS", "-Xmx128m")).run();
        assertThat(outcome.exit()).as(outcome.describe()).isZero();
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
