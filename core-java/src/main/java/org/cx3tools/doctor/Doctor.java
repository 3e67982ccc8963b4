// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.doctor;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cx3tools.burn.BurnException;
import org.cx3tools.burn.FlashContent;
import org.cx3tools.burn.FlashReader;
import org.cx3tools.burn.KeptPart;
import org.cx3tools.burn.SlotState;
import org.cx3tools.device.AccessWay;
import org.cx3tools.device.CardInfo;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceAddress;
import org.cx3tools.device.DeviceCause;
import org.cx3tools.device.DeviceException;
import org.cx3tools.device.Devices;
import org.cx3tools.device.LockState;
import org.cx3tools.device.OpenOptions;
import org.cx3tools.flash.Progress;
import org.cx3tools.image.ImageInfo;

/** Examines cards: gathers signs, then judges them. */
public final class Doctor {
    private static final Path PROC = Path.of("/proc");
    /** A card is there, but does not say who it is. */
    private static final Set<DeviceCause> SILENT = Set.of(DeviceCause.CR_SPACE_LOCKED, DeviceCause.ALL_ONES,
        DeviceCause.UNKNOWN_HARDWARE);
    private static final Path LOCKS = Path.of("/run/lock/cx3tools");

    private final Path sysfs;
    private final Optional<KernelLog> log;
    private final boolean askCard;

    /**
     * Sets up an examination.
     *
     * @param sysfsRoot another root than /sys (tests)
     * @param log the kernel log, empty when there is none to be had
     * @param askCard whether registers and flash of the cards may be read
     */
    public Doctor(Optional<Path> sysfsRoot, Optional<KernelLog> log, boolean askCard) {
        this.sysfs = requireNonNull(sysfsRoot, "sysfsRoot").orElse(Path.of("/sys"));
        this.log = requireNonNull(log, "log");
        this.askCard = askCard;
    }

    /**
     * Examines a card of this machine.
     *
     * @param card as listed, see {@link Devices#list}
     * @throws DeviceException never for a card that was listed
     */
    public Diagnosis examine(CardInfo card) throws DeviceException {
        MachineReader machine = new MachineReader(sysfs, PROC);
        Signs.Sysfs attributes = machine.read(card.name());
        List<Signs.User> users = machine.users(card.name());
        Optional<String> owner = MachineReader.owner(LOCKS.resolve(card.name() + ".lock"));
        return diagnose(card.name(), DeviceAddress.parse(card.name()), card, Optional.of(attributes), users, owner);
    }

    /**
     * Examines a virtual card by its file, or a flash file.
     *
     * @param address the device
     * @param name as the operator names it, for the commands that are advised
     * @throws DeviceException when there is no such card, or it is no card; one that does not answer is a finding
     */
    public Diagnosis examine(DeviceAddress address, String name) throws DeviceException {
        CardInfo card;
        try (Device device = Devices.openForReading(address, OpenOptions.defaults())) {
            card = device.card();
        } catch (DeviceException e) {
            if (!SILENT.contains(e.reason())) {
                throw e;
            }
            card = new CardInfo(address.spec(), 0, 0, 0, 0, 0, 0, 0, false, true, AccessWay.SIM, Optional.empty(),
                Optional.of(e.reason()), 0, 0, "");
        }
        return diagnose(name, address, card, Optional.empty(), List.of(), Optional.empty());
    }

    private Diagnosis diagnose(String name, DeviceAddress address, CardInfo card, Optional<Signs.Sysfs> attributes,
            List<Signs.User> users, Optional<String> owner) {
        List<String> looked = new ArrayList<>();
        List<String> notLooked = new ArrayList<>();
        note(attributes.isPresent(), "sysfs", "sysfs: this card is not of this machine", looked, notLooked);
        note(log.isPresent(), "kernel log (" + log.map(KernelLog::source).orElse("") + ")",
            attributes.isPresent() ? "kernel log: neither /dev/kmsg nor the journal could be read (root?); give a file with --kernel-log"
                : "kernel log: that of this machine does not know this card", looked, notLooked);
        Optional<Signs.Chip> chip = Optional.empty();
        Optional<Signs.Refusal> refused = Optional.empty();
        if (askCard) {
            try (Device device = Devices.openForReading(address,
                    sysfs.equals(Path.of("/sys")) ? OpenOptions.defaults() : OpenOptions.defaults().withSysfsRoot(sysfs))) {
                chip = Optional.of(ask(device, looked, notLooked));
            } catch (DeviceException e) {
                refused = Optional.of(new Signs.Refusal(Optional.of(e.reason()), e.getMessage()));
                notLooked.add("registers and flash: " + e.getMessage());
            }
        } else {
            notLooked.add("registers and flash: left out as asked");
        }
        Signs signs = new Signs(name, card, attributes, log, users, owner, chip, refused);
        return new Diagnosis(name, signs, Rules.judge(signs), looked, notLooked);
    }

    private static void note(boolean done, String what, String why, List<String> looked, List<String> notLooked) {
        if (done) {
            looked.add(what);
        } else {
            notLooked.add(why);
        }
    }

    /** A held lock is looked at and not waited for: then the flash stays unread. */
    private static Signs.Chip ask(Device device, List<String> looked, List<String> notLooked) throws DeviceException {
        LockState locks = device.lockState();
        looked.add("locks of the card");
        Optional<String> running = device.runningVersion().map(Object::toString);
        Optional<String> part = vpd(device);
        if (!locks.free()) {
            notLooked.add("flash: a lock is held");
            return new Signs.Chip(locks, List.of(), Optional.empty(), Optional.empty(), Optional.empty(), running, part);
        }
        try {
            FlashContent content = FlashContent.read(device.flash(), false, Progress.NONE);
            looked.add("images on flash");
            Optional<ImageInfo> info = content.current().flatMap(SlotState::content).map(SlotState.Content::info)
                .flatMap(KeptPart::value);
            return new Signs.Chip(locks, judged(device, content.slots()), Optional.empty(), info.flatMap(ImageInfo::fwVersion).map(Object::toString),
                info.flatMap(ImageInfo::psid), running, part);
        } catch (DeviceException e) {
            if (e.reason() == DeviceCause.SEMAPHORE_TIMEOUT) {
                throw e;
            }
            notLooked.add("flash: " + e.getMessage());
            return new Signs.Chip(locks, List.of(), Optional.of(e.getMessage()), Optional.empty(), Optional.empty(), running, part);
        }
    }

    /** A burn does not read a single image whole, but whoever wants to know whether it will boot again must. */
    private static List<SlotState> judged(Device device, List<SlotState> slots) throws DeviceException {
        List<SlotState> judged = new ArrayList<>();
        for (SlotState slot : slots) {
            judged.add(slot.verdict() == SlotState.Verdict.READABLE ? judged(device, slot) : slot);
        }
        return judged;
    }

    private static SlotState judged(Device device, SlotState slot) throws DeviceException {
        try {
            List<String> problems = FlashReader.at(device.flash(), slot.start(), Progress.NONE).problems();
            return new SlotState(slot.start(),
                problems.isEmpty() ? SlotState.Verdict.INTACT : SlotState.Verdict.DAMAGED, problems, slot.content());
        } catch (BurnException e) {
            return new SlotState(slot.start(), SlotState.Verdict.DAMAGED, List.of(e.getMessage()), slot.content());
        }
    }

    private static Optional<String> vpd(Device device) {
        try {
            return device.vpd().flatMap(vpd -> vpd.value("PN"));
        } catch (DeviceException e) {
            return Optional.empty();
        }
    }
}
