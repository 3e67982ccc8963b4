// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.cx3tools.binary.Bytes;
import org.cx3tools.cli.CliRun;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageEditor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Passport of the expected lines: mstflint 4.21.0 of Debian made the same changes on copies of the same virtual card, reached
 * over config space through an interposer that is not part of the project; its lines but for percentages, and the image
 * that {@code ri} read afterwards, were the same.
 */
class FlintEditTest {
    private static final String CARD = "sim:card.sim";
    private static final String TABLE = """
            You are about to change the Guids/Macs/Uids on the %s:

                                New Values              Current Values
                Node  GUID:     0002c90300123450        24be05ffffc557c0
                Port1 GUID:     0002c90300123451        24be05ffffc557c1
                Port2 GUID:     0002c90300123452        24be05ffffc557c2
                Sys.Image GUID: 0002c90300123453        24be05ffffc557c3
                Port1 MAC:          24be05c557c1            24be05c557c1
                Port2 MAC:          24be05c557c2            24be05c557c2
        """;
    private static final String PXE = "type=PXE version=3.4.752 proto=VPI cpu=AMD64\n";
    private static final String UEFI = "type=UEFI version=14.11.45 proto=VPI cpu=AMD64\n";

    @TempDir
    private Path folder;

    @BeforeEach
    void aCard() {
        CliRun.ok(folder, "sim", "create", "card.sim");
    }

    private static String table(String target) {
        return TABLE.formatted(target) + "\n Do you want to continue ? (y/n) [n] : ";
    }

    private CliRun onCard(String... words) {
        return flint("-d", CARD, words);
    }

    private CliRun onFile(String... words) {
        return flint("-i", "image.bin", words);
    }

    private CliRun flint(String option, String target, String... words) {
        String[] line = new String[words.length + 3];
        line[0] = "flint";
        line[1] = option;
        line[2] = target;
        System.arraycopy(words, 0, line, 3, words.length);
        return CliRun.in(folder, line);
    }

    private byte[] image() throws Exception {
        CliRun.ok(folder, "flint", "-d", CARD, "ri", "read.bin");
        return Files.readAllBytes(folder.resolve("read.bin"));
    }

    /** 0xf0380 orders reads behind writes and locks nothing. */
    private void goodWithoutLocks() {
        assertThat(CliRun.ok(folder, "verify", "-d", CARD).out()).endsWith("good\n");
        assertThat(CliRun.ok(folder, "sim", "info", "card.sim").out()).containsPattern("Semaphores held: +(none|0xf0380)\n");
    }

    @Test
    void guidsAreSetOnACard() {
        CliRun run = onCard("-guid", "0x2c90300123450", "-y", "sg");
        assertThat(run.out()).isEqualTo("-W- GUIDs are already set, re-burning image with the new GUIDs ...\n"
            + table("device") + "y\nBurning FS2 FW image without signatures - OK  \n"
            + "Restoring signature                     - OK\n");
        assertThat(run.code()).isZero();
        assertThat(onCard("query").out()).contains("0002c90300123450 0002c90300123451", "24be05c557c1", PXE);
        goodWithoutLocks();
    }

    @Test
    void decliningChangesNothing() throws Exception {
        byte[] before = Files.readAllBytes(folder.resolve("card.sim"));
        CliRun no = onCard("-guid", "0x2c90300123450", "--no", "sg");
        assertThat(no.out()).endsWith(table("device") + "n\n");
        assertThat(no.code()).isEqualTo(1);
        CliRun silent = CliRun.answering(folder, "\n", "flint", "-d", CARD, "-guid", "0x2c90300123450", "sg");
        assertThat(silent.out()).endsWith(table("device") + "-E- Aborted by user\n");
        assertThat(silent.code()).isEqualTo(1);
        assertThat(onCard("query").out()).contains("24be05ffffc557c0");
        assertThat(Files.readAllBytes(folder.resolve("card.sim"))).hasSameSizeAs(before);
    }

    @Test
    void theVendorTextIsSetOnACard() {
        CliRun run = onCard("-vsd", "rack 7", "sv");
        assertThat(run.out()).isEqualTo("Setting the VSD      - OK  \nRestoring signature  - OK\n");
        assertThat(onCard("query").out()).contains("VSD:                   rack 7\n", PXE);
        goodWithoutLocks();
    }

