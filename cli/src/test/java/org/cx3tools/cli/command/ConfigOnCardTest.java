// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.cx3tools.cli.CliRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings of the firmware of a virtual card, by way of its command interface. */
class ConfigOnCardTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void aCard() {
        CliRun.ok(folder, "sim", "create", "card.sim");
    }

    @Test
    void theLastStepsOfTheJobWork() {
        for (String setting : new String[] {"BOOT_OPTION_ROM_EN_P1=false", "BOOT_OPTION_ROM_EN_P2=false",
            "LEGACY_BOOT_PROTOCOL_P1=0", "LEGACY_BOOT_PROTOCOL_P2=0", "LINK_TYPE_P1=2", "LINK_TYPE_P2=2"}) {
            CliRun run = CliRun.ok(folder, "mlxconfig", "-d", "sim:card.sim", "-y", "set", setting);
            assertThat(run.out()).contains("Applying... Done!");
        }
        CliRun.ok(folder, "reset", "-d", "sim:card.sim", "-y");

        String query = CliRun.ok(folder, "mlxconfig", "-d", "sim:card.sim", "query").out();
        assertThat(query).contains("LINK_TYPE_P1                        ETH(2)", "LINK_TYPE_P2                        ETH(2)",
            "BOOT_OPTION_ROM_EN_P1               False(0)", "LEGACY_BOOT_PROTOCOL_P2             None(0)");
    }

    @Test
    void aResetOfTheSettingsGivesTheDefaultsAndTouchesNoImage() {
        CliRun.ok(folder, "read", "-d", "sim:card.sim", "before.bin");
        CliRun.ok(folder, "config", "set", "-d", "sim:card.sim", "NUM_OF_VFS=3", "-y");
        assertThat(CliRun.ok(folder, "config", "query", "-d", "sim:card.sim").out()).containsPattern("NUM_OF_VFS +16 +3 \\*");

        CliRun.ok(folder, "config", "reset", "-d", "sim:card.sim", "-y");

        assertThat(CliRun.ok(folder, "config", "query", "-d", "sim:card.sim").out()).containsPattern("NUM_OF_VFS +16 +16\n");
        assertThat(CliRun.in(folder, "diff", "before.bin", "sim:card.sim").code()).isZero();
    }

    @Test
    void settingsSurviveABurn() {
        CliRun.ok(folder, "config", "set", "-d", "sim:card.sim", "LINK_TYPE_P1=ETH", "-y");
        CliRun.ok(folder, "set", "-d", "sim:card.sim", "--vsd", "another image", "-y");
        CliRun.ok(folder, "reset", "-d", "sim:card.sim", "-y");

        assertThat(CliRun.ok(folder, "config", "query", "-d", "sim:card.sim").out()).containsPattern("LINK_TYPE_P1 +VPI\\(3\\) +ETH\\(2\\)");
    }

    @Test
    void aFlashFileHasNoFirmwareToAsk() {
        CliRun.ok(folder, "read", "-d", "sim:card.sim", "--flash", "flash.bin");

        CliRun run = CliRun.in(folder, "config", "query", "-d", "file:flash.bin");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("no firmware");
    }
}
