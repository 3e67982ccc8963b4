// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.cx3tools.archive.MfaMaker.Image;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.Seed;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageFixture;
import org.junit.jupiter.api.Test;

/** Whatever the bytes are: a refusal, soon, and with little memory. */
class MfaHostileTest {
    private static final long MIB = 1 << 20;

    private static Bytes good(boolean xz) throws Exception {
        return MfaArchive.create(List.of(MfaInput.of(Fs2Image.parse(ImageFixture.plain()))), xz);
    }

    @Test
    void anArchiveCutOffAnywhereIsRefused() throws Exception {
        for (boolean xz : new boolean[] {false, true}) {
            Bytes file = good(xz);
            for (int length = 0; length < file.length(); length++) {
                assertThat(failure(file.slice(0, length))).as("length " + length).isNotNull();
                if (length >= 4) {
                    read(MfaMaker.sealed(file.slice(0, length).toArray()));
                }
            }
        }
    }

    @Test
    void everyFlippedByteGivesAnArchiveOrARefusal() throws Exception {
        Random random = Seed.start("MfaHostileTest.everyFlippedByteGivesAnArchiveOrARefusal");
        for (boolean xz : new boolean[] {false, true}) {
            byte[] file = good(xz).toArray();
            for (int at = 0; at < file.length - 4; at++) {
                read(MfaMaker.with(file, at, file[at] ^ 1 + random.nextInt(255)));
                read(MfaMaker.with(file, at, file[at] ^ 1 << random.nextInt(8)));
            }
        }
    }

    @Test
    void severalFlippedBytesGiveAnArchiveOrARefusal() throws Exception {
        Random random = Seed.start("MfaHostileTest.severalFlippedBytesGiveAnArchiveOrARefusal");
        byte[] plain = MfaMaker.small().build();
        byte[] packed = good(true).toArray();
        for (int round = 0; round < 4000; round++) {
            byte[] file = (round % 2 == 0 ? plain : packed).clone();
            for (int i = random.nextInt(6); i >= 0; i--) {
                file[random.nextInt(file.length)] = (byte) (random.nextBoolean() ? 0xff
                        : random.nextInt());
            }
            read(MfaMaker.sealed(file));
        }
    }

    @Test
    void twoGigabytesOfZerosAreRefusedUnseen() {
        byte[] bomb = XzParts.bomb(128, 16 << 20, 16 << 20);
        assertThat(bomb.length).isLessThan(1 << 20);
        long before = allocated();
        FormatException error = failure(MfaMaker.small().stored(3, bomb).bytes());
        assertThat(error.what()).isEqualTo("unpacked size of section DATA");
        assertThat(error.expected()).isEqualTo("at most 268435456 bytes");
        assertThat(allocated() - before).isLessThan(8 * MIB);
    }

    @Test
    void aBombThatSaysItIsSmallIsStoppedAtWhatItSays() {
        byte[] bomb = XzParts.bomb(128, 16 << 20, 1000);
        long before = allocated();
        FormatException error = failure(MfaMaker.small().stored(3, bomb).bytes());
        assertThat(error.what()).isEqualTo("xz stream of section DATA");
        assertThat(allocated() - before).isLessThan(32 * MIB);
    }

    @Test
    void listsHaveTighterLimitsThanImages() {
        byte[] bomb = XzParts.bomb(2, 16 << 20, 16 << 20);
        assertThat(failure(MfaMaker.small().stored(1, bomb).bytes()).expected())
                .isEqualTo("at most 16777216 bytes");
        assertThat(failure(MfaMaker.small().stored(2, bomb).bytes()).expected())
                .isEqualTo("at most 1572864 bytes");
    }

    @Test
    void manyBlocksWithTheLargestWindowNeedTheMemoryOfOne() throws FormatException {
        byte[] one = XzParts.withWindow(XzParts.pack(new byte[1000]), 28);
        Bytes file = MfaMaker.small().stored(3, XzParts.repeated(one, 500, 1000)).bytes();
        long before = allocated();
        assertThat(MfaArchive.parse(file).boards()).hasSize(1);
        assertThat(allocated() - before).isLessThan(200 * MIB);
    }

    @Test
    void thousandsOfBlocksAreRefused() {
        byte[] bomb = XzParts.bomb(XzOutline.MAX_BLOCKS + 1, 1, 1);
        assertThat(failure(MfaMaker.small().stored(3, bomb).bytes()).what())
                .isEqualTo("number of xz blocks of section DATA");
    }

    @Test
    void anImageOfOnePieceAgainAndAgainIsRefused() {
        int size = 2 << 20;
        MfaMaker maker = new MfaMaker();
        maker.data(new byte[size]);
        maker.toc(0, size, 1);
        Image[] images = new Image[255];
        for (int i = 0; i < images.length; i++) {
            images[i] = Image.firmware(0, i % 2);
        }
        FormatException error = failure(maker.board("A", List.of(), images).bytes());
        assertThat(error.what()).startsWith("size of all images");
    }

    @Test
    void countsAreBounded() {
        MfaMaker boards = new MfaMaker();
        boards.data(new byte[1]);
        boards.toc(0, 1, 1);
        for (int i = 0; i <= MfaArchive.MAX_BOARDS; i++) {
            boards.board("B" + i, List.of(), Image.firmware(0, 1));
        }
        assertThat(failure(boards.bytes()).what()).isEqualTo("number of boards");

        MfaMaker images = new MfaMaker();
        images.data(new byte[1]);
        images.toc(0, 1, 1);
        Image[] many = new Image[255];
        Arrays.fill(many, Image.firmware(0, 1));
        for (int i = 0; i <= MfaArchive.MAX_COMPONENTS / 255; i++) {
            images.board("B" + i, List.of(), many);
        }
        assertThat(failure(images.bytes()).what()).isEqualTo("number of images of all boards");

        MfaMaker toc = new MfaMaker();
        for (int i = 0; i <= MfaArchive.MAX_TOC_ENTRIES; i++) {
            toc.toc(0, 0, 0);
        }
        assertThat(failure(toc.bytes()).what()).isEqualTo("size of section TOC");

        List<String> pairs = new ArrayList<>(Collections.nCopies(2 * MfaArchive.MAX_PAIRS + 2, ""));
        assertThat(failure(new MfaMaker().board("A", pairs).bytes()).what())
                .isEqualTo("number of images");
        MfaMaker metadata = new MfaMaker();
        metadata.toc(0, 0, 1);
        assertThat(failure(metadata.board("A", pairs, Image.firmware(0, 1)).bytes()).what())
                .isEqualTo("number of pairs of metadata");
    }

    /** A flipped byte may leave an archive: then all of it can be looked at. */
    private static void read(byte[] file) {
        try {
            MfaArchive archive = MfaArchive.parse(Bytes.of(file));
            archive.check().forEach(p -> assertThat(p.toString()).matches("[ -~]+"));
            for (MfaBoard board : archive.boards()) {
                assertThat(board.toString()).matches("[ -~]+");
            }
        } catch (FormatException e) {
            assertThat(e.getMessage()).matches("[ -~]+");
        }
    }

    private static FormatException failure(Bytes file) {
        return catchThrowableOfType(FormatException.class, () -> MfaArchive.parse(file));
    }

    /** By reflection: the module under test does not read the module of these classes. */
    private static long allocated() {
        try {
            Object threads = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean").invoke(null);
            return (long) Class.forName("com.sun.management.ThreadMXBean")
                    .getMethod("getThreadAllocatedBytes", long.class)
                    .invoke(threads, Thread.currentThread().getId());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
