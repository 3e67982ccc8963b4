// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cx3tools.harness.Distribution;
import org.cx3tools.harness.Outcome;
import org.cx3tools.harness.Stock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The operator's job with the vendor's own command lines, each a process, on one virtual card. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OperatorJobIT {
    private static final String DEVICE = "sim:card.sim";

    @TempDir
    static Path work;

    private static Distribution distribution;

    @BeforeAll
    static void aCard() throws Exception {
        distribution = Distribution.unpack(work.resolve("cx3"));
        success("sim", "create", "card.sim", "--model", "hp-764285-b21");
    }

    @Test
    @Order(3)
    void theManagerShowsTheCard() throws Exception {
        assertThat(success("mlxfwmanager", "-d", DEVICE)).contains(
                "Querying Mellanox devices firmware ...", "Device #1:",
                "  Device Type:      ConnectX3Pro",
                "  Part Number:      764285-B21_Ax",
                "  PSID:             HP_1380110017",
                "  Port1 MAC:        ", "  Port2 MAC:        ",
                "  Versions:         Current        Available",
                "     FW             2.42.5700      N/A",
                "  Status:           No matching image found");
    }

    @Test
    @Order(4)
    void theBackupIsTheImageAndTheBoardFile() throws Exception {
        success("flint", "-d", DEVICE, "ri", "original_firmware.bin");
        success("flint", "-d", DEVICE, "dc", "original_config.ini");
        assertThat(success("flint", "-i", "original_firmware.bin", "verify"))
                .contains("Image is bootable");
        assertThat(work.resolve("original_config.ini")).content().contains("[HCA]", "sriov_en");
    }

    @Test
    @Order(6)
    void anUnchangedBoardFileGivesTheSameImage() throws Exception {
        Path original = work.resolve("original_firmware.bin");
        success("assemble", "-fw", "original_firmware.bin", "-conf", "original_config.ini",
                "-wrimage", "same.bin");
        assertThat(work.resolve("same.bin")).hasSameBinaryContentAs(original);
        success("disassemble", "-i", "original_firmware.bin", "--name", "fw", "source");
        assertThat(success("mlxburn", "-fw", "source/fw.mlx", "-conf", "original_config.ini",
                "-wrimage", "built.bin")).contains("-I- Generating image ...",
                "-I- Image generation completed successfully.");
        assertThat(work.resolve("built.bin")).hasSameBinaryContentAs(original);
    }

    @Test
    @Order(7)
    void theChangedBoardFileIsAssembledAndVerified() throws Exception {
        String board = Files.readString(work.resolve("original_config.ini"));
        String changed = board.replaceAll("(?m)^(sriov_en\\s*=\\s*)(true|1)", "$1" + "0");
        assertThat(changed).isNotEqualTo(board);
        Files.writeString(work.resolve("new_config.ini"), changed);
        success("mlxburn", "-fw", "source/fw.mlx", "-conf", "new_config.ini", "-wrimage",
                "new_firmware.bin");
        success("assemble", "-fw", "original_firmware.bin", "-conf", "new_config.ini",
                "-wrimage", "own_firmware.bin");
        assertThat(work.resolve("own_firmware.bin"))
                .hasSameBinaryContentAs(work.resolve("new_firmware.bin"));

        String verify = success("flint", "-i", "new_firmware.bin", "verify");
        assertThat(verify).contains("     /0x00000038-0x0000065b (0x000624)/ (BOOT2) - OK",
                "(Full Image) - OK",
                "-I- FW image verification succeeded. Image is bootable.");
        Optional<Stock> stock = Stock.find();
        if (stock.isPresent()) {
            assertThat(stock.get().run(work, "-i", "new_firmware.bin", "verify").output())
                    .isEqualTo(verify);
        }
    }

    @Test
    @Order(8)
    void theBurnShowsVersionsAndSteps() throws Exception {
        String burn = success("flint", "-d", DEVICE, "-i", "new_firmware.bin",
                "-allow_psid_change", "-y", "burn");
        assertThat(burn).contains("    Current FW version on flash:  2.42.5700",
                "    New FW version:               2.42.5700",
                "Burning FS2 FW image without signatures - OK",
                "Restoring signature                     - OK");
    }

    @Test
    @Order(9)
    void afterARestartTheCardRunsTheNewImage() throws Exception {
        success("sim", "power-cycle", "card.sim");
        success("flint", "-d", DEVICE, "dc", "burnt_config.ini");
        assertThat(work.resolve("burnt_config.ini"))
                .hasSameTextualContentAs(work.resolve("new_config.ini"));
        assertThat(success("flint", "-d", DEVICE, "verify")).contains("Image is bootable");
    }

    @Test
    @Order(10)
    void theBootRomIsRemoved() throws Exception {
        assertThat(success("flint", "-d", DEVICE, "query")).contains("Rom Info:");
        assertThat(success("flint", "-d", DEVICE, "--allow_rom_change", "-y", "drom"))
                .contains("-I- Preparing to remove ROM ...", "Restoring signature");
        success("sim", "power-cycle", "card.sim");
        assertThat(success("flint", "-d", DEVICE, "query")).doesNotContain("Rom Info:");
        success("flint", "-d", DEVICE, "ri", "without_rom.bin");
        Optional<Stock> stock = Stock.find();
        if (stock.isPresent()) {
            assertThat(stock.get().run(work, "-i", "without_rom.bin", "verify").exit()).isZero();
        }
    }

    private static String success(String... words) throws Exception {
        Outcome outcome = distribution.command(work, words).run();
        assertThat(outcome.exit()).as(List.of(words) + "\n" + outcome.describe()).isZero();
        return outcome.output();
    }
}
