// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.cx3tools.nvconfig.ParameterTable;
import org.junit.jupiter.api.Test;

class SettingsPageTest {
    @Test
    void theTableOfThePageIsTheOneOfTheProgram() throws Exception {
        Path page = Path.of("docs", "settings.md");
        assertThat(Files.readString(Files.exists(page) ? page : Path.of("cli").resolve(page)))
            .endsWith("\n\n" + ParameterTable.markdown());
    }
}
