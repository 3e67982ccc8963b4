// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.fixtures.FakeFirmware;

/** The installed mstconfig 4.21 on a model of a card that is preloaded into it (nv-config 9). */
final class StockConfig {
    private static final Path STOCK = Path.of("/usr/bin/mstconfig");
    private static final Path COMPILER = Path.of("/usr/bin/cc");
    private static final int DEADLINE_SECONDS = 60;
    private static final int RECORD = 140;
    private static final int HEADER = 12;
    private static final int CONFIG_SPACE = 4096;

    private final Path folder;

    private StockConfig(Path folder) {
        this.folder = folder;
    }

    /** Builds the model in a folder; skips the test where tool or compiler are missing. */
    static StockConfig in(Path folder) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(STOCK), "mstconfig is not installed");
        assumeTrue(Files.isExecutable(COMPILER), "there is no C compiler");
        Path source = folder.resolve("model.c");
        try (InputStream in = StockConfig.class.getResourceAsStream("stock_config.c")) {
            Files.write(source, in.readAllBytes());
        }
        Process compiler = new ProcessBuilder(COMPILER.toString(), "-O2", "-shared", "-fPIC", "-o",
            folder.resolve("model.so").toString(), source.toString()).inheritIO().start();
        assertThat(compiler.waitFor()).as("exit code of the compiler").isZero();
        Path card = Files.createDirectories(folder.resolve("devices/0000:04:00.0"));
        Files.createDirectories(folder.resolve("locks"));
        Files.writeString(card.resolve("vendor"), "0x15b3\n");
        Files.writeString(card.resolve("device"), "0x1007\n");
        Files.write(card.resolve("config"), new BytesBuilder().addWord(0xb3150710L).fill(0, CONFIG_SPACE - 4).build()
            .toArray());
        return new StockConfig(folder);
    }

    /** The card has this firmware, and nothing stored. */
    void insert(FakeFirmware firmware) throws IOException {
        Files.write(folder.resolve("answers"), firmware.answers().toArray());
        Files.deleteIfExists(folder.resolve("records"));
    }

    /** Exit code, line end, and all it prints on the standard output. */
    String run(String answers, Map<String, String> faults, List<String> words) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(STOCK.toString()));
        line.addAll(words);
        File output = folder.resolve("stock.out").toFile();
        ProcessBuilder builder = new ProcessBuilder(line).redirectOutput(output)
            .redirectError(folder.resolve("stock.err").toFile());
        builder.environment().putAll(faults);
        builder.environment().put("CX3_FAKE", folder.toString());
        builder.environment().put("LD_PRELOAD", folder.resolve("model.so").toString());
        Process process = builder.start();
        process.getOutputStream().write(answers.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).as("mstconfig ends").isTrue();
        return process.exitValue() + "\n" + Files.readString(output.toPath(), StandardCharsets.ISO_8859_1);
    }

    /** What it left stored, as {@link FakeFirmware#stored()} tells it. */
    Map<String, Bytes> stored() throws IOException {
        Map<String, Bytes> stored = new TreeMap<>();
        Path file = folder.resolve("records");
        if (Files.exists(file)) {
            Bytes all = Bytes.of(Files.readAllBytes(file));
            for (int at = 0; at < all.length(); at += RECORD) {
                stored.put("0x" + Long.toHexString(all.word(at)) + "/" + all.word(at + 4),
                    all.slice(at + HEADER, (int) all.word(at + 8)));
            }
        }
        return stored;
    }
}
