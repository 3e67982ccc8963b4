// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.cx3tools.archive.MfaArchive;
import org.cx3tools.archive.MfaInput;
import org.cx3tools.assemble.AssembleOptions;
import org.cx3tools.assemble.Assembler;
import org.cx3tools.assemble.Disassembler;
import org.cx3tools.assemble.FieldDictionary;
import org.cx3tools.assemble.ReleaseSource;
import org.cx3tools.binary.Bytes;
import org.cx3tools.harness.Mkfs2;
import org.cx3tools.harness.Pairwise;
import org.cx3tools.harness.Seeds;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageFile;
import org.cx3tools.image.ImageInfo;
import org.cx3tools.image.ImageLocator;
import org.cx3tools.image.ImageReader;
import org.cx3tools.image.Medium;
import org.cx3tools.imagemaker.FlashDump;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of both makers: to a release source and back, to a flash and back, to an archive and back. */
class RoundTripTest {
    private static final int IMAGES = Integer.getInteger("cx3.images", 1000);
    private static final int BATCH = 50;

    /** Two chunks of 2 MiB; larger flashes only for every tenth image, they take their time. */
    private static final int USUAL_LOG2_CHUNK = 20;

    private final AtomicInteger images = new AtomicInteger();
    private final AtomicInteger dumps = new AtomicInteger();
    private final AtomicInteger inSeveralChunks = new AtomicInteger();
    private final AtomicInteger archived = new AtomicInteger();

    @TempDir
    Path folder;

    @Test
    void imagesOfOurOtherMakerComeBackByteForByte() throws Exception {
        long seed = Seeds.announce(RoundTripTest.class);
        run(seed, from -> BaseImages.own(seed + from, batch(from)));
    }

    @Test
    void imagesOfMkfs2ComeBackByteForByte() throws Exception {
        assumeTrue(Mkfs2.find().isPresent(), Mkfs2.MISSING);
        long seed = Seeds.announce(RoundTripTest.class);
        run(seed, from -> BaseImages.mkfs2(folder, seed + from, batch(from)));
    }

    /** Makes the images of one batch. */
    private interface Source {
        List<BaseImages.Base> images(int from) throws Exception;
    }

    private static int batch(int from) {
        return Math.min(BATCH, IMAGES - from);
    }

    private void run(long seed, Source source) throws Exception {
        List<Callable<Void>> pieces = new ArrayList<>();
        for (int from = 0; from < IMAGES; from += BATCH) {
            int first = from;
            pieces.add(() -> {
                Random random = new Random(seed + first);
                List<BaseImages.Base> batch = source.images(first);
                for (BaseImages.Base base : batch) {
                    throughSource(base);
                    throughFlash(base, random);
                    images.incrementAndGet();
                }
                throughArchive(batch, first == 0);
                return null;
            });
        }
        Pairwise.run(pieces);
        System.out.println("RoundTripTest: " + images + " images, " + dumps + " flash dumps, "
                + inSeveralChunks + " of them in several chunks, " + archived + " images in archives");
        assertThat(archived.get() * 10).as("an archive has no place for an image without PSID or with one that"
                + " another has").isGreaterThanOrEqualTo(images.get() * 7);
    }

    /** Images to an archive to files to an archive: the same images, the same archive. Packing takes its time. */
    private void throughArchive(List<BaseImages.Base> batch, boolean packed) throws Exception {
        Map<String, MfaInput> boards = new LinkedHashMap<>();
        for (BaseImages.Base base : batch) {
            Fs2Image image = Fs2Image.parse(Bytes.of(base.bytes()));
            String psid = image.info().flatMap(ImageInfo::psid).orElse("");
            boolean holds = psid.matches("[0-9A-Za-z_-][0-9A-Za-z_.-]{0,15}") && image.info().flatMap(ImageInfo::fwVersion).isPresent();
            if (holds && boards.putIfAbsent(psid, new MfaInput(image, Optional.of("PN"), Optional.of("D"), Map.of()))
                    == null) {
                archived.incrementAndGet();
            }
        }
        Bytes file = MfaArchive.create(List.copyOf(boards.values()), packed);
        MfaArchive archive = MfaArchive.parse(file);
        List<MfaInput> again = new ArrayList<>();
        for (Map.Entry<String, MfaInput> board : boards.entrySet()) {
            Bytes out = archive.image(board.getKey());
            assertThat(out.equals(board.getValue().image().bytes())).as("board " + board.getKey()).isTrue();
            again.add(new MfaInput(Fs2Image.parse(out), Optional.of("PN"), Optional.of("D"), Map.of()));
        }
        assertThat(MfaArchive.create(again, packed).equals(file)).isTrue();
    }

    private void throughSource(BaseImages.Base base) throws Exception {
        Fs2Image image = Fs2Image.parse(Bytes.of(base.bytes()));
        Path place = Files.createTempDirectory(folder, "source");
        Path source = new Disassembler(FieldDictionary.empty()).disassemble(image, "fw")
                .write(place);
        Fs2Image back = new Assembler(AssembleOptions.defaults())
                .assemble(ReleaseSource.read(source), Optional.empty()).image();
        assertThat(back.bytes().equals(Bytes.of(base.bytes())))
                .as("release source of " + base.describe()).isTrue();
        try (var files = Files.list(place)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(place);
    }

    private void throughFlash(BaseImages.Base base, Random random) throws Exception {
        OptionalInt log2Chunk = base.log2Chunk();
        if (log2Chunk.orElse(16) > USUAL_LOG2_CHUNK && random.nextInt(10) != 0) {
            return;
        }
        int slot = log2Chunk.isEmpty() ? 0 : random.nextInt(2);
        byte[] flash = FlashDump.blank(FlashDump.sizeFor(base.bytes().length, log2Chunk));
        FlashDump.put(flash, base.bytes(), log2Chunk, slot);
        Bytes dump = Bytes.of(flash);
        Medium medium = Medium.of(dump);
        Fs2Image read = ImageReader.read(medium, ImageLocator.starts(medium).get(0));
        String what = "slot " + slot + " of a flash with " + base.describe();
        assertThat(read.bytes().equals(Bytes.of(base.bytes()))).as(what).isTrue();
        assertThat(ImageReader.toFlash(read, flash.length, slot).equals(dump)).as(what).isTrue();
        ImageFile file = ImageFile.parse(dump, true);
        assertThat(file.image()).as(what).isEqualTo(read);
        assertThat(file.with(read).equals(dump)).as(what).isTrue();
        dumps.incrementAndGet();
        inSeveralChunks.addAndGet(base.bytes().length > 1 << log2Chunk.orElse(30) ? 1 : 0);
    }
}
