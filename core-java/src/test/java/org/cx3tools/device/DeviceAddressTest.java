// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceAddressTest {
    @ParameterizedTest
    @CsvSource({
        "23:00.0, pci:0000:23:00.0",
        "0000:23:00.0, pci:0000:23:00.0",
        "23:0.0, pci:0000:23:00.0",
        "pci:A:b.1, pci:0000:0a:0b.1",
        "pci:00000001:000023:00000.0, pci:0001:23:00.0",
        "pciconf:23:00.0, pciconf:0000:23:00.0",
        "pciconf-0000:23:00.0, pciconf:0000:23:00.0",
        "mlx4_0, mlx4_0",
        "/sys/bus/pci/devices/0000:23:00.0/resource0, /sys/bus/pci/devices/0000:23:00.0/resource0",
        "/proc/bus/pci/23/00.0, /proc/bus/pci/23/00.0",
        "sim:card, sim:card",
        "sim:23:00.0, sim:23:00.0",
        "file:a b.bin, file:a b.bin",
    })
    void namesHaveOneCanonicalForm(String name, String spec) throws Exception {
        DeviceAddress address = DeviceAddress.parse(name);
        assertThat(address.spec()).isEqualTo(spec);
        assertThat(DeviceAddress.parse(spec)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "card.sim", "/tmp/flash.bin", "sim:", "file:", "pci:", "pci:xx",
        "pciconf:mlx4_0", "23:00", "23:00.8", "100:00.0", "23:20.0", "23:00.0 ", "mlx4_", "eth0",
        "host:23108,dev", "/sys/bus/pci/devices/../resource0", "lid-7"})
    void anythingElseIsAClearError(String name) {
        DeviceException e = catchThrowableOfType(DeviceException.class,
                () -> DeviceAddress.parse(name));
        assertThat(e).isNotNull();
        assertThat(e.reason()).isEqualTo(DeviceCause.BAD_ADDRESS);
        assertThat(e.getMessage()).contains("\"" + name + "\"");
        assertThat(e.advice()).contains("sim:FILE");
    }

    @Test
    void aFileIsNeverUsedUnlessItWasAskedForByName() throws Exception {
        assertThat(DeviceAddress.parse("23:00.0")).isInstanceOf(DeviceAddress.Pci.class);
        assertThat(DeviceAddress.parse("file:23:00.0"))
                .isInstanceOf(DeviceAddress.FlashFile.class);
    }
}
