// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.cx3tools.image.GuidBlock;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticImage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sg} and {@code sv} on image files: the same words and, byte for byte, the same file as stock 4.21 makes. */
class FlintEditAgainstStockTest {
    private static final String FILE = "image.bin";
    private static final String MAC_ROWS = "(?m)^ +Port[12] MAC: .*\\n";

    @TempDir
    private Path folder;

    @BeforeEach
    void stockIsThere() {
        StockFlint.assumeInstalled();
    }

    /** Both edit their own copy, under the same name. */
    private void sameEdit(byte[] image, String what, String... words) throws Exception {
        sameEdit("^$", image, what, words);
    }

    private void sameEdit(String hiddenRows, byte[] image, String what, String... words) throws Exception {
        List<String> line = new ArrayList<>(List.of("-i", FILE));
        line.addAll(List.of(words));
        Path file = folder.resolve(FILE);
        Files.write(file, image);
        String stock = StockFlint.run(folder, line).replace("\r", "").replaceAll(hiddenRows, "");
        byte[] wanted = Files.readAllBytes(file);
        Files.write(file, image);
        assertThat(StockFlint.ours(folder, line)).as("%s %s", what, line).isEqualTo(stock);
        assertThat(Arrays.mismatch(Files.readAllBytes(file), wanted)).as("%s %s", what, line).isEqualTo(-1);
        try (var left = Files.list(folder)) {
            assertThat(left.map(p -> p.getFileName().toString())).containsExactlyInAnyOrder(FILE, "stock.out");
        }
    }

    @Test
    void randomIdentitiesAndTextsGiveTheSameFile() throws Exception {
        long seed = StockFlint.seed();
        Random random = new Random(seed);
        for (CardModel model : CardModel.values()) {
            byte[] image = SyntheticImage.of(model).build().bytes().toArray();
            byte[] tail = Arrays.copyOf(image, image.length + 4 * random.nextInt(50));
            String what = model + ", seed " + seed;
            sameEdit(tail, what, "-guid", guid(random), "-y", "sg");
            sameEdit(image, what, "-mac", mac(random), "-yes", "sg");
            sameEdit(tail, what, "-guids", guid(random), "0x" + guid(random), guid(random), guid(random), "-macs",
                mac(random), mac(random), "-y", "sg");
            sameEdit(image, what, "-guid", guid(random), "--no", "sg");
            sameEdit(image, what, "-guid", guid(random), "sg");
            sameEdit(tail, what, "-vsd", "text " + random.nextLong(), "sv");
            sameEdit(image, what, "-vsd", "x".repeat(1 + random.nextInt(208)), "-s", "sv");
        }
    }

    @Test
    void imagesWithFewEntriesGetTheSameFile() throws Exception {
        for (int count = 4; count <= 6; count++) {
            byte[] image = SyntheticImage.of(CardModel.HP_764285_B21)
                .guids(new GuidBlock(List.of(1L, 2L, 3L, 4L, 5L, 6L).subList(0, count))).build().bytes().toArray();
            // Without six entries stock shows what happens to be there in the rows of the MACs, ours no such rows.
            sameEdit(count < 6 ? MAC_ROWS : "^$", image, count + " entries", "-guid", "2c90300123450", "-y", "sg");
            sameEdit(image, count + " entries", "-vsd", "some text", "sv");
        }
    }

    @Test
    void mistakesAreAnsweredAlike() throws Exception {
        byte[] image = SyntheticImage.of(CardModel.MCX311A_XCAT).build().bytes().toArray();
        byte[] damaged = image.clone();
        damaged[0x3000] ^= 1;
        String[][] lines = {{"sg"}, {"sv"}, {"-guid", "1", "sg", "foo"}, {"-vsd", "x", "sv", "y"}, {"-uid", "1", "sg"},
            {"-guid", "1", "-uid", "1", "sg"}, {"-mac", "1", "-uid", "1", "sg"}, {"-guid", "1", "-guids", "1", "2", "3",
            "4", "sg"}, {"-vsd", "x".repeat(209), "sv"}, {"brom"}, {"brom", "a", "b"}, {"brom", "no-such-file"},
            {"-d", "x", "-striped_image", "-vsd", "x", "sv"}, {"-d", "x", "-guid", "1", "sg"}, {"drom", "x"}};
        for (String[] line : lines) {
            sameEdit(image, "good image", line);
        }
        sameEdit(damaged, "wrong CRC", "-vsd", "x", "sv");
        sameEdit(damaged, "wrong CRC", "-guid", "1", "-y", "sg");
        sameEdit(Arrays.copyOf(image, 0x5000), "cut", "-vsd", "x", "sv");
        sameEdit(Arrays.copyOf(image, 0x5001), "odd length", "-mac", "5", "-y", "sg");
        sameEdit(new byte[0x20], "short", "-mac", "5", "-y", "sg");
        sameEdit(new byte[0x100], "no image", "-mac", "5", "-y", "sg");
    }

    private static String guid(Random random) {
        return Long.toHexString(random.nextLong());
    }

    /** Without bit 40, which makes it a group's. */
    private static String mac(Random random) {
        return Long.toHexString(random.nextLong() & 0xfeffffffffffL);
    }
}
