// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cx3tools.device.VirtualCard;
import org.cx3tools.nvconfig.ParameterKind;

/** A virtual card in words. */
public final class SimText {
    private static final int COLUMN = 22;
    private static final int KIB = 1024;
    private static final int FIRST_SEMAPHORE = 0xf0300;

    private SimText() {
    }

    /**
     * One line after a change.
     *
     * @param out where to
     * @param name file of the card
     * @param state its state now
     */
    public static void line(Out out, String name, VirtualCard.State state) {
        out.line("sim:" + name + ": " + state.model() + ", " + state.chip() + ", " + mode(state)
            + (state.fault().kind() == VirtualCard.FaultKind.NONE ? "" : ", fault " + fault(state.fault())));
    }

    /**
     * All of it.
     *
     * @param out where to
     * @param name file of the card
     * @param state its state
     */
    public static void print(Out out, String name, VirtualCard.State state) {
        VirtualCard.Traffic traffic = state.traffic();
        row(out, "Virtual card", "sim:" + name);
        row(out, "Model", state.model() + ", PCI 15b3:" + Out.hex(state.deviceId(), 4) + ", hardware id "
            + state.hwId());
        row(out, "Flash", state.chip() + ", " + state.flashSizeBytes() / KIB + " KiB, banks: " + state.banks());
        row(out, "State", mode(state));
        state.applied().ifPresent(applied -> row(out, "Settings in effect", settings(applied)));
        row(out, "Boot policy", state.bootPolicy().name().toLowerCase(Locale.ROOT) + " of two valid images");
        row(out, "Timing", state.gatewayBusyReads() + " busy reads, " + (state.maxTimes() ? "maximum" : "typical")
            + " chip times, simulated clock " + state.nowMicros() + " us");
        List<String> options = new ArrayList<>();
        state.options().forEach((option, value) -> options.add(optionName(option) + "="
            + (!option.isSwitch() ? value.toString() : value == 0 ? "off" : "on")));
        row(out, "Options", String.join(" ", options));
        row(out, "Traffic", traffic.reads() + " reads, " + traffic.writes() + " writes, " + traffic.spiCommands()
            + " chip commands, " + traffic.erases() + " erases, " + traffic.programs() + " programs, " + traffic.firmwareCommands() + " commands to firmware");
        row(out, "Violations", traffic.violations() + (state.lastViolation().isEmpty() ? ""
            : ", last: " + state.lastViolation()));
        row(out, "Semaphores held", held(state.semaphoresHeld()).isEmpty() ? "none"
            : String.join(", ", held(state.semaphoresHeld())));
        row(out, "Fault", fault(state.fault()));
    }

    /**
     * All of it as a map, for JSON.
     *
     * @param state the state
     * @return fields in a fixed order
     */
    public static Map<String, Object> map(VirtualCard.State state) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("model", state.model());
        map.put("deviceId", state.deviceId());
        map.put("hardwareId", state.hwId());
        map.put("chip", state.chip());
        map.put("banks", state.banks());
        map.put("flashSizeBytes", state.flashSizeBytes());
        map.put("bootPolicy", state.bootPolicy().name());
        map.put("gatewayBusyReads", state.gatewayBusyReads());
        map.put("maxTimes", state.maxTimes());
        map.put("powered", state.powered());
        map.put("booted", state.booted());
        map.put("bootAddress", state.bootAddress());
        map.put("runningVersion", state.booted() ? state.version() : "");
        map.put("nowMicros", state.nowMicros());
        map.put("reads", state.traffic().reads());
        map.put("writes", state.traffic().writes());
        map.put("spiCommands", state.traffic().spiCommands());
        map.put("erases", state.traffic().erases());
        map.put("programs", state.traffic().programs());
        map.put("violations", state.traffic().violations());
        map.put("firmwareCommands", state.traffic().firmwareCommands());
        map.put("lastViolation", state.lastViolation());
        map.put("semaphoresHeld", held(state.semaphoresHeld()));
        map.put("fault", fault(state.fault()));
        Map<String, Object> options = new LinkedHashMap<>();
        state.options().forEach((option, value) -> options.put(optionName(option),
            option.isSwitch() ? (Object) (value != 0) : value));
        map.put("options", options);
        state.applied().ifPresent(applied -> map.put("settingsInEffect", settingsMap(applied)));
        return map;
    }

    /** {@return names of the options of a virtual card, in the order of the enum} */
    public static List<String> optionNames() {
        List<String> names = new ArrayList<>();
        for (VirtualCard.Option option : VirtualCard.Option.values()) {
            names.add(optionName(option));
        }
        return names;
    }

    private static String optionName(VirtualCard.Option option) {
        return option.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String mode(VirtualCard.State state) {
        if (!state.powered()) {
            return "without power (cx3 sim power-cycle gives it back)";
        }
        return state.booted() ? "firmware " + state.version() + " runs from 0x"
            + Long.toHexString(state.bootAddress()) : "recovery mode: no image that boots";
    }

    private static String settings(VirtualCard.Applied applied) {
        List<String> texts = new ArrayList<>();
        texts.add(applied.sriov() ? "SR-IOV with " + applied.virtualFunctions() + " functions" : "no SR-IOV");
        texts.add("BAR2 of " + (1 << applied.logBarSize()) + " MiB");
        for (int i = 0; i < applied.ports().size(); i++) {
            VirtualCard.AppliedPort port = applied.ports().get(i);
            texts.add("port " + (i + 1) + " " + linkType(port) + (port.optionRom() ? "" : " without boot ROM"));
        }
        return String.join(", ", texts);
    }

    private static Map<String, Object> settingsMap(VirtualCard.Applied applied) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("sriov", applied.sriov());
        map.put("virtualFunctions", applied.virtualFunctions());
        map.put("logBarSize", applied.logBarSize());
        map.put("linkTypes", applied.ports().stream().map(SimText::linkType).toList());
        map.put("optionRoms", applied.ports().stream().map(VirtualCard.AppliedPort::optionRom).toList());
        return map;
    }

    private static String linkType(VirtualCard.AppliedPort port) {
        return ParameterKind.LINK_TYPE.form().text(port.linkType());
    }

    private static List<String> held(long bits) {
        List<String> names = new ArrayList<>();
        for (int n = 0; n < Long.SIZE; n++) {
            if ((bits >>> n & 1) != 0) {
                names.add("0x" + Integer.toHexString(FIRST_SEMAPHORE + 4 * n));
            }
        }
        return names;
    }

    private static String fault(VirtualCard.Fault fault) {
        String name = fault.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return fault.kind() == VirtualCard.FaultKind.NONE ? name : name + " at " + fault.at() + ", count "
            + fault.count() + ", value 0x" + Integer.toHexString(fault.value()) + ", seed " + fault.seed();
    }

    private static void row(Out out, String label, String value) {
        out.padded(label + ":", COLUMN).line(value);
    }
}
