// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.Crc16;
import org.cx3tools.harness.Mkfs2;
import org.cx3tools.harness.Ours;
import org.cx3tools.harness.Outcome;
import org.cx3tools.harness.Stock;
import org.cx3tools.imagemaker.BitCrc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class VectorsTest {
    private static final String IMAGE_SHA256 =
            "3afda45fb970f44acdf543586049e46f9fa36c7abaf8009ea84dab5b97858588";

    @TempDir
    Path folder;

    static List<Passport> passports() throws IOException {
        return Passport.readAll();
    }

    static Stream<String> crcLines() throws IOException {
        return Files.readAllLines(Passport.FOLDER.resolve("crc16.txt")).stream()
                .filter(line -> !line.startsWith("#"));
    }

    @ParameterizedTest
    @MethodSource("passports")
    void everyVectorHasACompletePassportAndItsChecksum(Passport passport) throws Exception {
        assertThat(passport.fields()).containsOnlyKeys(Passport.NAMES);
        assertThat(sha256(passport.file())).isEqualTo(passport.fields().get("sha256"));
    }

    @Test
    void noVectorIsWithoutAPassport() throws Exception {
        try (Stream<Path> files = Files.list(Passport.FOLDER)) {
            assertThat(files.filter(file -> !file.endsWith("MANIFEST")))
                    .containsExactlyInAnyOrderElementsOf(
                            passports().stream().map(Passport::file).toList());
        }
    }

    @ParameterizedTest
    @MethodSource("crcLines")
    void bothChecksumRoutinesAgreeWithTheVectors(String line) {
        String[] parts = line.split("=");
        byte[] message = HexFormat.of().parseHex(parts[0].trim());
        int crc = Integer.parseInt(parts[1].trim(), 16);
        assertThat(BitCrc.of(message, 0, message.length)).isEqualTo(crc);
        assertThat(Crc16.of(Bytes.of(message), 0, message.length)).isEqualTo(crc);
    }

    @ParameterizedTest
    @CsvSource({"verify, verify", "query full, query-full", "dc, dc", "checksum, checksum"})
    void bothToolsPrintTheTranscript(String command, String vector) throws Exception {
        assumeTrue(Mkfs2.find().isPresent(), Mkfs2.MISSING);
        Path image = folder.resolve("img.bin");
        Mkfs2.find().orElseThrow().make(folder, List.of(List.of("-o", image.toString())));
        assumeTrue(sha256(image).equals(IMAGE_SHA256),
                "this zlib compresses the board file otherwise than the one of the transcript");
        String transcript = Files.readString(
                Passport.FOLDER.resolve("appendix-a-" + vector + ".txt"),
                StandardCharsets.ISO_8859_1);
        String[] words = ("flint -i " + image + " " + command).split(" ");

        Outcome ours = Ours.run(folder, words);
        assertThat(ours.output()).isEqualTo(transcript);
        assertThat(ours.exit()).isZero();
        if (Stock.find().isPresent()) {
            Outcome stock = Stock.find().orElseThrow().run(folder,
                    java.util.Arrays.copyOfRange(words, 1, words.length));
            assertThat(stock.output()).isEqualTo(transcript);
        }
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(
                MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
