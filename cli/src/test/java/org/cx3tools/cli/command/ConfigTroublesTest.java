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
import org.junit.jupiter.params.provider.ValueSource;

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
        if (!fault.startsWith("lock-held")) {
            assertThat(locksHeld()).isZero();
        }
        CliRun.ok(folder, "sim", "fault", "card.sim", "none");
        CliRun.ok(folder, "sim", "power-cycle", "card.sim");
        assertThat(locksHeld()).isZero();
        assertThat(CliRun.ok(folder, "config", "query", "-d", DEVICE, "SRIOV_EN", "LINK_TYPE_P1").out())
            .containsPattern("SRIOV_EN +True\\(1\\) +False\\(0\\)").containsPattern("LINK_TYPE_P1 +VPI\\(3\\) +ETH\\(2\\)");
    }

    private long locksHeld() throws Exception {
        return VirtualCard.state(folder.resolve("card.sim")).semaphoresHeld() & ~ORDERING;
    }

    /** A refused write names record, status and way out; nothing is changed, no lock stays, no power cycle is needed. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0x1  | try again in a moment           | Device is busy
        0x2  | burn newer firmware             | Version not supported
        0x3  | burn newer firmware             | Unknown TLV
        0x4  | burn firmware 2.31.5000         | Register not supported
        0x6  | config reset -d DEVICE          | Method not supported
        0x7  | choose another value            | Bad parameter
        0x8  | config reset -d DEVICE --erase  | Resource unavailable
        0x20 | config reset -d DEVICE --erase  | The configuration is rejected
        0x21 | config reset -d DEVICE --erase  | The erase count exceeds its limit
        0x22 | config reset -d DEVICE --erase  | Config Section Corrupted
        0x24 | burn newer firmware             | The given Register length is too small for the Tlv
        0x70 | config reset -d DEVICE --erase  | Firmware internal error
        """)
    void eachRefusedWriteHasItsPlaceAndItsWayOut(String status, String wayOut, String vendorsWords) throws Exception {
        refuseTheWrite(status);
        CliRun run = CliRun.in(folder, "config", "set", "-d", DEVICE, "NUM_OF_VFS=3", "-y");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("record 0x11/0 was not written: ", "status " + status, "nothing was written; not written: NUM_OF_VFS",
            wayOut, "then repeat the command");
        assertThat(locksHeld()).isZero();

        refuseTheWrite(status);
        CliRun vendors = CliRun.in(folder, "mlxconfig", "-d", DEVICE, "-y", "set", "NUM_OF_VFS=3");
        assertThat(vendors.code()).isEqualTo(3);
        assertThat(vendors.out()).endsWith("Applying... Failed!\n-E- Failed to set configuration: failed to set SRIOV params: "
            + vendorsWords + "\n");
        assertThat(vendors.err()).contains("status " + status);
        assertThat(locksHeld()).isZero();
        assertThat(CliRun.ok(folder, "config", "query", "-d", DEVICE, "NUM_OF_VFS").out()).containsPattern("NUM_OF_VFS +16 +16\n");
    }

    /** Accesses 1 and 2 read the record and its partner in the rule about memory, 3 reads it again, 4 writes. */
    private void refuseTheWrite(String status) {
        CliRun.ok(folder, "sim", "fault", "card.sim", "nv-status", "--value", status, "--at", "4", "--count", "1");
    }

    /** 0x22 of reading alone: a reset drops what cannot be read. */
    @Test
    void settingsThatCannotBeReadAreDroppedAllTheSame() {
        CliRun.ok(folder, "sim", "fault", "card.sim", "nv-status", "--value", "0x22", "--count", "1");
        CliRun run = CliRun.ok(folder, "config", "reset", "-d", DEVICE, "-y");
        assertThat(run.err()).contains("what is stored cannot be read: ", "status 0x22");
        assertThat(run.out()).contains("all records are dropped");
        assertThat(CliRun.ok(folder, "config", "query", "-d", DEVICE, "SRIOV_EN").out()).containsPattern("SRIOV_EN +True\\(1\\) +True\\(1\\)");
    }

    /** Busy is not corrupt: it goes away. */
    @Test
    void settingsThatCannotBeReadNowAreNotDropped() {
        CliRun.ok(folder, "sim", "fault", "card.sim", "nv-status", "--value", "0x1", "--count", "1");
        CliRun run = CliRun.in(folder, "config", "reset", "-d", DEVICE, "-y");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("status 0x1", "try again in a moment");
        assertThat(CliRun.ok(folder, "config", "query", "-d", DEVICE, "SRIOV_EN").out()).containsPattern("SRIOV_EN +True\\(1\\) +False\\(0\\)");
    }

    @Test
    void thePlanOfAResetTellsWhatItDropsAlsoWhenNobodyCanReadIt() {
        assertThat(CliRun.ok(folder, "config", "reset", "-d", DEVICE, "--plan", "--json").out()).contains("\"SRIOV_EN\"",
            "\"dropsAllRecords\" : true", "\"unreadable\" : \"\"", "\"written\" : false");
        CliRun.ok(folder, "sim", "fault", "card.sim", "nv-status", "--value", "0x22");
        CliRun run = CliRun.ok(folder, "config", "reset", "-d", DEVICE, "--plan", "--json");
        assertThat(run.out()).contains("\"dropsAllRecords\" : true", "\"unreadable\" : \"", "status 0x22");
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
        assertThat(plan.out()).contains("Failsafe:           yes", "erasing the settings of the firmware")
            .doesNotContain("GUIDs", "Boot ROM", " -> ");
        CliRun erased = CliRun.ok(folder, "config", "reset", "-d", DEVICE, "--erase", "-y");
        assertThat(erased.out()).contains("Backup of what was there before: ", "Done. The settings are erased; their defaults count"
            + " after a reset (cx3 reset -d " + DEVICE + ")");

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
    void theSettingsOfASmallChipWithLargeSectorsAreErased() {
        CliRun.ok(folder, "sim", "create", "large.sim", "--chip", "M25P16");
        CliRun.ok(folder, "config", "set", "-d", "sim:large.sim", "SRIOV_EN=0", "-y");
        CliRun.ok(folder, "config", "reset", "-d", "sim:large.sim", "--erase", "-y");
        assertThat(CliRun.ok(folder, "config", "query", "-d", "sim:large.sim", "SRIOV_EN").out())
            .containsPattern("SRIOV_EN +True\\(1\\) +True\\(1\\)");
        CliRun.ok(folder, "verify", "-d", "sim:large.sim");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config query -d CARD SRIOV_EN", "config backup -d CARD settings.json --force",
        "config show -d CARD", "config set -d CARD NUM_OF_VFS=3 --plan", "config reset -d CARD --plan",
        "mlxconfig -d CARD query SRIOV_EN"})
    void anOldLayoutOfDefaultsIsTold(String command) {
        CliRun.ok(folder, "sim", "fault", "card.sim", "old-payload");
        CliRun run = CliRun.ok(folder, command.replace("CARD", DEVICE).split(" "));
        assertThat(run.err()).contains("payload version 0", "the known layout is version 1", "set what matters by name");
        assertThat(run.out()).doesNotContain("payload");
    }

    @Test
    void anOldLayoutOfDefaultsIsToldBeforeARestoreToo() {
        CliRun.ok(folder, "config", "backup", "-d", DEVICE, "settings.json");
        CliRun.ok(folder, "sim", "fault", "card.sim", "old-payload");
        assertThat(CliRun.ok(folder, "config", "restore", "-d", DEVICE, "settings.json", "-y").err()).contains("payload version 0");
        assertThat(CliRun.ok(folder, "config", "diff", "-d", DEVICE, "settings.json").err()).contains("payload version 0");
        assertThat(CliRun.ok(folder, "config", "query", "-d", DEVICE, "SRIOV_EN").out()).containsPattern("SRIOV_EN +True\\(1\\) +False\\(0\\)");
    }

    @Test
    void erasingGoesWithAResetOfAllOnly() {
        assertThat(CliRun.in(folder, "config", "query", "-d", DEVICE, "--erase").code()).isEqualTo(2);
        assertThat(CliRun.in(folder, "config", "reset", "-d", DEVICE, "SRIOV_EN", "--erase").code()).isEqualTo(2);
        assertThat(CliRun.in(folder, "config", "reset", "-d", DEVICE, "--unbind-driver").code()).isEqualTo(2);
    }
}
