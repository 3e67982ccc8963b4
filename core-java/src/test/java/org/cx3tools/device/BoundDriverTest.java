// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A card of a made-up sysfs: its BAR is a file, so registers keep what was put there. */
class BoundDriverTest {
    private static final String ADDRESS = "0000:23:00.0";
    private static final int ID_REGISTER = 0xf0014;
    private static final int MEMORY_DECODING = 2;

    @TempDir
    private Path sysfs;

    private Path card;
    private OpenOptions options;

    @BeforeEach
    void aCardWithADriver() throws Exception {
        card = Files.createDirectories(sysfs.resolve("bus/pci/devices/" + ADDRESS));
        Files.writeString(card.resolve("vendor"), "0x15b3\n");
        Files.writeString(card.resolve("device"), "0x1007\n");
        Files.writeString(card.resolve("class"), "0x020000\n");
        byte[] config = new byte[256];
        ByteBuffer.wrap(config).putInt(0, 0xb3150710);
        config[4] = MEMORY_DECODING;
        Files.write(card.resolve("config"), config);
        byte[] bar = new byte[0x100000];
        ByteBuffer.wrap(bar).putInt(ID_REGISTER, 0x1f7);
        Files.write(card.resolve("resource0"), bar);
        Path driver = Files.createDirectories(sysfs.resolve("bus/pci/drivers/mlx4_core"));
        Files.createSymbolicLink(card.resolve("driver"), driver);
        options = OpenOptions.defaults().withSysfsRoot(sysfs);
    }

    @Test
    void aBoundDriverIsInTheWayOfAChange() {
        DeviceException e = catchThrowableOfType(DeviceException.class,
                () -> Devices.open(DeviceAddress.parse("pci:" + ADDRESS), options));
        assertThat(e.reason()).isEqualTo(DeviceCause.DRIVER_BOUND);
        assertThat(e).hasMessageContaining("mlx4_core").hasMessageContaining("unbind");
    }

    @Test
    void aBoundDriverIsNotInTheWayOfReading() throws Exception {
        try (Device device = Devices.openForReading(DeviceAddress.parse("pci:" + ADDRESS),
                options)) {
            assertThat(device.card().driver()).contains("mlx4_core");
            assertThat(device.card().hwId()).isEqualTo(CardInfo.HW_CONNECTX3_PRO);
        }
    }

    @Test
    void everyNameOfTheMemoryWindowLeadsToConfigurationSpaceToo() throws Exception {
        Path driverName = Files.createDirectories(sysfs.resolve("class/infiniband/mlx4_0"));
        Files.createSymbolicLink(driverName.resolve("device"), card);
        for (String name : new String[] {ADDRESS, "pci:" + ADDRESS, "mlx4_0",
            "/sys/bus/pci/devices/" + ADDRESS + "/resource0"}) {
            assertThat(Devices.configurationSpace(DeviceAddress.parse(name), Optional.of(sysfs)))
                    .as(name).contains(DeviceAddress.parse("pciconf:" + ADDRESS));
        }
        for (String name : new String[] {"mlx4_1", "sim:card.sim", "file:flash.bin",
            "/sys/bus/pci/devices/" + ADDRESS + "/config"}) {
            assertThat(Devices.configurationSpace(DeviceAddress.parse(name), Optional.of(sysfs)))
                    .as(name).isEmpty();
        }
        try (Device device = Devices.openForReading(DeviceAddress.parse("mlx4_0"), options)) {
            assertThat(device.card().driver()).contains("mlx4_core");
        }
    }

    @Test
    void aCardWithoutMemoryDecodingIsNotReadAsOnes() throws Exception {
        byte[] config = Files.readAllBytes(card.resolve("config"));
        config[4] = 0;
        Files.write(card.resolve("config"), config);
        DeviceException e = catchThrowableOfType(DeviceException.class, () -> Devices
                .openForReading(DeviceAddress.parse("pci:" + ADDRESS), options));
        assertThat(e.reason()).isEqualTo(DeviceCause.MEMORY_DECODING_OFF);
    }
}
