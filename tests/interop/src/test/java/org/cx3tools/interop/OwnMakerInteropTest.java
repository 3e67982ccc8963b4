// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.interop;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.Callable;
import org.cx3tools.harness.Pairwise;
import org.cx3tools.harness.Seeds;
import org.cx3tools.harness.Stock;
import org.cx3tools.imagemaker.FlashDump;
import org.cx3tools.imagemaker.RandomImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of our own independent maker, which uses more of the format than any release does. */
class OwnMakerInteropTest {
    private static final int IMAGES = Integer.getInteger("cx3.images", 200);

    private final Mismatches mismatches = new Mismatches("own-maker");

    @TempDir
    Path folder;

    @Test
    void bothToolsPrintTheSameAboutEveryImage() throws Exception {
        assumeTrue(Stock.find().isPresent(), Stock.MISSING);
        long seed = Seeds.announce(OwnMakerInteropTest.class);
        List<Callable<Integer>> pieces = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            long imageSeed = seed + i;
            pieces.add(() -> compare(imageSeed));
        }
        int compared = Pairwise.run(pieces).stream().mapToInt(Integer::intValue).sum();
        System.out.println("OwnMakerInteropTest: " + compared + " files compared");
        mismatches.assertNone();
    }

    private int compare(long seed) throws Exception {
        SideBySide both = new SideBySide(Stock.find().orElseThrow(), folder, mismatches);
        RandomImage image = RandomImage.of(seed, RandomImage.Size.SMALL);
        Random random = new Random(seed);
        byte[] bytes = image.layout().bytes();
        String form = "contiguous";
        List<String> options = List.of();
        OptionalInt log2Chunk = image.layout().plan().log2Chunk();
        if (random.nextInt(5) == 0) {
            byte[] longer = java.util.Arrays.copyOf(bytes, bytes.length + 4 * random.nextInt(999));
            java.util.Arrays.fill(longer, bytes.length, longer.length, (byte) random.nextInt());
            bytes = longer;
            form = "with trailing bytes";
        } else if (random.nextInt(3) == 0 && log2Chunk.orElse(16) < 20) {
            byte[] flash = FlashDump.blank(FlashDump.sizeFor(bytes.length, log2Chunk));
            int slot = log2Chunk.isEmpty() ? 0 : random.nextInt(2);
            FlashDump.put(flash, bytes, log2Chunk, slot);
            boolean second = log2Chunk.isPresent() && random.nextBoolean();
            if (second) {
                FlashDump.put(flash, bytes, log2Chunk, 1 - slot);
            }
            bytes = flash;
            options = random.nextInt(4) == 0 ? List.of() : List.of("-striped_image");
            form = "flash dump, slot " + (second ? "both" : slot);
        }
        Path file = folder.resolve(seed + ".bin");
        Files.write(file, bytes);
        both.compareAll(file, options, image.describe() + ", " + form);
        both.compare(file, options, image.describe() + ", " + form, "query");
        Files.delete(file);
        return 1;
    }
}
