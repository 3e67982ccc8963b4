// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.cx3tools.cli.CliRun;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.device.VirtualCard;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticRelease;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdateCommandTest {
    @TempDir
    private Path folder;

    /** A card with old firmware, and a folder with a newer image for it, one of another board, and other things. */
    @BeforeEach
    void anOldCardAndAFolder() throws Exception {
        CliRun.ok(folder, "sim", "create", "c.sim");
        Files.createDirectory(folder.resolve("images"));
        CliRun.ok(folder, "read", "-d", "sim:c.sim", "images/new.bin");
        Files.write(folder.resolve("old.bin"), SyntheticRelease.image(CardModel.HP_764285_B21).bytes().toArray());
        CliRun.ok(folder, "burn", "-d", "sim:c.sim", "-i", "old.bin", "-y");
        CliRun.ok(folder, "reset", "-d", "sim:c.sim", "-y");
        CliRun.ok(folder, "set", "-i", "images/new.bin", "--new-psid", "OTHER_01", "-o", "images/other.bin");
        Files.writeString(folder.resolve("images/notes.txt"), "no image");
    }

    private long written() throws Exception {
        return VirtualCard.state(folder.resolve("c.sim")).traffic().programs();
    }

    @Test
    void theCardGetsTheNewerImageWithItsPsidOnce() throws Exception {
        CliRun run = CliRun.ok(folder, "update", "-d", "sim:c.sim", "-i", "images", "-y");
        assertThat(run.out()).startsWith("sim:c.sim: HP_1380110017, firmware 2.36.5000, available 2.42.5700: Update required"
            + " (images/new.bin)\n\nUpdating sim:c.sim\n").contains("Backup of what was there before: ",
            "Done. Firmware 2.42.5700 is in slot", "cx3 reset -d sim:c.sim");
        CliRun.ok(folder, "reset", "-d", "sim:c.sim", "-y");
        long before = written();
        assertThat(CliRun.ok(folder, "update", "-d", "sim:c.sim", "-i", "images", "-y").out())
            .isEqualTo("sim:c.sim: HP_1380110017, firmware 2.42.5700, available 2.42.5700: Up to date (images/new.bin)\n");
        assertThat(written()).isEqualTo(before);
    }

    @Test
    void aPlanChangesNothing() throws Exception {
        long before = written();
        assertThat(CliRun.ok(folder, "update", "-d", "sim:c.sim", "-i", "images", "--plan").out())
            .contains("Update required", "2.42.5700");
        assertThat(written()).isEqualTo(before);
        assertThat(CliRun.ok(folder, "update", "-d", "sim:c.sim", "-i", "images", "--plan", "--json").out())
            .contains("\"status\" : \"Update required\"", "\"burnt\" : false", "\"available\" : \"2.42.5700\"");
    }

    @Test
    void withoutConsentNothingIsWritten() throws Exception {
        long before = written();
        assertThat(CliRun.answering(folder, "n\n", "update", "-d", "sim:c.sim", "-i", "images").code()).isNotZero();
        assertThat(CliRun.in(folder, "update", "-d", "sim:c.sim", "-i", "images").code()).isNotZero();
        assertThat(written()).isEqualTo(before);
    }

    @Test
    void forceBurnsWhatIsNotNewer() {
        assertThat(CliRun.ok(folder, "update", "-d", "sim:c.sim", "-i", "old.bin", "-y").out()).endsWith("Up to date (old.bin)\n");
        assertThat(CliRun.ok(folder, "update", "-d", "sim:c.sim", "-i", "old.bin", "-f", "-y").out())
            .contains("Forced update required", "Done. Firmware 2.36.5000");
    }

    @Test
    void noneOrSeveralImagesAreNoUpdate() throws Exception {
        long before = written();
        CliRun none = CliRun.in(folder, "update", "-d", "sim:c.sim", "-i", "images/other.bin", "-y");
        assertThat(none.code()).isEqualTo(ExitCode.FAILED);
        assertThat(none.out()).isEqualTo("sim:c.sim: HP_1380110017, firmware 2.36.5000: No matching image found\n");
        Files.copy(folder.resolve("images/new.bin"), folder.resolve("images/twin.bin"));
        CliRun several = CliRun.in(folder, "update", "-d", "sim:c.sim", "-i", "images", "-y");
        assertThat(several.code()).isEqualTo(ExitCode.FAILED);
        assertThat(several.out()).endsWith("Multiple image files found (images/new.bin, images/twin.bin)\n");
        assertThat(written()).isEqualTo(before);
    }

    @Test
    void aDamagedImageOfAFolderIsToldAndPassedOver() throws Exception {
        byte[] image = Files.readAllBytes(folder.resolve("images/new.bin"));
        Files.write(folder.resolve("images/cut.bin"), Arrays.copyOf(image, image.length / 3));
        CliRun run = CliRun.ok(folder, "update", "-d", "sim:c.sim", "-i", "images", "-y");
        assertThat(run.err()).contains("cx3: warning: images/cut.bin is passed over: ").doesNotContain("notes.txt");
        assertThat(run.out()).contains("Done.");
    }

    @Test
    void mistakesHaveTheirWayOut() {
        assertThat(CliRun.in(folder, "update", "-d", "sim:c.sim").code()).isEqualTo(ExitCode.USAGE);
        CliRun empty = CliRun.in(folder, "update", "-d", "sim:c.sim", "-i", ".");
        assertThat(empty.code()).as(empty.toString()).isZero();
        CliRun missing = CliRun.in(folder, "update", "-d", "sim:none.sim", "-i", "images", "--json");
        assertThat(missing.code()).isEqualTo(ExitCode.FAILED);
        assertThat(missing.err()).startsWith("cx3: error: sim:none.sim: no such device");
        assertThat(missing.out()).contains("\"error\" : ");
        CliRun file = CliRun.in(folder, "update", "-d", "sim:c.sim", "-i", "images/notes.txt");
        assertThat(file.code()).isEqualTo(ExitCode.FAILED);
        assertThat(file.err()).contains("images/notes.txt");
    }
}
