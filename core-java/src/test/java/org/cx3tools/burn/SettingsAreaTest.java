// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.Random;
import org.cx3tools.binary.Seed;
import org.cx3tools.device.Device;
import org.cx3tools.image.ChunkMap;
import org.cx3tools.image.Fs2Image;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The firmware keeps its settings behind the largest image, in both halves of the flash. */
class SettingsAreaTest {
    private static final int HALF = 0x80000;
    private static final int RESERVE = 0x1000;

    private final ChunkMap map = new ChunkMap(true, 16);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"W25Q80BV", "M25P80"})
    void theLargestImageLeavesTheSettingsOfBothHalvesAlone(String chip) throws Exception {
        Random random = Seed.start("settings " + chip);
        VirtualCard card = VirtualCard.small(folder, "card", TestImages.onCard().build(), chip);
        byte[][] settings = new byte[2][RESERVE];
        for (int slot = 0; slot < 2; slot++) {
            random.nextBytes(settings[slot]);
            card.poke(map.physical(HALF - RESERVE, slot), settings[slot]);
        }
        for (int version = 300; version < 302; version++) {
            Fs2Image image = sized(version, HALF - RESERVE);
            if (chip.equals("M25P80")) {
                // It erases 64 KiB at once, settings included.
                BurnException refused = catchThrowableOfType(BurnException.class, () -> card.burn(image));
                assertThat(refused.failure()).isInstanceOf(BurnFailure.ConsentMissing.class);
                assertThat(refused).hasMessageContaining("shares such a unit with the settings");
            }
            card.burnWithConsent(image);
            for (int slot = 0; slot < 2; slot++) {
                assertThat(card.content().slice((int) map.physical(HALF - RESERVE, slot), RESERVE)
                        .toArray()).as("half %d", slot).isEqualTo(settings[slot]);
            }
            assertThat(BootCode.bootable(card.content())).singleElement()
                    .extracting(Fs2Image::size).isEqualTo(HALF - RESERVE);
        }
        try (Device device = card.open()) {
            BurnException e = catchThrowableOfType(BurnException.class, () -> BurnPlan.make(device,
                    sized(302, HALF - RESERVE + 4), BurnOptions.defaults()));
            assertThat(e.failure()).isEqualTo(
                    new BurnFailure.TooBig(HALF - RESERVE + 4, HALF - RESERVE, true));
        }
    }

    private static Fs2Image sized(int version, int size) {
        TestImages image = TestImages.fresh().withVersion(version);
        int others = image.withDdr(0).build().size();
        return image.withDdr(size - others).build();
    }
}
