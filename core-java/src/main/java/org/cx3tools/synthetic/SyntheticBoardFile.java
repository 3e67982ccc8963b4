// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.synthetic;

import org.cx3tools.image.BoardFile;
import org.cx3tools.image.BoardFileException;

/** The text of a board file as the card models have it; the first line carries the mark. */
final class SyntheticBoardFile {
    private SyntheticBoardFile() {
    }

    static String of(CardModel model) {
        CardFacts facts = model.facts();
        boolean oem = model == CardModel.HP_764285_B21;
        StringBuilder out = new StringBuilder(2048);
        out.append(";; Synthetic INI, made by cx3tools - not vendor data\n");
        out.append("[PS_INFO]\nName = ").append(facts.partName()).append("\nDescription = ")
                .append(facts.description()).append("\n\n");
        out.append("[ADAPTER]\nPSID = ").append(facts.psid()).append('\n');
        out.append("pcie_gen2_speed_supported = true\n");
        out.append("pcie_gen3_speed_supported = true\n");
        out.append("adapter_dev_id = 0x").append(hex(facts.deviceId())).append("\n\n");
        out.append(";; SR-IOV\n[HCA]\n");
        out.append("hca_header_device_id = 0x").append(hex(facts.deviceId())).append('\n');
        out.append("hca_header_subsystem_id = 0x").append(hex(facts.subsystemId())).append('\n');
        out.append("dpdp_en = true\neth_xfi_en = 1\n");
        out.append("sriov_en = ").append(oem ? "1" : "false").append('\n');
        out.append("num_pfs = 1\ntotal_vfs = ").append(oem ? "16" : "0").append("\n\n");
        out.append("[IB]\ngen_guids_from_mac = true\nmellanox_qpll_ib = false\n");
        for (int port = 0; port < facts.ports(); port++) {
            out.append("cx3_spec1_3_ib_support_port").append(port).append("\t= 1\n");
            out.append("spec1_3_fdr10_ib_support_port").append(port).append(" = 0x1\n");
            out.append("spec1_3_fdr14_ib_support_port").append(port).append(" = 0x1\n");
        }
        for (int port = 1; port <= facts.ports(); port++) {
            addEthernet(out, port, oem);
        }
        out.append("\n[PLL]\nlbist_en = 0\nlbist_shift_freq = 3\n");
        return out.toString();
    }

    /** The OEM's board file had no 56KR4 and KR4 lines (observed). */
    private static void addEthernet(StringBuilder out, int port, boolean oem) {
        String key = "port" + port + "_802_3ap_";
        if (!oem) {
            out.append(key).append("56kr4_ability = true\n");
            out.append(key).append("56kr4_enable = false ;; 56 Gbit/s Ethernet\n");
            out.append(key).append("kr4_ability = true\n");
            out.append(key).append("kr4_enable = true\n");
        }
        out.append(key).append("cr4_ability = true\n").append(key).append("cr4_enable = true\n");
        out.append(key).append("kr_ability = true\n").append(key).append("kr_enable = true\n");
    }

    private static String hex(int id) {
        return String.format("%04x", id);
    }

    static BoardFile parsed(CardModel model) {
        try {
            return BoardFile.parse(of(model));
        } catch (BoardFileException e) {
            throw new IllegalStateException(e);
        }
    }
}
