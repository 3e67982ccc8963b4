// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.cx3tools.cli.CliRun;
import org.cx3tools.cli.FakeCards;
import org.cx3tools.device.DeviceCause;
import org.cx3tools.device.DeviceException;
import org.cx3tools.fixtures.FakeFirmware;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transcripts of nv-config 4.2; {@code \s} stands for a blank at the end of a line. */
class MlxConfigQueryTest {
    @TempDir
    private Path folder;

    private FakeCards cards(FakeFirmware firmware) {
        return new FakeCards(folder).with("04:00.0", firmware);
    }

    @Test
    void theQueryOfTheHpCardIsTheVendors() {
        CliRun run = cards(FakeFirmware.hp()).run("mstconfig", "-d", "04:00.0", "query");
        assertThat(run).isEqualTo(new CliRun(0, """

            Device #1:
            ----------

            Device type:    ConnectX3Pro   \s
            Device:         04:00.0        \s

            Configurations:                              Next Boot
                     SRIOV_EN                            True(1)        \s
                     NUM_OF_VFS                          16             \s
                     WOL_MAGIC_EN_P2                     True(1)        \s
                     LINK_TYPE_P1                        VPI(3)         \s
                     PHY_TYPE_P1                         0              \s
                     XFI_MODE_P1                         _10G(0)        \s
                     FORCE_MODE_P1                       False(0)       \s
                     LINK_TYPE_P2                        VPI(3)         \s
                     PHY_TYPE_P2                         0              \s
                     XFI_MODE_P2                         _10G(0)        \s
                     FORCE_MODE_P2                       False(0)       \s
                     LOG_BAR_SIZE                        5              \s
                     BOOT_PKEY_P1                        0              \s
                     BOOT_PKEY_P2                        0              \s
                     BOOT_OPTION_ROM_EN_P1               True(1)        \s
                     BOOT_VLAN_EN_P1                     False(0)       \s
                     BOOT_RETRY_CNT_P1                   0              \s
                     LEGACY_BOOT_PROTOCOL_P1             PXE(1)         \s
                     BOOT_VLAN_P1                        1              \s
                     BOOT_OPTION_ROM_EN_P2               True(1)        \s
                     BOOT_VLAN_EN_P2                     False(0)       \s
                     BOOT_RETRY_CNT_P2                   0              \s
                     LEGACY_BOOT_PROTOCOL_P2             PXE(1)         \s
                     BOOT_VLAN_P2                        1              \s
                     IP_VER_P1                           IPv4(0)        \s
                     IP_VER_P2                           IPv4(0)        \s
                     CQ_TIMESTAMP                        True(1)        \s
                     STEER_FORCE_VLAN                    False(0)       \s
            """, ""));
    }

    @Test
    void theVerboseQueryOfTheRetailCardMarksWhatDiffers() {
        FakeFirmware firmware = FakeFirmware.retail().storing("0x12/1", "00000002").storing("0x11/0", "00000008");
        assertThat(cards(firmware).run("mlxconfig", "-e", "-d", "04:00.0", "q").out()).isEqualTo("""

            Device #1:
            ----------

            Device type:    ConnectX3Pro   \s
            Device:         04:00.0        \s

            Configurations:                              Default         Next Boot
            *        SRIOV_EN                            True(1)         False(0)       \s
                     NUM_OF_VFS                          8               8              \s
            *        LINK_TYPE_P1                        VPI(3)          ETH(2)         \s
                     LINK_TYPE_P2                        VPI(3)          VPI(3)         \s
                     LOG_BAR_SIZE                        3               3              \s
                     BOOT_PKEY_P1                        0               0              \s
                     BOOT_PKEY_P2                        0               0              \s
                     BOOT_OPTION_ROM_EN_P1               True(1)         True(1)        \s
                     BOOT_VLAN_EN_P1                     False(0)        False(0)       \s
                     BOOT_RETRY_CNT_P1                   0               0              \s
                     LEGACY_BOOT_PROTOCOL_P1             PXE(1)          PXE(1)         \s
                     BOOT_VLAN_P1                        1               1              \s
                     BOOT_OPTION_ROM_EN_P2               True(1)         True(1)        \s
                     BOOT_VLAN_EN_P2                     False(0)        False(0)       \s
                     BOOT_RETRY_CNT_P2                   0               0              \s
                     LEGACY_BOOT_PROTOCOL_P2             PXE(1)          PXE(1)         \s
                     BOOT_VLAN_P2                        1               1              \s
                     IP_VER_P1                           IPv4(0)         IPv4(0)        \s
                     IP_VER_P2                           IPv4(0)         IPv4(0)        \s
                     CQ_TIMESTAMP                        True(1)         True(1)        \s
            The '*' shows parameters with next value different from default/current value.
            Device Firmware does not support reading current configurations
            """);
    }

