// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.cx3tools.cli.CliRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code flint reset_cfg}, in the words of the stock tool on a virtual card. */
class FlintResetConfigTest {
    private static final String DEVICE = "sim:card.sim";
    private static final String WARNINGS = """
        -W- Resetting device configuration using Flint should be done as a last resort.
        -W- Please attempt to reset configuration via mlxconfig tool if possible.
        -W- Only proceed if you know what you are doing.

         reset non-volatile configuration ? (y/n) [n] :\s""";

    @TempDir
    private Path folder;

    @BeforeEach
    void aCardWithSettings() {
        CliRun.ok(folder, "sim", "create", "card.sim");
        CliRun.ok(folder, "config", "set", "-d", DEVICE, "SRIOV_EN=0", "-y");
        CliRun.ok(folder, "read", "-d", DEVICE, "before.bin");
    }

    private String nextBoot() {
        return CliRun.ok(folder, "config", "query", "-d", DEVICE, "SRIOV_EN").out();
    }

    @Test
    void whatFirmwareStoredIsErasedAndTheImageStays() {
        CliRun.ok(folder, "sim", "fault", "card.sim", "nv-status", "--value", "0x22");
        assertThat(CliRun.ok(folder, "flint", "-d", DEVICE, "-y", "reset_cfg").out()).isEqualTo(WARNINGS + """
            y
            Resetting... SUCCESS!

            -I- Configuration were successfully reset. reboot or restart the driver is required.
            """);
        CliRun.ok(folder, "sim", "fault", "card.sim", "none");
        assertThat(nextBoot()).containsPattern("SRIOV_EN +True\\(1\\) +True\\(1\\)");
        assertThat(CliRun.in(folder, "diff", "before.bin", DEVICE).code()).isZero();
    }

    @Test
    void whoSaysNoKeepsThem() {
        CliRun run = CliRun.onTerminal(folder, "n\n", "flint", "-d", DEVICE, "reset_cfg");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEqualTo(WARNINGS + "-E- Aborted by user\n");
        assertThat(nextBoot()).containsPattern("SRIOV_EN +True\\(1\\) +False\\(0\\)");
    }

    @Test
    void itIsForCardsAlone() {
        assertThat(CliRun.in(folder, "flint", "reset_cfg").out()).isEqualTo("-E- Please specify Device.\n");
        assertThat(CliRun.in(folder, "flint", "-i", "before.bin", "reset_cfg").code()).isEqualTo(1);
        assertThat(CliRun.in(folder, "flint", "-d", DEVICE, "reset_cfg", "all").code()).isEqualTo(1);
    }

    @Test
    void aCardWithoutAnImageIsRefused() {
        CliRun.ok(folder, "sim", "create", "blank.sim", "--blank");
        CliRun run = CliRun.in(folder, "flint", "-d", "sim:blank.sim", "-y", "reset_cfg");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("Resetting... FAILED!\n-E- Failed to reset Configuration. ", "No intact image on flash");
    }
}
