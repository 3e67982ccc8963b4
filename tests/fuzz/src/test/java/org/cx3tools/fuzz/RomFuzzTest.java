// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.RomInfo;
import org.cx3tools.image.RomPart;
import org.cx3tools.image.RomPartEditor;
import org.cx3tools.image.RomParts;

/** Expansion ROMs, which always have something to tell. */
class RomFuzzTest {
    private static final int MOST = 1 << 14;

    @FuzzTest
    void anyBytesAreToldAboutAsARom(byte[] data) throws Exception {
        Limits.within(MOST, data, () -> {
            RomInfo rom = RomInfo.of(Bytes.of(data));
            assertThat(rom.records()).hasSizeLessThanOrEqualTo(RomInfo.MAX_RECORDS);
            int told = rom.records().isEmpty() && rom.error().isPresent() ? 1
                    : rom.records().size();
            assertThat(rom.lines()).hasSize(told);
            assertThat(rom.checksumWrong() && rom.warning().isEmpty()).isFalse();
            parts(Bytes.of(data));
        });
    }

    /** The parts make up the whole, and one of them can be taken out and put back. */
    private static void parts(Bytes rom) {
        List<RomPart> parts = RomParts.of(rom);
        assertThat(RomParts.whole(parts)).isEqualTo(rom);
        for (RomPart part : parts) {
            // Where a data structure lies over a version record, moving the mark of the last image changes the kind.
            RomPartEditor.without(rom, part.kind()).ifPresent(rest ->
                    assertThat(RomParts.whole(RomParts.of(rest))).isEqualTo(rest));
            assertThat(RomPartEditor.with(rom, part.raw()).length() % 4).isZero();
        }
    }
}
