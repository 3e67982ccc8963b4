// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli;

import org.cx3tools.device.DeviceException;
import org.cx3tools.nvconfig.ConfigPort;

/** An open card whose settings are worked on. */
public interface ConfigCard extends AutoCloseable {
    /** {@return the vendor's name of the chip: {@code ConnectX3}, {@code ConnectX3Pro}} */
    String chip();

    /** {@return whether no firmware runs, so that there is nobody to ask} */
    boolean recoveryMode();

    /** {@return the way to its firmware} */
    ConfigPort port();

    @Override
    void close() throws DeviceException;
}
