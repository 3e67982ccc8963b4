// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.cx3tools.archive.MfaArchive;
import org.cx3tools.archive.MfaInput;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageEditor;
import org.cx3tools.image.ImageLocator;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticRelease;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvailableImagesTest {
    private static final String PSID = "HP_1380110017";
    private static final String OTHER = "OTHER_01";

    private static Fs2Image image;
    private static Fs2Image other;
    private static byte[] archive;

    @TempDir
    private Path folder;

    @BeforeAll
    static void images() throws Exception {
        image = SyntheticRelease.image(CardModel.HP_764285_B21);
        other = ImageEditor.withPsid(image, OTHER);
        archive = MfaArchive.create(List.of(MfaInput.of(other), MfaInput.of(image)), false)
                .toArray();
    }

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private static byte[] flipped() {
        byte[] bytes = image.bytes().toArray();
        bytes[bytes.length / 2] ^= 1;
        return bytes;
    }

    /** The same archive with other bytes at a place, and the checksum over everything made good. */
    private static byte[] changed(int at, byte[] bytes) {
        byte[] file = archive.clone();
        System.arraycopy(bytes, 0, file, at, bytes.length);
        CRC32 crc = new CRC32();
        crc.update(file, 0, file.length - 4);
        ByteBuffer.wrap(file).putInt(file.length - 4, (int) crc.getValue());
        return file;
    }

    private static int find(byte[] what, int from) {
        String text = new String(archive, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(new String(what, StandardCharsets.ISO_8859_1), from);
        assertThat(at).isNotNegative();
        return at;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void anImageFileIsOneImage() throws Exception {
        Path file = file("a.bin", image.bytes().toArray());
        AvailableImages images = AvailableImages.ofFile(file);

        assertThat(images.all()).hasSize(1);
        AvailableImage only = images.all().get(0);
        assertThat(only.file()).isEqualTo(file);
        assertThat(only.board()).isEmpty();
        assertThat(only.psid()).contains(PSID);
        assertThat(only.image().bytes()).isEqualTo(image.bytes());
        assertThat(images.matching(Optional.of(PSID))).containsExactly(only);
        assertThat(images.matching(Optional.of(OTHER))).isEmpty();
        assertThat(images.matching(Optional.empty())).isEmpty();
        assertThat(images.passedOver()).isEmpty();
    }

    @Test
    void anArchiveIsAnImageForEachBoard() throws Exception {
        AvailableImages images = AvailableImages.ofFile(file("a.mfa", archive));

        assertThat(images.all()).extracting(found -> found.psid().orElseThrow())
                .containsExactly(OTHER, PSID);
        assertThat(images.matching(Optional.of(PSID)).get(0).image().bytes())
                .isEqualTo(image.bytes());
    }

    @Test
    void aDamagedFileThatWasNamedIsAnError() throws Exception {
        Path cut = file("cut.bin", image.bytes().slice(0, 0x1000).toArray());
        Path flipped = file("flipped.bin", flipped());
        Path noImage = file("notes.txt", ascii("no image"));
        Path badArchive = file("bad.mfa", Bytes.of(archive).slice(0, 0x1000).toArray());
        for (Path damaged : List.of(cut, flipped, noImage, badArchive)) {
            assertThatThrownBy(() -> AvailableImages.ofFile(damaged)).as(damaged.toString())
                    .isInstanceOf(FormatException.class);
        }
        assertThatThrownBy(() -> AvailableImages.ofFile(folder.resolve("none.bin")))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> AvailableImages.ofFile(folder))
                .isInstanceOf(IOException.class).hasMessageContaining("is a folder");
    }

    @Test
    void aBoardWhoseImageIsDamagedIsPassedOver() throws Exception {
        byte[] magic = ImageLocator.MAGIC.toArray();
        Path file = file("a.mfa", changed(find(magic, 0), new byte[] {0}));
        AvailableImages images = AvailableImages.ofFile(file);

        assertThat(images.all()).extracting(found -> found.psid().orElseThrow())
                .containsExactly(PSID);
        assertThat(images.passedOver()).singleElement().satisfies(passed -> {
            assertThat(passed.file()).isEqualTo(file);
            assertThat(passed.psid()).contains(OTHER);
            assertThat(passed.reason()).isEqualTo(PassedOver.Reason.DAMAGED);
        });
    }

    @Test
    void anArchiveWithoutAGoodImageIsAnError() throws Exception {
        byte[] one = MfaArchive.create(List.of(MfaInput.of(image)), false).toArray();
        archiveIsUsed(one, () -> {
            Path file = file("a.mfa", changed(find(ImageLocator.MAGIC.toArray(), 0),
                    new byte[] {0}));
            assertThatThrownBy(() -> AvailableImages.ofFile(file))
                    .isInstanceOf(FormatException.class);
            AvailableImages images = AvailableImages.ofFolder(folder);
            assertThat(images.all()).isEmpty();
            assertThat(images.passedOver()).singleElement().satisfies(
                    passed -> assertThat(passed.psid()).isEmpty());
        });
    }

    private interface Check {
        void run() throws Exception;
    }

    private static void archiveIsUsed(byte[] other, Check check) throws Exception {
        byte[] before = archive;
        archive = other;
        try {
            check.run();
        } finally {
            archive = before;
        }
    }

    @Test
    void anArchiveThatGivesABoardTheImageOfAnotherIsNotBelieved() throws Exception {
        // The list of boards comes first in the file.
        AvailableImages images = AvailableImages.ofFile(
                file("a.mfa", changed(find(ascii(OTHER), 0), ascii("OTHER_02"))));

        assertThat(images.matching(Optional.of("OTHER_02"))).isEmpty();
        assertThat(images.passedOver()).singleElement().satisfies(passed -> {
            assertThat(passed.psid()).contains("OTHER_02");
            assertThat(passed.detail()).contains("expected OTHER_02 as the archive says",
                    "found " + OTHER);
        });
    }

    @Test
    void aFolderIsReadByTheNamesOfItsFilesAndOnlyImagesOfIt() throws Exception {
        file("b.bin", image.bytes().toArray());
        file("a.mfa", archive);
        file("notes.txt", ascii("no image"));
        Files.createFile(folder.resolve("empty"));
        Files.createDirectory(folder.resolve("inside"));
        file("inside/c.bin", image.bytes().toArray());
        AvailableImages images = AvailableImages.ofFolder(folder);

        assertThat(images.all()).extracting(found -> found.file().getFileName().toString())
                .containsExactly("a.mfa", "a.mfa", "b.bin");
        assertThat(images.passedOver()).isEmpty();
        assertThat(images.matching(Optional.of(PSID))).hasSize(2);
        assertThatThrownBy(() -> AvailableImages.ofFolder(folder.resolve("b.bin")))
                .isInstanceOf(NotDirectoryException.class);
    }

    @Test
    void damagedFilesOfAFolderAreReturnedWithTheReason() throws Exception {
        file("cut.bin", image.bytes().slice(0, 0x1000).toArray());
        file("flipped.bin", flipped());
        file("good.bin", image.bytes().toArray());
        file("bad.mfa", Bytes.of(archive).slice(0, 0x1000).toArray());
        AvailableImages images = AvailableImages.ofFolder(folder);

        assertThat(images.all()).hasSize(1);
        assertThat(images.passedOver()).extracting(passed -> passed.file().getFileName().toString())
                .containsExactly("bad.mfa", "cut.bin", "flipped.bin");
        assertThat(images.passedOver()).allSatisfy(passed -> {
            assertThat(passed.reason()).isEqualTo(PassedOver.Reason.DAMAGED);
            assertThat(passed.detail()).contains("expected ", "found ");
        });
    }

    @Test
    void linksInAFolderAreNotFollowed() throws Exception {
        Path target = file("a.bin", image.bytes().toArray());
        Files.createSymbolicLink(folder.resolve("link.bin"), target);
        Files.createSymbolicLink(folder.resolve("lost.bin"), folder.resolve("none"));
        AvailableImages images = AvailableImages.ofFolder(folder);

        assertThat(images.all()).hasSize(1);
        assertThat(images.passedOver()).extracting(PassedOver::reason)
                .containsExactly(PassedOver.Reason.LINK, PassedOver.Reason.LINK);
        assertThat(AvailableImages.ofFile(folder.resolve("link.bin")).all()).hasSize(1);
    }

    @Test
    void aFileThatCannotBeReadIsTold() throws Exception {
        // The kernel lets nobody read this one, so that root sees it, too.
        Path kernel = Path.of("/proc/sys/vm");
        assumeThat(kernel.resolve("compact_memory")).exists();

        assertThat(AvailableImages.ofFolder(kernel).passedOver())
                .filteredOn(passed -> passed.file().endsWith("compact_memory")).singleElement()
                .satisfies(passed -> assertThat(passed.reason())
                        .isEqualTo(PassedOver.Reason.UNREADABLE));
    }

    @Test
    void aFolderWithTooManyFilesIsRefused() throws Exception {
        for (int i = 0; i < AvailableImages.MAX_FILES; i++) {
            Files.createFile(folder.resolve("f" + i));
        }
        assertThat(AvailableImages.ofFolder(folder).all()).isEmpty();

        Files.createFile(folder.resolve("one more"));
        assertThatThrownBy(() -> AvailableImages.ofFolder(folder))
                .isInstanceOfSatisfying(ImageLimitException.class, e -> {
                    assertThat(e.limit()).isEqualTo(ImageLimitException.Limit.FILES);
                    assertThat(e).hasMessage(folder + " holds more than 4096 files");
                });
    }

    @Test
    void aFolderWithTooManyBytesOfImagesIsRefused() throws Exception {
        file("a.bin", image.bytes().toArray());
        file("b.mfa", archive);
        file("large.txt", new byte[3 * image.bytes().length()]);
        long three = 2L * image.bytes().length() + other.bytes().length();
        assertThat(AvailableImages.ofFolder(folder, three).all()).hasSize(3);

        assertThatThrownBy(() -> AvailableImages.ofFolder(folder, three - 1))
                .isInstanceOfSatisfying(ImageLimitException.class, e -> {
                    assertThat(e.limit()).isEqualTo(ImageLimitException.Limit.CONTENT);
                    assertThat(e.most()).isEqualTo(three - 1);
                });
    }
}
