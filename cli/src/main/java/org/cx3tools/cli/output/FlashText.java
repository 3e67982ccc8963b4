// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.output;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.cx3tools.device.CardInfo;
import org.cx3tools.device.LockState;
import org.cx3tools.flash.FlashInfo;

/** Chip, flash and locks in words. */
public final class FlashText {
    private static final int COLUMN = 22;
    private static final int KIB = 1024;

    private FlashText() {
    }

    /**
     * Prints all of it.
     *
     * @param out where to
     * @param card the card
     * @param flash its flash
     * @param locks its locks
     */
    public static void print(Out out, CardInfo card, FlashInfo flash, LockState locks) {
        row(out, "Chip", CardText.chip(card) + ", hardware id " + card.hwId() + ", revision " + card.hwRevision());
        row(out, "Mode", card.recoveryMode() ? "recovery: no image was found at power-on" : "normal");
        row(out, "Flash", flash.type() + ", " + flash.sizeBytes() / KIB + " KiB, banks: " + flash.banks());
        row(out, "JEDEC id", "0x" + Out.hex(flash.jedecId(), 6));
        row(out, "Erase unit", flash.eraseBytes() / KIB + " KiB");
        row(out, "Write protection", protection(flash));
        row(out, "Writable", flash.writable() ? "yes" : "no, this chip is only read");
        if (flash.quadEnabled().isPresent()) {
            row(out, "Quad mode", flash.quadEnabled().get() ? "enabled" : "disabled");
        }
        if (flash.dummyCycles().isPresent()) {
            row(out, "Dummy cycles", Integer.toString(flash.dummyCycles().getAsInt()));
        }
        if (flash.driveStrengthPercent().isPresent()) {
            row(out, "Drive strength", flash.driveStrengthPercent().getAsInt() + " %");
        }
        locks(out, locks);
    }

    /**
     * Prints the locks.
     *
     * @param out where to
     * @param locks their state before this command took any
     */
    public static void locks(Out out, LockState locks) {
        row(out, "Programming lock", locks.programmingHeld() ? "held" : "free");
        row(out, "Gateway lock", locks.gatewayHeld() ? "held" : "free");
    }

    /**
     * All of it as a map, for JSON.
     *
     * @param card the card
     * @param flash its flash; empty when it was not touched, since a lock is held
     * @param locks its locks
     * @return fields in a fixed order; what the chip does not tell is left out
     */
    public static Map<String, Object> map(CardInfo card, Optional<FlashInfo> flash, LockState locks) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("card", CardText.map(card));
        flash.ifPresent(info -> map.put("flash", chip(info)));
        Map<String, Object> lock = new LinkedHashMap<>();
        lock.put("programmingHeld", locks.programmingHeld());
        lock.put("gatewayHeld", locks.gatewayHeld());
        map.put("locks", lock);
        return map;
    }

    private static Map<String, Object> chip(FlashInfo flash) {
        Map<String, Object> chip = new LinkedHashMap<>();
        chip.put("type", flash.type());
        chip.put("sizeBytes", flash.sizeBytes());
        chip.put("banks", flash.banks());
        chip.put("jedecId", "0x" + Out.hex(flash.jedecId(), 6));
        chip.put("eraseBytes", flash.eraseBytes());
        chip.put("writable", flash.writable());
        chip.put("protection", protection(flash));
        if (flash.quadEnabled().isPresent()) {
            chip.put("quadEnabled", flash.quadEnabled().get());
        }
        return chip;
    }

    private static String protection(FlashInfo flash) {
        if (flash.protection().isEmpty()) {
            return "not told by this chip";
        }
        FlashInfo.Protection p = flash.protection().get();
        if (p.units() == 0) {
            return "none";
        }
        return p.units() + (p.subsectors() ? " x 4 KiB" : " x 64 KiB") + (p.top() ? " at the end" : " at the start");
    }

    private static void row(Out out, String label, String value) {
        out.padded(label + ":", COLUMN).line(value);
    }
}
