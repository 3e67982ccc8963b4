// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.util.List;
import org.cx3tools.cli.ConfigCard;
import org.cx3tools.cli.Streams;
import org.cx3tools.cli.output.ConfigText;
import org.cx3tools.device.DeviceCause;
import org.cx3tools.device.DeviceException;
import org.cx3tools.nvconfig.ConfigException;
import org.cx3tools.nvconfig.Configuration;

/** Opens cards for {@code mlxconfig}; all failures get the vendor's words. */
final class MlxConfigCards {
    /** Whatever the reason was. */
    static final String QUERY_FAILED = "Failed to query device current configuration";

    private final Streams streams;

    MlxConfigCards(Streams streams) {
        this.streams = streams;
    }

    /** What is done with an open card. */
    interface Work {
        void with(ConfigCard card, Configuration configuration) throws MlxConfigError, ConfigException, DeviceException;
    }

    /**
     * Opens a card, asks it what it can do, works with it, closes it.
     *
     * @throws MlxConfigError in the vendor's words for whatever went wrong
     */
    void with(String name, Work work) throws MlxConfigError {
        try (ConfigCard card = open(name)) {
            if (card.recoveryMode()) {
                throw new MlxConfigError("Device in Livefish mode is not supported");
            }
            Configuration configuration;
            try {
                configuration = Configuration.read(card.port());
            } catch (DeviceException e) {
                throw new MlxConfigError("Failed to open device: " + name + ". " + MlxConfigWords.opening(e), e);
            }
            if (configuration.hasOldDefaults()) {
                streams.err().line("-W- " + name + ": " + ConfigText.OLD_DEFAULTS);
            }
            work.with(card, configuration);
        } catch (ConfigException e) {
            throw new MlxConfigError(e.getMessage());
        } catch (DeviceException e) {
            throw new MlxConfigError(QUERY_FAILED, e);
        }
    }

    private ConfigCard open(String name) throws MlxConfigError {
        try {
            return streams.configPorts().open(streams.resolveDevice(name));
        } catch (DeviceException e) {
            throw new MlxConfigError(e.reason() == DeviceCause.UNKNOWN_HARDWARE ? "Failed to identify the device"
                : "Failed to open the device", e);
        }
    }

    /** The card that was named, or all there are. */
    List<String> named(MlxConfigArguments arguments) throws MlxConfigError {
        if (arguments.has("-d")) {
            return List.of(arguments.device());
        }
        try {
            List<String> found = streams.configPorts().names();
            if (found.isEmpty()) {
                throw new MlxConfigError("No devices found.");
            }
            return found;
        } catch (DeviceException e) {
            throw new MlxConfigError("Failed to get devices.", e);
        }
    }
}
