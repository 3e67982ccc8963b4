// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.device;

/**
 * The two hardware locks of the flash.
 *
 * @param programmingHeld one flash tool at a time (register 0xf03a0)
 * @param gatewayHeld shared with firmware and drivers (register 0xf03fc)
 */
public record LockState(boolean programmingHeld, boolean gatewayHeld) {
    /** {@return whether both are free} */
    public boolean free() {
        return !programmingHeld && !gatewayHeld;
    }
}
