// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nvconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.cx3tools.device.DeviceCause;
import org.cx3tools.device.DeviceException;
import org.cx3tools.fixtures.FakeFirmware;
import org.junit.jupiter.api.Test;

class ConfigurationQueryTest {
    static String text(List<Setting> settings) {
        StringBuilder text = new StringBuilder();
        settings.forEach(s -> text.append(s.parameter()).append('=').append(s.nextText()).append(' '));
        return text.toString().strip();
    }

    @Test
    void theCardOfHpHasItsDefaults() throws Exception {
        assertThat(text(Configuration.read(FakeFirmware.hp()).query())).isEqualTo("SRIOV_EN=True(1) NUM_OF_VFS=16"
            + " WOL_MAGIC_EN_P2=True(1)"
            + " LINK_TYPE_P1=VPI(3) PHY_TYPE_P1=0 XFI_MODE_P1=_10G(0) FORCE_MODE_P1=False(0)"
            + " LINK_TYPE_P2=VPI(3) PHY_TYPE_P2=0 XFI_MODE_P2=_10G(0) FORCE_MODE_P2=False(0)"
            + " LOG_BAR_SIZE=5 BOOT_PKEY_P1=0 BOOT_PKEY_P2=0"
            + " BOOT_OPTION_ROM_EN_P1=True(1) BOOT_VLAN_EN_P1=False(0) BOOT_RETRY_CNT_P1=0"
            + " LEGACY_BOOT_PROTOCOL_P1=PXE(1) BOOT_VLAN_P1=1"
            + " BOOT_OPTION_ROM_EN_P2=True(1) BOOT_VLAN_EN_P2=False(0) BOOT_RETRY_CNT_P2=0"
            + " LEGACY_BOOT_PROTOCOL_P2=PXE(1) BOOT_VLAN_P2=1 IP_VER_P1=IPv4(0) IP_VER_P2=IPv4(0)"
            + " CQ_TIMESTAMP=True(1) STEER_FORCE_VLAN=False(0)");
    }

    @Test
    void theRetailCardHasNoWakeOnLanAndNoPhyRows() throws Exception {
        List<Setting> settings = Configuration.read(FakeFirmware.retail()).query();
        assertThat(settings).hasSize(20);
        assertThat(text(settings)).startsWith("SRIOV_EN=True(1) NUM_OF_VFS=8 LINK_TYPE_P1=VPI(3) LINK_TYPE_P2=VPI(3)"
            + " LOG_BAR_SIZE=3 BOOT_PKEY_P1=0").endsWith("CQ_TIMESTAMP=True(1)").doesNotContain("WOL", "PHY");
    }

    @Test
    void aFullQueryTakesFewCallsAndASecondOneNone() throws Exception {
        FakeFirmware firmware = FakeFirmware.everything();
        Configuration configuration = Configuration.read(firmware);
        assertThat(firmware.calls()).isEqualTo(4);
        assertThat(configuration.query()).hasSize(31);
        assertThat(firmware.calls()).isEqualTo(17);
        configuration.query();
        assertThat(firmware.calls()).isEqualTo(17);
        assertThat(firmware.writes()).isZero();
    }

    @Test
    void whatIsStoredComesBeforeTheDefault() throws Exception {
        Setting setting = Configuration.read(FakeFirmware.retail().storing("0x12/1", "00000002"))
            .query(Parameter.named("LINK_TYPE_P1").orElseThrow());
        assertThat(setting.nextText()).isEqualTo("ETH(2)");
        assertThat(setting.defaultText()).isEqualTo("VPI(3)");
        assertThat(setting.changed()).isTrue();
        assertThat(setting.stored()).isTrue();
    }

    @Test
    void withoutDefaultsTheRowsOfTheCapabilityWordStay() throws Exception {
        FakeFirmware firmware = FakeFirmware.hp().withoutDefaults(0).withoutDefaults(1).withoutDefaults(2);
        assertThat(text(Configuration.read(firmware).query())).isEqualTo("SRIOV_EN=N/A NUM_OF_VFS=N/A"
            + " WOL_MAGIC_EN_P2=N/A LINK_TYPE_P1=N/A LINK_TYPE_P2=N/A LOG_BAR_SIZE=5");
    }

    @Test
    void aCardWithOnePortHasNoBootRowsOfTheOther() throws Exception {
        List<Setting> settings = Configuration.read(FakeFirmware.retail().withoutDefaults(2)).query();
        assertThat(text(settings)).contains("BOOT_VLAN_P1").doesNotContain("BOOT_VLAN_P2", "BOOT_PKEY_P2");
    }

    @Test
    void aLinkTypeOfZeroIsNotKnown() throws Exception {
        Configuration configuration = Configuration.read(FakeFirmware.retail().storing("0x12/1", "00000000"));
        assertThat(configuration.query(Parameter.named("LINK_TYPE_P1").orElseThrow()).nextText()).isEqualTo("N/A");
    }

    @Test
    void aParameterTheCardLacksIsRefused() throws Exception {
        Configuration configuration = Configuration.read(FakeFirmware.hp());
        assertThatThrownBy(() -> configuration.query(Parameter.named("WOL_MAGIC_EN_P1").orElseThrow()))
            .isInstanceOf(ConfigException.class)
            .hasMessage("Device doesn't support WOL_MAGIC_EN_P1 configuration");
    }

    @Test
    void aFailureThatIsNoRefusalEndsTheQuery() {
        for (int call = 0; call < 4; call++) {
            FakeFirmware firmware = FakeFirmware.hp();
            firmware.failingOnceAfterCalls(call, new DeviceException(DeviceCause.ALL_ONES, "gone"));
            assertThatThrownBy(() -> Configuration.read(firmware)).hasMessage("gone");
        }
        FakeFirmware firmware = FakeFirmware.hp();
        firmware.failingOnceAfterCalls(4, new DeviceException(DeviceCause.NOT_SUPPORTED, "MNVA get: status 0x4"));
        assertThatThrownBy(() -> Configuration.read(firmware).query()).hasMessage("MNVA get: status 0x4");
    }
}
