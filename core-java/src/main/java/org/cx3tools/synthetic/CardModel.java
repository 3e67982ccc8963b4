// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.synthetic;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.FirmwareVersion;

/**
 * Cards that can be made as virtual cards. The operator's job names the first one with its PSID,
 * part number, description, MACs and firmware version; PCI ids, PSID, serial and revision numbers
 * of the others are marked where they are inferred.
 */
public enum CardModel {
    /** HP 544+FLR-QSFP, the operator's card: ConnectX-3 Pro, two ports, OEM firmware. */
    HP_764285_B21(new CardFacts("hp-764285-b21", 0x1007, 0x103c, 0x22f4, 503, 0,
            "HP_1380110017", "764285-B21_Ax",
            "HP InfiniBand FDR/Ethernet 10Gb/40Gb 2-port 544+FLR-QSFP Adapter",
            new FirmwareVersion(2, 42, 5700), 0x24be05ffffc557c0L, 0x24be05c557c1L, 2, true)),
    /** Retail MCX354A-FCBT: ConnectX-3, two QSFP ports. Subsystem id inferred. */
    MCX354A_FCBT(new CardFacts("mcx354a-fcbt", 0x1003, 0x15b3, 0x0050, 501, 1,
            "MT_1090120019", "MCX354A-FCB_A2-A5",
            "ConnectX-3 VPI adapter card; dual-port QSFP; FDR IB (56Gb/s) and 40GigE;"
                    + " PCIe3.0 x8 8GT/s; RoHS R6",
            new FirmwareVersion(2, 42, 5000), 0x0002c90300ffff00L, 0x0002c9ffff01L, 2, true)),
    /** Retail MCX311A-XCAT: ConnectX-3 EN, one SFP+ port, non-failsafe. Subsystem id inferred. */
    MCX311A_XCAT(new CardFacts("mcx311a-xcat", 0x1003, 0x15b3, 0x0055, 501, 1,
            "MT_1170110023", "MCX311A-XCA_Ax",
            "ConnectX-3 EN network interface card; 10GigE; single-port SFP+;"
                    + " PCIe3.0 x4 8GT/s; RoHS R6",
            new FirmwareVersion(2, 42, 5000), 0x0002c90300ffff80L, 0x0002c9ffff81L, 1, false));

    /** Chip of a new virtual card unless another is asked for. */
    public static final String DEFAULT_CHIP = "W25Q16BV";

    private final CardFacts facts;

    CardModel(CardFacts facts) {
        this.facts = facts;
    }

    /**
     * Looks a model up by its name.
     *
     * @param name as {@code hp-764285-b21}, case does not count
     */
    public static Optional<CardModel> byName(String name) {
        return Arrays.stream(values()).filter(m -> m.modelName().equalsIgnoreCase(name))
                .findFirst();
    }

    /** {@return the names of all models} */
    public static List<String> names() {
        return Arrays.stream(values()).map(CardModel::modelName).toList();
    }

    /** {@return the name used on command lines} */
    public String modelName() {
        return facts.modelName();
    }

    /** {@return what is known about the card} */
    public CardFacts facts() {
        return facts;
    }

    /** {@return the board file of the card's own (OEM or release) firmware} */
    public String boardFile() {
        return SyntheticBoardFile.of(this);
    }

    /** {@return the vital product data, 4096 bytes as in the card's configuration chip} */
    public Bytes vpd() {
        return SyntheticVpd.of(this);
    }
}
