// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.cx3tools.cli.CliRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Passport of the expected lines: mstflint 4.21.0 of Debian did the same burns on copies of the same virtual card, reached
 * over BAR0 through an interposer that is not part of the project; its lines, and what {@code query full} showed
 * afterwards, were the same.
 */
class FlintBurnTest {
    private static final String CARD = "sim:card.sim";

    @TempDir
    private Path folder;

    @BeforeEach
    void aCardAndItsImageWithoutRom() {
        CliRun.ok(folder, "sim", "create", "card.sim");
        CliRun.ok(folder, "sim", "create", "other.sim");
        CliRun.ok(folder, "flint", "-d", "sim:other.sim", "-y", "drom");
        CliRun.ok(folder, "flint", "-d", "sim:other.sim", "ri", "image.bin");
    }

    @Test
    void guidsCountUpFromTheBaseAndTheTableShowsOldAndNew() {
        String out = CliRun.ok(folder, "flint", "-d", CARD, "-i", "image.bin", "-guid", "0x0002c90300123450", "-y", "burn")
            .out();
        assertThat(out).contains(
            "    You are about to change the Guids/Macs/Uids on the device:\n",
            "                        New Values              Current Values\n",
            "        Node  GUID:     0002c90300123450        24be05ffffc557c0\n",
            "        Port1 GUID:     0002c90300123451        24be05ffffc557c1\n",
            "        Sys.Image GUID: 0002c90300123453        24be05ffffc557c3\n",
            "        Port1 MAC:          24be05c557c1            24be05c557c1\n");
        assertThat(query()).contains("0002c90300123450 0002c90300123451 0002c90300123452 0002c90300123453",
            "24be05c557c1     24be05c557c2", "type=PXE");
    }

    @Test
    void macsCountUpFromTheBaseAndGuidsAreKept() {
        CliRun.ok(folder, "flint", "-d", CARD, "-i", "image.bin", "-mac", "0002c9123450", "-y", "burn");
        assertThat(query()).contains("0002c9123450     0002c9123451", "24be05ffffc557c0");
    }

    @Test
    void allIdentitiesCanBeGiven() {
        CliRun.ok(folder, "flint", "-d", CARD, "-i", "image.bin", "-guids", "1", "2", "3", "4", "-macs", "5", "6", "-y", "burn");
        assertThat(query()).contains("0000000000000001 0000000000000002 0000000000000003 0000000000000004",
            "000000000005     000000000006");
    }

    @Test
    void aVendorTextIsWritten() {
        CliRun.ok(folder, "flint", "-d", CARD, "-i", "image.bin", "-vsd", "rack 7", "-y", "burn");
        assertThat(query()).contains("VSD:                   rack 7\n");
    }

    @Test
    void theRomOfTheCardIsKeptUnlessTheImageDecides() {
        String kept = CliRun.ok(folder, "flint", "-d", CARD, "-i", "image.bin", "-y", "burn").out();
        assertThat(kept).doesNotContain("Skipping ROM");
        assertThat(query()).contains("type=PXE");
        String dropped = CliRun.ok(folder, "flint", "-d", CARD, "-i", "image.bin", "-use_image_rom", "-y", "burn").out();
        assertThat(dropped).doesNotContain("Skipping ROM");
        assertThat(query()).doesNotContain("type=PXE");
        assertThat(CliRun.ok(folder, "flint", "-d", CARD, "-i", "image.bin", "-y", "burn").out())
            .contains("-W- Skipping ROM section handling (ROM section is empty)\n");
    }

    @Test
    void aRemovedRomEndsWithTheLineOfTheSignature() {
        assertThat(CliRun.ok(folder, "flint", "-d", CARD, "-y", "drom").out())
            .isEqualTo("\n-I- Preparing to remove ROM ...\nRemoving ROM image    - OK  \nRestoring signature  - OK\n");
        CliRun again = CliRun.in(folder, "flint", "-d", CARD, "-y", "drom");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.out()).contains("-E- Remove ROM failed: The FW does not contain a ROM section.");
    }

    @Test
    void decliningTheVersionEndsWithSeven() {
        CliRun run = CliRun.in(folder, "flint", "-d", CARD, "-i", "image.bin", "--no", "burn");
        assertThat(run.code()).isEqualTo(7);
        assertThat(query()).contains("type=PXE");
    }

    private String query() {
        return CliRun.ok(folder, "flint", "-d", CARD, "query", "full").out();
    }
}
