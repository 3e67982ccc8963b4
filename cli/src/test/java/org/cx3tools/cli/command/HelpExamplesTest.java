// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.cx3tools.cli.CliRun;
import org.cx3tools.cli.FakeCards;
import org.cx3tools.cli.Main;
import org.cx3tools.fixtures.FakeFirmware;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of the help run as they stand; a virtual card takes the place of the real one. */
class HelpExamplesTest {
    @TempDir
    private Path folder;

    static Stream<String> commands() {
        return Stream.concat(Main.COMMANDS.stream(), Stream.of("flint", "mlxburn", "mlxfwmanager")).distinct();
    }

    @BeforeEach
    void filesThatTheExamplesName() throws Exception {
        CliRun.ok(folder, "sim", "create", "ready.sim");
        CliRun.ok(folder, "read", "-d", "sim:ready.sim", "ready.bin");
        CliRun.ok(folder, "dump-config", "-i", "ready.bin", "ready.ini");
        Files.writeString(folder.resolve("new_config.ini"), Files.readString(folder.resolve("ready.ini"),
            StandardCharsets.ISO_8859_1).replace("sriov_en = 1", "sriov_en = 0"), StandardCharsets.ISO_8859_1);
        CliRun.ok(folder, "backup", "-d", "sim:ready.sim", ".");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().matches(".*-\\d{8}T.*")).toList()) {
                Files.move(file, folder.resolve("BACKUP" + file.toString().replaceAll(".*\\.", ".")));
            }
        }
        Files.copy(folder.resolve("ready.bin"), folder.resolve("good.bin"));
        for (int i = 0; i < 4; i++) {
            CliRun.ok(folder, "set", "-i", "ready.bin", "--new-psid", i == 0 ? "HP_1380110017" : "OTHER_" + i, "sriov_en="
                + (i & 1), "eth_xfi_en=" + (i >> 1), "dpdp_en=" + (i % 3 == 0), "-o", "board" + i + ".bin");
        }
        CliRun.ok(folder, "archive", "create", "boards.mfa", "board0.bin", "board1.bin", "board2.bin", "board3.bin");
        Files.writeString(folder.resolve("dmesg.txt"), "[    0.0] Linux version 6.1\n");
        CliRun.ok(folder, "disassemble", "-i", "ready.bin", "source");
        try (Stream<Path> files = Files.list(folder.resolve("source"))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                Files.copy(file, folder.resolve(name.endsWith(".mlx") ? "fw-ConnectX3Pro-rel.mlx" : name));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyExampleEndsWithZero(String command) throws Exception {
        List<String> examples = examples(command);
        assertThat(examples).as("examples of " + command).isNotEmpty();
        FakeCards cards = new FakeCards(folder).with("sim:" + folder.resolve("card.sim"), FakeFirmware.hp());
        for (String example : examples) {
            // Each example is somebody's first command.
            replace("card.sim", example.contains("sim create") ? null : "ready.sim");
            for (String input : List.of("original_firmware.bin", "new_firmware.bin")) {
                boolean written = example.endsWith(input) && !example.contains("-i " + input)
                    && !example.contains(" diff ") && !example.contains(" archive ");
                replace(input, written ? null : "ready.bin");
            }
            String[] words = example.replace(" 23:00.0", " sim:card.sim")
                .replace("archive create boards.mfa", "archive create new.mfa").replace("/tmp/cx3-demo", "kept").replace("/mnt/usb", ".").split(" (?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");
            String[] line = Stream.of(words).skip(1).map(word -> word.replace("\"", "")).toArray(String[]::new);
            CliRun run = List.of("config", "mlxconfig", "mstconfig").contains(command) ? cards.answering("y\ny\ny\n", line)
                : CliRun.onTerminal(folder, "y\ny\ny\n", line);
            assertThat(run.code()).as(example + "\n" + run.out() + run.err()).isZero();
        }
    }

    private void replace(String name, String copyOf) throws Exception {
        Files.deleteIfExists(folder.resolve(name));
        if (copyOf != null) {
            Files.copy(folder.resolve(copyOf), folder.resolve(name));
        }
    }

    private List<String> examples(String command) {
        String help = CliRun.ok(folder, command, "-h").out();
        return help.lines().dropWhile(line -> !line.startsWith("EXAMPLE")).filter(line -> line.startsWith("  cx3 "))
            .map(String::strip).toList();
    }
}
