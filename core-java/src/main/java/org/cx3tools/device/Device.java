// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.device;

import java.util.Optional;
import org.cx3tools.flash.FlashOptions;
import org.cx3tools.flash.FlashPort;
import org.cx3tools.nvconfig.ConfigPort;

/**
 * An open device. Used by one thread at a time; only {@link #cancel} may come from any thread.
 * Closing gives back every lock that was taken.
 */
public interface Device extends AutoCloseable {

    /** {@return canonical name, see {@link DeviceAddress#spec}} */
    String spec();

    /** {@return what the card is; after a reset what it is then} */
    CardInfo card();

    /**
     * The flash of this device, with default options. Opened by the first call, which takes the
     * programming lock; later calls give the same port. It is closed with the device.
     *
     * @throws DeviceException {@link DeviceCause#SEMAPHORE_TIMEOUT}, {@link DeviceCause#NO_FLASH},
     *     {@link DeviceCause#UNKNOWN_FLASH} and failures of the bus
     */
    default FlashPort flash() throws DeviceException {
        return flash(FlashOptions.defaults());
    }

    /** {@return the flash of this device; options count only in the call that opens it} */
    FlashPort flash(FlashOptions options) throws DeviceException;

    /** {@return version of the running firmware; empty when none runs, and for files} */
    Optional<RunningVersion> runningVersion() throws DeviceException;

    /**
     * Vital product data; empty when the device has none: recovery mode, no file of the kernel, a
     * flash file.
     */
    Optional<Vpd> vpd() throws DeviceException;

    /**
     * The settings that firmware keeps for itself (nv-config). Works beside a driver: firmware has a
     * command interface for tools of its own.
     *
     * @throws DeviceException {@link DeviceCause#NOT_SUPPORTED} for files
     */
    ConfigPort config() throws DeviceException;

    /**
     * Frees the lock of the command interface for tools (0xf03bc) whoever holds it. Only on explicit
     * request of the operator.
     *
     * @throws DeviceException {@link DeviceCause#NOT_SUPPORTED} for files
     */
    void clearConfigLock() throws DeviceException;

    /**
     * Resets the chip as the kernel driver does it (flash-access 7).
     *
     * @throws DeviceException {@link DeviceCause#DRIVER_BOUND} while a driver uses the card, {@link
     *     DeviceCause#NOT_SUPPORTED} for files
     */
    void reset() throws DeviceException;

    /** {@return register and chip traffic since the device was opened; all zero for files} */
    AccessCounters counters() throws DeviceException;

    /** {@return whether the two flash locks are held; both free for files} */
    LockState lockState() throws DeviceException;

    /**
     * Frees both flash locks whoever holds them. Only on explicit request of the operator, who made
     * sure that nobody else is at work.
     */
    void clearSemaphores() throws DeviceException;

    /**
     * Tells the chip where the image starts after its next reset: register 0xf0000 takes the
     * address shifted left by 8 (verified, flash-access 1.7). A file has no such register; nothing
     * happens there.
     *
     * @param start flash address of the image in bytes, below 16 MiB
     */
    void setBootAddress(long start) throws DeviceException;

    /** {@return the value of one register} Flash semaphores and gateway are refused. */
    int readRegister(int crAddress) throws DeviceException;

    /**
     * From any thread: the running operation stops at its next safe point with {@link
     * DeviceCause#CANCELLED}. Sticky until close.
     */
    void cancel();

    @Override
    void close() throws DeviceException;
}
