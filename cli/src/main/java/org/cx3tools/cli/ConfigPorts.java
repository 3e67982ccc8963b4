// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli;

import java.util.List;
import org.cx3tools.device.CardInfo;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceAddress;
import org.cx3tools.device.DeviceException;
import org.cx3tools.device.Devices;
import org.cx3tools.device.OpenOptions;
import org.cx3tools.nvconfig.ConfigPort;

/** Opens cards for their settings: the one place where the command line meets the device layer for it. */
public interface ConfigPorts {
    /** Hardware id of a ConnectX-3 Pro. */
    int PRO = 0x1f7;

    /**
     * Opens a card, beside a driver if there is one: the two do not share registers.
     *
     * @param name its name, with files seen from the folder of the run
     * @return the card
     * @throws DeviceException when it cannot be opened
     */
    ConfigCard open(String name) throws DeviceException;

    /**
     * Names of all cards of this machine, as the vendor's tool names what it found by itself.
     *
     * @return names to open
     * @throws DeviceException when they cannot be listed
     */
    List<String> names() throws DeviceException;

    /**
     * Frees the lock of the interface to firmware, whoever holds it. Opens the card without asking firmware anything, so
     * that it works while the lock is stuck; the vendor's tool takes the lock first.
     *
     * @param name the card
     * @throws DeviceException when it cannot be opened, or has no such lock
     */
    void clearSemaphore(String name) throws DeviceException;

    /** {@return the cards of the device layer} */
    static ConfigPorts ofCards() {
        return new ConfigPorts() {
            @Override
            public ConfigCard open(String name) throws DeviceException {
                Device device = opened(name);
                try {
                    return new OpenCard(device, device.config());
                } catch (DeviceException e) {
                    device.close();
                    throw e;
                }
            }

            @Override
            public List<String> names() throws DeviceException {
                return Devices.list().stream().map(CardInfo::name)
                    .map(name -> "/sys/bus/pci/devices/" + name + "/config").toList();
            }

            @Override
            public void clearSemaphore(String name) throws DeviceException {
                try (Device device = opened(name)) {
                    device.clearConfigLock();
                }
            }

            private Device opened(String name) throws DeviceException {
                Signals.install();
                return Devices.openForReading(DeviceAddress.parse(name), OpenOptions.defaults());
            }
        };
    }

    /**
     * A card of the device layer.
     *
     * @param device the card
     * @param port its firmware
     */
    record OpenCard(Device device, ConfigPort port) implements ConfigCard {
        @Override
        public String chip() {
            return device.card().hwId() == PRO ? "ConnectX3Pro" : "ConnectX3";
        }

        @Override
        public boolean recoveryMode() {
            return device.card().recoveryMode();
        }

        @Override
        public void close() throws DeviceException {
            device.close();
        }
    }
}
