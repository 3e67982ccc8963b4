// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.flash;

import java.util.Arrays;
import java.util.Objects;
import org.cx3tools.device.DeviceCause;
import org.cx3tools.device.DeviceException;

/**
 * A NOR flash that is not behind a card: bits only fall when programmed, and rise when a unit is
 * erased. Subclasses bring the three things a chip can do; the way from "these bytes shall be
 * there" to erases and programs is here.
 */
abstract class NorFlash implements FlashPort {
    /** 64 KiB take about as long as three times 4 KiB (flash-access 8.2, W25Q). */
    private static final int FEW_SMALL_ERASES = 3;

    private final FlashInfo info;

    NorFlash(FlashInfo info) {
        this.info = info;
    }

    static FlashInfo plainInfo(String type, long size) {
        return FlashInfo.ofDump(type, size);
    }

    /** Copies bytes out; the range was checked. */
    abstract void readRaw(long address, byte[] dst, int offset, int length)
            throws DeviceException;

    /** Erases one unit; address and length are those of a unit of the chip. */
    abstract void eraseUnit(long address, int length) throws DeviceException;

    /** Ands bytes onto one page; they do not cross its end. */
    abstract void programPage(long address, byte[] src, int offset, int length)
            throws DeviceException;

    @Override
    public final FlashInfo info() {
        return info;
    }

    @Override
    public final void read(long address, byte[] dst, int offset, int length, Progress progress)
            throws DeviceException {
        check(address, length);
        Objects.checkFromIndexSize(offset, length, dst.length);
        int done = 0;
        while (done < length) {
            int step = Math.min(FlashInfo.SECTOR, length - done);
            readRaw(address + done, dst, offset + done, step);
            done += step;
            tell(progress, FlashPhase.READ, done, length, address);
        }
    }

    @Override
    public final void write(long address, byte[] src, int offset, int length,
            boolean deferVerify, Progress progress) throws DeviceException {
        check(address, length);
        Objects.checkFromIndexSize(offset, length, src.length);
        long end = address + length;
        long at = address;
        while (at < end) {
            int unit = unitToRewrite(at, address, src, offset, length);
            long start = at / unit * unit;
            long stop = Math.min(end, start + unit);
            byte[] wanted = new byte[unit];
            readRaw(start, wanted, 0, unit);
            byte[] there = wanted.clone();
            System.arraycopy(src, offset + (int) (at - address), wanted, (int) (at - start),
                    (int) (stop - at));
            rewrite(start, there, wanted);
            tell(progress, FlashPhase.PROGRAM, stop - address, length, stop);
            at = stop;
        }
        if (!deferVerify) {
            verify(address, src, offset, length, progress);
        }
    }

    /** The unit to erase at a place: 64 KiB inside of a range, the smallest one at its ends. */
    private int unitAt(long at, long from, long end) {
        long sector = at / FlashInfo.SECTOR * FlashInfo.SECTOR;
        boolean inside = sector >= from && sector + FlashInfo.SECTOR <= end;
        return info.erase64k() && inside ? FlashInfo.SECTOR : info.eraseBytes();
    }

    /**
     * As {@link #unitAt}, but small ones where erasing a few of them is less work, and a large one
     * around the end of a range when nothing lies behind it: the C core does the same.
     */
    private int unitToRewrite(long at, long address, byte[] src, int offset, int length)
            throws DeviceException {
        int small = info.eraseBytes();
        long end = address + length;
        boolean large = at % FlashInfo.SECTOR == 0 && (unitAt(at, address, end) == FlashInfo.SECTOR
                || info.erase64k() && blankBehind(end, at + FlashInfo.SECTOR));
        if (!large || small == FlashInfo.SECTOR) {
            return small;
        }
        byte[] there = new byte[FlashInfo.SECTOR];
        readRaw(at, there, 0, there.length);
        int from = offset + (int) (at - address);
        int here = (int) Math.min(FlashInfo.SECTOR, end - at);
        int rising = 0;
        for (int start = 0; start < here; start += small) {
            if (rises(there, start, src, from + start, Math.min(small, here - start))) {
                rising++;
            }
        }
        return rising <= FEW_SMALL_ERASES ? small : FlashInfo.SECTOR;
    }

