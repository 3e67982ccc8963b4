// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nativecore;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Virtual cards in files, seen from outside: what an operator's finger and soldering iron can do.
 * The card itself is used through {@link NativeDevice} as {@code sim:FILE}.
 */
public final class NativeSim {
    private NativeSim() {
    }

    /**
     * Makes a virtual card with a blank flash. The file is written beside its place, synced and
     * renamed.
     *
     * @param file must not exist
     * @param model what kind of card
     * @throws NativeException if the file exists or cannot be written, or the model asks for a chip
     *     that is not known
     */
    public static void create(Path file, NativeSimModel model) throws NativeException {
        byte[] path = path(file);
        Objects.requireNonNull(model, "model");
        NativeLibrary.load();
        create0(path, model.numbers(), NativeText.encode(model.chip(), "chip"),
                NativeText.encode(model.modelName(), "modelName"), model.vpd());
    }

    /**
     * Tells the state of a virtual card.
     *
     * @param file the card
     * @return its state now
     * @throws NativeException if the file is not a usable virtual card
     */
    public static NativeSimInfo info(Path file) throws NativeException {
        long[] numbers = new long[NativeSimInfo.NUMBERS];
        byte[][] texts = new byte[NativeSimInfo.TEXTS][];
        long sim = open(file);
        try {
            info0(sim, numbers, texts);
        } finally {
            PlainCalls.simClose(sim);
        }
        return NativeSimInfo.of(numbers, texts);
    }

    /**
     * Changes the flash from outside; erases where it has to.
     *
     * @param file the card
     * @param address first byte in the flash
     * @param data the bytes
     * @throws NativeException if the range is outside of the flash or the file is not a usable
     *     virtual card
     */
    public static void poke(Path file, long address, byte[] data) throws NativeException {
        Objects.requireNonNull(data, "data");
        checkAddress(address);
        long sim = open(file);
        try {
            poke0(sim, address, data);
        } finally {
            PlainCalls.simClose(sim);
        }
    }

    /**
     * Reads the flash from outside; counts nothing.
     *
     * @param file the card
     * @param address first byte in the flash
     * @param length number of bytes
     * @return the bytes
     * @throws NativeException if the range is outside of the flash or the file is not a usable
     *     virtual card
     */
    public static byte[] peek(Path file, long address, int length) throws NativeException {
        checkAddress(address);
        if (length < 0) {
            throw new IllegalArgumentException("length is negative: " + length);
        }
        long sim = open(file);
        try {
            return peek0(sim, address, length);
        } finally {
            PlainCalls.simClose(sim);
        }
    }

    /**
     * Switches the power off and on; ends a power cut and boots.
     *
     * @param file the card
     * @throws NativeException if the file is not a usable virtual card
     */
    public static void powerCycle(Path file) throws NativeException {
        long sim = open(file);
        try {
            powerCycle0(sim);
        } finally {
            PlainCalls.simClose(sim);
        }
    }

    /**
     * Resets the chip as a write of 1 to CR 0xf0010 does.
     *
     * @param file the card
     * @throws NativeException if the file is not a usable virtual card, or it has no power
     */
    public static void chipReset(Path file) throws NativeException {
        long sim = open(file);
        try {
            chipReset0(sim);
        } finally {
            PlainCalls.simClose(sim);
        }
    }

    /**
     * Sets the fault of a card, in place of an earlier one.
     *
     * @param file the card
     * @param fault what breaks and when; {@link NativeSimFault#NONE} for nothing
     * @throws NativeException if the file is not a usable virtual card or the fault makes no sense
     *     for it
     */
    public static void setFault(Path file, NativeSimFault fault) throws NativeException {
        Objects.requireNonNull(fault, "fault");
        long sim = open(file);
        try {
            setFault0(sim, fault.kind().ordinal(), fault.at(), fault.count(), fault.value(),
                    fault.seed());
        } finally {
            PlainCalls.simClose(sim);
        }
    }

