// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.imagemaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RandomImageTest {
    @Test
    void theSameSeedGivesTheSameBytes() {
        assertThat(RandomImage.of(7, RandomImage.Size.SMALL).layout().bytes())
                .isEqualTo(RandomImage.of(7, RandomImage.Size.SMALL).layout().bytes());
    }

    @Test
    void everyImageSaysThatItIsSynthetic() {
        for (int seed = 0; seed < 50; seed++) {
            byte[] bytes = RandomImage.of(seed, RandomImage.Size.SMALL).layout().bytes();
            assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                    .as("seed %d", seed).contains(BootBlock.MARK).contains("synthetic_");
        }
    }

    @Test
    void allTheFreedomOfTheFormatIsUsed() {
        Set<String> seen = new HashSet<>();
        for (int seed = 0; seed < 400; seed++) {
            seen.addAll(RandomImage.of(seed, RandomImage.Size.SMALL).traits());
        }
        assertThat(seen).contains("blank guids", "non-failsafe", "one boot block",
                "four guid entries", "many guid entries", "ethernet-only guids", "rom",
                "rom with bad checksum", "rom without signature", "text CLP record",
                "unknown rom product", "unknown section type", "unknown info tags",
                "no mic version", "min fit version", "hardware access key", "hash file",
                "emt service", "large board file", "no board file", "foreign vendor id",
                "product version", "no config area tag", "psid of full length");
    }

    @Test
    void releaseSizeIsLikeThatOfARealImage() {
        int largest = 0;
        for (int seed = 0; seed < 10; seed++) {
            largest = Math.max(largest,
                    RandomImage.of(seed, RandomImage.Size.RELEASE).layout().bytes().length);
        }
        assertThat(largest).isBetween(0x40000, 0x100000);
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void eachDamageChangesTheImage(Damage damage) {
        ImageLayout good = RandomImage.of(3, RandomImage.Size.SMALL).layout();
        assertThat(damage.of(good)).isNotEqualTo(good.bytes());
    }
}
