// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nvconfig;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The table against itself, and against the rows of nv-config 1.1, which are typed in again. */
class ParameterTableTest {
    /** Name, TLV, field, default, capability. */
    private static final String PAGE = """
        SRIOV_EN 0x11/0 dw0[31] G dw1[31], D bit 0
        NUM_OF_VFS 0x11/0 dw0[15:0] G dw1[7:0], D bit 0
        WOL_MAGIC_EN_P1 0x10/1 dw0[10] P1 dw1[27], D bit 1
        WOL_MAGIC_EN_P2 0x10/2 dw0[10] P2 dw1[27], D bit 2
        LINK_TYPE_P1 0x12/1 dw0[1:0] P1 dw1[26:25], D bit 3
        PHY_TYPE_P1 0x12/1 dw0[5:4] P1 dw3[13:12], P1 dw0[17]
        XFI_MODE_P1 0x12/1 dw0[7:6] P1 dw3[11:10], P1 dw0[17]
        FORCE_MODE_P1 0x12/1 dw0[8] P1 dw3[9], P1 dw0[17]
        LINK_TYPE_P2 0x12/2 dw0[1:0] P2 dw1[26:25], D bit 4
        PHY_TYPE_P2 0x12/2 dw0[5:4] P2 dw3[13:12], P2 dw0[17]
        XFI_MODE_P2 0x12/2 dw0[7:6] P2 dw3[11:10], P2 dw0[17]
        FORCE_MODE_P2 0x12/2 dw0[8] P2 dw3[9], P2 dw0[17]
        LOG_BAR_SIZE 0x13/0 dw0[31:0] C 0x48[21:16] + 1, D bit 5
        BOOT_PKEY_P1 0x2022/1 dw0[15:0] P1 dw2[15:0], P1 dw2[28]
        BOOT_PKEY_P2 0x2022/2 dw0[15:0] P2 dw2[15:0], P2 dw2[28]
        BOOT_OPTION_ROM_EN_P1 0x2021/1 dw0[31] P1 dw1[29], P1 answers
        BOOT_VLAN_EN_P1 0x2021/1 dw0[30] P1 dw1[28], P1 answers
        BOOT_RETRY_CNT_P1 0x2021/1 dw0[26:24] P1 dw1[23:20], P1 answers
        LEGACY_BOOT_PROTOCOL_P1 0x2021/1 dw0[23:16] P1 dw1[19:16], P1 answers
        BOOT_VLAN_P1 0x2021/1 dw0[11:0] P1 dw1[11:0], P1 answers
        BOOT_OPTION_ROM_EN_P2 0x2021/2 dw0[31] P2 dw1[29], P2 answers
        BOOT_VLAN_EN_P2 0x2021/2 dw0[30] P2 dw1[28], P2 answers
        BOOT_RETRY_CNT_P2 0x2021/2 dw0[26:24] P2 dw1[23:20], P2 answers
        LEGACY_BOOT_PROTOCOL_P2 0x2021/2 dw0[23:16] P2 dw1[19:16], P2 answers
        BOOT_VLAN_P2 0x2021/2 dw0[11:0] P2 dw1[11:0], P2 answers
        IP_VER_P1 0x2001/1 dw0[9:8] P1 dw2[25:24], G dw1[21]
        IP_VER_P2 0x2001/2 dw0[9:8] P2 dw2[25:24], G dw1[21]
        PHY_PARAMETER_MODE 0x14/0 dw0[29:28] G dw1[23:22], G dw0[15]
        INT_CLOCK_TO_USER 0x14/0 dw0[27] G dw1[27], G dw0[14]
        CQ_TIMESTAMP 0x14/0 dw0[31] G dw1[29], G dw0[17]
        STEER_FORCE_VLAN 0x14/0 dw0[30] G dw1[28], G dw0[16]
        """;

    @Test
    void theRowsAreThoseOfThePageInItsOrder() {
        StringBuilder rows = new StringBuilder();
        for (Parameter parameter : Parameter.ALL) {
            List<String> row = ParameterTable.row(parameter);
            rows.append(parameter).append(' ').append(row.get(1)).append(' ').append(row.get(2))
                .append(' ').append(row.get(4)).append(", ").append(row.get(5)).append('\n');
        }
        assertThat(rows.toString()).isEqualTo(PAGE);
    }

