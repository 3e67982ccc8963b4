// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.device;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;

/**
 * The name of a device, parsed. What a name means never depends on what happens to be there: a
 * virtual card or a file is used only when it was asked for by name.
 *
 * <pre>
 *   pci:0000:23:00.0   pci:23:00.0   23:00.0   23:0.0     memory window (BAR0)
 *   pciconf:23:00.0    pciconf-0000:23:00.0                configuration space
 *   mlx4_0                                                 a bound driver's name, as the stock tool
 *   /sys/bus/pci/devices/0000:23:00.0/resource0 (config)   and /proc/bus/pci/23/00.0, as the stock
 * tool
 *   sim:FILE                                               virtual card
 *   file:FLASH.BIN                                         raw flash dump
 * </pre>
 */
public sealed interface DeviceAddress {

    /** The text that names this device, in its canonical form; {@link #parse} takes it back. */
    String spec();

    /**
     * A card behind its memory window.
     *
     * @param function the PCI function
     */
    record Pci(PciFunction function) implements DeviceAddress {
        @Override
        public String spec() {
            return "pci:" + function;
        }
    }

    /**
     * A card behind its configuration space.
     *
     * @param function the PCI function
     */
    record PciConfig(PciFunction function) implements DeviceAddress {
        @Override
        public String spec() {
            return "pciconf:" + function;
        }
    }

    /**
     * A name of the stock tool that the C core resolves: {@code mlx4_0}, or a path below /sys or
     * /proc.
     *
     * @param name the name as given
     */
    record StockName(String name) implements DeviceAddress {
        @Override
        public String spec() {
            return name;
        }
    }

    /**
     * A virtual card.
     *
     * @param file its state
     */
    record Sim(Path file) implements DeviceAddress {
        @Override
        public String spec() {
            return "sim:" + file;
        }
    }

    /**
     * A raw flash dump that is treated as a flash chip.
     *
     * @param file the dump
     */
    record FlashFile(Path file) implements DeviceAddress {
        @Override
        public String spec() {
            return "file:" + file;
        }
    }

    /**
     * Place of a PCI function.
     *
     * @param domain 0 to 0xffffffff
     * @param bus 0 to 0xff
     * @param device 0 to 0x1f
     * @param function 0 to 7
     */
    record PciFunction(long domain, int bus, int device, int function) {
        /** Checks the ranges. */
        public PciFunction {
            if (domain < 0 || domain > 0xffffffffL || bus < 0 || bus > 0xff || device < 0
                    || device > 0x1f
                    || function < 0 || function > 7) {
                throw new IllegalArgumentException("PCI address out of range");
            }
        }

        /** As the kernel writes it: {@code 0000:23:00.0}. */
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%04x:%02x:%02x.%x", domain, bus, device, function);
        }
    }

    /**
     * Parses a device name.
     *
     * @throws DeviceException with {@link DeviceCause#BAD_ADDRESS} for anything that is not in the
     *     table above
     */
    static DeviceAddress parse(String text) throws DeviceException {
        if (text.startsWith("sim:")) {
            return new Sim(file(text, "sim:"));
        }
        if (text.startsWith("file:")) {
            return new FlashFile(file(text, "file:"));
        }
        if (text.startsWith("pciconf:") || text.startsWith("pciconf-")) {
            return new PciConfig(function(text, text.substring("pciconf:".length())));
        }
        if (text.startsWith("pci:")) {
            return new Pci(function(text, text.substring("pci:".length())));
        }
        if (StockNames.NAME.matcher(text).matches() || StockNames.PATH.matcher(text).matches()) {
            return new StockName(text);
        }
        if (StockNames.BDF.matcher(text).matches()) {
            return new Pci(function(text, text));
        }
        throw bad(text, "not a device name");
    }

    private static Path file(String text, String scheme) throws DeviceException {
        String name = text.substring(scheme.length());
        if (name.isEmpty()) {
            throw bad(text, "no file name after " + scheme);
        }
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw bad(text, "not a file name");
        }
    }

    private static PciFunction function(String text, String bdf) throws DeviceException {
        Matcher m = StockNames.BDF.matcher(bdf);
        if (!m.matches()) {
            throw bad(text, "not a PCI address (domain:bus:device.function, hexadecimal)");
        }
        try {
            return new PciFunction(
                    m.group("domain") == null ? 0 : Long.parseLong(m.group("domain"), 16),
                    Integer.parseInt(m.group("bus"), 16),
                    Integer.parseInt(m.group("dev"), 16),
                    Integer.parseInt(m.group("fn"), 16));
        } catch (IllegalArgumentException e) {
            throw bad(text,
                    "PCI address out of range (bus up to ff, device up to 1f, function up to 7)");
        }
    }

    private static DeviceException bad(String text, String why) {
        return new DeviceException(DeviceCause.BAD_ADDRESS, "Device name \"" + text + "\": " + why);
    }
}
