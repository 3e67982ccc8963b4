// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nativecore;

/**
 * Every result of the C core: the list of {@code cx3/status.h}, in the same order with the same
 * numbers and texts. A test compares both.
 */
public enum NativeStatus {
    /** Done. */
    OK(0, "done"),
    /** Invalid argument. */
    INVALID_ARGUMENT(1, "invalid argument"),
    /** Address is outside of the device. */
    OUT_OF_RANGE(2, "address is outside of the device"),
    /** Out of memory. */
    NO_MEMORY(3, "out of memory"),
    /** System call failed. */
    IO(4, "system call failed"),
    /** No such device. */
    NOT_FOUND(5, "no such device"),
    /** Not supported by this device. */
    NOT_SUPPORTED(6, "not supported by this device"),
    /** Root privilege is required. */
    NOT_ROOT(7, "root privilege is required"),
    /** Kernel lockdown forbids access to the device. */
    KERNEL_LOCKDOWN(8, "kernel lockdown forbids access to the device"),
    /** A kernel driver holds the BAR. */
    DRIVER_BOUND(9, "a kernel driver holds the BAR"),
    /** Memory decoding of the card is off. */
    MEMORY_DECODING_OFF(10, "memory decoding of the card is off"),
    /** The card answers all ones. */
    ALL_ONES(11, "the card answers all ones"),
    /** The BAR shows the doorbell page, not the CR space. */
    WRONG_BAR_PAGE(12, "the BAR shows the doorbell page, not the CR space"),
    /** CR space is locked (secure host). */
    CR_SPACE_LOCKED(13, "CR space is locked (secure host)"),
    /** Unknown hardware id. */
    UNKNOWN_HARDWARE(14, "unknown hardware id"),
    /** Another process of ours uses the card. */
    BUSY(15, "another process of ours uses the card"),
    /** A hardware semaphore was not released in time. */
    SEMAPHORE_TIMEOUT(16, "a hardware semaphore was not released in time"),
    /** Write ordering flush did not finish. */
    FLUSH_TIMEOUT(17, "write ordering flush did not finish"),
    /** Flash gateway stays busy. */
    GATEWAY_TIMEOUT(18, "flash gateway stays busy"),
    /** No flash chip answers. */
    NO_FLASH(19, "no flash chip answers"),
    /** Unknown flash chip. */
    UNKNOWN_FLASH(20, "unknown flash chip"),
    /** Flash chip stays busy. */
    FLASH_BUSY_TIMEOUT(21, "flash chip stays busy"),
    /** Flash chip is write protected. */
    FLASH_PROTECTED(22, "flash chip is write protected"),
    /** Flash chip did not accept write enable. */
    WRITE_ENABLE_FAILED(23, "flash chip did not accept write enable"),
    /** Flash content differs from what was written. */
    VERIFY_FAILED(24, "flash content differs from what was written"),
    /** Cancelled. */
    CANCELLED(25, "cancelled"),
    /** Handle is closed. */
    CLOSED(26, "handle is closed"),
    /** The card did not come back after reset. */
    RESET_TIMEOUT(27, "the card did not come back after reset"),
    /** Register access differs from the recorded trace. */
    TRACE_MISMATCH(28, "register access differs from the recorded trace"),
    /** The virtual card lost power. */
    POWER_CUT(29, "the virtual card lost power"),
    /** File is not a usable virtual card. */
    SIM_STATE_CORRUPT(30, "file is not a usable virtual card"),
    /** Injected fault. */
    FAULT_INJECTED(31, "injected fault"),
    /** Native library cannot be loaded: raised by the Java side only. */
    LIBRARY(32, "native library cannot be loaded"),
    /** The command interface of the tools is locked. */
    HCR_LOCKED(33, "the command interface of the tools is locked"),
    /** The command interface is busy with a command that does not end. */
    HCR_BUSY(34, "the command interface is busy with a command that does not end"),
    /** Firmware did not finish a command in time. */
    HCR_TIMEOUT(35, "firmware did not finish a command in time"),
    /** Firmware is too busy for the command. */
    HCR_STATUS_BUSY(36, "firmware is too busy for the command"),
    /** This firmware does not know the command. */
    FIRMWARE_UNSUPPORTED(37, "this firmware does not know the command"),
    /** Firmware refused a parameter of the command. */
    HCR_BAD_PARAMETER(38, "firmware refused a parameter of the command"),
    /** Firmware cannot do the command in its present state. */
    HCR_BAD_STATE(39, "firmware cannot do the command in its present state"),
    /** Firmware cannot do the command after this reset. */
    HCR_BAD_RESET_STATE(40, "firmware cannot do the command after this reset"),
    /** Firmware failed the command. */
    HCR_FAILED(41, "firmware failed the command"),
    /** The answer of firmware does not fit the question. */
    HCR_BAD_ANSWER(42, "the answer of firmware does not fit the question"),
    /** Firmware is busy with its settings. */
    NV_BUSY(43, "firmware is busy with its settings"),
    /** Firmware does not know this version of the question. */
    NV_VERSION(44, "firmware does not know this version of the question"),
    /** Firmware does not know this setting. */
    NV_UNKNOWN_TLV(45, "firmware does not know this setting"),
    /** Firmware offers no access to its settings. */
    NV_NOT_SUPPORTED(46, "firmware offers no access to its settings"),
    /** Firmware does not know this class of question. */
    NV_BAD_CLASS(47, "firmware does not know this class of question"),
    /** Firmware does not allow this for its settings. */
    NV_BAD_METHOD(48, "firmware does not allow this for its settings"),
    /** Firmware refused the setting. */
    NV_BAD_PARAMETER(49, "firmware refused the setting"),
    /** Firmware has no room for the setting. */
    NV_NO_RESOURCE(50, "firmware has no room for the setting"),
    /** Firmware noted the question and gave no answer. */
    NV_MESSAGE_RECEIPT(51, "firmware noted the question and gave no answer"),
    /** Firmware finds the settings contradictory. */
    NV_BAD_CONFIG(52, "firmware finds the settings contradictory"),
    /** The store of settings was erased too often. */
    NV_ERASE_COUNT(53, "the store of settings was erased too often"),
    /** The config section of the flash is corrupt. */
    NV_CONFIG_CORRUPT(54, "the config section of the flash is corrupt"),
    /** Firmware wants more data for this setting. */
    NV_TOO_SHORT(55, "firmware wants more data for this setting"),
    /** Firmware failed inside while it was at its settings. */
    NV_INTERNAL(56, "firmware failed inside while it was at its settings"),
    /** Firmware failed with its settings. */
    NV_FAILED(57, "firmware failed with its settings");

    private static final NativeStatus[] BY_NUMBER = values();

    private final int number;
    private final String text;

    NativeStatus(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /**
     * Returns the number of the list in {@code cx3/status.h}; C returns it negated.
     *
     * @return 0 for {@link #OK}, else a positive number
     */
    public int number() {
        return number;
    }

    /**
     * Says what happened, for people.
     *
     * @return one line without a full stop
     */
    public String text() {
        return text;
    }

    /**
     * Finds the status of a return value of the C core.
     *
     * @param result 0 or a negative number, as C returns it
     * @return the status
     * @throws IllegalArgumentException if no status has that number: both sides are not of one
     *     build
     */
    static NativeStatus of(int result) {
        int index = -result;
        if (index < 0 || index >= BY_NUMBER.length) {
            throw new IllegalArgumentException(
                    "the native library returned the unknown status " + result);
        }
        return BY_NUMBER[index];
    }
}