    @Test
    void aRomIsTakenOutOfACardAndPutBack() throws Exception {
        byte[] before = image();
        CliRun.ok(folder, "flint", "-d", CARD, "rrom", "rom.bin");
        CliRun.ok(folder, "flint", "-d", CARD, "drom");
        CliRun run = onCard("-log", "log.txt", "brom", "rom.bin");
        assertThat(run.out()).isEqualTo("\n    Current ROM info on flash: N/A\n    New ROM info:              " + PXE
            + " ".repeat(31) + UEFI + "\n-I- Preparing to burn ROM ...\nBurning ROM image    - OK  \n"
            + "Restoring signature  - OK\n\n");
        assertThat(run.code()).isZero();
        assertThat(image()).isEqualTo(before);
        assertThat(Files.readString(folder.resolve("log.txt"))).contains("Start ROM burning: ",
            "Current ROM version on flash: N/A, New ROM version(1st ROM of 2): 3.4.752\n", "Burn completed successfully\n");
        assertThat(onCard("brom", "rom.bin").out()).startsWith("\n    Current ROM info on flash: " + PXE
            + " ".repeat(31) + UEFI + "    New ROM info:              " + PXE);
        goodWithoutLocks();
    }

    @Test
    void aRomForAnotherDeviceIsAskedFor() throws Exception {
        CliRun.ok(folder, "sim", "create", "other.sim", "--model", "mcx311a-xcat");
        CliRun.ok(folder, "flint", "-d", "sim:other.sim", "rrom", "rom.bin");
        CliRun run = onCard("--no", "brom", "rom.bin");
        assertThat(run.out()).isEqualTo("-W- Image file ROM: FW is for device 4103, but Exp-ROM is for device 4099\n"
            + "\n Do you want to continue ? (y/n) [n] : n\n");
        assertThat(run.code()).isEqualTo(1);
        assertThat(onCard("-y", "brom", "rom.bin").code()).isZero();
    }

    @Test
    void whatIsNoRomLeavesTheCardAsItIs() throws Exception {
        byte[] before = image();
        Files.write(folder.resolve("empty.bin"), new byte[0]);
        Files.write(folder.resolve("zero.bin"), new byte[4096]);
        Files.write(folder.resolve("odd.bin"), new byte[1023]);
        Files.write(folder.resolve("fw.bin"), before);
        byte[] huge = new byte[0x100000];
        huge[0] = 0x55;
        huge[1] = (byte) 0xaa;
        Files.write(folder.resolve("huge.bin"), huge);
        String[][] cases = {{"empty.bin", "no PCI expansion ROM"}, {"zero.bin", "no PCI expansion ROM"},
            {"odd.bin", "4-bytes aligned"}, {"fw.bin", "received Mellanox FW image."},
            {"huge.bin", "is greater than max failsafe image size (0xf0000 - half of total flash size)"},
            {"none.bin", "Can not open file \"none.bin\" - No such file or directory"}};
        for (String[] one : cases) {
            CliRun run = onCard("-y", "brom", one[0]);
            assertThat(run.code()).as(one[0]).isEqualTo(1);
            assertThat(run.out()).contains("-E- Burn ROM failed: ", one[1]);
        }
        assertThat(image()).isEqualTo(before);
        goodWithoutLocks();
    }

    @Test
    void fileAndCardGetTheSameImage() throws Exception {
        CliRun.ok(folder, "flint", "-d", CARD, "rrom", "rom.bin");
        CliRun.ok(folder, "flint", "-d", CARD, "ri", "image.bin");
        String[][] edits = {{"drom"}, {"brom", "rom.bin"}, {"-mac", "2c9000001", "-y", "sg"}, {"-vsd", "both", "sv"}};
        for (String[] edit : edits) {
            assertThat(onCard(edit).code()).as(Arrays.toString(edit)).isZero();
            assertThat(onFile(edit).code()).as(Arrays.toString(edit)).isZero();
            assertThat(image()).as(Arrays.toString(edit)).isEqualTo(Files.readAllBytes(folder.resolve("image.bin")));
        }
    }

