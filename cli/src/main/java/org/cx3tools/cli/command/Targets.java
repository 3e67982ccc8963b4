// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import org.cx3tools.cli.CliException;
import org.cx3tools.cli.Signals;
import org.cx3tools.device.AccessWay;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceAddress;
import org.cx3tools.device.DeviceException;
import org.cx3tools.device.Devices;
import org.cx3tools.device.OpenOptions;

/** Opens what a command works on. */
final class Targets {
    private Targets() {
    }

    /**
     * Opens the card of {@code --device} for reading, beside a driver if there is one.
     *
     * @throws CliException when the option is missing
     * @throws DeviceException when the card cannot be opened
     */
    static Device reading(Request request) throws CliException, DeviceException {
        return reading(request, request.required(Opt.DEVICE));
    }

    /** The same for a card of another name. */
    static Device reading(Request request, String name) throws CliException, DeviceException {
        Signals.install();
        Device device = Devices.openForReading(DeviceAddress.parse(request.streams().resolveDevice(name)),
            OpenOptions.defaults());
        if (device.card().driver().isPresent()) {
            request.err().line("cx3: note: driver " + device.card().driver().get() + " is at work on the card; it is only"
                + " read, by way of " + (device.card().access() == AccessWay.CONFIG ? "configuration space" : "BAR0"));
        }
        return device;
    }

    /**
     * Opens the card of {@code --device} to change it; a bound driver is in the way.
     *
     * @throws CliException when the option is missing
     * @throws DeviceException when the card cannot be opened
     */
    static Device device(Request request) throws CliException, DeviceException {
        String name = request.required(Opt.DEVICE);
        Signals.install();
        return Devices.open(request.streams().resolveDevice(name));
    }

    /**
     * Makes sure that a command got a card or an image, not both.
     *
     * @return whether it is a card
     * @throws CliException exit code 2
     */
    static boolean isDevice(Request request) throws CliException {
        boolean device = request.has(Opt.DEVICE);
        if (device == request.has(Opt.IMAGE)) {
            throw CliException.usage(device ? "give a card or an image, not both" : "nothing to work on",
                "name a card with -d DEVICE or an image with -i FILE");
        }
        if (device && request.has(Opt.PSID)) {
            throw CliException.usage("--psid chooses a board of an archive", "it goes with -i FILE");
        }
        return device;
    }
}
