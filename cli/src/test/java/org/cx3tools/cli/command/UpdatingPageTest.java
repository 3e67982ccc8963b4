// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cx3tools.cli.CliRun;
import org.cx3tools.cli.output.UpdateText;
import org.cx3tools.update.AvailableImages;
import org.cx3tools.update.UpdateStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page about updates tells what the program does. */
class UpdatingPageTest {
    @TempDir
    private Path folder;

    private static String page() throws Exception {
        Path page = Path.of("docs", "updating.md");
        return Files.readString(Files.exists(page) ? page : Path.of("cli").resolve(page));
    }

    @Test
    void eachStatusHasItsRow() throws Exception {
        for (UpdateStatus status : UpdateStatus.values()) {
            assertThat(page()).containsPattern("\\| `" + UpdateText.status(status) + "` \\|.*\\| "
                + (status.burns() ? "yes" : "no") + " \\|\n");
        }
    }

    @Test
    void eachExitCodeOfTheHelpHasItsRow() throws Exception {
        String help = CliRun.ok(folder, "mlxfwmanager", "--help").out();
        Matcher codes = Pattern.compile("(\\d+) [a-z]").matcher(help.substring(help.indexOf("Exit codes:")));
        int rows = 0;
        while (codes.find()) {
            assertThat(page()).contains("\n| " + codes.group(1) + " | ");
            rows++;
        }
        assertThat(rows).isEqualTo(9);
    }

    @Test
    void theLimitsAreThoseOfTheProgram() throws Exception {
        assertThat(page()).contains("more than " + AvailableImages.MAX_FILES + " entries, or more than "
            + (AvailableImages.MAX_CONTENT >> 20) + " MiB of images");
    }
}
