// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.cx3tools.cli.output.Out;
import org.cx3tools.nvconfig.Parameter;
import org.cx3tools.nvconfig.ParameterKind;
import org.cx3tools.nvconfig.Setting;
import org.junit.jupiter.api.Test;

class MlxConfigTextTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Out out = new Out(printed);
    private final MlxConfigText text = new MlxConfigText(out);

    private String printed() {
        out.flush();
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aValueOfSixteenCharactersGetsABlankOnlyInFrontOfAColumn() {
        Parameter mode = Parameter.of(ParameterKind.PHY_PARAMETER_MODE);
        Setting setting = new Setting(mode, OptionalLong.of(0), OptionalLong.of(0), false);
        text.row(setting, false, "");
        text.row(setting, true, "");
        text.columns(false, true);
        text.rows(List.of(setting), Map.of(mode, 1L), false);
        assertThat(printed()).isEqualTo("""
                     PHY_PARAMETER_MODE                  DEVICE_DEFAULT(0)
                     PHY_PARAMETER_MODE                  DEVICE_DEFAULT(0) DEVICE_DEFAULT(0)
            Configurations:                              Next Boot       New
                     PHY_PARAMETER_MODE                  DEVICE_DEFAULT(0) LEGACY(1)      \s
            """);
    }

    @Test
    void whatIsNotKnownIsSoShown() {
        Parameter link = Parameter.named("LINK_TYPE_P1").orElseThrow();
        assertThat(text.row(new Setting(link, OptionalLong.empty(), OptionalLong.empty(), false), true, "")).isFalse();
        assertThat(printed()).isEqualTo("         LINK_TYPE_P1                        N/A             N/A             \n");
    }

    @Test
    void theListHasItsColumnsAndOrder() {
        text.list("04:00.0");
        assertThat(printed()).startsWith("""

            List of configurations the device 04:00.0 may support:

                    Boot Settings Extras: what the option ROM asks for when it boots
                        IP_VER_P1=<IPv4|IPv4_IPv6|IPv6|IPv6_IPv4>      : which IP versions the option ROM tries, in this order
            """).contains("""

                    PCI Settings: what the card offers on the PCI bus
                        LOG_BAR_SIZE=<base_2_log_in_mb>                : log2 of the size of the doorbell BAR (BAR2) in MB
                        NUM_OF_VFS=<NUM>                               : number of virtual functions
                        SRIOV_EN=<False|True>                          : offer virtual functions

            """, "PHY_PARAMETER_MODE=<ADVANCED|DEVICE_DEFAULT|LEGACY> : ", "BOOT_VLAN_P1=<VLAN ID> ",
            "BOOT_RETRY_CNT_P2=<0..7> ", "LEGACY_BOOT_PROTOCOL_P1=<Both|None|PXE|iSCSI>", "BOOT_PKEY_P1=<PKEY> ");
        for (Parameter parameter : Parameter.ALL) {
            assertThat(printed()).contains("            " + parameter.name() + "=<");
        }
    }
}
