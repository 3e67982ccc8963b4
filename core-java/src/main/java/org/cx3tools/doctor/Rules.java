// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.doctor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cx3tools.burn.SlotState;
import org.cx3tools.device.CardInfo;
import org.cx3tools.device.DeviceCause;

/** From signs to findings. Pure: the same signs give the same findings. */
final class Rules {
    private static final String DRIVER = "mlx4_core";
    private static final int LINES_OF_EVIDENCE = 4;

    private final Signs signs;
    private final List<KernelEvent> events;
    private final Map<FindingKind, Finding> findings = new EnumMap<>(FindingKind.class);

    private Rules(Signs signs) {
        this.signs = signs;
        events = signs.log().map(log -> KernelEvent.of(log, address(signs), signs.sysfs()
            .map(Signs.Sysfs::bridges).orElse(List.of()))).orElse(List.of());
    }

    static List<Finding> judge(Signs signs) {
        Rules rules = new Rules(signs);
        rules.access();
        rules.firmware();
        rules.resources();
        rules.driver();
        rules.locks();
        rules.hints();
        return rules.ordered();
    }

    /** A log of another machine names the card by an address that only the log knows. */
    private static String address(Signs signs) {
        return signs.sysfs().map(Signs.Sysfs::address).orElseGet(() -> signs.log().flatMap(KernelEvent::onlyCard).orElse(""));
    }

    private List<Finding> ordered() {
        List<Finding> all = new ArrayList<>(findings.values());
        all.sort(Comparator.comparing(Finding::kind));
        return all;
    }

    private void access() {
        if (problem(DeviceCause.ALL_ONES)) {
            add(FindingKind.OFF_THE_BUS, "the card does not answer on the bus", List.of("config space reads all ones"),
                "it lost power, hangs, or has no contact in its slot",
                List.of("power the machine off (not just a restart) and on again",
                    "seat the card again, also in its FlexibleLOM adapter if it sits in one; try another slot"));
        }
        if (problem(DeviceCause.CR_SPACE_LOCKED)) {
            add(FindingKind.CR_SPACE_LOCKED, "the firmware locks the registers (secure host)",
                List.of("register 0xf0014 reads 0xbad0cafe"),
                "nothing on the flash can be read or changed until the lock is taken off with the key it was set with",
                List.of("with the vendor's tool and the key: mstflint -d " + signs.name() + " hw_access enable KEY",
                    "without the key only the flash-recovery jumper of the board gets at the flash"));
        }
        if (problem(DeviceCause.MEMORY_DECODING_OFF)) {
            add(FindingKind.MEMORY_DECODING_OFF, "memory decoding of the card is switched off",
                List.of("bit 1 (memory space) of the PCI command register is 0"),
                "its registers do not answer; no driver has switched them on, or one left them off",
                List.of(Finding.COMMAND + "echo 1 > /sys/bus/pci/devices/" + address(signs) + "/enable",
                    "or work over configuration space: name the card pciconf:" + address(signs)));
        }
        List<String> lines = lines(FindingKind.LOCKDOWN);
        if (problem(DeviceCause.KERNEL_LOCKDOWN) || !lines.isEmpty()) {
            add(FindingKind.LOCKDOWN, "the kernel is locked down",
                lines.isEmpty() ? List.of("/sys/kernel/security/lockdown is not [none]") : lines,
                "no program gets at registers of a card, root included; flash tools cannot work",
                List.of("switch Secure Boot off in the BIOS, or take lockdown= from the kernel command line, for the time of the work",
                    Finding.COMMAND + "cat /sys/kernel/security/lockdown"));
        }
    }

    private boolean problem(DeviceCause cause) {
        return signs.card().barProblem().filter(cause::equals).isPresent()
            || signs.refused().flatMap(Signs.Refusal::cause).filter(cause::equals).isPresent();
    }

