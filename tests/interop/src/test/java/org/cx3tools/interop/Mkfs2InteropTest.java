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
import org.cx3tools.harness.Mkfs2;
import org.cx3tools.harness.Pairwise;
import org.cx3tools.harness.Seeds;
import org.cx3tools.harness.Stock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of a maker that shares nothing with us: both tools must say the same about each. */
class Mkfs2InteropTest {
    private static final int BATCH = 25;
    private static final int IMAGES = Integer.getInteger("cx3.images", 500);

    private final Mismatches mismatches = new Mismatches("mkfs2");

    @TempDir
    Path folder;

    @Test
    void bothToolsPrintTheSameAboutEveryImage() throws Exception {
        assumeTrue(Stock.find().isPresent(), Stock.MISSING);
        assumeTrue(Mkfs2.find().isPresent(), Mkfs2.MISSING);
        long seed = Seeds.announce(Mkfs2InteropTest.class);
        List<Path> boardFiles = boardFiles(new Random(seed));
        List<Callable<Integer>> batches = new ArrayList<>();
        for (int first = 0; first < IMAGES; first += BATCH) {
            int from = first;
            int to = Math.min(first + BATCH, IMAGES);
            batches.add(() -> batch(seed, from, to, boardFiles));
        }
        int compared = Pairwise.run(batches).stream().mapToInt(Integer::intValue).sum();
        System.out.println("Mkfs2InteropTest: " + compared + " images compared");
        mismatches.assertNone();
    }

    private int batch(long seed, int from, int to, List<Path> boardFiles) throws Exception {
        SideBySide both = new SideBySide(Stock.find().orElseThrow(), folder, mismatches);
        List<Path> files = new ArrayList<>();
        List<Mkfs2Command> commands = new ArrayList<>();
        for (int i = from; i < to; i++) {
            files.add(folder.resolve(i + ".bin"));
            commands.add(Mkfs2Command.random(new Random(seed + i), files.get(i - from),
                    boardFiles));
        }
        Mkfs2.find().orElseThrow().make(folder,
                commands.stream().map(Mkfs2Command::words).toList());
        for (int i = 0; i < files.size(); i++) {
            Mkfs2Command command = commands.get(i);
            both.compareAll(files.get(i), command.options(),
                    "seed " + (seed + from + i) + ": mkfs2.py " + command.words());
            Files.delete(files.get(i));
        }
        return files.size();
    }

    private List<Path> boardFiles(Random random) throws Exception {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            StringBuilder text = new StringBuilder(";; synthetic\n[ADAPTER]\nPSID = X\n");
            int lines = i * i * i * 30;
            for (int line = 0; line < lines; line++) {
                text.append("key").append(line).append(" = ").append(random.nextInt()).append('\n');
            }
            files.add(Files.writeString(folder.resolve("board" + i + ".ini"), text));
        }
        return files;
    }
}
