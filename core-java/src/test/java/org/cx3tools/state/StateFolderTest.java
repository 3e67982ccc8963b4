// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateFolderTest {
    @Test
    void theFolderIsWhereTheHostKeepsSuchThings() {
        assertThat(StateFolder.of(Map.of(), "root", "/root").path()).isEqualTo(Path.of("/var/lib/cx3tools"));
        assertThat(StateFolder.of(Map.of(), "kim", "/home/kim").path())
            .isEqualTo(Path.of("/home/kim/.local/state/cx3tools"));
        assertThat(StateFolder.of(Map.of("XDG_STATE_HOME", "/s"), "kim", "/home/kim").path())
            .isEqualTo(Path.of("/s/cx3tools"));
        assertThat(StateFolder.of(Map.of("XDG_STATE_HOME", "s"), "kim", "/home/kim").path())
            .isEqualTo(Path.of("/home/kim/.local/state/cx3tools"));
        assertThat(StateFolder.of(Map.of("CX3_STATE_DIR", "/x"), "root", "/root").path()).isEqualTo(Path.of("/x"));
    }
}
