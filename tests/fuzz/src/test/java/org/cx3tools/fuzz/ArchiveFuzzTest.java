// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.cx3tools.archive.MfaArchive;
import org.cx3tools.archive.MfaBoard;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.FormatException;

/** Firmware archives, packed and plain. */
class ArchiveFuzzTest {
    private static final int MOST = 1 << 15;
    private static final int CRC = 4;

    @FuzzTest
    void anyBytesAreAnArchiveOrAFormatError(byte[] data) throws Exception {
        Limits.within(MOST, data, () -> judge(data));
    }

    @FuzzTest
    void damageBehindAGoodChecksumIsAnArchiveOrAFormatError(byte[] data) throws Exception {
        Limits.within(MOST, data, () -> judge(repaired(data)));
    }

    private static byte[] repaired(byte[] data) {
        byte[] copy = data.clone();
        if (copy.length >= CRC) {
            CRC32 crc = new CRC32();
            crc.update(copy, 0, copy.length - CRC);
            for (int i = 0; i < CRC; i++) {
                copy[copy.length - CRC + i] = (byte) (crc.getValue() >> 24 - 8 * i);
            }
        }
        return copy;
    }

    private static void judge(byte[] data) {
        MfaArchive archive;
        try {
            archive = MfaArchive.parse(Bytes.of(data));
        } catch (FormatException documented) {
            assertThat(documented.what()).isNotBlank();
            return;
        }
        assertThat(MfaArchive.isArchive(Bytes.of(Arrays.copyOf(data, CRC)))).isTrue();
        for (MfaBoard board : archive.boards()) {
            // The name of a board becomes part of the name of a file.
            assertThat(board.psid()).matches("[!-~]+").doesNotContain("/");
            for (String tag : board.tags()) {
                assertThat(archive.image(board, tag)).isNotNull();
            }
        }
        assertThat(archive.check()).isNotNull();
    }
}