    private void firmware() {
        List<SlotState> slots = signs.chip().map(Signs.Chip::slots).orElse(List.of());
        List<String> damaged = new ArrayList<>();
        for (SlotState slot : slots) {
            if (!slot.usable()) {
                damaged.add("image in slot " + slot.slot() + " at " + String.format("0x%x", slot.start()) + ": "
                    + String.join("; ", slot.problems()));
            }
        }
        if (signs.card().recoveryMode()) {
            List<String> evidence = new ArrayList<>(List.of(String.format("PCI id %04x:%04x, hardware id + 1",
                signs.card().vendorId(), signs.card().deviceId())));
            evidence.addAll(damaged);
            if (signs.chip().isPresent() && signs.chip().get().locks().free() && slots.isEmpty()) {
                evidence.add("no image begins anywhere on the flash");
            }
            slots.stream().filter(SlotState::usable).forEach(slot ->
                evidence.add("image in slot " + slot.slot() + " looks intact, and yet the chip did not start it"));
            add(FindingKind.RECOVERY_MODE, "the card is in recovery mode: it found no firmware that boots", evidence,
                "there is no network until an image is burnt; the flash can be read and written over configuration space",
                List.of("put it in order, out of what is left on the flash, or a journal or backup of this host:",
                    Finding.COMMAND + "cx3 recover -d " + signs.name(),
                    "or burn an image of this very board, with the GUID and the MAC of its sticker:",
                    Finding.COMMAND + "cx3 recover -d " + signs.name() + " -i firmware.bin --guid GUID --mac MAC"));
        } else if (!damaged.isEmpty()) {
            boolean spare = slots.stream().anyMatch(SlotState::usable);
            add(FindingKind.DAMAGED_IMAGE, "an image on flash is damaged", damaged,
                spare ? "there is an intact one beside it; the card has no spare until a good image is burnt"
                    : "the firmware that runs was loaded before that: do not restart the machine before a good image is burnt",
                List.of(Finding.COMMAND + "cx3 verify -d " + signs.name(),
                    Finding.COMMAND + "cx3 burn -d " + signs.name() + " -i firmware.bin"));
        }
        signs.chip().flatMap(Signs.Chip::flashFailure).ifPresent(failure ->
            add(FindingKind.FLASH_UNREADABLE, "the flash of the card cannot be read", List.of(failure),
                "chip or gateway do not answer as they should: a defect, or another program is in between",
                List.of("end everything that may work on the card, then look again:", Finding.COMMAND + "cx3 hw -d " + signs.name(),
                    "power the machine off (not just a restart) and on again")));
        event(FindingKind.FIRMWARE_FAILS, "the firmware does not answer the driver",
            "the image boots but fails, or the chip hangs since an earlier trouble",
            List.of("power the machine off and on; if it comes again, burn another firmware version:",
                Finding.COMMAND + "cx3 verify -d " + signs.name(),
                Finding.COMMAND + "cx3 burn -d " + signs.name() + " -i firmware.bin"));
        event(FindingKind.FIRMWARE_TOO_OLD, "the firmware is too old for this driver",
            "the driver knows newer command interfaces only", List.of("burn a newer firmware of this board:",
                Finding.COMMAND + "cx3 burn -d " + signs.name() + " -i firmware.bin"));
    }

    private void resources() {
        event(FindingKind.SRIOV_RESOURCES, "the main board has no room for the virtual functions (SR-IOV)",
            "the firmware asks for SR-IOV, the BIOS or the kernel cannot map it; the driver may give the whole card up",
            List.of("switch SR-IOV off in the settings that firmware keeps, then restart the machine:",
                Finding.COMMAND + "cx3 config set -d " + signs.name() + " SRIOV_EN=0",
                "or in the firmware itself (board file, section [HCA], sriov_en = 0):",
                Finding.COMMAND + "cx3 read -d " + signs.name() + " original_firmware.bin",
                Finding.COMMAND + "cx3 dump-config -d " + signs.name() + " new_config.ini",
                Finding.COMMAND + "sed -i 's/^sriov_en *=.*/sriov_en = 0/' new_config.ini",
                Finding.COMMAND + "cx3 assemble -fw original_firmware.bin -conf new_config.ini -wrimage new_firmware.bin",
                Finding.COMMAND + "cx3 burn -d " + signs.name() + " -i new_firmware.bin",
                "or, if SR-IOV is wanted: switch on SR-IOV and \"above 4G decoding\" in the BIOS, or start the kernel with pci=realloc"));
        List<String> bar2 = lines(FindingKind.BAR2_TOO_LARGE);
        boolean noBar0 = signs.sysfs().isPresent() && signs.sysfs().get().bar0Bytes() == 0;
        boolean noBar2 = signs.sysfs().isPresent() && signs.sysfs().get().bar2Bytes() == 0
            && !signs.card().recoveryMode();
        if (!bar2.isEmpty()) {
            add(FindingKind.BAR2_TOO_LARGE, "BAR2 of the card does not fit into this machine", bar2,
                "its size comes from the firmware (LOG_BAR_SIZE); without BAR2 the driver gives up, flash tools still work",
                List.of("switch on \"above 4G decoding\" in the BIOS, or start the kernel with pci=realloc",
                    "or make it smaller (3 is 8 MiB), then restart the machine:",
                    Finding.COMMAND + "cx3 config set -d " + signs.name() + " LOG_BAR_SIZE=3",
                    "or by log_uar_bar_megabyte_sz in section [HCA] of the board file, then burn as for any other edit of it"));
        }
        List<String> bars = lines(FindingKind.BAR_RESOURCES);
        if (!bars.isEmpty() || noBar0 || noBar2 && bar2.isEmpty()) {
            add(FindingKind.BAR_RESOURCES, "the machine gave the card no place for its " + (noBar0 ? "registers" : "BARs"),
                bars.isEmpty() ? List.of("the kernel shows no place for " + (noBar0 ? "BAR0 (resource, first line)"
                    : "BAR2 (resource, third line)")) : bars,
                "the driver gives up" + (noBar0 ? ", and flash tools do not get at the registers; configuration space still works"
                    : "; flash tools still work"),
                List.of("switch on \"above 4G decoding\" in the BIOS, or start the kernel with pci=realloc",
                    "try another slot; meanwhile name the card pciconf:" + address(signs)));
        }
        event(FindingKind.POWER_STATE, "the card does not follow power management",
            "it hangs in a power state, or does not come back from one",
            List.of("power the machine off and on; start the kernel with pcie_aspm=off if it comes again"));
    }

