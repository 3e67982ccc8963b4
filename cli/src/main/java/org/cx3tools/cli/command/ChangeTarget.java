// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.util.Optional;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.Problems;
import org.cx3tools.cli.Signals;
import org.cx3tools.cli.output.Consent;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceAddress;
import org.cx3tools.device.DeviceCause;
import org.cx3tools.device.DeviceException;
import org.cx3tools.device.Devices;
import org.cx3tools.device.DriverBinding;
import org.cx3tools.device.OpenOptions;

/**
 * The card of a command that changes it. A live driver is in the way: it is taken off for the time of
 * the command and put back afterwards if the operator says so, or left alive if he insists.
 */
final class ChangeTarget implements AutoCloseable {
    static final Opt UNBIND = Opt.flag("unbind-driver",
        "take a kernel driver off the card for this command and put it back afterwards", "ask on a terminal, else refuse");
    static final Opt BESIDE = Opt.flag("beside-driver",
        "work on the card although a kernel driver is alive: it may reset the chip in the middle", "refuse");

    private final Request request;
    private final Device device;
    private final Optional<DriverBinding> takenOff;

    private ChangeTarget(Request request, Device device, Optional<DriverBinding> takenOff) {
        this.request = request;
        this.device = device;
        this.takenOff = takenOff;
    }

    /**
     * Opens the card of {@code --device}.
     *
     * @throws CliException when the option is missing, or a driver is in the way and stays
     * @throws DeviceException when the card cannot be opened
     */
    static ChangeTarget open(Request request) throws CliException, DeviceException {
        return open(request, request.required(Opt.DEVICE));
    }

    /** The same for a card of another name. */
    static ChangeTarget open(Request request, String name) throws CliException, DeviceException {
        DeviceAddress address = DeviceAddress.parse(request.streams().resolveDevice(name));
        if (request.has(UNBIND) && request.has(BESIDE)) {
            throw CliException.usage("--unbind-driver excludes --beside-driver", "give one of them");
        }
        Signals.install();
        try {
            return new ChangeTarget(request, Devices.open(address, OpenOptions.defaults()), Optional.empty());
        } catch (DeviceException e) {
            if (e.reason() != DeviceCause.DRIVER_BOUND) {
                throw e;
            }
            return request.has(BESIDE) ? beside(request, address) : withoutDriver(request, address, e);
        }
    }

    /** As {@link #open}; a command that only shows a plan reads, and leaves a driver alone. */
    static ChangeTarget open(Request request, boolean planOnly) throws CliException, DeviceException {
        return open(request, request.required(Opt.DEVICE), planOnly);
    }

    /** The same for a card of another name. */
    static ChangeTarget open(Request request, String name, boolean planOnly) throws CliException, DeviceException {
        return planOnly ? new ChangeTarget(request, Targets.reading(request, name), Optional.empty()) : open(request, name);
    }

    Device device() {
        return device;
    }

    @Override
    public void close() throws DeviceException {
        try {
            device.close();
        } finally {
            takenOff.ifPresent(driver -> putBack(request, driver));
        }
    }

    private static ChangeTarget beside(Request request, DeviceAddress address) throws DeviceException {
        Optional<DriverBinding> driver = binding(address);
        if (driver.isPresent()) {
            driver.get().checkStarted();
        }
        Device device = Devices.openBesideDriver(address, OpenOptions.defaults());
        request.err().line("cx3: warning: driver " + device.card().driver().orElse("") + " is alive on the card; if it"
            + " has to reset the chip while the flash is locked, the kernel may stop it with a BUG");
        return new ChangeTarget(request, device, Optional.empty());
    }

    private static ChangeTarget withoutDriver(Request request, DeviceAddress address, DeviceException refusal)
            throws CliException, DeviceException {
        Optional<DriverBinding> found = binding(address);
        if (found.isEmpty()) {
            throw refusal;
        }
        DriverBinding driver = found.get();
        if (!agreed(request, driver)) {
            throw CliException.failed(refusal.getMessage(), "add --unbind-driver to have " + driver.driver()
                + " taken off for this command and put back afterwards, or do it by hand: " + driver.unbindCommand()
                + "; --beside-driver works beside it, at your risk");
        }
        driver.unbind();
        request.err().line("cx3: note: " + driver.driver() + " is taken off the card for this command");
        try {
            return new ChangeTarget(request, Devices.open(address, OpenOptions.defaults()), found);
        } catch (DeviceException e) {
            putBack(request, driver);
            throw e;
        }
    }

    /** Interfaces go down with the driver, so {@code -y} alone does not agree to it. */
    private static boolean agreed(Request request, DriverBinding driver) throws CliException {
        return request.has(UNBIND) || request.streams().terminal()
            && new Consent(request.streams(), false).ask("Driver " + driver.driver() + " uses the card. Take it off"
                + " for this command (its network interfaces go down), and put it back afterwards");
    }

    private static Optional<DriverBinding> binding(DeviceAddress address) {
        return function(address).flatMap(function -> DriverBinding.of(function, Optional.empty()));
    }

    private static Optional<DeviceAddress.PciFunction> function(DeviceAddress address) {
        if (address instanceof DeviceAddress.Pci pci) {
            return Optional.of(pci.function());
        }
        return address instanceof DeviceAddress.PciConfig pci ? Optional.of(pci.function()) : Optional.empty();
    }

    private static void putBack(Request request, DriverBinding driver) {
        try {
            driver.bind();
            request.err().line("cx3: note: " + driver.driver() + " has the card again");
        } catch (DeviceException e) {
            request.err().line("cx3: warning: " + driver.driver() + " was not put back: " + Problems.message(e));
        }
    }
}
