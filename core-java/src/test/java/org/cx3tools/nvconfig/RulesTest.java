// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nvconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.Map;
import org.cx3tools.fixtures.FakeFirmware;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The texts of nv-config 1.4. */
class RulesTest {
    static Map<Parameter, Long> changes(Object... namesAndValues) {
        Map<Parameter, Long> changes = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            changes.put(Parameter.named((String) namesAndValues[i]).orElseThrow(),
                ((Number) namesAndValues[i + 1]).longValue());
        }
        return changes;
    }

    static ConfigFailure refusal(FakeFirmware firmware, boolean force, Map<Parameter, Long> changes) throws Exception {
        Configuration configuration = Configuration.read(firmware);
        ConfigException e = catchThrowableOfType(ConfigException.class, () -> configuration.plan(changes, force));
        assertThat(e).as(changes.toString()).isNotNull();
        assertThat(firmware.writes()).isZero();
        return e.failure();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', value = {
        "SRIOV_EN ! 2 ! illegal SRIOV_EN parameter value. (should be 0 or 1)",
        "NUM_OF_VFS ! 128 ! Number of VFs exceeds limit (127).",
        "WOL_MAGIC_EN_P1 ! 2 ! illegal WOL parameter value. can be either 0 or 1.",
        "WOL_MAGIC_EN_P2 ! 9 ! illegal WOL parameter value. can be either 0 or 1.",
        "LINK_TYPE_P1 ! 4 ! illegal VPI link type (should be 1|2|3).",
        "LINK_TYPE_P2 ! 0 ! illegal VPI link type (should be 1|2|3).",
        "PHY_TYPE_P1 ! 0 ! illegal Phy Type value (should be 1|2|3)",
        "PHY_TYPE_P2 ! 4 ! illegal Phy Type value (should be 1|2|3)",
        "XFI_MODE_P1 ! 3 ! illegal Xfi Mode value (should be 0|1|2)",
        "XFI_MODE_P2 ! 3 ! illegal Xfi Mode value (should be 0|1|2)",
        "FORCE_MODE_P1 ! 2 ! illegal Force Mode value (should be 0|1)",
        "FORCE_MODE_P2 ! 2 ! illegal Force Mode value (should be 0|1)",
        "LOG_BAR_SIZE ! 6 ! given bar size is too large, max allowed log2 bar size: 0x5",
        "BOOT_PKEY_P1 ! 65536 ! Illegal BOOT_PKEY_P1 parameter value, valid values: [0..65535]",
        "BOOT_PKEY_P2 ! 65536 ! Illegal BOOT_PKEY_P2 parameter value, valid values: [0..65535]",
        "BOOT_OPTION_ROM_EN_P1 ! 2 ! Illegal BOOT_OPTION_ROM_EN_P1 parameter value, valid values: 0 or 1",
        "BOOT_VLAN_EN_P2 ! 2 ! Illegal BOOT_VLAN_EN_P2 parameter value, valid values: 0 or 1",
        "BOOT_RETRY_CNT_P1 ! 8 ! Illegal BOOT_RETRY_CNT_P1 parameter value, valid values: [0..7]",
        "LEGACY_BOOT_PROTOCOL_P1 ! 4 ! Illegal LEGACY_BOOT_PROTOCOL_P1 parameter value, valid values: [0..3]",
        "BOOT_VLAN_P2 ! 4096 ! Illegal BOOT_VLAN_P2 parameter value, valid values: [0..4095]",
        "IP_VER_P1 ! 4 ! illegal IP Ver parameter value. can be 0..3",
        "PHY_PARAMETER_MODE ! 3 ! illegal PHY_PARAMETER_MODE parameter value. (should be 0, 1 or 2)",
        "INT_CLOCK_TO_USER ! 2 ! illegal INT_CLOCK_TO_USER parameter value. (should be 0 or 1)",
        "CQ_TIMESTAMP ! 2 ! illegal CQ_TIMESTAMP parameter value. (should be 0 or 1)",
        "STEER_FORCE_VLAN ! 2 ! illegal STEER_FORCE_VLAN parameter value. (should be 0 or 1)",
    })
    void aValueOutsideIsRefusedInTheVendorsWordsAlsoWithForce(String name, long value, String text) throws Exception {
        for (boolean force : new boolean[] {false, true}) {
            ConfigFailure failure = refusal(FakeFirmware.everything(), force, changes(name, value));
            assertThat(failure.message()).isEqualTo(text);
            assertThat(failure).isInstanceOfSatisfying(ConfigFailure.Illegal.class,
                illegal -> assertThat(illegal.soft()).isFalse());
        }
    }

    @Test
    void everyKindHasItsRuleChecked() throws Exception {
        for (Parameter parameter : Parameter.ALL) {
            FakeFirmware firmware = FakeFirmware.everything();
            long most = Configuration.read(firmware).greatest(parameter);
            assertThat(refusal(firmware, true, Map.of(parameter, most + 1)).message()).as(parameter.name())
                .matches("(?i)(illegal|number of VFs|given bar size).*");
        }
    }

    @Test
    void oneBadValueAmongGoodOnesWritesNothing() throws Exception {
        assertThat(refusal(FakeFirmware.everything(), false, changes("SRIOV_EN", 1, "NUM_OF_VFS", 4, "BOOT_VLAN_P2", 5000))
            .message()).contains("BOOT_VLAN_P2");
    }

    @Test
    void tooManyFunctionsForTheBarAreRefusedUnlessForced() throws Exception {
        assertThat(refusal(FakeFirmware.retail(), false, changes("NUM_OF_VFS", 64)).message())
            .isEqualTo("illegal SRIOV parameter value. Maximal number of VFs: 63");
        assertThat(Configuration.read(FakeFirmware.retail()).plan(changes("NUM_OF_VFS", 64), true).steps()).hasSize(1);
        assertThat(Configuration.read(FakeFirmware.retail()).plan(changes("NUM_OF_VFS", 63), false).steps()).hasSize(1);
    }

    @Test
    void aBarTooLargeForTheFunctionsIsRefusedUnlessForced() throws Exception {
        FakeFirmware firmware = FakeFirmware.retail().storing("0x11/0", "80000010");
        assertThat(refusal(firmware, false, changes("LOG_BAR_SIZE", 5)).message())
            .isEqualTo("illegal Bar Size parameter value. Maximal allowed bar size: 4");
        assertThat(Configuration.read(firmware).plan(changes("LOG_BAR_SIZE", 5), true).steps()).hasSize(1);
        assertThat(Configuration.read(firmware).plan(changes("LOG_BAR_SIZE", 4), false).steps()).hasSize(1);
    }

    @Test
    void theMemoryRuleSeesTheValuesOfTheSameCommand() throws Exception {
        assertThat(Configuration.read(FakeFirmware.retail())
            .plan(changes("LOG_BAR_SIZE", 2, "SRIOV_EN", 1, "NUM_OF_VFS", 100), false).steps()).hasSize(2);
        assertThat(refusal(FakeFirmware.retail(), false, changes("LOG_BAR_SIZE", 5, "NUM_OF_VFS", 20)).message())
            .isEqualTo("illegal SRIOV parameter value. Maximal number of VFs: 15");
    }

    @Test
    void theMemoryRuleIsSilentWithoutVirtualFunctions() throws Exception {
        assertThat(Configuration.read(FakeFirmware.retail())
            .plan(changes("SRIOV_EN", 0, "NUM_OF_VFS", 127, "LOG_BAR_SIZE", 5), false).steps()).hasSize(2);
        assertThat(Configuration.read(FakeFirmware.hp()).plan(changes("LINK_TYPE_P1", 2), false).steps()).hasSize(1);
    }

    @Test
    void aParameterTheCardLacksIsRefusedAlsoWithForce() throws Exception {
        assertThat(refusal(FakeFirmware.retail(), true, changes("PHY_TYPE_P1", 2)).message())
            .isEqualTo("Device doesn't support PHY_TYPE_P1 configuration");
    }
}