    private void driver() {
        event(FindingKind.RESET_FAILS, "the chip did not come back from the reset of the driver",
            "the firmware or the slot hangs", List.of("power the machine off (not just a restart) and on again"));
        event(FindingKind.INTERRUPTS, "no interrupt of the card arrives",
            "the BIOS routes none, or a virtual machine does not pass them on",
            List.of("start the kernel with pci=nomsi, or update the BIOS; in a virtual machine look at its interrupt remapping"));
        List<String> gaveUp = lines(FindingKind.DRIVER_GAVE_UP);
        boolean known = findings.keySet().stream().anyMatch(kind -> kind.findingClass() != FindingClass.HINT);
        if (!gaveUp.isEmpty()) {
            add(FindingKind.DRIVER_GAVE_UP, "the driver gave the card up", gaveUp,
                known ? "as a consequence of what is told above" : "it says no reason that is known here",
                known ? List.of("cure the other findings, then load it again:", Finding.COMMAND + "modprobe -r mlx4_core",
                    Finding.COMMAND + "modprobe mlx4_core")
                    : List.of("read what it said before that:", Finding.COMMAND + "dmesg | grep -e " + DRIVER + " -e " + address(signs)));
        }
        CardInfo card = signs.card();
        if (card.driver().isPresent() && !card.driver().get().equals(DRIVER)) {
            add(FindingKind.OTHER_DRIVER, "driver " + card.driver().get() + " has the card, not " + DRIVER,
                List.of("link \"driver\" of the device leads to " + card.driver().get()),
                "there are no network interfaces; it may be meant for a virtual machine",
                unbind(card.driver().get()));
        }
        if (card.driver().isPresent() && problem(DeviceCause.DRIVER_BOUND)) {
            add(FindingKind.BAR_HELD, "driver " + card.driver().get() + " holds the card",
                List.of("link \"driver\" of the device leads to " + card.driver().get()),
                "that is as it should be in daily work; flash tools read over configuration space, changes want the driver off",
                unbind(card.driver().get()));
        }
    }

    private List<String> unbind(String driver) {
        return List.of("for a change of the flash:", Finding.COMMAND + "echo " + address(signs)
            + " > /sys/bus/pci/drivers/" + driver + "/unbind", "or let cx3 burn do it: --unbind-driver");
    }

    private void locks() {
        List<String> evidence = new ArrayList<>();
        signs.chip().ifPresent(chip -> {
            if (chip.locks().programmingHeld()) {
                evidence.add("programming lock (register 0xf03a0) is held");
            }
            if (chip.locks().gatewayHeld()) {
                evidence.add("gateway lock (register 0xf03fc) is held");
            }
        });
        evidence.addAll(lines(FindingKind.LOCKS_HELD));
        if (evidence.isEmpty()) {
            return;
        }
        if (!signs.users().isEmpty()) {
            signs.users().forEach(user -> evidence.add("process " + user.pid() + " (" + user.command() + ") has the card open"));
            add(FindingKind.LOCKS_HELD, "a flash lock of the card is held by somebody at work", evidence,
                "another tool reads or writes the flash", List.of("wait for it; then look again"));
            return;
        }
        signs.lastOwner().ifPresent(owner -> evidence.add(owner + " was killed while it had the card"));
        add(FindingKind.LOCKS_LEFT, "a flash lock of the card was left behind", evidence,
            "no process of this machine has the card open; until the lock is freed every flash tool waits and fails,"
                + " and the driver does not load",
            List.of("make sure that no other system (virtual machine, BMC) works on the card, then:",
                Finding.COMMAND + "cx3 hw -d " + signs.name() + " --clear-semaphore",
                "or, if a burn may have been interrupted, have it finished as well:",
                Finding.COMMAND + "cx3 recover -d " + signs.name()));
    }

