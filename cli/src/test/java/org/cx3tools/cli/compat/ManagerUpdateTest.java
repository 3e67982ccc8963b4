// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.xml.parsers.DocumentBuilderFactory;
import org.cx3tools.cli.CliRun;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticRelease;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** The update and the listings of {@code mlxfwmanager}. */
class ManagerUpdateTest {
    @TempDir
    private Path folder;

    /** A card with old firmware, a newer image for it, and one for another board. */
    @BeforeEach
    void anOldCardAndImages() throws Exception {
        CliRun.ok(folder, "sim", "create", "c.sim");
        CliRun.ok(folder, "read", "-d", "sim:c.sim", "new.bin");
        Files.write(folder.resolve("old.bin"), SyntheticRelease.image(CardModel.HP_764285_B21).bytes().toArray());
        CliRun.ok(folder, "burn", "-d", "sim:c.sim", "-i", "old.bin", "-y");
        CliRun.ok(folder, "reset", "-d", "sim:c.sim", "-y");
        CliRun.ok(folder, "set", "-i", "new.bin", "--new-psid", "OTHER_01", "-o", "other.bin");
        CliRun.ok(folder, "archive", "create", "boards.mfa", "other.bin", "new.bin");
    }

    @Test
    void aNewerImageOfAnArchiveIsOfferedAndBurntOnce() {
        CliRun query = CliRun.ok(folder, "mlxfwmanager", "-d", "sim:c.sim", "-i", "boards.mfa");
        assertThat(query.out()).contains("  Status:           Update required\n", "---------\nFound 1 device(s) requiring"
            + " firmware update. Please use -u flag to perform the update.\n");

        CliRun update = CliRun.ok(folder, "mlxfwmanager", "-d", "sim:c.sim", "-i", "boards.mfa", "-u", "-y", "-L", "log.txt");
        assertThat(update.out()).endsWith("""
            Found 1 device(s) requiring firmware update...

            Perform FW update? [y/N]: y
            Device #1: Updating FW ...     Done

            Restart needed for updates to take effect.
            """);
        assertThat(folder.resolve("log.txt")).content().contains("Updating sim:c.sim from boards.mfa", "Done");
        CliRun.ok(folder, "reset", "-d", "sim:c.sim", "-y");
        assertThat(CliRun.ok(folder, "mlxfwmanager", "-d", "sim:c.sim", "-i", "boards.mfa", "-u", "-y").out())
            .contains("Status:           Up to date", "All listed device(s) firmware images are up to date.")
            .doesNotContain("Perform FW update");
    }

    @Test
    void theAnswerNoChangesNothing() {
        for (CliRun run : new CliRun[] {
            CliRun.in(folder, "mlxfwmanager", "-d", "sim:c.sim", "-i", "new.bin", "-u", "--no"),
            CliRun.answering(folder, "n\n", "mlxfwmanager", "-d", "sim:c.sim", "-i", "new.bin", "-u")}) {
            assertThat(run.code()).isZero();
            assertThat(run.out()).endsWith("No updates performed\n");
        }
        assertThat(CliRun.ok(folder, "query", "-d", "sim:c.sim").out()).contains("2.36.5000");
    }

    @Test
    void forceBurnsWhatIsNotNewer() {
        CliRun run = CliRun.ok(folder, "mlxfwmanager", "-d", "sim:c.sim", "-i", "old.bin", "-u", "-f", "-y");
        assertThat(run.out()).contains("Forced update required", "Updating FW ...     Done");
    }

    @Test
    void withoutAnImageForTheCardOrWithSeveralNothingIsBurnt() throws Exception {
        CliRun none = CliRun.in(folder, "mlxfwmanager", "-d", "sim:c.sim", "-i", "other.bin", "-u", "-y");
        assertThat(none.code()).isEqualTo(9);
        assertThat(none.out()).contains("Could not find matching firmware images for 1 device(s).");

        CliRun several = CliRun.in(folder, "mlxfwmanager", "-d", "sim:c.sim", "-D", ".", "-u", "-y");
        assertThat(several.code()).isEqualTo(11);
        assertThat(several.out()).contains("Multiple image files found", "There are multiple image sources for device with"
            + " PSID=HP_1380110017 found in files:\n    ./boards.mfa\n    ./new.bin\n    ./old.bin\n");
        assertThat(CliRun.ok(folder, "query", "-d", "sim:c.sim").out()).contains("2.36.5000");
    }

    @Test
    void aFolderIsListedWithItsBoards() {
        CliRun list = CliRun.ok(folder, "mlxfwmanager", "-D", ".", "-l", "--archive-names");
        assertThat(list.out()).contains("Supported Boards in File: ./boards.mfa", "-".repeat(110),
            "764285-B21_Ax            OTHER_01          FW 2.42.5700", "N/A                      HP_1380110017     FW 2.36.5000",
            "UEFI 14.11.0045");
    }

