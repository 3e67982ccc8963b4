// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.cx3tools.assemble.FieldDictionary;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.imagemaker.Parts;
import org.cx3tools.inspect.Inspection;
import org.cx3tools.inspect.InspectionDiff;
import org.cx3tools.verify.Verifier;

/** Contiguous images. */
class ImageFuzzTest {
    private static final int MOST = 1 << 16;

    /** A byte of the header that has no meaning. */
    private static final int SWITCH = 0x1F;

    @FuzzTest
    void anyBytesAreAnImageOrAFormatError(byte[] data) throws Exception {
        Limits.within(MOST, data, () -> judge(data));
    }

    @FuzzTest
    void damageBehindGoodChecksumsIsAnImageOrAFormatError(byte[] data) throws Exception {
        Limits.within(MOST, data, () -> judge(repaired(data)));
    }

    /** Checksums made anew and, unless a bit says no, size and pointers too. */
    static byte[] repaired(byte[] data) {
        byte[] copy = data.clone();
        Parts parts = Parts.of(copy);
        if (copy.length > SWITCH && (copy[SWITCH] & 1) == 0) {
            parts.refreshHeader(copy);
        }
        parts.refreshChecksums(copy);
        return copy;
    }

    private static void judge(byte[] data) throws Exception {
        Bytes bytes = Bytes.of(data);
        Verifier.verify(bytes);
        inspect(bytes);
        Fs2Image image;
        try {
            image = Fs2Image.parse(bytes);
        } catch (FormatException documented) {
            return;
        }
        ImageTour.of(image);
    }

    /** Whatever has a signature is shown as far as it can be read. */
    static void inspect(Bytes bytes) {
        try {
            Inspection inspection = Inspection.of(bytes, FieldDictionary.empty());
            assertThat(InspectionDiff.of(inspection, inspection)).isEmpty();
        } catch (FormatException documented) {
            assertThat(documented.what()).isNotBlank();
        }
    }
}
