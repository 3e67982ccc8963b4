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
    LIBRARY(32, "native library cannot be loaded");

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
