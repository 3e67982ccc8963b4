// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.cx3tools.cli.CliRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    @TempDir
    private Path folder;

    @Test
    void theWholeJobWorksOnAVirtualCard() {
        CliRun run = CliRun.in(folder, "demo", "--keep", "job");
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("$ cx3 flint -d sim:card.sim -i new_firmware.bin -allow_psid_change burn",
            "Restoring signature                     - OK", "Running firmware after:  2.36.5000",
            "SR-IOV is off");
        assertThat(folder.resolve("job/original_firmware.bin")).exists();
    }

    @Test
    void aFolderInUseIsNotTouched() throws Exception {
        Files.createDirectory(folder.resolve("job"));
        Files.writeString(folder.resolve("job/mine"), "x");
        CliRun run = CliRun.in(folder, "demo", "--keep", "job");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("is not empty").hasLineCount(1);
        assertThat(folder.resolve("job/card.sim")).doesNotExist();
    }

    @Test
    void aStepThatFailsEndsTheWalk() {
        org.cx3tools.cli.output.Out out = new org.cx3tools.cli.output.Out(new java.io.ByteArrayOutputStream());
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> new Shell(out, folder).run("query", "-i", "none"))
            .isInstanceOf(DemoFailure.class).hasMessageContaining("exit code 1 of: cx3 query -i none");
    }
}
