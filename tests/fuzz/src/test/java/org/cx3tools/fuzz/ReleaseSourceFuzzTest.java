// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.cx3tools.assemble.AssembleException;
import org.cx3tools.assemble.AssembleOptions;
import org.cx3tools.assemble.Assembler;
import org.cx3tools.assemble.ReleaseSource;
import org.cx3tools.assemble.SourceException;
import org.cx3tools.image.BoardFile;
import org.cx3tools.image.BoardFileException;

/** Release sources, without side files. */
class ReleaseSourceFuzzTest {
    private static final int MOST = 1 << 15;
    private static final Path NO_FOLDER = Path.of("/nonexistent");

    @FuzzTest
    void anyTextIsAReleaseSourceOrAnErrorWithALine(byte[] data) throws Exception {
        Limits.within(MOST, data, () -> judge(data));
    }

    private static void judge(byte[] data) throws Exception {
        ReleaseSource source;
        try {
            source = ReleaseSource.parse("fuzz", new String(data, StandardCharsets.ISO_8859_1),
                    NO_FOLDER);
        } catch (SourceException documented) {
            assertThat(documented.line()).isNotNegative();
            return;
        }
        ImageTour.of(source.image());
        try {
            BoardFile boardFile = BoardFile.parse("[ADAPTER]\nPSID = LAB_0000000001\n");
            new Assembler(AssembleOptions.defaults()).assemble(source, Optional.of(boardFile));
        } catch (AssembleException | BoardFileException documented) {
            assertThat(documented.getMessage()).isNotBlank();
        }
    }
}