    private void hints() {
        psid();
        Optional<String> runs = signs.chip().flatMap(Signs.Chip::runningVersion);
        Optional<String> flashed = signs.chip().flatMap(Signs.Chip::flashVersion);
        if (runs.isPresent() && flashed.isPresent() && !runs.equals(flashed)) {
            add(FindingKind.NOT_RUNNING_YET, "the image on flash does not run yet",
                List.of("on flash: " + flashed.get() + ", running: " + runs.get()),
                "an image was burnt; it starts with the next reset of the chip",
                List.of(Finding.COMMAND + "cx3 reset -d " + signs.name(), "or restart the machine"));
        }
        link();
    }

    private void psid() {
        Optional<String> psid = signs.chip().flatMap(Signs.Chip::psid);
        Optional<String> expected = Boards.psid(signs.card().subsystemVendorId(), signs.card().subsystemId());
        if (psid.isPresent() && expected.isPresent() && !psid.get().startsWith(expected.get())) {
            List<String> evidence = new ArrayList<>(List.of("PSID on flash: " + psid.get(),
                String.format("board: subsystem %04x:%04x, PSID %s%s", signs.card().subsystemVendorId(),
                    signs.card().subsystemId(), expected.get(), expected.get().endsWith("_") ? "..." : "")));
            signs.chip().flatMap(Signs.Chip::partNumber).ifPresent(part -> evidence.add("part number (VPD): " + part));
            add(FindingKind.FOREIGN_PSID, "the firmware is of another board", evidence,
                "fine if it was made for this card on purpose; else ports, LEDs and limits of power may be wrong",
                List.of("to go back, burn an image with the PSID of the board:",
                    Finding.COMMAND + "cx3 burn -d " + signs.name() + " -i firmware.bin --allow-psid-change"));
        }
    }

    private void link() {
        CardInfo card = signs.card();
        List<String> evidence = new ArrayList<>();
        int slotWidth = signs.sysfs().map(Signs.Sysfs::slotWidth).orElse(0);
        if (card.linkWidth() > 0 && card.linkWidth() < card.linkWidthMax()) {
            evidence.add("PCIe x" + card.linkWidth() + " in use, the card has x" + card.linkWidthMax()
                + (slotWidth > 0 ? ", the slot x" + slotWidth : ""));
        }
        String fastest = signs.sysfs().map(Signs.Sysfs::maxSpeed).orElse("").trim();
        if (!fastest.isEmpty() && !card.linkSpeed().isEmpty() && !card.linkSpeed().equals(fastest)) {
            evidence.add("PCIe speed " + card.linkSpeed() + ", the card has " + fastest);
        }
        evidence.addAll(lines(FindingKind.NARROW_LINK));
        if (!evidence.isEmpty()) {
            boolean contact = slotWidth >= card.linkWidthMax() && card.linkWidth() < card.linkWidthMax();
            add(FindingKind.NARROW_LINK, "the PCIe link is narrower or slower than the card", evidence,
                "a 40 Gbit/s port needs x8 at 8 GT/s; two ports at full speed are limited in any case",
                List.of(contact ? "the slot has enough lanes: clean the contacts and seat the card again"
                    : "move the card to a slot with x8 lanes of the processor; look at the BIOS for the speed of the slot"));
        }
    }

    private void event(FindingKind kind, String what, String meaning, List<String> remedies) {
        List<String> lines = lines(kind);
        if (!lines.isEmpty()) {
            add(kind, what, lines, meaning, remedies);
        }
    }

    private List<String> lines(FindingKind kind) {
        return events.stream().filter(event -> event.kind() == kind).map(KernelEvent::line).distinct()
            .limit(LINES_OF_EVIDENCE).toList();
    }

    private void add(FindingKind kind, String what, List<String> evidence, String meaning, List<String> remedies) {
        findings.put(kind, new Finding(kind, what, evidence, meaning, remedies));
    }
}
