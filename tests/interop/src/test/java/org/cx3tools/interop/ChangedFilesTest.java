// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.interop;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.cx3tools.binary.Bytes;
import org.cx3tools.burn.ImageChanges;
import org.cx3tools.harness.Outcome;
import org.cx3tools.harness.Pairwise;
import org.cx3tools.harness.Seeds;
import org.cx3tools.harness.Stock;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageFile;
import org.cx3tools.image.RomInfo;
import org.cx3tools.imagemaker.RandomImage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GUIDs, MACs and vendor text set in a file: byte for byte what the stock tool makes of it. */
class ChangedFilesTest {
    private static final int IMAGES = 100;
    private static final int VSD_SIZE = 208;

    private final Mismatches mismatches = new Mismatches("changed-files");
    private Stock stock;

    @TempDir
    Path folder;

    /** The same change in our terms and in the words of the stock tool. */
    private record Change(Fs2Image ours, List<String> words) {
    }

    @BeforeAll
    static void needsStock() {
        assumeTrue(Stock.find().isPresent(), Stock.MISSING);
    }

    @Test
    void areThoseOfTheStockTool() throws Exception {
        stock = Stock.find().orElseThrow();
        long seed = Seeds.announce(ChangedFilesTest.class);
        List<Callable<Integer>> pieces = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            long imageSeed = seed + i;
            pieces.add(() -> changes(imageSeed));
        }
        int changes = Pairwise.run(pieces).stream().mapToInt(Integer::intValue).sum();
        System.out.println("ChangedFilesTest: " + changes + " changes of " + IMAGES + " images");
        mismatches.assertNone();
    }

    private int changes(long seed) throws Exception {
        RandomImage made = RandomImage.of(seed, RandomImage.Size.SMALL);
        Random random = new Random(seed);
        byte[] content = made.layout().bytes();
        Bytes given = Bytes.of(Arrays.copyOf(content, content.length + 4 * random.nextInt(9)));
        ImageFile file = ImageFile.parse(given, false);
        boolean badRom = file.image().rom().map(RomInfo::checksumWrong).orElse(false);
        if (made.blankGuids() || badRom) {
            // Stock refuses to set blank GUIDs in a file, and gives it a full CRC with the vendor text; a ROM with a
            // wrong checksum does not disturb it.
            return 0;
        }
        List<Change> changes = new ArrayList<>();
        changes.add(vsd(file.image(), random));
        int entries = file.image().guids().map(g -> g.entries().size()).orElse(0);
        // Of more than six entries stock sets the others to zero, we keep them.
        if (entries >= 4 && entries <= 6) {
            changes.add(identity(file.image(), random, entries == 6));
        }
        for (Change change : changes) {
            judge(given, file.with(change.ours()), change.words(), made.describe());
        }
        return changes.size();
    }

    private static Change vsd(Fs2Image image, Random random) throws Exception {
        String text = "x" + Long.toString(random.nextLong() & Long.MAX_VALUE, 36).repeat(9);
        String vsd = text.substring(0, 1 + random.nextInt(Math.min(text.length(), VSD_SIZE)));
        return new Change(ImageChanges.withVsd(image, vsd), List.of("-vsd", vsd, "sv"));
    }

    private static Change identity(Fs2Image image, Random random, boolean macs) throws Exception {
        List<String> words = new ArrayList<>(List.of("-y", "-guids"));
        List<Long> four = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            four.add(random.nextLong());
            words.add(Long.toHexString(four.get(i)));
        }
        Optional<List<Long>> two = Optional.empty();
        if (macs) {
            two = Optional.of(List.of(random.nextLong() & 0xFEFFFFFFFFFFL, 5L));
            words.addAll(List.of("-macs", Long.toHexString(two.get().get(0)), "5"));
        }
        words.add("sg");
        return new Change(ImageChanges.withIdentity(image, Optional.of(four), two), words);
    }

    private void judge(Bytes before, Bytes ours, List<String> words, String what) throws Exception {
        Path file = Files.createTempFile(folder, "changed", ".bin");
        Files.write(file, before.toArray());
        List<String> line = new ArrayList<>(List.of("-i", file.toString()));
        line.addAll(words);
        Outcome outcome = stock.run(folder, line.toArray(new String[0]));
        int different = Arrays.mismatch(Files.readAllBytes(file), ours.toArray());
        if (outcome.exit() != 0 || different >= 0) {
            mismatches.add(what + ": first difference at " + different + "\n" + outcome.describe());
        }
        Files.delete(file);
    }
}
