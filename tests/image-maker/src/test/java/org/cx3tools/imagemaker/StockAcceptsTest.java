// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.imagemaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stock tool judges the maker itself, before the maker judges our own code. */
class StockAcceptsTest {
    private static final Path STOCK = Path.of("/usr/bin/mstflint");
    private static final int IMAGES = 60;

    @TempDir
    Path folder;

    @Test
    void everyGoodImageIsBootableForTheStockVerifier() throws Exception {
        assumeTrue(Files.isExecutable(STOCK), "mstflint is not installed");
        String given = System.getProperty("cx3.seed", "");
        long seed = given.isEmpty() ? new Random().nextInt(1 << 30) : Long.decode(given);
        System.out.println("StockAcceptsTest: -Dcx3.seed=" + seed);
        List<String> refused = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            RandomImage image = RandomImage.of(seed + i, RandomImage.Size.SMALL);
            Path file = folder.resolve("image.bin");
            Files.write(file, image.layout().bytes());
            String output = verify(file);
            String wanted = image.blankGuids() ? "BLANK GUIDS" : "Image is bootable";
            if (!output.contains(wanted) || output.contains("wrong CRC")) {
                refused.add(image.describe() + "\n" + output);
            }
        }
        assertThat(refused).isEmpty();
    }

    private static String verify(Path file) throws Exception {
        Process process = new ProcessBuilder(STOCK.toString(), "-i", file.toString(), "verify")
                .redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(),
                java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
