// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.output;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cx3tools.device.CardInfo;

/** A card in words. */
public final class CardText {
    private static final int ID_DIGITS = 4;
    private static final int[] WIDTHS = {22, 14, 11, 11, 14};

    private CardText() {
    }

    /**
     * The same card under the name that the operator used.
     *
     * @param card the card
     * @param name the name to show
     * @return a copy
     */
    public static CardInfo named(CardInfo card, String name) {
        return new CardInfo(name, card.vendorId(), card.deviceId(), card.subsystemVendorId(), card.subsystemId(),
            card.pciRevision(), card.hwId(), card.hwRevision(), card.recoveryMode(), card.virtualCard(),
            card.access(), card.driver(), card.barProblem(), card.linkWidth(), card.linkWidthMax(),
            card.linkSpeed());
    }

    /**
     * Prints cards, one a line, and what hinders access below.
     *
     * @param out where to
     * @param cards the cards; none gives one sentence
     */
    public static void table(Out out, List<CardInfo> cards) {
        if (cards.isEmpty()) {
            out.line("No ConnectX-3 card found (PCI ids 15b3:1003, 15b3:1007, in recovery 15b3:01f6, 15b3:01f8).");
            return;
        }
        row(out, "DEVICE", "CHIP", "ID", "SUBSYSTEM", "DRIVER", "STATE");
        for (CardInfo card : cards) {
            row(out, card.name(), chip(card), pair(card.vendorId(), card.deviceId()),
                pair(card.subsystemVendorId(), card.subsystemId()), card.driver().orElse("none"), state(card));
        }
        for (CardInfo card : cards) {
            if (card.barProblem().isPresent() && !card.barProblem().get().advice().isEmpty()) {
                out.line("  " + card.name() + ": " + card.barProblem().get().advice());
            }
        }
    }

    /**
     * The chip of a card.
     *
     * @param card the card
     * @return {@code ConnectX3}, {@code ConnectX3Pro} or {@code unknown}
     */
    public static String chip(CardInfo card) {
        switch (card.deviceId()) {
            case 0x1003:
            case 0x01f6:
                return "ConnectX3";
            case 0x1007:
            case 0x01f8:
                return "ConnectX3Pro";
            default:
                return card.hwId() == CardInfo.HW_CONNECTX3 ? "ConnectX3"
                    : card.hwId() == CardInfo.HW_CONNECTX3_PRO ? "ConnectX3Pro" : "unknown";
        }
    }

    /**
     * A card as a map, for JSON.
     *
     * @param card the card
     * @return fields in a fixed order
     */
    public static Map<String, Object> map(CardInfo card) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("device", card.name());
        map.put("chip", chip(card));
        map.put("pciId", pair(card.vendorId(), card.deviceId()));
        map.put("subsystem", pair(card.subsystemVendorId(), card.subsystemId()));
        map.put("pciRevision", card.pciRevision());
        map.put("hardwareId", card.hwId());
        map.put("hardwareRevision", card.hwRevision());
        map.put("recoveryMode", card.recoveryMode());
        map.put("virtual", card.virtualCard());
        map.put("access", card.access().name());
        map.put("driver", card.driver().orElse(""));
        map.put("barProblem", card.barProblem().isPresent() ? card.barProblem().get().name() : "");
        map.put("linkWidth", card.linkWidth());
        map.put("linkWidthMax", card.linkWidthMax());
        map.put("linkSpeed", card.linkSpeed());
        return map;
    }

    private static String state(CardInfo card) {
        StringBuilder text = new StringBuilder(card.recoveryMode() ? "recovery mode" : "running");
        if (card.barProblem().isPresent()) {
            text.append(", registers not reachable (").append(card.barProblem().get().name()).append(')');
        }
        if (card.linkWidth() > 0) {
            text.append(", PCIe x").append(card.linkWidth());
            if (!card.linkSpeed().isEmpty()) {
                text.append(' ').append(card.linkSpeed());
            }
        }
        return text.append(card.virtualCard() ? ", virtual card" : "").toString();
    }

    private static String pair(int vendor, int device) {
        return Out.hex(vendor, ID_DIGITS) + ":" + Out.hex(device, ID_DIGITS);
    }

    private static void row(Out out, String... cells) {
        for (int i = 0; i < WIDTHS.length; i++) {
            out.padded(cells[i], WIDTHS[i] - 1).print(" ");
        }
        out.line(cells[WIDTHS.length]);
    }
}
