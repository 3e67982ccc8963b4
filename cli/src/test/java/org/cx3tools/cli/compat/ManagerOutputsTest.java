// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.cx3tools.cli.CliRun;
import org.cx3tools.device.VirtualCard;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticRelease;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that {@code mlxfwmanager} writes: never one that it reads, and told before anything is burnt. */
class ManagerOutputsTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void aCardAndAnImageForIt() throws Exception {
        CliRun.ok(folder, "sim", "create", "c.sim");
        Files.createDirectory(folder.resolve("images"));
        Files.write(folder.resolve("images/old.bin"), SyntheticRelease.image(CardModel.HP_764285_B21).bytes().toArray());
        Files.createLink(folder.resolve("linked.bin"), folder.resolve("images/old.bin"));
    }

    private long written() throws Exception {
        return VirtualCard.state(folder.resolve("c.sim")).traffic().programs();
    }

    private void isRefused(String line, String... texts) throws Exception {
        byte[] image = Files.readAllBytes(folder.resolve("images/old.bin"));
        long before = written();
        CliRun run = CliRun.in(folder, ("mlxfwmanager " + line).split(" "));
        assertThat(run.code()).as(line + ": " + run).isEqualTo(3);
        assertThat(run.out()).as(line).startsWith("-E- ").contains(texts).doesNotContain("Updating");
        assertThat(folder.resolve("images/old.bin")).as(line).hasBinaryContent(image);
        assertThat(written()).as(line).isEqualTo(before);
    }

    @Test
    void anImageThatIsReadIsNoOutput() throws Exception {
        String same = "is the file that is read; choose another name";
        isRefused("-d sim:c.sim -i images/old.bin -o images/old.bin", same);
        isRefused("-d sim:c.sim -D images -o images/old.bin", same);
        isRefused("-d sim:c.sim -D images -o linked.bin", same);
        isRefused("-i images/old.bin -l -o images/../images/old.bin", same);
        isRefused("-d sim:c.sim -i images/old.bin -u -f -y -L images/old.bin", same);
        isRefused("-d sim:c.sim -D images -u -f -y -L linked.bin", same);
        isRefused("-d sim:c.sim -o c.sim", same);
        isRefused("-d sim:c.sim -i images/old.bin -u -f -y -o a.txt -L a.txt", "name one file");
    }

    @Test
    void aRecordThatCannotBeWrittenIsToldBeforeAnythingIsBurnt() throws Exception {
        isRefused("-d sim:c.sim -i images/old.bin -u -f -y -L images", "images is a folder");
        isRefused("-d sim:c.sim -i images/old.bin -u -f -y -L nowhere/log.txt", "nowhere: no such file or folder");

        // It can be opened, but holds nothing: the first line tells.
        CliRun full = CliRun.in(folder, "mlxfwmanager", "-d", "sim:c.sim", "-i", "images/old.bin", "-u", "-f", "-y", "-L", "/dev/full");
        assertThat(full.code()).isEqualTo(3);
        assertThat(full.out()).contains("-E- Failed to open log file: No space left on device; nothing was burnt")
            .doesNotContain("Updating FW");
    }

    @Test
    void theListGoesToTheFileToo() {
        CliRun run = CliRun.ok(folder, "mlxfwmanager", "-i", "images/old.bin", "-l", "-o", "list.txt");
        assertThat(run.out()).isEmpty();
        assertThat(folder.resolve("list.txt")).content().startsWith("PN ").contains("FW 2.36.5000");
    }
}
