// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.interop;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.cx3tools.binary.Bytes;
import org.cx3tools.harness.Ours;
import org.cx3tools.harness.Outcome;
import org.cx3tools.harness.Pairwise;
import org.cx3tools.harness.Seeds;
import org.cx3tools.harness.Stock;
import org.cx3tools.imagemaker.Damage;
import org.cx3tools.imagemaker.Noise;
import org.cx3tools.imagemaker.RandomImage;
import org.cx3tools.verify.VerifyReport;
import org.cx3tools.verify.Verifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged images: what the stock tool refuses, hangs on or crashes over, we refuse as well. */
class DamagedImagesTest {
    private static final int IMAGES = 40;
    private static final int PER_IMAGE = 12;

    private final Mismatches mismatches = new Mismatches("damaged-images");
    private final AtomicInteger refusedByStock = new AtomicInteger();
    private final AtomicInteger refusedByUs = new AtomicInteger();
    private final AtomicInteger total = new AtomicInteger();

    @TempDir
    Path folder;

    @Test
    void nothingThatTheStockToolRefusesIsAcceptedByUs() throws Exception {
        assumeTrue(Stock.find().isPresent(), Stock.MISSING);
        Stock stock = Stock.find().orElseThrow();
        long seed = Seeds.announce(DamagedImagesTest.class);
        List<Callable<Void>> pieces = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            long imageSeed = seed + i;
            pieces.add(() -> damage(stock, imageSeed));
        }
        Pairwise.run(pieces);
        System.out.println("DamagedImagesTest: " + total + " damaged images, " + refusedByStock
                + " refused by the stock tool, " + refusedByUs + " by us");
        mismatches.assertNone();
    }

    private Void damage(Stock stock, long seed) throws Exception {
        RandomImage image = RandomImage.of(seed, RandomImage.Size.SMALL);
        Random random = new Random(seed);
        if (image.blankGuids()) {
            return null;
        }
        for (int i = 0; i < PER_IMAGE; i++) {
            byte[] flipped = Noise.flippedBits(image.layout(), random);
            judge(stock, flipped, "flipped bits " + i + " of " + image.describe());
            judge(stock, Noise.cut(image.layout(), random), "cut " + i + " of "
                    + image.describe());
            judge(stock, Noise.structure(image.layout(), random), "structure " + i + " of "
                    + image.describe());
        }
        Damage kind = Damage.values()[(int) (seed % Damage.values().length)];
        judge(stock, kind.of(image.layout()), kind.label() + " of " + image.describe());
        return null;
    }

    private void judge(Stock stock, byte[] bytes, String what) throws Exception {
        Path file = Files.createTempFile(folder, "damaged", ".bin");
        Files.write(file, bytes);
        Outcome theirs = stock.run(folder, "-i", file.toString(), "verify");
        Outcome ours = Ours.run(folder, "flint", "-i", file.toString(), "verify");
        VerifyReport report = Verifier.verify(Bytes.of(bytes));
        boolean stockRefuses = theirs.exit() != 0;
        total.incrementAndGet();
        refusedByStock.addAndGet(stockRefuses ? 1 : 0);
        refusedByUs.addAndGet(report.good() ? 0 : 1);
        boolean known = ours.exit() == 0 || ours.exit() == 1;
        if (stockRefuses && (report.good() || ours.exit() == 0) || !known
                || ours.describe().contains("Exception")) {
            mismatches.add(what + "\n--- stock\n" + theirs.describe() + "\n--- ours\n"
                    + ours.describe() + "\n--- findings\n" + report.findings());
        }
        Files.delete(file);
    }
}
