// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.cx3tools.cli.CliRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What -y covers and what it does not; and what is told while a lock is held. */
class ConsentTest {
    @TempDir
    private Path folder;

    @Test
    void yesAloneDoesNotAgreeToABurnThatIsNotFailsafe() throws Exception {
        // One image fills more than half of this chip, so there is no room for a copy.
        CliRun.ok(folder, "sim", "create", "card.sim", "--model", "mcx311a-xcat", "--chip", "W25Q80BV");
        CliRun.ok(folder, "read", "-d", "sim:card.sim", "image.bin");
        CliRun refused = CliRun.in(folder, "burn", "-d", "sim:card.sim", "-i", "image.bin", "-y", "--vsd", "x");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("not failsafe", "--nofs");
        CliRun dropped = CliRun.in(folder, "drop-rom", "-d", "sim:card.sim", "-y");
        assertThat(dropped.code()).isEqualTo(1);
        assertThat(dropped.err()).contains("--nofs");

        CliRun.ok(folder, "burn", "-d", "sim:card.sim", "-i", "image.bin", "-y", "--vsd", "x", "--nofs");
        CliRun.ok(folder, "drop-rom", "-d", "sim:card.sim", "-y", "--nofs");
        assertThat(CliRun.ok(folder, "sim", "power-cycle", "card.sim").out()).contains("runs from 0x0");
        assertThat(CliRun.ok(folder, "query", "-d", "sim:card.sim").out()).doesNotContain("type=PXE");
    }

    @Test
    void aBurnThatIsNotFailsafeGoesByWayOfACopyWhereThereIsRoom() throws Exception {
        CliRun.ok(folder, "sim", "create", "card.sim", "--model", "mcx311a-xcat");
        CliRun.ok(folder, "read", "-d", "sim:card.sim", "image.bin");
        assertThat(CliRun.ok(folder, "burn", "-d", "sim:card.sim", "-i", "image.bin", "-y").out())
            .doesNotContain("  - writing the new image");
        CliRun burnt = CliRun.ok(folder, "burn", "-d", "sim:card.sim", "-i", "image.bin", "-y", "--vsd", "rack 7");
        assertThat(burnt.out()).contains("an image that boots is on the card at every moment",
            "writing a copy of the new image, to boot from meanwhile");
        assertThat(CliRun.ok(folder, "drop-rom", "-d", "sim:card.sim", "-y").out()).contains("copy of the new image");
        assertThat(CliRun.ok(folder, "sim", "power-cycle", "card.sim").out()).contains("runs from 0x0");
    }

    @Test
    void adviceNamesOptionsAsOurCommandsWriteThem() {
        CliRun.ok(folder, "sim", "create", "card.sim", "--model", "hp-764285-b21");
        CliRun.ok(folder, "sim", "create", "other.sim", "--model", "mcx354a-fcbt");
        CliRun.ok(folder, "read", "-d", "sim:other.sim", "other.bin");
        CliRun refused = CliRun.in(folder, "burn", "-d", "sim:card.sim", "-i", "other.bin", "-y");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("--allow-psid-change").doesNotContain("allow_psid_change");
    }

    @Test
    void aHeldLockIsToldAsJsonToo() {
        CliRun.ok(folder, "sim", "create", "card.sim");
        CliRun.ok(folder, "sim", "fault", "card.sim", "lock-held", "--value", "0xf03a0", "--at", "0");
        CliRun run = CliRun.in(folder, "hw", "-d", "sim:card.sim", "--json");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).startsWith("{").contains("\"programmingHeld\" : true").doesNotContain("\"flash\"");
        assertThat(run.err()).contains("--clear-semaphore");
    }

    @Test
    void mlxburnTakesTheImageOfTheCardAsSource() throws Exception {
        CliRun.ok(folder, "sim", "create", "card.sim");
        CliRun.ok(folder, "read", "-d", "sim:card.sim", "image.bin");
        CliRun.ok(folder, "dump-config", "-i", "image.bin", "board.ini");
        CliRun without = CliRun.in(folder, "mlxburn", "-fw", "image.bin", "-wrimage", "new.bin");
        assertThat(without.code()).isEqualTo(1);
        assertThat(without.out()).contains("-E- ", "-conf");
        CliRun.ok(folder, "mlxburn", "-fw", "image.bin", "-conf", "board.ini", "-wrimage", "new.bin");
        assertThat(folder.resolve("new.bin")).hasSameBinaryContentAs(folder.resolve("image.bin"));

        Files.write(folder.resolve("noise.mlx"), new byte[] {'a', 'b', 'c', 'd', 27, '[', '2', 'J', 7, '\n'});
        CliRun noise = CliRun.in(folder, "mlxburn", "-fw", "noise.mlx", "-wrimage", "new.bin");
        assertThat(noise.code()).isEqualTo(1);
        assertThat(noise.out()).contains("-E- ").doesNotContain("\u001b", "\u0007");
    }
}
