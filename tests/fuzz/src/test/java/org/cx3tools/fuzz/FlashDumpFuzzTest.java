// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.OptionalInt;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageFile;
import org.cx3tools.image.ImageLocator;
import org.cx3tools.image.ImageReader;
import org.cx3tools.image.LogicalMedium;
import org.cx3tools.image.Medium;
import org.cx3tools.imagemaker.FlashDump;
import org.cx3tools.query.ImageQuery;
import org.cx3tools.verify.Verifier;

/**
 * Raw dumps of a flash of 512 KiB. The first byte of the input says which of the two slots hold
 * the rest of it, and where a third image starts.
 */
class FlashDumpFuzzTest {
    private static final int MOST = 1 + (1 << 17);
    private static final int FLASH = 1 << 19;
    private static final OptionalInt LOG2_CHUNK = OptionalInt.of(16);

    @FuzzTest
    void anyFlashHasImagesOrAFormatError(byte[] data) throws Exception {
        Limits.within(MOST, data, () -> judge(flash(data, false)));
    }

    @FuzzTest
    void damageBehindGoodChecksumsIsAnImageOrAFormatError(byte[] data) throws Exception {
        Limits.within(MOST, data, () -> judge(flash(data, true)));
    }

    private static Bytes flash(byte[] data, boolean repaired) {
        byte[] flash = FlashDump.blank(FLASH);
        if (data.length == 0) {
            return Bytes.of(flash);
        }
        byte[] rest = Arrays.copyOfRange(data, 1, data.length);
        byte[] image = repaired ? ImageFuzzTest.repaired(rest) : rest;
        int slots = data[0] % 4;
        if (slots != 1) {
            FlashDump.put(flash, image, LOG2_CHUNK, 0);
        }
        if (slots == 1 || slots == 2) {
            FlashDump.put(flash, image, LOG2_CHUNK, 1);
        }
        if ((data[0] & 0x10) != 0) {
            System.arraycopy(image, 0, flash, 1 << 18, image.length);
        }
        return Bytes.of(flash);
    }

    private static void judge(Bytes dump) throws Exception {
        Medium medium = Medium.of(dump);
        Verifier.verify(medium);
        ImageFuzzTest.inspect(dump);
        for (long start : ImageLocator.starts(medium)) {
            try {
                LogicalMedium place = ImageReader.open(medium, start);
                Verifier.findings(place);
                Fs2Image image = ImageReader.read(place);
                assertThat(ImageQuery.of(place, false).size()).isEqualTo(image.size());
                ImageTour.of(image);
            } catch (FormatException documented) {
                assertThat(documented.what()).isNotBlank();
            }
        }
        try {
            ImageFile file = ImageFile.parse(dump, true);
            assertThat(file.with(file.image()).equals(dump)).isTrue();
        } catch (FormatException documented) {
            assertThat(documented.what()).isNotBlank();
        }
    }
}
