// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.interop;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A random command line for mkfs2.py out of all its options.
 *
 * @param words   the words for the script
 * @param options what the stock tool has to be told about the file
 */
record Mkfs2Command(List<String> words, List<String> options) {

    static Mkfs2Command random(Random random, Path out, List<Path> boardFiles) {
        return new Chooser(random, out, boardFiles).choose(false);
    }

    /** One without a flash around the image, and with the board file of the script. */
    static Mkfs2Command contiguous(Random random, Path out) {
        return new Chooser(random, out, List.of()).choose(true);
    }

    private static final class Chooser {
        private static final String TEXT = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";

        private final Random random;
        private final List<Path> boardFiles;
        private final List<String> words = new ArrayList<>();
        private final List<String> options = new ArrayList<>();

        Chooser(Random random, Path out, List<Path> boardFiles) {
            this.random = random;
            this.boardFiles = boardFiles;
            add("-o", out.toString());
        }

        Mkfs2Command choose(boolean contiguous) {
            identity();
            infoTags();
            guids();
            if (random.nextInt(3) == 0) {
                add("--rom", random.nextBoolean() ? "pxe" : "pxe+uefi");
            }
            if (random.nextInt(4) == 0) {
                add("--hash-file");
            }
            if (!boardFiles.isEmpty() && random.nextInt(4) == 0) {
                add("--ini-file", boardFiles.get(random.nextInt(boardFiles.size())).toString());
            }
            layout(contiguous);
            return new Mkfs2Command(List.copyOf(words), List.copyOf(options));
        }

        private void identity() {
            add("--devid", random.nextBoolean() ? "4103" : "4099");
            add("--psid", text(1 + random.nextInt(16)));
            add("--fw", format("%d.%d.%d", 1 + random.nextInt(3), random.nextInt(200),
                    random.nextInt(9999)));
            add("--date", format("%d.%d.%d", 1 + random.nextInt(28), 1 + random.nextInt(12),
                    2008 + random.nextInt(20)));
            if (random.nextInt(3) == 0) {
                add("--rev", Integer.toString(random.nextInt(256)));
            }
            if (random.nextInt(2) == 0) {
                add("--hwids", List.of("", "0x1f5", "0x1f7", "0x1f5,0x101f5", "0x1f5,0x1f7")
                        .get(random.nextInt(5)));
            }
        }

        private void infoTags() {
            if (random.nextBoolean()) {
                add("--vsd", text(random.nextInt(208)));
            }
            if (random.nextInt(8) == 0) {
                add("--vendor", random.nextBoolean() ? "0x1590" : "0");
            }
            if (random.nextInt(3) == 0) {
                add("--product", text(1 + random.nextInt(16)));
            }
            if (random.nextInt(3) == 0) {
                add("--prs", "synthetic_" + text(random.nextInt(80)));
            }
            if (random.nextInt(4) == 0) {
                add("--minfit", format("%d.%d.%d.%d", random.nextInt(20), random.nextInt(20),
                        random.nextInt(20), random.nextInt(20)));
            }
            if (random.nextInt(4) == 0) {
                add("--hwkey", Integer.toString(random.nextInt(3)));
            }
            if (random.nextInt(6) == 0) {
                add("--no-mic");
            }
            add("--config-sectors", Integer.toString(random.nextInt(5)));
            add("--config-pad", Integer.toString(random.nextInt(3)));
            add("--log-sector-kb", random.nextBoolean() ? "2" : "6");
        }

        private void guids() {
            if (random.nextInt(10) == 0) {
                add("--blank-guids");
                return;
            }
            add("--guid", format("0x%016x", random.nextLong() & 0x7FFFFFFFFFFFFFF0L));
            long mac = random.nextLong() & 0xFFFFFFFFFFF0L;
            if (random.nextInt(8) != 0) {
                mac &= ~(1L << 40);
            }
            add("--mac", format("0x%012x", mac));
        }

        private void layout(boolean contiguous) {
            int log2Chunk = 16 + random.nextInt(8);
            boolean failsafe = random.nextInt(4) != 0;
            int form = contiguous ? 5 : random.nextInt(6);
            if (form < 2) {
                log2Chunk = Math.min(log2Chunk, 20);
            }
            if (failsafe) {
                add("--log2-chunk", Integer.toString(log2Chunk));
            } else {
                add("--nonfailsafe");
            }
            if (form == 0) {
                add("--flash", "0x200000");
                add("--slot", failsafe ? List.of("0", "1", "both").get(random.nextInt(3)) : "0");
                striped();
            } else if (form == 1 && failsafe) {
                add("--striped");
                striped();
            }
        }

        private void striped() {
            if (random.nextInt(4) != 0) {
                options.add("-striped_image");
            }
        }

        private void add(String... more) {
            words.addAll(List.of(more));
        }

        private String text(int length) {
            StringBuilder text = new StringBuilder("X");
            for (int i = 1; i < length; i++) {
                text.append(TEXT.charAt(random.nextInt(TEXT.length())));
            }
            return text.toString();
        }

        private static String format(String pattern, Object... values) {
            return String.format(Locale.ROOT, pattern, values);
        }
    }
}
