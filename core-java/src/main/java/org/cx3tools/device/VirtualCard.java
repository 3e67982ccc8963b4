// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.device;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.cx3tools.nativecore.NativeException;
import org.cx3tools.nativecore.NativeSim;
import org.cx3tools.nativecore.NativeSimFault;
import org.cx3tools.nativecore.NativeSimInfo;
import org.cx3tools.nativecore.NativeSimOption;

/**
 * A virtual card seen from outside: what an operator's finger and soldering iron can do. As a card
 * it is opened under the name {@code sim:FILE}. Making one is the task of {@code
 * org.cx3tools.synthetic.VirtualCards}.
 */
public final class VirtualCard {
    private VirtualCard() {}

    /**
     * Which of two valid images the boot code starts; not known for real cards, so both can be
     * chosen.
     */
    public enum BootPolicy {
        /** The image at the lowest address. */
        LOWEST,
        /** The image at the highest address. */
        HIGHEST
    }

    /** What can be broken. */
    public enum FaultKind {
        /** Nothing. */
        NONE,
        /** Power is cut at the n-th program or erase from now, which is torn. */
        POWER_CUT_AT_OP,
        /** Power is cut at the n-th register access from now. */
        POWER_CUT_AT_ACCESS,
        /** The gateway stays busy from the n-th command on. */
        STUCK_GATEWAY,
        /** The chip stays busy from the n-th program or erase on. */
        STUCK_CHIP,
        /** The n-th program leaves one bit of the page wrong: the one with number value. */
        WRONG_BIT,
        /**
         * A stranger holds the semaphore at CR address value until so many microseconds, 0 = for
         * ever.
         */
        LOCK_HELD,
        /** The status register of the chip has the protection bits of value. */
        PROTECTION,
        /** No chip answers. */
        NO_CHIP,
        /** The chip answers with the JEDEC id of value, vendor in bits 23 to 16. */
        UNKNOWN_CHIP,
        /** Every register reads 0xbad0cafe. */
        CR_LOCKED,
        /** Every register reads all ones. */
        ALL_ONES,
        /** Firmware does not end its commands from the n-th on. */
        STUCK_HCR,
        /**
         * The n-th command of firmware fails: with the status in bits 7 to 0 of value, only those
         * of the opcode in bits 19 to 8, 0 = any.
         */
        HCR_STATUS,
        /** The n-th access to settings fails with the status of value, 1 to 0x7f. */
        NV_STATUS,
        /** Default settings come in an old form. */
        OLD_PAYLOAD
    }

    /** What is not known of real cards, or costs time there. A switch is 0 or 1. */
    public enum Option {
        /** Simulated time of a register read, nanoseconds, at most one second. */
        READ_NS,
        /** Simulated time of a register write, nanoseconds, at most one second. */
        WRITE_NS,
        /** Simulated time of one byte on the SPI wire, nanoseconds, at most one second. */
        SPI_BYTE_NS,
        /** Simulated time of a command beside its bytes, nanoseconds, at most one second. */
        GATEWAY_NS,
        /** How long the card is away after a chip reset, milliseconds, at most 60000. */
        RESET_MS,
        /** Size of BAR2 as a power of two of MiB, at most 20: 3 is 8 MiB. */
        BAR2_LOG2_MIB,
        /** PCIe lanes in use: 1, 2, 4 or 8. */
        LINK_WIDTH,
        /** Switch: a read with chip select held goes on with the next command. */
        HELD_READ_STREAMS,
        /** Switch: a new opcode while chip select is held first raises it. */
        OPCODE_RAISES_CS,
        /** Switch: a chip reset raises a chip select that was held. */
        RESET_RAISES_CS,
        /** Switch: SST and Atmel parts come up with all sectors protected. */
        POWER_UP_PROTECTED,
        /** Switch: the address register in config space cannot be read back. */
        WRITE_ONLY_ADDRESS,
        /** Switch: the vendor capability in config space, with all that the stock tool wants. */
        VENDOR_CAPABILITY,
        /** Switch: firmware offers the mailbox of its commands in register space, too. */
        CR_MAILBOX;

        /** {@return whether only 0 and 1 make sense} */
        public boolean isSwitch() {
            return NativeSimOption.valueOf(name()).isSwitch();
        }
    }

