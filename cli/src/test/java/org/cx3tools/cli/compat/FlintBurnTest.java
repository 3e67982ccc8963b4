// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.cx3tools.binary.Bytes;
import org.cx3tools.cli.CliRun;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageEditor;
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
    void aSilentBurnShowsItsQuestionsOnly() {
        String out = CliRun.ok(folder, "flint", "-d", CARD, "-i", "image.bin", "-s", "-y", "burn").out();
        assertThat(out).contains("New FW version:").endsWith(" Do you want to continue ? (y/n) [n] : y\n\n");
    }

    @Test
    void aBlankLineFollowsTheVersionsAndComesBeforeTheNextQuestion() throws Exception {
        Files.write(folder.resolve("other.bin"), ImageEditor.withPsid(Fs2Image.parse(Bytes.of(
            Files.readAllBytes(folder.resolve("image.bin")))), "HP_OTHER").bytes().toArray());
        String out = CliRun.ok(folder, "flint", "-d", CARD, "-i", "other.bin", "-allow_psid_change", "-y", "burn").out();
        assertThat(out).contains(" Do you want to continue ? (y/n) [n] : y\n\n\n"
            + "    You are about to replace current PSID on flash - \"HP_1380110017\" with a different PSID - \"HP_OTHER\".\n"
            + "    Note: It is highly recommended not to change the PSID.\n\n"
            + " Do you want to continue ? (y/n) [n] : y\nBurning FS2 FW image without signatures - OK  \n");
    }

    @Test
    void aBlankFlashHasNoCurrentValues() {
        CliRun.ok(folder, "sim", "create", "blank.sim", "--blank");
        String out = CliRun.ok(folder, "flint", "-d", "sim:blank.sim", "-i", "image.bin", "-nofs", "-guid", "1", "-mac", "2",
            "-y", "burn").out();
        assertThat(out).contains("        Node  GUID:     0000000000000001              N/A\n",
            "        Port2 MAC:          000000000003              N/A\n\n Do you want to continue ? (y/n) [n] : y\n\n"
            + "-W- Can not extract VSD/PSID info from flash.\n\n");
    }

    @Test
    void whatIsNoImageIsCalledAsStockCallsIt() throws Exception {
        Files.write(folder.resolve("zero.bin"), new byte[4096]);
        assertThat(CliRun.in(folder, "flint", "-d", CARD, "-i", "zero.bin", "burn").out())
            .isEqualTo("-E- Failed to query image: zero.bin. No valid image found\n");
        byte[] bad = Files.readAllBytes(folder.resolve("image.bin"));
        bad[0x3000] ^= 1;
        Files.write(folder.resolve("bad.bin"), bad);
        assertThat(CliRun.in(folder, "flint", "-d", CARD, "-i", "bad.bin", "burn").out())
            .isEqualTo("-E- Failed to query image: bad.bin. Bad CRC.\n");
    }

    @Test
    void aUidIsForNewerCards() {
        assertThat(CliRun.in(folder, "flint", "-d", CARD, "-i", "image.bin", "-uid", "5", "burn").out())
            .isEqualTo("-E- -uid flag is applicable only for FS3/FS4 FW Only.\n");
        assertThat(CliRun.in(folder, "flint", "-d", CARD, "-i", "image.bin", "-mac", "1", "-uid", "5", "burn").out())
            .isEqualTo("-E- For burn command, Please specify either MACs / UID (using command line flags -mac(s) / -uid ).\n");
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
