// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.ZipFile;
import org.cx3tools.harness.Outcome;
import org.cx3tools.harness.Places;
import org.cx3tools.harness.Program;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistributionTest {
    private static final int QUERIES = 12;
    private static final double QUERY_MILLIS = 400;

    @TempDir
    Path folder;

    private Path home;

    @BeforeEach
    void unpack() throws Exception {
        Path place = Files.createDirectory(folder.resolve("a place with blanks"));
        Outcome outcome = Program.of(place,
                List.of("tar", "xzf", archive(".tar.gz").toString())).run();
        assertThat(outcome.exit()).as(outcome.errors()).isZero();
        try (DirectoryStream<Path> top = Files.newDirectoryStream(place)) {
            List<Path> entries = new ArrayList<>();
            top.forEach(entries::add);
            assertThat(entries).as("one folder at the top").hasSize(1);
            home = entries.get(0);
        }
    }

    @Test
    void holdsCommandJarsLibraryAndLicence() {
        assertThat(home.resolve("bin/cx3")).isExecutable();
        assertThat(home.resolve("bin/cx3-setup")).isExecutable();
        assertThat(home.resolve("lib/libcx3jni.so")).exists();
        assertThat(home.resolve("LICENSE")).exists();
    }

    @Test
    void theZipHoldsTheSame() throws Exception {
        TreeSet<String> zip = new TreeSet<>();
        try (ZipFile file = new ZipFile(archive(".zip").toFile())) {
            file.stream().filter(e -> !e.isDirectory()).forEach(e -> zip.add(e.getName()));
        }
        TreeSet<String> tar = new TreeSet<>();
        try (var files = Files.walk(home)) {
            files.filter(Files::isRegularFile)
                    .forEach(f -> tar.add(home.getParent().relativize(f).toString()));
        }
        assertThat(zip).isEqualTo(tar);
    }

    @Test
    void runsFromAnyFolderAndFindsFilesOfTheCaller() throws Exception {
        Path work = Files.createDirectory(folder.resolve("work"));
        assertRuns(cx3(work, "sim", "create", "card.sim", "--model", "hp-764285-b21"));
        assertThat(work.resolve("card.sim")).exists();
        assertRuns(cx3(work, "query", "-d", "sim:card.sim"));
    }

    @Test
    void runsThroughSymbolicLinks() throws Exception {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path direct = Files.createSymbolicLink(bin.resolve("direct"), home.resolve("bin/cx3"));
        Path relative = Files.createSymbolicLink(bin.resolve("relative"), Path.of("direct"));
        assertRuns(Program.of(folder, List.of(direct.toString(), "--version")).run());
        assertRuns(Program.of(folder, List.of(relative.toString(), "--version")).run());
        assertRuns(Program.of(bin, List.of("sh", "relative", "--version")).run());
    }

    @Test
    void runsFromAReadOnlyPlace() throws Exception {
        Outcome outcome = Program.of(folder, List.of("chmod", "-R", "a-w", home.toString())).run();
        assertThat(outcome.exit()).isZero();
        try {
            assertRuns(cx3(folder, "--version"));
        } finally {
            Program.of(folder, List.of("chmod", "-R", "u+w", home.toString())).run();
        }
    }

    /** As installed, with its archive of classes; how many commands it gives is in RegisterTrafficTest. */
    @Test
    void aFullQueryOfTheSettingsStaysWithinItsTime() throws Exception {
        Program.of(folder, List.of(home.resolve("bin/cx3-setup").toString())).within(Duration.ofMinutes(3)).run();
        assertRuns(cx3(folder, "sim", "create", "card.sim", "--model", "hp-764285-b21"));
        double[] millis = new double[QUERIES];
        for (int i = 0; i < QUERIES; i++) {
            long start = System.nanoTime();
            assertRuns(cx3(folder, "config", "query", "-d", "sim:card.sim"));
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        // The fastest is what the tool costs; the others are what else the machine does.
        assertThat(millis[0]).as("milliseconds of %d starts: %s", QUERIES, Arrays.toString(millis)).isLessThan(QUERY_MILLIS);
    }

    @Test
    void theArchiveOfClassesChangesNoOutput() throws Exception {
        Outcome before = cx3(folder, "--help");
        Outcome setup = Program.of(folder, List.of(home.resolve("bin/cx3-setup").toString()))
                .within(Duration.ofMinutes(3)).run();
        assertThat(setup.exit()).as(setup.errors()).isZero();
        assertThat(home.resolve("lib/cx3.jsa")).isNotEmptyFile();
        Outcome after = cx3(folder, "--help");
        assertRuns(after);
        assertThat(after.output()).isEqualTo(before.output());

        // Moved, the archive no longer fits, and must not be missed.
        home = Files.move(home, folder.resolve("moved"));
        Outcome moved = cx3(folder, "--help");
        assertRuns(moved);
        assertThat(moved.output()).isEqualTo(before.output());
        assertThat(moved.errors()).isEmpty();

        // Damaged, likewise.
        Files.write(home.resolve("lib/cx3.jsa"), new byte[100]);
        Outcome damaged = cx3(folder, "--help");
        assertRuns(damaged);
        assertThat(damaged.output()).isEqualTo(before.output());
    }

    @Test
    void aJavaHomeThatDoesNotServeIsNamedAndPassedBy() throws Exception {
        Path old = Files.createDirectories(folder.resolve("jdk 11/bin")).getParent();
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
        Files.createSymbolicLink(old.resolve("bin/java"), Path.of("/bin/false"));
        String path = Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv("PATH");
        Outcome outcome = Program.of(folder,
                List.of(home.resolve("bin/cx3").toString(), "--version"))
                .with(Map.of("JAVA_HOME", old.toString(), "PATH", path)).run();
        assertRuns(outcome);
        assertThat(outcome.errors()).contains("jdk 11");
    }

    @Test
    void aDamagedInstallationIsSaidSo() throws Exception {
        try (DirectoryStream<Path> jars =
                Files.newDirectoryStream(home.resolve("lib"), "cx3tools-cli-*.jar")) {
            for (Path jar : jars) {
                Files.delete(jar);
            }
        }
        Outcome outcome = cx3(folder, "--version");
        assertThat(outcome.exit()).isEqualTo(3);
        assertThat(outcome.errors()).contains("damaged").hasLineCount(1);
    }

    private Outcome cx3(Path where, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin/cx3").toString());
        command.addAll(List.of(arguments));
        return Program.of(where, command)
                .with(Map.of("JAVA_HOME", System.getProperty("java.home"))).run();
    }

    private static void assertRuns(Outcome outcome) {
        assertThat(outcome.exit()).as(outcome.output() + outcome.errors()).isZero();
    }

    private static Path archive(String suffix) {
        Path archive = Places.root().resolve(
                "cli/target/cx3tools-" + System.getProperty("cx3.version") + suffix);
        assertThat(archive).as("made by mvn package").exists();
        return archive;
    }
}
