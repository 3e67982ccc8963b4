// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nvconfig;

import java.util.List;
import java.util.Optional;
import org.cx3tools.device.DeviceException;

/**
 * What a reset of all settings would change. Records without parameters here are dropped, too, and not among it.
 *
 * @param changes parameters that get another value; empty when what is stored cannot be read
 * @param unreadable why it cannot be read
 */
public record ResetPreview(List<ConfigPlan.Change> changes, Optional<DeviceException> unreadable) {
    /** Takes the list over. */
    public ResetPreview {
        changes = List.copyOf(changes);
    }
}
