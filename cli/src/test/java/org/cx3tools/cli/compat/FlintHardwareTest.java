// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.cx3tools.cli.CliRun;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Passport of the expected lines: what {@code mstflint -d 23:00.0 hw query} of Debian's 4.21.0 printed on virtual cards
 * with these chips, reached over BAR0 through an interposer that is not part of the project.
 */
class FlintHardwareTest {
    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "W25Q16BV, W25QxxBV, 0x200000, 0x1000, 0x80, QuadEn 0|Flash0.WriteProtected Disabled|JEDEC_ID 0x1540ef",
        "N25Q032, N25Q0XX, 0x400000, 0x1000, 0x80, "
            + "QuadEn 0|DummyCycles 15|Flash0.WriteProtected Disabled|JEDEC_ID 0x16ba20",
        "W25Q128JV, W25Qxxx, 0x1000000, 0x1000, 0x80, "
            + "QuadEn 0|Flash0.WriteProtected Disabled|DriverStrength 100|JEDEC_ID 0x1870ef",
        "GD25LB128, GD25LBxxx, 0x1000000, 0x1000, 0x80, "
            + "QuadEn 0|DummyCycles 15|Flash0.WriteProtected Disabled|JEDEC_ID 0x1840c8",
        "SST25VF016B, SST25VFxx, 0x200000, 0x10000, 0x81, JEDEC_ID 0x4125bf",
    })
    void aChipIsShownInTheLinesOfStock(String chip, String type, String size, String sector, String set, String rest) {
        CliRun.ok(folder, "sim", "create", "card.sim", "--chip", chip);
        StringBuilder expected = new StringBuilder("HW Info:\n").append(row("HwDevId", "503")).append(row("HwRevId", "0x0"))
            .append("Flash Info:\n").append(row("Type", type)).append(row("TotalSize", size)).append(row("Banks", "0x1"))
            .append(row("SectorSize", sector)).append(row("WriteBlockSize", "0x10")).append(row("CmdSet", set));
        for (String line : rest.split("\\|")) {
            expected.append(row(line.split(" ")[0], line.split(" ")[1]));
        }
        assertThat(CliRun.ok(folder, "flint", "-d", "sim:card.sim", "hw", "query").out()).isEqualTo(expected.toString());
    }

    @ParameterizedTest(name = "status {0}")
    @CsvSource({"0x04, 'Top,1-Sectors'", "0x24, 'Bottom,1-Sectors'", "0x44, 'Top,1-SubSectors'",
        "0x64, 'Bottom,1-SubSectors'", "0x0c, 'Top,4-Sectors'"})
    void protectionIsShownInTheWordsOfStock(String status, String words) {
        CliRun.ok(folder, "sim", "create", "card.sim");
        CliRun.ok(folder, "sim", "fault", "card.sim", "protection", "--value", status);
        assertThat(CliRun.ok(folder, "flint", "-d", "sim:card.sim", "hw", "query").out())
            .contains(row("Flash0.WriteProtected", words));
    }

    private static String row(String label, String value) {
        return "  " + label + " ".repeat(24 - label.length()) + value + "\n";
    }
}