    @Test
    void theTableRendersForDocuments() {
        assertThat(ParameterTable.markdown().lines()).hasSize(33)
            .contains("| 1 | `SRIOV_EN` | 0x11/0 | dw0[31] | 0 `False`, 1 `True` | G dw1[31] | D bit 0"
                + " | offer virtual functions |",
                "| 5 | `LINK_TYPE_P1` | 0x12/1 | dw0[1:0] | 1 `IB`, 2 `ETH`, 3 `VPI` | P1 dw1[26:25] | D bit 3"
                + " | protocol of the port: InfiniBand, Ethernet, or VPI = sense it |");
    }

    @Test
    void noTwoParametersShareABit() {
        for (Tlv tlv : Tlv.all()) {
            long used = 0;
            for (Parameter parameter : tlv.parameters()) {
                assertThat(used & parameter.kind().bits().mask()).as(parameter.name()).isZero();
                used |= parameter.kind().bits().mask();
                assertThat(4 * parameter.kind().word() + 4).isLessThanOrEqualTo(tlv.type().size());
            }
            assertThat(used).as(tlv.toString()).isNotZero();
        }
    }

    @Test
    void everyAllowedValueFitsItsField() {
        for (ParameterKind kind : ParameterKind.values()) {
            assertThat(kind.greatest()).as(kind.name()).isLessThanOrEqualTo(kind.bits().greatest());
            int texts = kind.form().texts().size();
            if (texts > 0) {
                assertThat(kind.form().first()).as(kind.name()).isEqualTo((int) kind.least());
                assertThat(kind.form().first() + texts - 1L).as(kind.name()).isEqualTo(kind.greatest());
            }
            assertThat(texts > 0).isEqualTo(kind.form().placeholder().isEmpty());
        }
    }

    @Test
    void recordsHaveTheSizesAndTheOrderOfTheStockTool() {
        assertThat(Tlv.all()).isSorted().hasToString("[0x11/0, 0x10/1, 0x10/2, 0x12/1, 0x12/2, 0x13/0, 0x2022/1,"
            + " 0x2022/2, 0x2021/1, 0x2021/2, 0x2001/1, 0x2001/2, 0x14/0]");
        assertThat(Tlv.all().stream().map(tlv -> tlv.type().size())).containsExactly(4, 8, 8, 4, 4, 4, 4, 4, 4, 4, 4,
            4, 32);
        List<Tlv> asShown = new ArrayList<>();
        Parameter.ALL.forEach(parameter -> asShown.add(parameter.tlv()));
        assertThat(asShown.stream().distinct()).isEqualTo(Tlv.all());
    }

    @Test
    void namesAreUniqueAndNeitherOfLaterGenerations() {
        Set<String> names = new HashSet<>();
        for (Parameter parameter : Parameter.ALL) {
            assertThat(names.add(parameter.name())).isTrue();
            assertThat(LaterNames.contains(parameter.name())).isFalse();
            assertThat(Parameter.named(parameter.name())).contains(parameter);
        }
        assertThat(names).hasSize(31).doesNotContain("WOL_MAGIC_EN", "BOOT_VLAN_EN", "BOOT_RETRY_CNT");
        assertThat(LaterNames.contains("IP_VER")).isTrue();
        assertThat(LaterNames.contains("CNP_DSCP_P2")).isTrue();
        assertThat(LaterNames.contains("CNP_DSCP")).isFalse();
        assertThat(LaterNames.contains("NOSUCH_P1")).isFalse();
    }

    @Test
    void valuesAreReadAsTheStockToolReadsThem() {
        Values link = ParameterKind.LINK_TYPE.form();
        assertThat(link.parse("eth")).hasValue(2);
        assertThat(link.parse("0x3")).hasValue(3);
        assertThat(link.parse("03")).hasValue(3);
        assertThat(link.parse("+7")).hasValue(7);
        for (String bad : List.of("", "-1", "0x", "08", "1x", "wifi", "0x1ffffffff", "++1", "+-1", "4294967295",
                "99999999999999999999")) {
            assertThat(link.parse(bad)).as(bad).isEmpty();
        }
        assertThat(link.text(2)).isEqualTo("ETH(2)");
        assertThat(link.text(7)).isEqualTo("7");
        assertThat(link.alternatives()).isEqualTo("ETH|IB|VPI");
        assertThat(ParameterKind.NUM_OF_VFS.form().alternatives()).isEqualTo("NUM");
    }
}
