// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.flash;

import org.cx3tools.device.DeviceException;

/**
 * The content of a flash by physical byte address, over all banks. Open for implementation, so that
 * tests can bring their own. One thread at a time. Every call names the range it failed at.
 */
public interface FlashPort extends AutoCloseable {

    /** {@return what the flash is} */
    FlashInfo info();

    /** Reads any range. */
    void read(long address, byte[] dst, int offset, int length, Progress progress)
            throws DeviceException;

    /**
     * Makes a range hold these bytes. Units that hold them already are left alone; others are
     * erased, with whatever lies beside the range kept, programmed and compared.
     *
     * @param deferVerify compare only samples: for callers that read everything back before they
     *     rely on it
     */
    void write(long address, byte[] src, int offset, int length, boolean deferVerify,
            Progress progress)
            throws DeviceException;

    /**
     * Programs without erase: bits only fall. Compares afterwards, so asking for a bit to rise
     * fails with {@link org.cx3tools.device.DeviceCause#VERIFY_FAILED}.
     */
    void program(long address, byte[] src, int offset, int length, Progress progress)
            throws DeviceException;

    /** Erases whole units of {@link FlashInfo#eraseBytes}; blank ones are left out. */
    void erase(long address, long length, Progress progress) throws DeviceException;

    /**
     * Compares a range.
     *
     * @throws DeviceException {@link org.cx3tools.device.DeviceCause#VERIFY_FAILED} with the first
     *     address that differs, the expected and the found byte
     */
    void verify(long address, byte[] expected, int offset, int length, Progress progress)
            throws DeviceException;

    /** Ends the session; gives locks back, or finishes the file. */
    @Override
    void close() throws DeviceException;
}
