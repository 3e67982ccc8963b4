// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.guest;

import java.time.Duration;
import java.util.List;
import org.cx3tools.device.VirtualCard;

/**
 * A command that has ended in the guest.
 *
 * @param command what was run
 * @param code exit code, 128 + n when it died of signal n
 * @param out what it printed
 * @param errors what it printed on the error output
 * @param took by the clock of the host
 * @param traffic what it did to each card, exact
 */
public record Ran(String command, int code, String out, String errors, Duration took,
        List<VirtualCard.Traffic> traffic) {

    /** {@return what it printed, both outputs} */
    public String all() {
        return out + errors;
    }

    @Override
    public String toString() {
        return "$ " + command + "\n" + out + errors + "(exit code " + code + ", " + took.toMillis() + " ms)";
    }
}