    /**
     * Chooses which of two valid images the boot code starts.
     *
     * @param file the card
     * @param policy the choice
     * @throws NativeException if the file is not a usable virtual card
     */
    public static void setBootPolicy(Path file, NativeSimInfo.BootPolicy policy) throws
            NativeException {
        Objects.requireNonNull(policy, "policy");
        long sim = open(file);
        try {
            check(PlainCalls.simSetBootPolicy(sim, policy.ordinal()), file);
        } finally {
            PlainCalls.simClose(sim);
        }
    }

    /**
     * Sets how slow the card is.
     *
     * @param file the card
     * @param gatewayBusyReads how many reads of the gateway show busy after each command
     * @param maxTimes maximum chip times instead of typical ones
     * @throws NativeException if the file is not a usable virtual card
     */
    public static void setTiming(Path file, int gatewayBusyReads, boolean maxTimes) throws
            NativeException {
        if (gatewayBusyReads < 0) {
            throw new IllegalArgumentException("gatewayBusyReads is negative: " + gatewayBusyReads);
        }
        long sim = open(file);
        try {
            check(PlainCalls.simSetTiming(sim, gatewayBusyReads, maxTimes), file);
        } finally {
            PlainCalls.simClose(sim);
        }
    }

    /**
     * Changes options; those that are not named stay as they are.
     *
     * @param file the virtual card
     * @param changes new values; a switch is 0 or 1
     * @throws NativeException {@link NativeStatus#INVALID_ARGUMENT} when a value is too large
     */
    public static void setOptions(Path file, Map<NativeSimOption, Long> changes) throws
            NativeException {
        Objects.requireNonNull(changes, "changes");
        changes.forEach((option, value) -> {
            if (value < 0 || value > (option.isSwitch() ? 1 : Integer.MAX_VALUE)) {
                throw new IllegalArgumentException(option + " cannot be " + value);
            }
        });
        long[] numbers = new long[NativeSimOption.COUNT];
        info(file).options().forEach((option, value) -> numbers[option.ordinal()] = value);
        changes.forEach((option, value) -> numbers[option.ordinal()] = value);
        long sim = open(file);
        try {
            setOptions0(sim, numbers);
        } finally {
            PlainCalls.simClose(sim);
        }
    }

    /**
     * Sets the counters of accesses back to 0.
     *
     * @param file the card
     * @throws NativeException if the file is not a usable virtual card
     */
    public static void resetCounters(Path file) throws NativeException {
        long sim = open(file);
        try {
            check(PlainCalls.simResetCounters(sim), file);
        } finally {
            PlainCalls.simClose(sim);
        }
    }

    /**
     * Lists the chips a virtual card can have.
     *
     * @return names for {@link NativeSimModel#chip()}
     * @throws NativeException if the native library cannot be loaded
     */
    public static List<String> chipNames() throws NativeException {
        NativeLibrary.load();
        List<String> names = new ArrayList<>();
        for (byte[] name : chipNames0()) {
            names.add(NativeText.decode(name));
        }
        return List.copyOf(names);
    }

    private static long open(Path file) throws NativeException {
        byte[] path = path(file);
        NativeLibrary.load();
        return open0(path);
    }

    private static byte[] path(Path file) {
        return NativeText.encode(Objects.requireNonNull(file, "file").toString(), "file");
    }

    private static void checkAddress(long address) {
        if (address < 0) {
            throw new IllegalArgumentException("address is negative: " + address);
        }
    }

    private static void check(int result, Path file) throws NativeException {
        if (result != 0) {
            throw new NativeException(NativeStatus.of(result), "virtual card " + file);
        }
    }

    private static native void create0(byte[] path, long[] model, byte[] chip, byte[] modelName,
            byte[] vpd) throws NativeException;

    private static native long open0(byte[] path) throws NativeException;

    private static native void info0(long sim, long[] numbers, byte[][] texts) throws
            NativeException;

    private static native void poke0(long sim, long address, byte[] data) throws NativeException;

    private static native byte[] peek0(long sim, long address, int length) throws NativeException;

    private static native void powerCycle0(long sim) throws NativeException;

    private static native void chipReset0(long sim) throws NativeException;

    private static native void setFault0(long sim, int kind, long at, long count, int value, long
            seed) throws NativeException;

    private static native void setOptions0(long sim, long[] options) throws NativeException;

    private static native byte[][] chipNames0() throws NativeException;
}
