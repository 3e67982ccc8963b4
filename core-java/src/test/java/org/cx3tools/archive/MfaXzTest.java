// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageFixture;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.X86Options;
import org.tukaani.xz.XZ;

class MfaXzTest {
    @TempDir
    Path folder;

    @Test
    void eachSectionMayBeXz() throws FormatException {
        MfaMaker plain = MfaMaker.small();
        MfaArchive expected = MfaArchive.parse(plain.bytes());
        for (int check : new int[] {XZ.CHECK_NONE, XZ.CHECK_CRC32}) {
            for (int section = 1; section <= 3; section++) {
                Bytes file = MfaMaker.small().stored(section, XzParts.pack(
                        plain.payload(section), check, new LZMA2Options())).bytes();
                MfaArchive archive = MfaArchive.parse(file);
                assertThat(archive.boards()).isEqualTo(expected.boards());
                assertThat(archive.image("TEST_01")).isEqualTo(expected.image("TEST_01"));
            }
        }
    }

    @Test
    void zerosBehindTheStreamAreTolerated() throws FormatException {
        byte[] xz = XzParts.pack(MfaMaker.small().payload(3));
        for (int zeros : new int[] {1, 4, 7, 4096}) {
            MfaArchive archive = MfaArchive.parse(MfaMaker.small()
                    .stored(3, Arrays.copyOf(xz, xz.length + zeros)).bytes());
            assertThat(archive.image("TEST_01")).isEqualTo(Bytes.ofText("firmwaretail"));
        }
        byte[] more = Arrays.copyOf(xz, xz.length + 8);
        more[xz.length + 7] = 1;
        assertThat(failure(3, more).what()).isEqualTo("end of the xz stream of section DATA");
    }

    @Test
    void checksThatTheStockToolCannotStandAreRefused() {
        for (int check : new int[] {XZ.CHECK_CRC64, XZ.CHECK_SHA256}) {
            FormatException error = failure(3, XzParts.pack(MfaMaker.small().payload(3), check,
                    new LZMA2Options()));
            assertThat(error.what()).isEqualTo("check of the xz stream of section DATA");
            assertThat(error.offset()).isEqualTo(298 + 6);
            assertThat(error.found()).isEqualTo(Integer.toString(check));
        }
    }

    @Test
    void branchFiltersAreRefused() {
        FormatException error = failure(1, XzParts.pack(MfaMaker.small().payload(1),
                XZ.CHECK_CRC32, new X86Options(), new LZMA2Options()));
        assertThat(error.what()).isEqualTo("head of an xz block of section MAP");
        assertThat(error.offset()).isEqualTo(24 + 12);
    }

    @Test
    void twoStreamsAreRefused() {
        byte[] one = XzParts.pack(MfaMaker.small().payload(3));
        byte[] two = Arrays.copyOf(one, 2 * one.length);
        System.arraycopy(one, 0, two, one.length, one.length);
        assertThat(failure(3, two).what()).isEqualTo("xz blocks of section DATA");
    }

    @Test
    void aWindowLargerThanXzNineIsRefused() throws FormatException {
        byte[] xz = XzParts.pack(MfaMaker.small().payload(3));
        assertThat(MfaArchive.parse(MfaMaker.small().stored(3, XzParts.withWindow(xz, 28)).bytes())
                .boards()).hasSize(1);
        FormatException error = failure(3, XzParts.withWindow(xz, 30));
        assertThat(error.what()).isEqualTo("xz stream of section DATA");
        assertThat(error.found()).startsWith("MemoryLimitException");
    }

    @Test
    void anErrorInsideAnUnpackedSectionSaysSo() {
        byte[] map = MfaMaker.small().payload(1);
        map[33] = 1;
        FormatException error = failure(1, XzParts.pack(map));
        assertThat(error.what()).isEqualTo("reserved field of a board (unpacked MAP)");
        assertThat(error.offset()).isEqualTo(33);
    }

    @Test
    void pythonUnpacksWhatIsWritten() throws Exception {
        Fs2Image image = SyntheticImage.of(CardModel.HP_764285_B21).small().build();
        Bytes plain = MfaArchive.create(List.of(MfaInput.of(image)), false);
        Bytes file = MfaArchive.create(List.of(MfaInput.of(image)), true);
        int at = 16;
        int plainAt = 16;
        for (int type = 1; type <= 3; type++) {
            assertThat(file.word(at)).isEqualTo(type << 24 | 1);
            int size = (int) file.word(at + 4);
            int plainSize = (int) plain.word(plainAt + 4);
            Bytes xz = file.slice(at + 8, size);
            // Stream flags: CRC32. Block flags: one filter, which is LZMA2 (0x21).
            assertThat(xz.u8(7)).isEqualTo(1);
            assertThat(xz.u8(13) & 3).isZero();
            assertThat(xz.u8(14 + ((xz.u8(13) & 0x40) != 0 ? 1 : 0))).isEqualTo(0x21);
            assertThat(python("lzma.decompress(data, format=lzma.FORMAT_XZ)", xz))
                    .isEqualTo(plain.slice(plainAt + 8, plainSize));
            at += 8 + size;
            plainAt += 8 + plainSize;
        }
    }

    @Test
    void whatPythonPacksIsRead() throws Exception {
        byte[] payload = ImageFixture.plain().toArray();
        for (String check : List.of("CHECK_CRC32", "CHECK_NONE")) {
            Bytes xz = python("lzma.compress(data, format=lzma.FORMAT_XZ, check=lzma." + check
                    + ", preset=9)", Bytes.of(payload));
            MfaMaker maker = new MfaMaker();
            maker.board("TEST_01", List.of(), MfaMaker.Image.firmware(
                    maker.toc(0, payload.length, 1, 2, 36, 5000), 1));
            MfaArchive archive = MfaArchive.parse(maker.stored(3, xz.toArray()).bytes());
            assertThat(archive.image("TEST_01")).isEqualTo(ImageFixture.plain());
            assertThat(archive.check()).isEmpty();
        }
    }

    private Bytes python(String expression, Bytes input) throws Exception {
        Path in = Files.write(folder.resolve("in"), input.toArray());
        Path out = folder.resolve("out");
        Process process;
        try {
            process = new ProcessBuilder("python3", "-c", "import sys\n"
                    + "try:\n import lzma\nexcept ImportError:\n sys.exit(77)\n"
                    + "data = open(sys.argv[1], 'rb').read()\n"
                    + "open(sys.argv[2], 'wb').write(" + expression + ")",
                    in.toString(), out.toString()).inheritIO().start();
        } catch (IOException e) {
            assumeTrue(false, "no python3 here: " + e.getMessage());
            throw e;
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assumeTrue(process.exitValue() != 77, "python3 has no lzma here");
        assertThat(process.exitValue()).isZero();
        return Bytes.of(Files.readAllBytes(out));
    }

    private static FormatException failure(int section, byte[] xz) {
        return catchThrowableOfType(FormatException.class,
                () -> MfaArchive.parse(MfaMaker.small().stored(section, xz).bytes()));
    }
}
