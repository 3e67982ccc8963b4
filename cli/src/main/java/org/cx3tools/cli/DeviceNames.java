// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cx3tools.device.DeviceAddress;
import org.cx3tools.device.DeviceException;

/** Several names can mean one card, and what fails on a card names it already. */
public final class DeviceNames {
    private DeviceNames() {
    }

    /**
     * Each card once: {@code 23:00.0} and {@code pciconf:0000:23:00.0} are one, and so are two names of one file.
     *
     * @param names as the operator gave them
     * @param streams where names of files start
     * @return the first name of each card, in order
     */
    public static List<String> once(List<String> names, Streams streams) {
        Map<Object, String> first = new LinkedHashMap<>();
        names.forEach(name -> first.putIfAbsent(card(name, streams), name));
        return List.copyOf(first.values());
    }

    private static Object card(String name, Streams streams) {
        try {
            DeviceAddress address = DeviceAddress.parse(streams.resolveDevice(name));
            if (address instanceof DeviceAddress.Pci pci) {
                return pci.function();
            }
            if (address instanceof DeviceAddress.PciConfig pci) {
                return pci.function();
            }
            return address instanceof DeviceAddress.Sim sim ? real(sim.file())
                : address instanceof DeviceAddress.FlashFile flash ? real(flash.file()) : address;
        } catch (DeviceException e) {
            // No name of a device: opening it tells so.
            return name;
        }
    }

    /** The file behind the name; two names of what is not there are compared as text. */
    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file.toAbsolutePath().normalize();
        }
    }

    /**
     * A reason without the device that it begins with, for a line that names the device itself.
     *
     * @param reason what happened
     * @param name the device as the operator gave it
     * @param streams where names of files start
     * @return the reason, each leading name of this device taken away
     */
    public static String without(String reason, String name, Streams streams) {
        String rest = reason;
        for (String again : List.of(canonical(name, streams), streams.resolveDevice(name), name)) {
            rest = rest.startsWith(again + ": ") ? rest.substring(again.length() + 2) : rest;
        }
        return rest;
    }

    private static String canonical(String name, Streams streams) {
        try {
            return DeviceAddress.parse(streams.resolveDevice(name)).spec();
        } catch (DeviceException e) {
            return name;
        }
    }
}
