// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cx3tools.device.DeviceCause;
import org.cx3tools.device.DeviceException;
import org.cx3tools.nvconfig.Tlv;

/**
 * The vendor's words for what the device layer reports (nv-config 2.6 and 4.5, observed). Causes are found by name; a
 * cause that is not in the table is found by the status in its message.
 */
final class MlxConfigWords {
    private static final Pattern STATUS = Pattern.compile("status 0x([0-9a-fA-F]{1,8})");
    private static final String UNKNOWN_REGISTER = "Unknown register error";
    private static final String UNSUPPORTED = "Unsupported FW (version 2.31.5000 or above required for CX3/PRO)";
    private static final String LOCKED = "general Error, Semaphore locked";

    /** Status of the command interface. */
    private static final Map<Integer, String> COMMAND = Map.of(1, UNSUPPORTED, 2, UNSUPPORTED,
        3, "general Error, Unknown TLV", 4, "Cannot perform operation, Driver might be down.",
        9, "general Error, Bad reset state");
    private static final Map<DeviceCause, String> OPENING = Map.ofEntries(Map.entry(DeviceCause.HCR_STATUS_BUSY, UNSUPPORTED),
        Map.entry(DeviceCause.FIRMWARE_UNSUPPORTED, UNSUPPORTED), Map.entry(DeviceCause.HCR_BUSY, UNSUPPORTED),
        Map.entry(DeviceCause.HCR_TIMEOUT, UNSUPPORTED), Map.entry(DeviceCause.HCR_BAD_PARAMETER, COMMAND.get(3)),
        Map.entry(DeviceCause.HCR_BAD_STATE, COMMAND.get(4)), Map.entry(DeviceCause.HCR_BAD_RESET_STATE, COMMAND.get(9)),
        Map.entry(DeviceCause.HCR_LOCKED, LOCKED), Map.entry(DeviceCause.SEMAPHORE_TIMEOUT, LOCKED), Map.entry(DeviceCause.BUSY, LOCKED));

    /** Status of a register access. */
    private static final Map<Integer, String> REGISTER = Map.ofEntries(Map.entry(1, "Device is busy"),
        Map.entry(2, "Version not supported"), Map.entry(3, "Unknown TLV"), Map.entry(4, "Register not supported"),
        Map.entry(5, "Class not supported"), Map.entry(6, "Method not supported"), Map.entry(7, "Bad parameter"),
        Map.entry(8, "Resource unavailable"), Map.entry(9, "Message receipt ack"),
        Map.entry(0x20, "The configuration is rejected"), Map.entry(0x21, "The erase count exceeds its limit"),
        Map.entry(0x22, "Config Section Corrupted"),
        Map.entry(0x24, "The given Register length is too small for the Tlv"), Map.entry(0x70, "Firmware internal error"));
    private static final Map<DeviceCause, Integer> WRITING = Map.ofEntries(Map.entry(DeviceCause.NV_BUSY, 1),
        Map.entry(DeviceCause.NV_VERSION, 2), Map.entry(DeviceCause.NV_UNKNOWN_TLV, 3), Map.entry(DeviceCause.NV_NOT_SUPPORTED, 4),
        Map.entry(DeviceCause.NV_BAD_CLASS, 5), Map.entry(DeviceCause.NV_BAD_METHOD, 6), Map.entry(DeviceCause.NV_BAD_PARAMETER, 7),
        Map.entry(DeviceCause.NV_NO_RESOURCE, 8), Map.entry(DeviceCause.NV_MESSAGE_RECEIPT, 9), Map.entry(DeviceCause.NV_BAD_CONFIG, 0x20), Map.entry(DeviceCause.NV_ERASE_COUNT, 0x21),
        Map.entry(DeviceCause.NV_CONFIG_CORRUPT, 0x22), Map.entry(DeviceCause.NV_TOO_SHORT, 0x24), Map.entry(DeviceCause.NV_INTERNAL, 0x70));

    private MlxConfigWords() {
    }

    /** What follows {@code Failed to open device: NAME.} when firmware does not answer. */
    static String opening(DeviceException e) {
        String known = OPENING.get(e.reason());
        return known != null ? known : status(e).map(COMMAND::get).orElse("general Error, Unknown status");
    }

    /** The reason of a refused write or reset. */
    static String writing(DeviceException e) {
        Integer known = WRITING.get(e.reason());
        String command = OPENING.get(e.reason());
        return known != null ? REGISTER.get(known) : command != null ? command
            : status(e).map(REGISTER::get).orElse(UNKNOWN_REGISTER);
    }

    /** What a failed write begins with: the group of its record. */
    static String group(Tlv tlv) {
        return switch (tlv.type()) {
            case SRIOV -> "failed to set SRIOV params: ";
            case WOL -> "failed to set WOL params for port" + tlv.modifier() + ": ";
            case VPI -> "failed to set VPI port" + tlv.modifier() + " params: ";
            case BAR_SIZE -> "failed to set BAR size params: ";
            case INFINIBAND_BOOT -> "failed to set Infiniband Boot Settings: ";
            case PREBOOT -> "failed to set Preboot Boot Settings settings: ";
            case BOOT_EXTRAS -> "failed to set Boot Settings Extras params: ";
            case CX3_GLOBAL -> "failed to set CX3_GLOBAL_CONF params: ";
        };
    }

    private static Optional<Integer> status(DeviceException e) {
        Matcher found = STATUS.matcher(e.getMessage());
        return found.find() ? Optional.of(Integer.parseUnsignedInt(found.group(1), 16)) : Optional.empty();
    }
}
