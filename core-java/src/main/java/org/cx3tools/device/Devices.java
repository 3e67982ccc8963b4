// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.device;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.cx3tools.flash.FileFlashPort;
import org.cx3tools.nativecore.NativeCards;
import org.cx3tools.nativecore.NativeDevice;
import org.cx3tools.nativecore.NativeException;
import org.cx3tools.nativecore.NativeOpenOptions;

/** Lists and opens devices. */
public final class Devices {
    private Devices() {}

    /** All cards of this machine; reads attributes only, touches no card, needs no privilege. */
    public static List<CardInfo> list() throws DeviceException {
        return list(Optional.empty());
    }

    /**
     * All cards below another sysfs root.
     *
     * @param sysfsRoot folder in the place of /sys
     */
    public static List<CardInfo> list(Optional<Path> sysfsRoot) throws DeviceException {
        try {
            return NativeCards.list(sysfsRoot).stream().map(CardDevice::convert).toList();
        } catch (NativeException e) {
            throw NativeFailures.of("PCI devices", e);
        }
    }

    /** {@return a device opened by name with default options} */
    public static Device open(String name) throws DeviceException {
        return open(DeviceAddress.parse(name), OpenOptions.defaults());
    }

    /**
     * Opens a device.
     *
     * @throws DeviceException {@link DeviceCause#ALREADY_OPEN} when this process has it open,
     *     {@link DeviceCause#BUSY} when another one of ours has, and all the ways in which a card
     *     or a file cannot be reached
     */
    public static Device open(DeviceAddress address, OpenOptions options) throws DeviceException {
        SafeStop open = SafeStop.process();
        AtomicReference<Runnable> cancel = new AtomicReference<>(() -> { });
        String key = key(address);
        open.reserve(key, () -> cancel.get().run());
        boolean opened = false;
        try {
            Device device = address instanceof DeviceAddress.FlashFile file
                    ? new FileDevice(address.spec(), FileFlashPort.open(file.file()),
                            () -> open.release(key))
                    : openCard(address, options, () -> open.release(key));
            cancel.set(device::cancel);
            if (open.isStopping()) {
                device.cancel();
            }
            opened = true;
            return device;
        } finally {
            if (!opened) {
                open.release(key);
            }
        }
    }

    /**
     * Opens a device for reading only. A live kernel driver is no obstacle then: the memory window
     * is used if the kernel lets it be mapped beside the driver (with strict device memory it does
     * not), else configuration space. {@link Device#card} tells the driver and the way taken.
     *
     * @param address the device
     * @param options how to open it; a bound driver is allowed in any case
     * @return the open device, of which nothing may be written
     * @throws DeviceException as {@link #open(DeviceAddress, OpenOptions)}
     */
    public static Device openForReading(DeviceAddress address, OpenOptions options)
            throws DeviceException {
        return openBesideDriver(address, options);
    }

    /**
     * Opens a device to work on it beside a live kernel driver, on the same ways as {@link
     * #openForReading}. The driver may reset the chip at any moment, so a change is at the risk of
     * who asked for it.
     *
     * @param address the device
     * @param options how to open it; a bound driver is allowed in any case
     * @return the open device
     * @throws DeviceException as {@link #open(DeviceAddress, OpenOptions)}
     */
    public static Device openBesideDriver(DeviceAddress address, OpenOptions options)
            throws DeviceException {
        OpenOptions beside = options.withDriverAllowed();
        try {
            return open(address, beside);
        } catch (DeviceException e) {
            Optional<DeviceAddress> way = e.reason() == DeviceCause.DRIVER_BOUND
                    ? configurationSpace(address, options.sysfsRoot()) : Optional.empty();
            if (way.isEmpty()) {
                throw e;
            }
            return open(way.get(), beside);
        }
    }

    /**
     * The other way to a card that was named by its memory window, or by the name that its driver
     * gave it.
     */
    static Optional<DeviceAddress> configurationSpace(DeviceAddress address,
            Optional<Path> sysfsRoot) {
        if (address instanceof DeviceAddress.Pci pci) {
            return Optional.of(new DeviceAddress.PciConfig(pci.function()));
        }
        if (!(address instanceof DeviceAddress.StockName stock)) {
            return Optional.empty();
        }
        Path folder = stock.name().endsWith("/resource0") ? Path.of(stock.name()).getParent()
                : real(sysfsRoot.orElse(Path.of("/sys"))
                        .resolve("class/infiniband/" + stock.name() + "/device"));
        try {
            return Optional.of(DeviceAddress.parse("pciconf:" + folder.getFileName()));
        } catch (DeviceException e) {
            // A name that leads nowhere: the failure of the first way tells why.
            return Optional.empty();
        }
    }

    private static Device openCard(DeviceAddress address, OpenOptions options, Runnable release)
            throws DeviceException {
        try {
            return new CardDevice(address.spec(), NativeDevice.open(address.spec(),
                    new NativeOpenOptions(options.sysfsRoot(), options.lockDir(),
                            options.tracePath(), options.noFlush(), options.allowDriver())),
                    release);
        } catch (NativeException e) {
            throw NativeFailures.of(address.spec(), e);
        }
    }

    /** Equal for all names of one thing; names of the stock tool are told apart by the C core. */
    private static String key(DeviceAddress address) {
        if (address instanceof DeviceAddress.Pci pci) {
            return pci.function().toString();
        }
        if (address instanceof DeviceAddress.PciConfig pci) {
            return pci.function().toString();
        }
        if (address instanceof DeviceAddress.Sim sim) {
            return "sim:" + real(sim.file());
        }
        if (address instanceof DeviceAddress.FlashFile file) {
            return "file:" + real(file.file());
        }
        return address.spec();
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file.toAbsolutePath().normalize();
        }
    }
}
