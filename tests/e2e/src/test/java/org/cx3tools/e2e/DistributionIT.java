// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.cx3tools.harness.Distribution;
import org.cx3tools.harness.Outcome;
import org.cx3tools.harness.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The unpacked archive: read-only, in a folder with blanks, run by somebody without privileges. */
class DistributionIT {
    @TempDir
    static Path space;

    private static Distribution distribution;
    private Path work;

    @BeforeAll
    static void unpackReadOnlyIntoAFolderWithBlanks() throws Exception {
        Files.setPosixFilePermissions(space, PosixFilePermissions.fromString("rwxr-xr-x"));
        distribution = Distribution.unpack(space.resolve("a folder with blanks"));
        chmod("a-w");
    }

    @AfterAll
    static void allowDeletion() throws Exception {
        chmod("u+w");
    }

    @BeforeEach
    void folderOfTheUser() throws Exception {
        work = Files.createTempDirectory(space, "work of user ");
        Distribution.giveToNobody(work);
    }

    @Test
    void theDemoWalksTheWholeJobAndEndsWithSuccess() throws Exception {
        Outcome demo = distribution.unprivileged(work, "demo").within(Duration.ofMinutes(3)).run();
        assertThat(demo.exit()).as(demo.describe()).isZero();
        assertThat(demo.output()).contains("HP_1380110017", "Full Image");
    }

    @Test
    void filesAndVirtualCardsNeedNoPrivileges() throws Exception {
        assertThat(run("sim", "create", "card.sim", "--model", "hp-764285-b21").exit()).isZero();
        assertThat(run("read", "-d", "sim:card.sim", "image.bin").exit()).isZero();
        Outcome verify = run("flint", "-i", "image.bin", "verify");
        assertThat(verify.describe()).contains("Image is bootable");
        assertThat(verify.exit()).isZero();
    }

    @Test
    void theArchivesHoldLicenceAndNativeLibrary() throws Exception {
        assertThat(distribution.home().resolve("LICENSE")).isRegularFile();
        for (String ending : List.of(".tar.gz", ".zip")) {
            assertThat(Distribution.archive(ending)).isNotEmptyFile();
        }
    }

    @Test
    void theProgramRunsThroughASymbolicLink() throws Exception {
        Path link = Files.createSymbolicLink(work.resolve("link to cx3"), distribution.program());
        Outcome version = Program.of(work, List.of(link.toString(), "--version")).run();
        assertThat(version.exit()).as(version.describe()).isZero();
        assertThat(version.output()).startsWith("cx3 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no-such-command", "query --no-such-option", "query",
        "burn -d", "verify -i", "sim create", "query -d pci:not-an-address", "sim paint x"})
    void aWrongCommandLineIsToldInFewLinesAndEndsWithTwo(String line) throws Exception {
        Outcome outcome = run(line.isEmpty() ? new String[0] : line.split(" "));
        assertThat(outcome.exit()).as(outcome.describe()).isEqualTo(2);
        assertThat(outcome.output() + outcome.errors()).isNotBlank()
                .doesNotContain("Exception", "\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"query -i missing.bin", "verify -i .", "query -d sim:missing.sim",
        "verify -i /dev/null", "flint -i missing.bin verify", "mlxburn -fw missing.mlx"
            + " -conf missing.ini -wrimage x.bin", "assemble -fw missing.mlx -wrimage x.bin"})
    void anOperatorsMistakeIsOneClearLineAndAnErrorCode(String line) throws Exception {
        Outcome outcome = run(line.split(" "));
        assertThat(outcome.exit()).as(outcome.describe()).isNotZero();
        assertThat(outcome.output() + outcome.errors()).isNotBlank()
                .doesNotContain("Exception", "\tat ");
        assertThat(work.resolve("x.bin")).doesNotExist();
    }

    private Outcome run(String... words) throws Exception {
        return distribution.unprivileged(work, words).run();
    }

    private static void chmod(String mode) throws Exception {
        Program.of(space, List.of("chmod", "-R", mode, distribution.home().toString())).run();
    }
}
