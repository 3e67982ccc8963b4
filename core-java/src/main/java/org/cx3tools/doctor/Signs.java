// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.doctor;

import java.util.List;
import java.util.Optional;
import org.cx3tools.burn.SlotState;
import org.cx3tools.device.CardInfo;
import org.cx3tools.device.DeviceCause;
import org.cx3tools.device.LockState;

/**
 * What can be seen of a card. Gathering it changes nothing on the card but two locks that are taken and given back when its flash is
 * read.
 *
 * @param name the card as to be given to other commands, {@code 23:00.0} or {@code sim:FILE}
 * @param card identity
 * @param sysfs attributes; empty for a card that is not of this machine
 * @param log the kernel log; empty when it could not be read
 * @param users processes that have the registers or configuration space open, ours left out
 * @param lastOwner what our lock file says of a process of ours, empty when nothing
 * @param chip what the card itself told; empty when it was not asked
 * @param refused why the card could not be asked
 */
public record Signs(String name, CardInfo card, Optional<Sysfs> sysfs, Optional<KernelLog> log, List<User> users,
        Optional<String> lastOwner, Optional<Chip> chip, Optional<Refusal> refused) {
    /** Copies the list. */
    public Signs {
        users = List.copyOf(users);
    }

    /**
     * Attributes of the device and of the slot.
     *
     * @param address as the kernel writes it
     * @param bridges addresses of the bridges above it, nearest first
     * @param bar0Bytes size of BAR0 that got a place, 0 = none
     * @param bar2Bytes the same of BAR2
     * @param slotWidth lanes of the slot, 0 = unknown
     * @param maxSpeed fastest speed of the card, in the words of the kernel
     */
    public record Sysfs(String address, List<String> bridges, long bar0Bytes, long bar2Bytes, int slotWidth, String maxSpeed) {
        /** Copies the list. */
        public Sysfs {
            bridges = List.copyOf(bridges);
        }
    }

    /**
     * A process that works on the card.
     *
     * @param pid its number
     * @param command its name
     */
    public record User(long pid, String command) {
    }

    /**
     * What the card told.
     *
     * @param locks flash locks
     * @param slots images on flash, judged by all their CRCs; empty when a lock is held or the flash did not answer
     * @param flashFailure why the flash could not be read, locks left aside
     * @param flashVersion firmware version of the image that counts
     * @param psid PSID of that image
     * @param runningVersion firmware that runs
     * @param partNumber part number of the VPD
     */
    public record Chip(LockState locks, List<SlotState> slots, Optional<String> flashFailure, Optional<String> flashVersion,
            Optional<String> psid, Optional<String> runningVersion, Optional<String> partNumber) {
        /** Copies the list. */
        public Chip {
            slots = List.copyOf(slots);
        }
    }

    /**
     * Why the card was not asked.
     *
     * @param cause kind of failure; empty when it was not tried
     * @param text one line for people
     */
    public record Refusal(Optional<DeviceCause> cause, String text) {
    }
}
