// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.interop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.cx3tools.harness.Mkfs2;
import org.cx3tools.imagemaker.RandomImage;

/** Good contiguous images of both makers, which share nothing with each other or with us. */
final class BaseImages {
    private BaseImages() {
    }

    /**
     * One image.
     *
     * @param bytes    its bytes, contiguous
     * @param describe how to make it again
     */
    record Base(byte[] bytes, String describe) {
        /** Of the failsafe word: bit 3 for failsafe, three bits of chunk size. */
        OptionalInt log2Chunk() {
            int word = bytes[0x2B];
            return (word & 8) == 0 ? OptionalInt.empty() : OptionalInt.of(16 + (word & 7));
        }
    }

    /** Small images of the maker in Java. */
    static List<Base> own(long seed, int count) {
        List<Base> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RandomImage image = RandomImage.of(seed + i, RandomImage.Size.SMALL);
            all.add(new Base(image.layout().bytes(), image.describe()));
        }
        return all;
    }

    /** Images of mkfs2.py, of the size of a release, made by one process. */
    static List<Base> mkfs2(Path folder, long seed, int count) throws Exception {
        List<Mkfs2Command> commands = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            commands.add(Mkfs2Command.contiguous(new Random(seed + i),
                    folder.resolve("mkfs2-" + (seed + i) + ".bin")));
        }
        Mkfs2.find().orElseThrow().make(folder,
                commands.stream().map(Mkfs2Command::words).toList());
        List<Base> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Path file = folder.resolve("mkfs2-" + (seed + i) + ".bin");
            all.add(new Base(Files.readAllBytes(file),
                    "seed " + (seed + i) + ": mkfs2.py " + commands.get(i).words()));
            Files.delete(file);
        }
        return all;
    }
}