    @Test
    void namesComeInTheOrderGiven() {
        assertThat(cards(FakeFirmware.retail()).run("mlxconfig", "-d", "04:00.0", "query", "LOG_BAR_SIZE", "SRIOV_EN").out())
            .endsWith("""
                Configurations:                              Next Boot
                         LOG_BAR_SIZE                        3              \s
                         SRIOV_EN                            True(1)        \s
                """);
    }

    @Test
    void aNameNobodyKnowsEndsBehindTheHeader() {
        for (String name : new String[] {"NOSUCH", "SRIOV_EN=1", "sriov_en"}) {
            CliRun run = cards(FakeFirmware.retail()).run("mlxconfig", "-d", "04:00.0", "query", name);
            assertThat(run.code()).isEqualTo(3);
            assertThat(run.out()).endsWith("Next Boot\n-E- Unknown Parameter: " + name + "\n");
        }
        assertThat(cards(FakeFirmware.retail()).run("mlxconfig", "-d", "04:00.0", "query", "SRIOV_ENN").err())
            .isEqualTo("cx3: note: did you mean SRIOV_EN?\n");
    }

    @Test
    void aNameTheCardLacksIsNotSupported() {
        for (String name : new String[] {"WOL_MAGIC_EN_P1", "RPG_GD_P1", "PORT_OWNER"}) {
            CliRun run = cards(FakeFirmware.hp()).run("mlxconfig", "-d", "04:00.0", "query", name);
            assertThat(run.code()).isEqualTo(3);
            assertThat(run.out()).endsWith("-E- Device doesn't support " + name + " configuration\n");
        }
    }

    @Test
    void withoutANameAllCardsAreShown() {
        String second = "/sys/bus/pci/devices/0000:05:00.0/config";
        FakeCards two = new FakeCards(folder).with("/sys/bus/pci/devices/0000:04:00.0/config", FakeFirmware.hp())
            .with(second, FakeFirmware.retail());
        CliRun run = two.run("mlxconfig", "q", "SRIOV_EN");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("\nDevice #1:\n----------\n", "\nDevice #2:\n----------\n",
            "Device:         " + second + "\n");
        assertThat(two.open()).isZero();
        assertThat(new FakeCards(folder).run("mlxconfig", "q")).isEqualTo(new CliRun(3, "-E- No devices found.\n", ""));
    }

    @Test
    void aCardThatFailsDoesNotHideTheOthers() {
        FakeCards two = cards(FakeFirmware.hp().failingAtReading(new DeviceException(DeviceCause.IO, "status 0x4")))
            .with("05:00.0", FakeFirmware.retail());
        CliRun run = two.run("mlxconfig", "q", "SRIOV_EN");
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out()).contains("-E- Failed to query device current configuration\n", "Device #2:");
        assertThat(run.err()).isEqualTo("cx3: note: status 0x4\n");
    }

    @Test
    void aLongValueKeepsItsColumn() {
        FakeFirmware firmware = FakeFirmware.hp().storing("0x2001/1", "00000300");
        assertThat(cards(firmware).run("mlxconfig", "-d", "04:00.0", "-e", "q", "IP_VER_P1").out())
            .contains("\n*        IP_VER_P1                           IPv4(0)         IPv6_IPv4(3)    \n");
    }
}