    @Test
    void aDumpKeepsItsOtherSlotAndItsSettings() throws Exception {
        CliRun.ok(folder, "flint", "-d", CARD, "-vsd", "now in slot 1", "sv");
        CliRun.ok(folder, "read", "-d", CARD, "--flash", "image.bin");
        byte[] before = Files.readAllBytes(folder.resolve("image.bin"));
        CliRun run = onFile("-striped_image", "-mac", "2c9000001", "-y", "sg");
        assertThat(run.out()).endsWith("Restoring signature                     - OK\n");
        byte[] after = Files.readAllBytes(folder.resolve("image.bin"));
        for (int chunk = 0; chunk < before.length; chunk += 2 * 0x80000) {
            assertThat(Arrays.equals(before, chunk, chunk + 0x80000, after, chunk, chunk + 0x80000)).isTrue();
        }
        assertThat(onFile("-striped_image", "query").out()).contains("0002c9000001", "VSD:                   now in slot 1");
        CliRun rom = onFile("-striped_image", "drom");
        assertThat(rom.code()).isEqualTo(1);
        assertThat(rom.out()).contains("-d file:image.bin");
        assertThat(Files.readAllBytes(folder.resolve("image.bin"))).isEqualTo(after);
        assertThat(CliRun.in(folder, "flint", "-d", "file:image.bin", "drom").code()).isZero();
    }

    @Test
    void aFileKeepsItsRightsAndALinkStaysOne() throws Exception {
        CliRun.ok(folder, "flint", "-d", CARD, "ri", "real.bin");
        Path real = folder.resolve("real.bin");
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r-----"));
        Files.createSymbolicLink(folder.resolve("image.bin"), Path.of("real.bin"));
        assertThat(onFile("-vsd", "x", "sv").out()).isEqualTo("Restoring signature  - OK\n");
        assertThat(Files.isSymbolicLink(folder.resolve("image.bin"))).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real))).isEqualTo("rw-r-----");
        assertThat(CliRun.ok(folder, "flint", "-i", "real.bin", "query").out()).contains("VSD:                   x\n");
    }

    @Test
    void aFileWithBlankGuidsGetsThem() throws Exception {
        CliRun.ok(folder, "flint", "-d", CARD, "ri", "image.bin");
        byte[] wanted = Files.readAllBytes(folder.resolve("image.bin"));
        Files.write(folder.resolve("image.bin"), ImageEditor.withBlankGuids(
            Fs2Image.parse(Bytes.of(wanted))).bytes().toArray());
        assertThat(onFile("query").out()).contains("-W- GUIDs/MACs values and their CRC are not set.");
        assertThat(onFile("-guid", "24be05ffffc557c0", "-y", "sg").code()).isZero();
        assertThat(Files.readAllBytes(folder.resolve("image.bin"))).isEqualTo(wanted);
    }

    @Test
    void aWrongFullCrcIsNotMadeGood() throws Exception {
        CliRun.ok(folder, "flint", "-d", CARD, "ri", "image.bin");
        byte[] bad = Files.readAllBytes(folder.resolve("image.bin"));
        bad[0x22] ^= 1;
        Files.write(folder.resolve("image.bin"), bad);
        for (String[] edit : new String[][] {{"-vsd", "x", "sv"}, {"-mac", "5", "-y", "sg"}, {"drom"}}) {
            CliRun run = onFile(edit);
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out()).contains("The image is damaged: 0x22 full CRC");
        }
        assertThat(Files.readAllBytes(folder.resolve("image.bin"))).isEqualTo(bad);
    }

    @Test
    void aBlankFlashHasNothingToChange() {
        CliRun.ok(folder, "sim", "create", "blank.sim", "--blank");
        String blank = "sim:blank.sim";
        assertThat(flint("-d", blank, "-guid", "1", "sg").out()).isEqualTo("-E- Cannot set GUIDs: No valid image found\n");
        assertThat(flint("-d", blank, "-vsd", "1", "sv").out()).isEqualTo("-E- Failed to set the VSD: No valid image found\n");
        assertThat(flint("-d", blank, "drom").out()).endsWith("-E- Remove ROM failed: No valid image found\n");
    }
}
