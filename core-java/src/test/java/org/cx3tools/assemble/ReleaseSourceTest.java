// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticRelease;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseSourceTest {
    @TempDir
    private static Path folder;

    private static String text;
    private static Path source;

    @BeforeAll
    static void disassemble() throws Exception {
        Fs2Image image = SyntheticRelease.image(CardModel.HP_764285_B21);
        source = new Disassembler(FieldDictionary.empty()).disassemble(image, "fw")
                .write(folder.resolve("s"));
        text = Files.readString(source);
    }

    private static void parse(String changed) throws SourceException {
        ReleaseSource.parse("x.mlx", changed, source.getParent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[IMAGE]", "[BOOT2]", "header_10 = ", "failsafe_word = ",
        "data = records", "data = guids", "node_guid = ", "psid = ", "param = 0x00000000",
        "0001f99c 1d03b900 7f8fff20", "sha"})
    void aBrokenLineIsToldWithItsNumber(String start) {
        String broken = start.equals("sha") ? text.replaceFirst("[0-9a-f]{64}", "0".repeat(64))
                : text.replaceFirst("(?m)^" + Pattern.quote(start), "$0?");
        assertThat(broken).isNotEqualTo(text);
        assertThatThrownBy(() -> parse(broken)).isInstanceOfSatisfying(SourceException.class,
                e -> assertThat(e.line()).isPositive());
    }

    @ParameterizedTest
    @CsvSource({"foo bar, 1", "'a = 1\n<xml>', 2", "'a = 1\n[GROUP]\nx = 1', 2",
        "'prepMLX version = 3\n\n.section x', 3", "'00000000 00000000', 1"})
    void whatAVendorSourceHasBeyondTheKnownGrammarIsAnError(String vendor, int line) {
        assertThatThrownBy(() -> parse(vendor)).isInstanceOfSatisfying(SourceException.class,
                e -> assertThat(e.line()).isEqualTo(line));
    }

    @Test
    void fieldLinesOfAVendorSourceCanBePastedIn() throws Exception {
        String pasted = "scratchpad.new[0].field 0x2000.4 2\n" + text;
        assertThat(ReleaseSource.parse("x", pasted, source.getParent()).fields()
                .byName("scratchpad.new[0].field")).isPresent();
        assertThatThrownBy(() -> parse("hca.sriov_en 0x2000.4 1\n" + text))
                .isInstanceOf(SourceException.class).hasMessageContaining("another place");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../out.bin", "/etc/passwd", "sub/out.bin", "..", ".", "link.bin",
        "folder.bin", "missing.bin", ".hidden"})
    void sideFilesOutsideOfTheFolderAreNeverRead(String name) throws Exception {
        Path in = source.getParent();
        Files.writeString(folder.resolve("out.bin"), "secret");
        if (!Files.exists(in.resolve("link.bin"))) {
            Files.createSymbolicLink(in.resolve("link.bin"), folder.resolve("out.bin"));
            Files.createDirectory(in.resolve("folder.bin"));
            Files.createDirectory(in.resolve("sub"));
            Files.writeString(in.resolve(".hidden"), "secret");
            Files.writeString(in.resolve("sub/out.bin"), "secret");
        }
        String changed = text.replaceFirst("file fw-00-boot2\\.bin",
                "file " + Matcher.quoteReplacement(name));
        assertThatThrownBy(() -> parse(changed)).isInstanceOf(SourceException.class)
                .hasMessageNotContaining("sha256");
    }

    @Test
    void aChangedSideFileIsNoticed() throws Exception {
        Path copy = Files.createDirectory(folder.resolve("changed"));
        for (String name : new String[] {"fw.mlx", "fw.ini"}) {
            Files.copy(source.resolveSibling(name), copy.resolve(name));
        }
        try (var files = Files.newDirectoryStream(source.getParent(), "fw-*.bin")) {
            for (Path file : files) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        byte[] content = Files.readAllBytes(copy.resolve("fw-03-ddr.bin"));
        content[5] ^= 1;
        Files.write(copy.resolve("fw-03-ddr.bin"), content);
        assertThatThrownBy(() -> ReleaseSource.read(copy.resolve("fw.mlx")))
                .isInstanceOf(SourceException.class).hasMessageContaining("was changed");
        Files.write(copy.resolve("fw-03-ddr.bin"), new byte[4]);
        assertThatThrownBy(() -> ReleaseSource.read(copy.resolve("fw.mlx")))
                .isInstanceOf(SourceException.class).hasMessageContaining("bytes");
    }

    @Test
    void hugeSideFilesAndLinesAreRefused() {
        assertThatThrownBy(() -> parse(text.replaceFirst("fw-00-boot2\\.bin [0-9]+",
                "fw-00-boot2.bin 999999999"))).hasMessageContaining("larger");
        assertThatThrownBy(() -> parse("x = " + "1".repeat(5000)))
                .hasMessageContaining("longer");
        assertThatThrownBy(() -> parse("\n".repeat(SourceGroup.MAX_TEXT + 1)))
                .hasMessageContaining("at most");
    }

    @Test
    void randomDamageNeverGivesAnythingButAnError() throws Exception {
        long seed = Long.getLong("cx3.seed", System.nanoTime());
        Random random = new Random(seed);
        String small = text.lines().filter(l -> !l.matches("[0-9a-f]{8} .*"))
                .reduce("", (a, b) -> a + b + "\n");
        for (int round = 0; round < 150; round++) {
            StringBuilder changed = new StringBuilder(small);
            for (int i = 0; i < 3; i++) {
                int at = random.nextInt(changed.length());
                if (random.nextBoolean()) {
                    changed.setCharAt(at, (char) random.nextInt(256));
                } else {
                    int end = Math.min(changed.length(), at + random.nextInt(60));
                    changed.delete(at, end);
                }
            }
            try {
                parse(changed.toString());
            } catch (SourceException e) {
                assertThat(e.getMessage()).as("seed %d", seed).isNotEmpty();
            }
        }
    }
}
