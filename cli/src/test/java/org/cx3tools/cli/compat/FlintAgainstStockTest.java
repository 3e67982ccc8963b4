// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.cx3tools.cli.CliRun;
import org.cx3tools.image.GuidBlock;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticImage;
import org.cx3tools.synthetic.SyntheticRelease;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The installed mstflint 4.21 is the judge; without it these tests are skipped. */
class FlintAgainstStockTest {
    private static final Path STOCK = Path.of("/usr/bin/mstflint");
    private static final int GUID_POINTER = 0x34;
    private static final List<List<String>> COMMANDS = List.of(List.of("verify"), List.of("v"), List.of("q"),
        List.of("query", "full"), List.of("dc"), List.of("dh"), List.of("cs"));

    @TempDir
    private Path folder;

    @BeforeEach
    void stockIsThere() {
        assumeTrue(Files.isExecutable(STOCK), "mstflint is not installed");
    }

    private void sameAsStock(String name, List<String> options) throws Exception {
        for (List<String> command : COMMANDS) {
            List<String> words = new ArrayList<>(List.of("-i", name));
            words.addAll(options);
            words.addAll(command);
            List<String> ours = new ArrayList<>(List.of("flint"));
            ours.addAll(words);
            CliRun run = CliRun.in(folder, ours.toArray(new String[0]));
            assertThat(run.code() + "\n" + run.out()).as("%s %s", name, words).isEqualTo(stock(words));
        }
    }

    private String stock(List<String> words) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(STOCK.toString()));
        line.addAll(words);
        Path output = folder.resolve("stock.out");
        Process process = new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true)
            .redirectOutput(output.toFile()).start();
        process.getOutputStream().close();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("mstflint ends").isTrue();
        return process.exitValue() + "\n" + Files.readString(output, StandardCharsets.ISO_8859_1);
    }

    @Test
    void everyModelsImageIsShownAsStockShowsIt() throws Exception {
        for (CardModel model : CardModel.values()) {
            Files.write(folder.resolve("image.bin"), SyntheticImage.of(model).build().bytes().toArray());
            sameAsStock("image.bin", List.of());
        }
        Files.write(folder.resolve("image.bin"),
            SyntheticRelease.image(CardModel.HP_764285_B21).bytes().toArray());
        sameAsStock("image.bin", List.of());
        sameAsStock("image.bin", List.of("-qq"));
    }

    @Test
    void imagesWithFewGuidsAreShownAsStockShowsThem() throws Exception {
        for (int count = 4; count <= 6; count++) {
            List<Long> guids = List.of(1L, 2L, 3L, 4L, 5L, 6L).subList(0, count);
            Files.write(folder.resolve("image.bin"), SyntheticImage.of(CardModel.HP_764285_B21)
                .guids(new GuidBlock(guids)).build().bytes().toArray());
            sameAsStock("image.bin", List.of());
            CliRun run = CliRun.in(folder, "flint", "-i", "image.bin", "checksum");
            assertThat(run.code() + "\n" + run.out()).isEqualTo(stock(List.of("-i", "image.bin", "checksum")));
        }
    }

    @Test
    void aDumpCutInsideOfItsSecondHeaderIsJudgedAsStockJudgesIt() throws Exception {
        CliRun.ok(folder, "sim", "create", "c.sim");
        CliRun.ok(folder, "read", "-d", "sim:c.sim", "--flash", "flash.bin");
        byte[] flash = Files.readAllBytes(folder.resolve("flash.bin"));
        System.arraycopy(flash, 0, flash, 0x80000, 0x40);
        flash[0] = 0;
        for (int end : new int[] {0x80010, 0x80024, 0x80028, 0x80038}) {
            Files.write(folder.resolve("cut.bin"), java.util.Arrays.copyOf(flash, end));
            sameAsStock("cut.bin", List.of());
            List<String> striped = List.of("-i", "cut.bin", "-striped_image", "verify");
            CliRun run = CliRun.in(folder, "flint", "-i", "cut.bin", "-striped_image", "verify");
            assertThat(run.code() + "\n" + run.out()).isEqualTo(stock(striped));
        }
    }

    @Test
    void damagedImagesAreJudgedAsStockJudgesThem() throws Exception {
        byte[] good = SyntheticImage.of(CardModel.HP_764285_B21).build().bytes().toArray();
        String given = System.getProperty("cx3.seed", "");
        long seed = given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
        Random random = new Random(seed);
        for (int i = 0; i < 12; i++) {
            byte[] bad = good.clone();
            int at = random.nextInt(i % 2 == 0 ? bad.length : 0x100);
            bad[at] ^= (byte) (1 << random.nextInt(8));
            if (at >= GUID_POINTER && at < GUID_POINTER + 4) {
                // A row in flint-differences.md: we show the GUID section, wherever the pointer points.
                continue;
            }
            byte[] cut = i % 3 == 2 ? java.util.Arrays.copyOf(bad, random.nextInt(bad.length)) : bad;
            String name = "seed" + seed + "-" + i + ".bin";
            Files.write(folder.resolve(name), cut);
            sameAsStock(name, List.of());
        }
    }

    @Test
    void aFlashDumpIsJudgedAsStockJudgesIt() throws Exception {
        CliRun.ok(folder, "sim", "create", "c.sim");
        CliRun.ok(folder, "read", "-d", "sim:c.sim", "--flash", "flash.bin");
        List<String> words = List.of("-i", "flash.bin", "-striped_image", "v");
        CliRun run = CliRun.in(folder, "flint", "-i", "flash.bin", "-striped_image", "v");
        assertThat(run.code() + "\n" + run.out()).isEqualTo(stock(words));
    }
}
