// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nvconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.cx3tools.nvconfig.RulesTest.changes;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.cx3tools.binary.Bytes;
import org.cx3tools.device.DeviceCause;
import org.cx3tools.device.DeviceException;
import org.cx3tools.fixtures.FakeFirmware;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigurationWriteTest {
    private static final DeviceException NO_ROOM = new DeviceException(DeviceCause.NV_NO_RESOURCE,
        "MNVA set: status 0x8: resource not available");

    static Stream<Parameter> parameters() {
        return Parameter.ALL.stream();
    }

    private static void set(FakeFirmware firmware, Map<Parameter, Long> changes) throws Exception {
        Configuration configuration = Configuration.read(firmware);
        configuration.apply(configuration.plan(changes, false));
    }

    private static Parameter named(String name) {
        return Parameter.named(name).orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void eachParameterIsSetToItsEndsAndReset(Parameter parameter) throws Exception {
        FakeFirmware firmware = FakeFirmware.everything();
        Configuration configuration = Configuration.read(firmware);
        Setting before = configuration.query(parameter);
        for (long value : new long[] {configuration.greatest(parameter), parameter.kind().least()}) {
            configuration.apply(configuration.plan(Map.of(parameter, value), false));
            assertThat(Configuration.read(firmware).query(parameter).next()).hasValue(value);
            assertThat(firmware.stored()).containsOnlyKeys(parameter.tlv().toString());
        }
        configuration.apply(configuration.planReset(Set.of(parameter)));
        assertThat(configuration.query(parameter)).isEqualTo(before);
        assertThat(firmware.stored()).isEmpty();
    }

    @Test
    void recordsAreAsTheStockToolWritesThem() throws Exception {
        FakeFirmware firmware = FakeFirmware.retail();
        set(firmware, changes("SRIOV_EN", 1, "NUM_OF_VFS", 8, "LINK_TYPE_P1", 2));
        assertThat(firmware.stored()).isEqualTo(Map.of("0x11/0", Bytes.ofHex("80000008"), "0x12/1",
            Bytes.ofHex("00000002")));
    }

    @Test
    void aParameterOfAFreshRecordTakesItsNeighboursDefaults() throws Exception {
        FakeFirmware firmware = FakeFirmware.retail();
        set(firmware, changes("NUM_OF_VFS", 4));
        assertThat(firmware.stored()).containsEntry("0x11/0", Bytes.ofHex("80000004"));
    }

    @Test
    void anUntouchedPhyTypeOfZeroStaysAlone() throws Exception {
        FakeFirmware firmware = FakeFirmware.hp();
        set(firmware, changes("LINK_TYPE_P1", 2));
        assertThat(firmware.stored()).containsEntry("0x12/1", Bytes.ofHex("00000002"));
    }

    @Test
    void bitsThatAreNoParametersStay() throws Exception {
        FakeFirmware firmware = FakeFirmware.everything().storing("0x2001/1", "000000c8")
            .storing("0x10/1", "0000fa0012345678").storing("0x2021/1", "3800f000")
            .storing("0x14/0", "07ffffff" + "ff".repeat(28)).storing("0x12/1", "fffffe0c");
        set(firmware, changes("IP_VER_P1", 2, "WOL_MAGIC_EN_P1", 1, "BOOT_VLAN_P1", 7, "PHY_PARAMETER_MODE", 2,
            "LINK_TYPE_P1", 1));
        assertThat(firmware.stored()).isEqualTo(Map.of("0x2001/1", Bytes.ofHex("000002c8"),
            "0x10/1", Bytes.ofHex("0000fe0012345678"), "0x2021/1", Bytes.ofHex("3800f007"),
            "0x14/0", Bytes.ofHex("27ffffff" + "ff".repeat(28)), "0x12/1", Bytes.ofHex("fffffe0d")));
    }

    @Test
    void aResetOfOneParameterKeepsTheOthersOfItsRecord() throws Exception {
        FakeFirmware firmware = FakeFirmware.retail();
        set(firmware, changes("SRIOV_EN", 0, "NUM_OF_VFS", 4));
        Configuration configuration = Configuration.read(firmware);
        configuration.apply(configuration.planReset(Set.of(named("SRIOV_EN"))));
        assertThat(firmware.stored()).containsEntry("0x11/0", Bytes.ofHex("80000004"));
        configuration.apply(configuration.planReset(Set.of(named("NUM_OF_VFS"))));
        assertThat(firmware.stored()).isEmpty();
    }

    @Test
    void aResetOfWhatIsNotStoredWritesNothing() throws Exception {
        Configuration configuration = Configuration.read(FakeFirmware.hp());
        assertThat(configuration.planReset(Set.of(named("NUM_OF_VFS"))).steps()).isEmpty();
    }

    @Test
    void aResetOfAllIsOneCommand() throws Exception {
        FakeFirmware firmware = FakeFirmware.hp().storing("0x2010/0", "00000005");
        set(firmware, changes("NUM_OF_VFS", 4, "LINK_TYPE_P2", 2));
        int writes = firmware.writes();
        Configuration configuration = Configuration.read(firmware);
        configuration.resetAll();
        assertThat(firmware.writes()).isEqualTo(writes + 1);
        assertThat(firmware.stored()).isEmpty();
        assertThat(configuration.query()).noneMatch(Setting::changed);
    }

    @Test
    void whatIsStoredAlreadyIsNotWrittenAgain() throws Exception {
        FakeFirmware firmware = FakeFirmware.retail();
        set(firmware, changes("NUM_OF_VFS", 4));
        ConfigPlan plan = Configuration.read(firmware).plan(changes("NUM_OF_VFS", 4), false);
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.changes()).singleElement().matches(change -> !change.different());
    }

    @Test
    void recordsAreWrittenInTheStockOrderAndAFailureNamesBothSides() throws Exception {
        Map<Parameter, Long> all = changes("CQ_TIMESTAMP", 0, "LOG_BAR_SIZE", 2, "NUM_OF_VFS", 3, "LINK_TYPE_P2", 2,
            "SRIOV_EN", 1);
        List<String> written = List.of("nothing was written", "written: SRIOV_EN, NUM_OF_VFS",
            "written: SRIOV_EN, NUM_OF_VFS, LINK_TYPE_P2", "written: SRIOV_EN, NUM_OF_VFS, LINK_TYPE_P2, LOG_BAR_SIZE");
        List<String> missing = List.of("SRIOV_EN, NUM_OF_VFS, LINK_TYPE_P2, LOG_BAR_SIZE, CQ_TIMESTAMP",
            "LINK_TYPE_P2, LOG_BAR_SIZE, CQ_TIMESTAMP", "LOG_BAR_SIZE, CQ_TIMESTAMP", "CQ_TIMESTAMP");
        for (int at = 0; at < written.size(); at++) {
            FakeFirmware firmware = FakeFirmware.retail();
            Configuration configuration = Configuration.read(firmware);
            ConfigPlan plan = configuration.plan(all, false);
            firmware.failingAfterWrites(at, NO_ROOM);
            ConfigException e = catchThrowableOfType(ConfigException.class, () -> configuration.apply(plan));
            assertThat(((ConfigFailure.NotWritten) e.failure()).progress())
                .isEqualTo(written.get(at) + "; not written: " + missing.get(at));
            assertThat(e).hasCause(NO_ROOM).hasMessageContaining("status 0x8");
            assertThat(firmware.stored()).hasSize(at);
        }
    }

    @Test
    void withoutAnAnswerNobodyKnowsWhetherTheRecordIsWritten() throws Exception {
        FakeFirmware firmware = FakeFirmware.retail();
        Configuration configuration = Configuration.read(firmware);
        ConfigPlan plan = configuration.plan(changes("NUM_OF_VFS", 3, "CQ_TIMESTAMP", 0), false);
        firmware.failingAfterWrites(0, new DeviceException(DeviceCause.HCR_TIMEOUT, "the command did not end"));
        ConfigException e = catchThrowableOfType(ConfigException.class, () -> configuration.apply(plan));
        assertThat(e).hasMessage("record 0x11/0 may or may not be written: the command did not end; nothing else was written;"
            + " not known: NUM_OF_VFS; not written: CQ_TIMESTAMP");
        assertThat(e.advice()).startsWith(DeviceCause.HCR_TIMEOUT.advice()).contains("look at the settings again");
    }

    @Test
    void aChangeBySomebodyElseStopsThePlanBeforeItsFirstWrite() throws Exception {
        FakeFirmware firmware = FakeFirmware.retail();
        Configuration configuration = Configuration.read(firmware);
        ConfigPlan plan = configuration.plan(changes("NUM_OF_VFS", 4, "LINK_TYPE_P1", 2), false);
        firmware.storing("0x12/1", "00000001");
        assertThatThrownBy(() -> configuration.apply(plan))
            .hasMessage("record 0x12/1 (LINK_TYPE_P1, PHY_TYPE_P1, XFI_MODE_P1, FORCE_MODE_P1) was changed by somebody"
                + " else; nothing was written");
        assertThat(firmware.writes()).isZero();
    }

    @Test
    void aFailedReadBeforeTheFirstWriteChangesNothing() throws Exception {
        FakeFirmware firmware = FakeFirmware.retail();
        Configuration configuration = Configuration.read(firmware);
        ConfigPlan plan = configuration.plan(changes("NUM_OF_VFS", 4, "LINK_TYPE_P1", 2), false);
        firmware.failingOnceAfterCalls(1, NO_ROOM);
        assertThatThrownBy(() -> configuration.apply(plan)).isSameAs(NO_ROOM);
        assertThat(firmware.writes()).isZero();
    }
}