    @Test
    void theQueryCanGoToAFile() {
        CliRun run = CliRun.ok(folder, "mlxfwmanager", "-d", "sim:c.sim", "--query-format", "XML", "-o", "q.xml");
        assertThat(run.out()).isEmpty();
        assertThat(folder.resolve("q.xml")).content().startsWith("<Devices>").endsWith("</Devices>\n");
    }

    @Test
    void aCardThatCannotBeOpenedIsCounted() {
        CliRun run = CliRun.in(folder, "mlxfwmanager", "-d", "sim:none.sim;sim:c.sim", "-i", "new.bin", "-u", "-y");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("Failed to open device", "Device #2: Updating FW ...     Done");
    }

    @Test
    void anErrorIsToldBesideACardThatNeedsAnUpdate() {
        CliRun run = CliRun.in(folder, "mlxfwmanager", "-d", "sim:none.sim;sim:c.sim", "-i", "new.bin");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("Found 1 device(s) requiring firmware update. Please use -u",
            "-E- One or more errors were encountered.\n");
    }

    @Test
    void aFailureNamesTheDeviceOnce() {
        String line = CliRun.in(folder, "mlxfwmanager", "-d", "sim:none.sim").out().lines()
            .filter(text -> text.startsWith("-E- sim:")).findFirst().orElseThrow();
        assertThat(line).startsWith("-E- sim:none.sim: no such device");
    }

    @Test
    void anUpdateWithXmlPrintsNothingElseOnTheOutput() throws Exception {
        CliRun run = CliRun.answering(folder, "y\n", "mlxfwmanager", "-d", "sim:c.sim", "-i", "new.bin", "-u", "--query-xml");
        assertThat(run.code()).isZero();
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(run.out())));
        assertThat(run.err()).contains("Perform FW update? [y/N]: ", "Updating FW ...     Done");

        CliRun file = CliRun.ok(folder, "mlxfwmanager", "-d", "sim:c.sim", "-i", "new.bin", "-u", "-f", "-y", "--query-xml",
            "-o", "q.xml");
        assertThat(file.out()).contains("Updating FW ...     Done");
        assertThat(folder.resolve("q.xml")).content().endsWith("</Devices>\n");
    }

    @Test
    void aDamagedFileIsAParseError() throws Exception {
        byte[] image = Files.readAllBytes(folder.resolve("new.bin"));
        Files.write(folder.resolve("cut.bin"), Arrays.copyOf(image, image.length / 3));
        image[image.length / 2] ^= 1;
        Files.write(folder.resolve("flipped.bin"), image);
        byte[] archive = Files.readAllBytes(folder.resolve("boards.mfa"));
        archive[archive.length / 2] ^= 1;
        Files.write(folder.resolve("flipped.mfa"), archive);
        Files.createFile(folder.resolve("empty.bin"));
        for (String name : new String[] {"cut.bin", "flipped.bin", "flipped.mfa", "empty.bin", "c.sim"}) {
            for (String command : new String[] {"-d sim:c.sim -u -y", "-d sim:c.sim", "-l"}) {
                CliRun run = CliRun.in(folder, ("mlxfwmanager -i " + name + " " + command).split(" "));
                assertThat(run.code()).as(name + ": " + run).isEqualTo(17);
                assertThat(run.out()).as(name).startsWith("-E- " + name + " is damaged, or no firmware image: ")
                    .contains("expected ", "found ", "get a good copy of it");
            }
        }
    }

    @Test
    void whatAFolderHoldsAndIsNotUsedIsTold() throws Exception {
        Files.createSymbolicLink(folder.resolve("link.bin"), folder.resolve("new.bin"));
        byte[] image = Files.readAllBytes(folder.resolve("new.bin"));
        image[image.length / 2] ^= 1;
        Files.write(folder.resolve("flipped.bin"), image);
        CliRun list = CliRun.ok(folder, "mlxfwmanager", "-D", ".", "-l", "--archive-names");
        assertThat(list.err()).contains("cx3: warning: ./flipped.bin is passed over: ",
            "cx3: warning: ./link.bin is passed over: it is a symbolic link, which is not followed in a folder\n");
        assertThat(list.out()).doesNotContain("flipped.bin", "link.bin");
    }

    @Test
    void flagsThatMakeNoSenseAreRefused() {
        for (String line : new String[] {"-u", "-l", "-f", "-y", "-i a -D b", "-u -i new.bin -y --no", "--archive-names",
            "-i nowhere.bin -d sim:c.sim", "-i . -d sim:c.sim", "-D new.bin -d sim:c.sim", "--online", "-L x", "-d"}) {
            CliRun run = CliRun.in(folder, ("mlxfwmanager " + line).split(" "));
            assertThat(run.code()).as(line).isEqualTo(3);
            assertThat(run.out()).as(line).startsWith("-E- ");
        }
    }
}