    /**
     * A fault on schedule.
     *
     * @param kind what breaks
     * @param at when, see the kind; 0 is taken as at once
     * @param count how often, 0 = for ever, where it applies
     * @param value detail of the kind, 32 bits
     * @param seed makes torn content repeatable
     */
    public record Fault(FaultKind kind, long at, long count, int value, long seed) {
        /** No fault. */
        public static final Fault NONE = new Fault(FaultKind.NONE, 0, 0, 0, 0);

        /** Checks the ranges. */
        public Fault {
            requireNonNull(kind, "kind");
            if (at < 0 || count < 0) {
                throw new IllegalArgumentException("at and count must not be negative");
            }
        }
    }

    /**
     * State of a virtual card.
     *
     * @param model name of the model
     * @param deviceId PCI device id
     * @param hwId hardware id
     * @param chip name of the flash chip
     * @param banks number of chips
     * @param flashSizeBytes size of all chips
     * @param bootPolicy which of two valid images is started
     * @param gatewayBusyReads how many reads show busy after each gateway command
     * @param maxTimes maximum chip times instead of typical ones
     * @param powered false after a power cut
     * @param booted false in recovery mode
     * @param bootAddress flash address of the running image
     * @param version version of the running firmware
     * @param nowMicros simulated clock
     * @param traffic register and chip accesses since the counters were set to 0
     * @param semaphoresHeld bit n is set when semaphore n is held
     * @param lastViolation text of the last breach of the protocol, empty when there was none
     * @param fault the fault that is set
     * @param options all options
     * @param applied settings that the running firmware works with; empty in recovery mode
     */
    public record State(String model, int deviceId, int hwId, String chip, int banks,
            long flashSizeBytes, BootPolicy bootPolicy, int gatewayBusyReads, boolean maxTimes,
            boolean powered, boolean booted, long bootAddress,
            String version, long nowMicros, Traffic traffic, long semaphoresHeld,
            String lastViolation, Fault fault, Map<Option, Long> options, Optional<Applied> applied) {}

    /**
     * Settings that firmware works with: those that were stored when it started, else its defaults. No tool can
     * ask a real card for them.
     *
     * @param sriov virtual functions are offered
     * @param virtualFunctions how many
     * @param logBarSize size of BAR2, log2 of MiB
     * @param ports of each port
     */
    public record Applied(boolean sriov, int virtualFunctions, int logBarSize, List<AppliedPort> ports) {
        /** Takes the ports over. */
        public Applied {
            ports = List.copyOf(ports);
        }
    }

    /**
     * Of one port.
     *
     * @param linkType 1 InfiniBand, 2 Ethernet, 3 either
     * @param optionRom the option ROM runs on it
     */
    public record AppliedPort(int linkType, boolean optionRom) {}

    /**
     * Counters.
     *
     * @param reads register reads
     * @param writes register writes
     * @param spiCommands gateway commands
     * @param erases erases of the chip
     * @param programs page programs of the chip
     * @param violations breaches of the protocol
     * @param firmwareCommands commands of the tools to firmware, those for the mailbox included
     */
    public record Traffic(long reads, long writes, long spiCommands, long erases, long programs,
            long violations, long firmwareCommands) {
        /** Nothing. */
        public static final Traffic NONE = new Traffic(0, 0, 0, 0, 0, 0, 0);

        /**
         * What came since.
         *
         * @param before the same counters, earlier
         * @return the difference of each
         */
        public Traffic since(Traffic before) {
            return new Traffic(reads - before.reads, writes - before.writes, spiCommands - before.spiCommands,
                    erases - before.erases, programs - before.programs, violations - before.violations,
                    firmwareCommands - before.firmwareCommands);
        }
    }

    private interface Call {
        void run() throws NativeException;
    }

    /**
     * Tells the state.
     *
     * @throws DeviceException {@link DeviceCause#SIM_STATE_CORRUPT} or {@link
     *     DeviceCause#NOT_FOUND}
     */
    public static State state(Path file) throws DeviceException {
        try {
            return convert(NativeSim.info(file));
        } catch (NativeException e) {
            throw failure(file, e);
        }
    }

