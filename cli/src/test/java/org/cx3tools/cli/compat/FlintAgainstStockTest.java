// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
    private static final int GUID_POINTER = 0x34;
    private static final List<List<String>> COMMANDS = List.of(List.of("verify"), List.of("v"), List.of("q"),
        List.of("query", "full"), List.of("dc"), List.of("dh"), List.of("cs"));

    @TempDir
    private Path folder;

    @BeforeEach
    void stockIsThere() {
        StockFlint.assumeInstalled();
    }

    private void sameAsStock(String name, List<String> options) throws Exception {
        for (List<String> command : COMMANDS) {
            List<String> words = new ArrayList<>(List.of("-i", name));
            words.addAll(options);
            words.addAll(command);
            same(words, name + " " + words);
        }
    }

    private void same(List<String> words, String what) throws Exception {
        assertThat(StockFlint.ours(folder, words)).as(what).isEqualTo(StockFlint.run(folder, words));
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
            same(List.of("-i", "image.bin", "checksum"), count + " entries");
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
            same(List.of("-i", "cut.bin", "-striped_image", "verify"), "cut at " + end);
        }
    }

    @Test
    void damagedImagesAreJudgedAsStockJudgesThem() throws Exception {
        byte[] good = SyntheticImage.of(CardModel.HP_764285_B21).build().bytes().toArray();
        long seed = StockFlint.seed();
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
        same(List.of("-i", "flash.bin", "-striped_image", "v"), "flash dump");
    }
}