    private boolean blankBehind(long from, long to) throws DeviceException {
        if (from >= to || to > info.sizeBytes()) {
            return false;
        }
        byte[] rest = new byte[(int) (to - from)];
        readRaw(from, rest, 0, rest.length);
        return isBlank(rest);
    }

    private static boolean rises(byte[] there, int at, byte[] wanted, int from, int length) {
        for (int i = 0; i < length; i++) {
            if ((wanted[from + i] & ~there[at + i]) != 0) {
                return true;
            }
        }
        return false;
    }

    private void rewrite(long start, byte[] there, byte[] wanted) throws DeviceException {
        if (Arrays.equals(there, wanted)) {
            return;
        }
        if (rises(there, 0, wanted, 0, wanted.length)) {
            eraseUnit(start, wanted.length);
            Arrays.fill(there, (byte) 0xff);
        }
        for (int page = 0; page < wanted.length; page += FlashInfo.PAGE) {
            if (!Arrays.equals(there, page, page + FlashInfo.PAGE, wanted, page,
                    page + FlashInfo.PAGE)) {
                programPage(start + page, wanted, page, FlashInfo.PAGE);
            }
        }
    }

    @Override
    public final void program(long address, byte[] src, int offset, int length,
            Progress progress) throws DeviceException {
        check(address, length);
        Objects.checkFromIndexSize(offset, length, src.length);
        int done = 0;
        while (done < length) {
            long at = address + done;
            int step = (int) Math.min(FlashInfo.PAGE - at % FlashInfo.PAGE, length - done);
            programPage(at, src, offset + done, step);
            done += step;
            tell(progress, FlashPhase.PROGRAM, done, length, at);
        }
        verify(address, src, offset, length, progress);
    }

    @Override
    public final void erase(long address, long length, Progress progress)
            throws DeviceException {
        int small = info.eraseBytes();
        if (address % small != 0 || length % small != 0) {
            throw new DeviceException(DeviceCause.INVALID_ARGUMENT, String.format(
                    "Cannot erase 0x%x bytes at 0x%x: not whole units of 0x%x bytes", length,
                    address, small), DeviceException.Facts.at(address));
        }
        check(address, length);
        long end = address + length;
        long at = address;
        while (at < end) {
            int unit = unitAt(at, address, end);
            byte[] there = new byte[unit];
            readRaw(at, there, 0, unit);
            if (!isBlank(there)) {
                eraseUnit(at, unit);
            }
            at += unit;
            tell(progress, FlashPhase.ERASE, at - address, length, at);
        }
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte b : bytes) {
            if (b != (byte) 0xff) {
                return false;
            }
        }
        return true;
    }

    @Override
    public final void verify(long address, byte[] expected, int offset, int length,
            Progress progress) throws DeviceException {
        check(address, length);
        byte[] there = new byte[Math.min(length, FlashInfo.SECTOR)];
        int done = 0;
        while (done < length) {
            int step = Math.min(there.length, length - done);
            readRaw(address + done, there, 0, step);
            int bad = Arrays.mismatch(there, 0, step, expected, offset + done,
                    offset + done + step);
            if (bad >= 0) {
                int want = expected[offset + done + bad] & 0xff;
                int found = there[bad] & 0xff;
                long at = address + done + bad;
                throw new DeviceException(DeviceCause.VERIFY_FAILED, String.format(
                        "Flash address 0x%x holds 0x%02x instead of 0x%02x", at, found, want),
                        DeviceException.Facts.differs(at, want, found));
            }
            done += step;
            tell(progress, FlashPhase.VERIFY, done, length, address + done);
        }
    }

    private void check(long address, long length) throws DeviceException {
        if (address < 0 || length < 0 || address > info.sizeBytes() - length) {
            throw new DeviceException(DeviceCause.OUT_OF_RANGE, String.format(
                    "0x%x bytes at address 0x%x are outside of the flash of 0x%x bytes", length,
                    address, info.sizeBytes()), DeviceException.Facts.at(address));
        }
    }

    private static void tell(Progress progress, FlashPhase phase, long done, long total, long at)
            throws DeviceException {
        if (!progress.advance(phase, done, total)) {
            throw new DeviceException(DeviceCause.CANCELLED,
                    String.format("Cancelled at flash address 0x%x", at),
                    DeviceException.Facts.at(at));
        }
    }
}
