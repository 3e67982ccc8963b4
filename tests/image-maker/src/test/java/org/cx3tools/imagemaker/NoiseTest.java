// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.imagemaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoiseTest {
    @Test
    void freshHeaderAndChecksumsOfAGoodImageAreThoseItHas() {
        for (int seed = 0; seed < 50; seed++) {
            byte[] image = RandomImage.of(seed, RandomImage.Size.SMALL).layout().bytes();
            byte[] copy = image.clone();
            Parts.of(copy).refreshHeader(copy);
            Parts.of(copy).refreshChecksums(copy);
            assertThat(copy).as("seed %d", seed).isEqualTo(image);
        }
    }

    @Test
    void thePartsAreThoseOfTheLayout() {
        ImageLayout layout = RandomImage.of(3, RandomImage.Size.SMALL).layout();
        Parts parts = Parts.of(layout.bytes());
        assertThat(parts.boots()).extracting(Parts.Part::start).isEqualTo(layout.boots());
        assertThat(parts.sections()).extracting(Parts.Part::start).isEqualTo(layout.sections());
    }

    @ParameterizedTest
    @EnumSource(Noise.class)
    void mostDamageChangesTheImageAndTheSeedDecidesHow(Noise noise) {
        byte[] good = RandomImage.of(3, RandomImage.Size.SMALL).layout().bytes();
        int changed = 0;
        for (int seed = 0; seed < 20; seed++) {
            byte[] damaged = noise.of(good, new Random(seed));
            assertThat(noise.of(good, new Random(seed))).isEqualTo(damaged);
            changed += java.util.Arrays.equals(damaged, good) ? 0 : 1;
        }
        assertThat(changed).isGreaterThan(10);
    }

    @ParameterizedTest
    @EnumSource(value = Noise.class, names = {"FLIPPED_BITS", "CUT"},
            mode = EnumSource.Mode.EXCLUDE)
    void checksumsHideDamage(Noise noise) {
        byte[] good = RandomImage.of(3, RandomImage.Size.SMALL).layout().bytes();
        int hidden = 0;
        for (int seed = 0; seed < 50; seed++) {
            byte[] damaged = noise.of(good, new Random(seed));
            byte[] refreshed = damaged.clone();
            Parts.of(refreshed).refreshChecksums(refreshed);
            hidden += java.util.Arrays.equals(refreshed, damaged) ? 1 : 0;
        }
        assertThat(hidden).isGreaterThan(15);
    }
}
