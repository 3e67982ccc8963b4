// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.interop;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.cx3tools.binary.Bytes;
import org.cx3tools.harness.Outcome;
import org.cx3tools.harness.Pairwise;
import org.cx3tools.harness.Seeds;
import org.cx3tools.harness.Stock;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.GuidBlock;
import org.cx3tools.image.ImageEditor;
import org.cx3tools.imagemaker.RandomImage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever our editor makes of a good image is a good image for the stock tool. */
class EditedImagesTest {
    private static final int IMAGES = 100;

    private final Mismatches mismatches = new Mismatches("edited-images");
    private Stock stock;

    @TempDir
    Path folder;

    /** One edit of an image. */
    private interface Edit {
        Fs2Image of(Fs2Image image, Random random) throws FormatException;
    }

    private record NamedEdit(String name, Edit edit) {
    }

    private static final List<NamedEdit> EDITS = List.of(
            new NamedEdit("guids", EditedImagesTest::otherGuids),
            new NamedEdit("vsd", (image, random) -> ImageEditor.withVsd(image,
                    "edited " + random.nextInt())),
            new NamedEdit("psid", (image, random) -> ImageEditor.withPsid(image,
                    "CX3_" + random.nextInt(100000))),
            new NamedEdit("board file", EditedImagesTest::otherBoardFile),
            new NamedEdit("without rom", (image, random) -> image.romPayload().isEmpty() ? image
                    : ImageEditor.withoutRom(image)),
            new NamedEdit("with rom", (image, random) -> ImageEditor.withRom(image,
                    randomBytes(random, 4 * (1 + random.nextInt(500))))),
            new NamedEdit("hash file", (image, random) -> image.hashFile().isEmpty() ? image
                    : ImageEditor.withHashFile(image, Bytes.ofText("edited hash"))));

    @BeforeAll
    static void needsStock() {
        assumeTrue(Stock.find().isPresent(), Stock.MISSING);
    }

    @Test
    void areAcceptedByTheStockTool() throws Exception {
        stock = Stock.find().orElseThrow();
        long seed = Seeds.announce(EditedImagesTest.class);
        List<Callable<Integer>> pieces = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            long imageSeed = seed + i;
            pieces.add(() -> edits(imageSeed));
        }
        int edits = Pairwise.run(pieces).stream().mapToInt(Integer::intValue).sum();
        System.out.println("EditedImagesTest: " + edits + " edits of " + IMAGES + " images");
        mismatches.assertNone();
    }

    private int edits(long seed) throws Exception {
        RandomImage made = RandomImage.of(seed, RandomImage.Size.SMALL);
        if (made.blankGuids()) {
            return 0;
        }
        Random random = new Random(seed);
        Fs2Image image = Fs2Image.parse(Bytes.of(made.layout().bytes()));
        for (NamedEdit edit : EDITS) {
            Fs2Image edited = edit.edit().of(image, random);
            judge(edited, edit.name() + " of " + made.describe());
            image = random.nextBoolean() ? edited : image;
        }
        return EDITS.size();
    }

    private void judge(Fs2Image image, String what) throws Exception {
        Path file = Files.createTempFile(folder, "edited", ".bin");
        Files.write(file, image.bytes().toArray());
        Outcome outcome = stock.run(folder, "-i", file.toString(), "verify");
        if (outcome.exit() != 0 || outcome.output().contains("wrong CRC")
                || outcome.output().contains("BLANK")) {
            mismatches.add(what + "\n" + outcome.describe());
        }
        Files.delete(file);
    }

    private static Fs2Image otherGuids(Fs2Image image, Random random) throws FormatException {
        GuidBlock old = image.guids().orElseThrow();
        return ImageEditor.withGuids(image, old.entries().size() == 6
                ? new GuidBlock(old.entries().stream().map(entry -> entry & 0xFFFFFFFFFFFFL)
                        .toList()) : old);
    }

    private static Fs2Image otherBoardFile(Fs2Image image, Random random) throws FormatException {
        Optional<Bytes> old = image.fwConfiguration();
        if (old.isEmpty()) {
            return image;
        }
        String text = ";; synthetic\n" + "key = value\n".repeat(random.nextInt(400));
        return ImageEditor.withBoardFile(image, Bytes.ofText(text));
    }

    private static Bytes randomBytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }
}
