// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.cx3tools.cli.CliRun;
import org.cx3tools.device.VirtualCard;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be wrong with the command interface and the store of a card: what is told, and the way out. */
class ConfigTroublesTest {
    private static final String DEVICE = "sim:card.sim";
    /** Semaphore 32 orders reads behind writes and locks nothing. */
    private static final long ORDERING = 1L << 32;

    @TempDir
    private Path folder;

    @BeforeEach
    void aCardWithSettings() {
        CliRun.ok(folder, "sim", "create", "card.sim");
        CliRun.ok(folder, "config", "set", "-d", DEVICE, "SRIOV_EN=0", "LINK_TYPE_P1=ETH", "-y");
    }

    /** Each command fails in time with register or record, what was found, and what to do; afterwards all is well. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        lock-held --value 0xf03bc  | register 0xf03bc     | clear_semaphore
        stuck-hcr                  | register 0x80798     | reset the card
        hcr-status --value 1       | status 0x1           | try again in a moment
        hcr-status --value 2       | status 0x2           | burn firmware 2.31.5000 or later
        hcr-status --value 3       | status 0x3           | burn newer firmware
        hcr-status --value 4       | status 0x4           | load the driver
        hcr-status --value 9       | status 0x9           | reset the card
        nv-status --value 0x1      | TLV 0x11/0: status 0x1  | try again in a moment
        nv-status --value 0x20     | TLV 0x11/0: status 0x20 | config reset -d DEVICE --erase
        nv-status --value 0x22     | TLV 0x11/0: status 0x22 | config reset -d DEVICE --erase
        """)
    void eachTroubleHasItsPlaceAndItsWayOut(String fault, String where, String wayOut) throws Exception {
        CliRun.ok(folder, ("sim fault card.sim " + fault).split(" "));
        for (CliRun run : new CliRun[] {CliRun.in(folder, "config", "query", "-d", DEVICE),
            CliRun.in(folder, "config", "set", "-d", DEVICE, "NUM_OF_VFS=3", "-y")}) {
            assertThat(run.code()).as(run.toString()).isEqualTo(1);
            assertThat(run.err()).contains(where, wayOut);
        }
        CliRun.ok(folder, "sim", "fault", "card.sim", "none");
        CliRun.ok(folder, "sim", "power-cycle", "card.sim");
        assertThat(VirtualCard.state(folder.resolve("card.sim")).semaphoresHeld() & ~ORDERING).isZero();
        assertThat(CliRun.ok(folder, "config", "query", "-d", DEVICE, "SRIOV_EN", "LINK_TYPE_P1").out())
            .containsPattern("SRIOV_EN +True\\(1\\) +False\\(0\\)").containsPattern("LINK_TYPE_P1 +VPI\\(3\\) +ETH\\(2\\)");
    }

    /** 0x22 of reading alone: a reset drops what cannot be read. */
    @Test
    void settingsThatCannotBeReadAreDroppedAllTheSame() {
        CliRun.ok(folder, "sim", "fault", "card.sim", "nv-status", "--value", "0x22", "--count", "1");
        CliRun run = CliRun.ok(folder, "config", "reset", "-d", DEVICE, "-y");
        assertThat(run.err()).contains("what is stored cannot be read: ", "status 0x22");
        assertThat(CliRun.ok(folder, "config", "query", "-d", DEVICE, "SRIOV_EN").out()).containsPattern("SRIOV_EN +True\\(1\\) +True\\(1\\)");
    }

    /** 0x22 of everything: the store is erased behind the back of firmware, the image stays. */
    @Test
    void corruptSettingsAreErased() {
        CliRun.ok(folder, "read", "-d", DEVICE, "before.bin");
        CliRun.ok(folder, "sim", "fault", "card.sim", "nv-status", "--value", "0x22");
        CliRun refused = CliRun.in(folder, "config", "reset", "-d", DEVICE, "-y");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("MNVIA set: status 0x22", "config reset -d DEVICE --erase");
        CliRun plan = CliRun.ok(folder, "config", "reset", "-d", DEVICE, "--erase", "--plan");
        assertThat(plan.out()).contains("Failsafe:           yes", "erasing the settings of the firmware");
        CliRun erased = CliRun.ok(folder, "config", "reset", "-d", DEVICE, "--erase", "-y");
        assertThat(erased.out()).contains("Backup of what was there before: ");

        CliRun.ok(folder, "sim", "fault", "card.sim", "none");
        assertThat(CliRun.ok(folder, "config", "query", "-d", DEVICE, "SRIOV_EN", "LINK_TYPE_P1").out())
            .containsPattern("SRIOV_EN +True\\(1\\) +True\\(1\\)").containsPattern("LINK_TYPE_P1 +VPI\\(3\\) +VPI\\(3\\)");
        CliRun.ok(folder, "verify", "-d", DEVICE);
        assertThat(CliRun.in(folder, "diff", "before.bin", DEVICE).code()).isZero();
    }

    /** Whatever the cut leaves, no image is to be recovered, and the same command does it. */
    @Test
    void anInterruptedErasureIsDoneAgain() {
        CliRun.ok(folder, "read", "-d", DEVICE, "before.bin");
        CliRun.ok(folder, "sim", "fault", "card.sim", "power-cut-at-op", "--at", "1");
        assertThat(CliRun.in(folder, "config", "reset", "-d", DEVICE, "--erase", "-y").code()).isEqualTo(1);
        CliRun.ok(folder, "sim", "power-cycle", "card.sim");
        CliRun.ok(folder, "sim", "fault", "card.sim", "none");

        assertThat(CliRun.in(folder, "recover", "-d", DEVICE, "--plan").out()).doesNotContain("writing the new image");
        CliRun.ok(folder, "config", "reset", "-d", DEVICE, "--erase", "-y");
        assertThat(CliRun.ok(folder, "config", "query", "-d", DEVICE, "SRIOV_EN").out()).containsPattern("SRIOV_EN +True\\(1\\) +True\\(1\\)");
        assertThat(CliRun.in(folder, "diff", "before.bin", DEVICE).code()).isZero();
    }

    @Test
    void anOldLayoutOfDefaultsIsTold() {
        CliRun.ok(folder, "sim", "fault", "card.sim", "old-payload");
        CliRun run = CliRun.ok(folder, "config", "query", "-d", DEVICE, "SRIOV_EN");
        assertThat(run.err()).contains("payload version 0, known is 1", "burn newer firmware");
        assertThat(run.out()).containsPattern("SRIOV_EN +True\\(1\\) +False\\(0\\)");
    }

    @Test
    void erasingGoesWithAResetOfAllOnly() {
        assertThat(CliRun.in(folder, "config", "query", "-d", DEVICE, "--erase").code()).isEqualTo(2);
        assertThat(CliRun.in(folder, "config", "reset", "-d", DEVICE, "SRIOV_EN", "--erase").code()).isEqualTo(2);
        assertThat(CliRun.in(folder, "config", "reset", "-d", DEVICE, "--unbind-driver").code()).isEqualTo(2);
    }
}