    /** Switches the power off and on; ends a power cut and boots. */
    public static void powerCycle(Path file) throws DeviceException {
        call(file, () -> NativeSim.powerCycle(file));
    }

    /** Resets the chip as a write to its reset register does. */
    public static void chipReset(Path file) throws DeviceException {
        call(file, () -> NativeSim.chipReset(file));
    }

    /** Sets the fault in place of an earlier one. */
    public static void setFault(Path file, Fault fault) throws DeviceException {
        NativeSimFault plain = new NativeSimFault(
                NativeSimFault.Kind.valueOf(fault.kind().name()), fault.at(), fault.count(),
                fault.value(), fault.seed());
        call(file, () -> NativeSim.setFault(file, plain));
    }

    /** Chooses which of two valid images is started. */
    public static void setBootPolicy(Path file, BootPolicy policy) throws DeviceException {
        call(file, () -> NativeSim.setBootPolicy(file,
                NativeSimInfo.BootPolicy.valueOf(policy.name())));
    }

    /**
     * Sets how slow the card is.
     *
     * @param gatewayBusyReads reads that show busy after each gateway command
     * @param maxTimes maximum chip times instead of typical ones
     */
    public static void setTiming(Path file, int gatewayBusyReads, boolean maxTimes)
            throws DeviceException {
        call(file, () -> NativeSim.setTiming(file, gatewayBusyReads, maxTimes));
    }

    /**
     * Changes options; those that are not named stay as they are.
     *
     * @throws DeviceException {@link DeviceCause#INVALID_ARGUMENT} when a value is too large
     */
    public static void setOptions(Path file, Map<Option, Long> changes) throws DeviceException {
        Map<NativeSimOption, Long> plain = new EnumMap<>(NativeSimOption.class);
        changes.forEach((option, value) -> plain.put(NativeSimOption.valueOf(option.name()),
                value));
        call(file, () -> NativeSim.setOptions(file, plain));
    }

    /** Sets the counters to 0. */
    public static void resetCounters(Path file) throws DeviceException {
        call(file, () -> NativeSim.resetCounters(file));
    }

    /** {@return names of the chips a virtual card can have} */
    public static List<String> chipNames() throws DeviceException {
        try {
            return NativeSim.chipNames();
        } catch (NativeException e) {
            throw NativeFailures.of("virtual card", e);
        }
    }

    private static void call(Path file, Call call) throws DeviceException {
        try {
            call.run();
        } catch (NativeException e) {
            throw failure(file, e);
        }
    }

    private static DeviceException failure(Path file, NativeException e) {
        return NativeFailures.of("sim:" + file, e);
    }

    private static State convert(NativeSimInfo info) {
        NativeSimFault fault = info.fault();
        Map<Option, Long> options = new EnumMap<>(Option.class);
        info.options().forEach((option, value) -> options.put(Option.valueOf(option.name()),
                value));
        return new State(info.model().modelName(), info.model().deviceId(), info.model().hwId(),
                info.model().chip(), info.model().banks(), info.flashSizeBytes(),
                BootPolicy.valueOf(info.bootPolicy().name()), info.gatewayBusyReads(),
                info.maxTimes(), info.powered(), info.booted(), info.bootAddress(),
                new RunningVersion(info.fwMajor(), info.fwMinor(), info.fwSubminor(), 0, 0, 0, 0, 0,
                        0).toString(),
                info.nowMicros(),
                new Traffic(info.reads(), info.writes(), info.spiCommands(), info.erases(),
                        info.programs(), info.violations(), info.firmwareCommands()),
                info.semaphoresHeld(), info.lastViolation(),
                new Fault(FaultKind.valueOf(fault.kind().name()), fault.at(), fault.count(),
                        fault.value(), fault.seed()),
                Collections.unmodifiableMap(options), info.booted() ? Optional.of(applied(info)) : Optional.empty());
    }

    private static Applied applied(NativeSimInfo info) {
        NativeSimInfo.Applied from = info.applied();
        return new Applied(from.sriov(), from.virtualFunctions(), from.logBarSize(), Stream.of(
                new AppliedPort(from.port1LinkType(), from.port1OptionRom()),
                new AppliedPort(from.port2LinkType(), from.port2OptionRom())).filter(port -> port.linkType() != 0).toList());
    }
}
