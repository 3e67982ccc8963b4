// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.flash;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cx3tools.binary.Bytes;

/** A twin of a flash in memory that tells which work it was made to do. */
public final class CountingFlash extends NorFlash {
    private final byte[] content;
    private final List<Erase> erases = new ArrayList<>();
    private int programs;

    /**
     * An erase of one unit.
     *
     * @param address flash address in bytes
     * @param length 0x1000 or 0x10000
     */
    public record Erase(long address, int length) {}

    /**
     * A twin.
     *
     * @param info what the flash is
     * @param content all its bytes
     */
    public CountingFlash(FlashInfo info, Bytes content) {
        super(info);
        this.content = content.toArray();
    }

    /** {@return erases so far, in order} */
    public List<Erase> erases() {
        return List.copyOf(erases);
    }

    /** {@return pages programmed so far} */
    public int programs() {
        return programs;
    }

    /** {@return what it holds now} */
    public Bytes content() {
        return Bytes.of(content);
    }

    /** {@return time of the chip so far, in microseconds} */
    public long micros() {
        FlashInfo.Times times = info().times();
        long sum = programs * times.programPage();
        for (Erase erase : erases) {
            sum += erase.length() == FlashInfo.SECTOR ? times.erase64k() : times.erase4k();
        }
        return sum;
    }

    @Override
    void readRaw(long address, byte[] dst, int offset, int length) {
        System.arraycopy(content, (int) address, dst, offset, length);
    }

    @Override
    void eraseUnit(long address, int length) {
        erases.add(new Erase(address, length));
        Arrays.fill(content, (int) address, (int) address + length, (byte) 0xff);
    }

    @Override
    void programPage(long address, byte[] src, int offset, int length) {
        programs++;
        for (int i = 0; i < length; i++) {
            content[(int) address + i] &= src[offset + i];
        }
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
