// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> NAMES = List.of("burn", "query", "verify", "read", "reset", "dump-config");

    @Test
    void swappedMissingAndWrongLettersAreFound() {
        assertThat(Nearest.of("brun", NAMES)).containsExactly("burn");
        assertThat(Nearest.of("vrify", NAMES)).containsExactly("verify");
        assertThat(Nearest.of("resat", NAMES)).containsExactly("reset");
    }

    @Test
    void aBeginningIsFound() {
        assertThat(Nearest.of("dump", NAMES)).containsExactly("dump-config");
    }

    @Test
    void nothingNearGivesTheOtherHint() {
        assertThat(Nearest.hint("xylophone", NAMES, "see help")).isEqualTo("see help");
    }
}
