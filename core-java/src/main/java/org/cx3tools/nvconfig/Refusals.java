// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nvconfig;

import java.util.Set;
import org.cx3tools.device.DeviceCause;
import org.cx3tools.device.DeviceException;

/** What firmware says no with; all other causes are failures, and leave open what firmware did. */
final class Refusals {
    /** A command of the interface itself. */
    private static final Set<DeviceCause> OF_COMMANDS = Set.of(DeviceCause.NOT_SUPPORTED,
            DeviceCause.FIRMWARE_UNSUPPORTED, DeviceCause.HCR_BAD_PARAMETER, DeviceCause.HCR_BAD_STATE,
            DeviceCause.HCR_BAD_RESET_STATE, DeviceCause.HCR_FAILED);
    /** A record, for a reason that does not go away by waiting. */
    private static final Set<DeviceCause> OF_RECORDS = Set.of(DeviceCause.NV_VERSION,
            DeviceCause.NV_UNKNOWN_TLV, DeviceCause.NV_NOT_SUPPORTED, DeviceCause.NV_BAD_CLASS,
            DeviceCause.NV_BAD_METHOD, DeviceCause.NV_BAD_PARAMETER, DeviceCause.NV_NO_RESOURCE,
            DeviceCause.NV_MESSAGE_RECEIPT, DeviceCause.NV_BAD_CONFIG, DeviceCause.NV_ERASE_COUNT,
            DeviceCause.NV_CONFIG_CORRUPT, DeviceCause.NV_TOO_SHORT, DeviceCause.NV_INTERNAL,
            DeviceCause.NV_FAILED);
    /** The command never began, or was sent away at once. */
    private static final Set<DeviceCause> NOT_BEGUN = Set.of(DeviceCause.HCR_LOCKED, DeviceCause.HCR_BUSY,
            DeviceCause.HCR_STATUS_BUSY, DeviceCause.NV_BUSY);

    private Refusals() {
    }

    /** Whether this firmware does not have the command, or not now. */
    static boolean ofCommand(DeviceException e) {
        return OF_COMMANDS.contains(e.reason());
    }

    /** Whether firmware cannot handle the record. */
    static boolean ofRecord(DeviceException e) {
        return OF_RECORDS.contains(e.reason());
    }

    /** Whether it is certain that a write that failed so wrote nothing; else it may have. */
    static boolean nothingWritten(DeviceException e) {
        return ofCommand(e) || ofRecord(e) || NOT_BEGUN.contains(e.reason());
    }
}
