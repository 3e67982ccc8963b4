// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.flash;

import java.util.Arrays;
import java.util.Random;
import org.cx3tools.binary.Bytes;
import org.cx3tools.device.DeviceCause;
import org.cx3tools.device.DeviceException;

/**
 * A flash in memory that counts its operations and can lose its power in the middle of one: a page
 * is then programmed with a random part of its bits, an erased unit holds anything.
 */
public final class MemoryFlash extends NorFlash {
    private final byte[] content;
    private final Random random;
    private int operations;
    private int erases;
    private int cutAt = Integer.MAX_VALUE;
    private boolean cutBefore;
    private boolean powered = true;
    private long wornAddress = -1;
    private int flipAt = -1;

    /** A flash with this content. */
    public MemoryFlash(Bytes content, long seed) {
        super(plainInfo("memory", content.length()));
        this.content = content.toArray();
        this.random = new Random(seed);
    }

    /** The power fails in the middle of the operation with this number, from 0. */
    public void cutAt(int operation) {
        cutAt = operation;
    }

    /** The power fails between the operation before this one and this one. */
    public void cutBefore(int operation) {
        cutAt = operation;
        cutBefore = true;
    }

    /** One bit of this byte cannot be programmed to 0 any more. */
    public void wearOut(long address) {
        wornAddress = address;
    }

    /** The program operation with this number clears one bit too many. */
    public void flipBitAt(int operation) {
        flipAt = operation;
    }

    /** The power comes back. */
    public void powerOn() {
        powered = true;
        cutAt = Integer.MAX_VALUE;
        cutBefore = false;
    }

    /** Erases and page programs so far. */
    public int operations() {
        return operations;
    }

    /** Erases so far. */
    public int erases() {
        return erases;
    }

    /** What is in it. */
    public Bytes content() {
        return Bytes.of(content);
    }

    @Override
    void readRaw(long address, byte[] dst, int offset, int length) throws DeviceException {
        check();
        System.arraycopy(content, (int) address, dst, offset, length);
    }

    @Override
    void eraseUnit(long address, int length) throws DeviceException {
        begin();
        int from = (int) address;
        if (operations++ == cutAt) {
            byte[] torn = new byte[length];
            random.nextBytes(torn);
            System.arraycopy(torn, 0, content, from, length);
            cut();
        }
        erases++;
        Arrays.fill(content, from, from + length, (byte) 0xff);
    }

    @Override
    void programPage(long address, byte[] src, int offset, int length) throws DeviceException {
        begin();
        boolean torn = operations == cutAt;
        boolean flip = operations == flipAt;
        operations++;
        for (int i = 0; i < length; i++) {
            int bits = src[offset + i];
            if (torn) {
                bits |= random.nextInt(256);
            }
            if (address + i == wornAddress) {
                bits |= 1;
            }
            content[(int) address + i] &= (byte) bits;
        }
        if (flip) {
            content[(int) address] = (byte) (content[(int) address] & (content[(int) address] - 1));
        }
        if (torn) {
            cut();
        }
    }

    private void begin() throws DeviceException {
        if (cutBefore && operations == cutAt) {
            cut();
        }
        check();
    }

    private void cut() throws DeviceException {
        powered = false;
        check();
    }

    private void check() throws DeviceException {
        if (!powered) {
            throw new DeviceException(DeviceCause.POWER_CUT, "the flash lost power");
        }
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
