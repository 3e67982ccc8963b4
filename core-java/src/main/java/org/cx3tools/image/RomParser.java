// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cx3tools.binary.Bytes;

/** Reads version records out of an expansion ROM, with all checks of fs2-image 6.2. */
final class RomParser {
    static final int CLP = 0x0f;
    static final int UEFI = 0x11;
    static final int CLP_PLAIN = 0x12;
    static final int FCODE = 0x21;
    static final String BAD_CHECKSUM = "Bad ROM Checksum";

    private static final Bytes SIGNATURE = Bytes.ofText("mlxsign:");
    private static final long VENDOR = 0x15b3;

    private final Bytes rom;
    private final List<RomRecord> records = new ArrayList<>(4);
    private final StringBuilder warning = new StringBuilder();
    private int deviceId;
    private boolean checksum = true;

    private RomParser(Bytes rom) {
        this.rom = rom;
    }

    static RomInfo parse(Bytes rom) {
        RomParser parser = new RomParser(rom);
        String error = parser.run();
        return new RomInfo(parser.records, error.isEmpty() ? Optional.empty() : Optional.of(error),
                parser.warning.length() == 0 ? Optional.empty()
                        : Optional.of(parser.warning.toString()), parser.deviceId);
    }

    private String run() {
        if (rom.length() < 4) {
            return "ROM size (0x" + Integer.toHexString(rom.length()) + ") is too small";
        }
        int at = rom.indexOf(SIGNATURE, 0);
        if (at < 0) {
            return "Cannot get ROM version. Signature not found.";
        }
        for (; at >= 0; at = rom.indexOf(SIGNATURE, at + SIGNATURE.length())) {
            if (records.size() == RomInfo.MAX_RECORDS) {
                warn("Number of exp ROMs exceeds the maximum allowed number ("
                        + RomInfo.MAX_RECORDS + ")");
                break;
            }
            String error = record(at + SIGNATURE.length());
            if (!error.isEmpty()) {
                return error;
            }
        }
        return checksum ? checkSum() : "";
    }

    /** Words behind the end of the ROM read as zero; the stock tool reads past its buffer there. */
    private long word(int at) {
        return at + 4 <= rom.length() ? rom.wordLittleEndian(at) : 0;
    }

    private String record(int at) {
        long w0 = word(at);
        int product = (int) (w0 >> 16);
        int port = 0;
        int cpu = 0;
        int protocol = 0xff;
        int device = 0;
        String version;
        if (product == UEFI || product == FCODE) {
            checksum = false;
        }
        if (product == CLP) {
            long w3 = word(at + 12);
            int textLength = (int) (w3 >> 8 & 0xff);
            int signLength = (int) (w3 & 0xff);
            if (signLength < (textLength + 3) / 4 + 4) {
                return "The Signature length (" + signLength
                        + ") and the ROM version string length (" + textLength
                        + ") are not coordinated";
            }
            int from = Math.min(at + 16, rom.length());
            String text = rom.slice(from, Math.min(textLength, rom.length() - from)).text();
            version = leadingNumber(text);
            int pointer = rom.length() >= 0x1a ? rom.u8(0x18) | rom.u8(0x19) << 8 : 0;
            if (pointer + 8 > rom.length()) {
                return "The device ID offset 0x" + Integer.toHexString(pointer)
                        + " is out of range. ROM size: 0x" + Integer.toHexString(rom.length());
            }
            long ids = word(pointer + 4);
            if ((ids & 0xffff) != VENDOR) {
                warn("The Exp-ROM PCI vendor ID: 0x" + Long.toHexString(ids & 0xffff)
                        + " does not match the expected value: 0x15b3.");
            }
            device = (int) (ids >> 16);
        } else {
            long w1 = word(at + 4);
            version = (w0 & 0xff) + "." + (w1 >> 16 & 0xff) + "." + (w1 & 0xffff);
            if (product >= 0x10) {
                long w2 = word(at + 8);
                device = (int) (w2 >> 16);
                port = (int) (w2 >> 12 & 15);
                cpu = (int) (w2 >> 8 & 15);
                protocol = (int) (w2 & 0xff);
            }
        }
        if (records.isEmpty()) {
            deviceId = device;
        } else if (device != deviceId && deviceId != 0xffff) {
            warn("The device IDs of the ROMs mismatched.");
            deviceId = 0xffff;
        }
        records.add(new RomRecord(product, version, device, port, cpu, protocol));
        return "";
    }

    private String checkSum() {
        int blocks = rom.u8(2);
        if (blocks == 0) {
            return "ROM size field is 0. Unknown ROM format or corrupted ROM.";
        }
        int length = blocks * 512;
        if (length > rom.length()) {
            String hex = Integer.toHexString(blocks);
            return "ROM size field (0x" + (hex.length() < 2 ? " " : "") + hex
                    + ") is larger than actual ROM size (0x" + Integer.toHexString(rom.length())
                    + ")";
        }
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += rom.u8(i);
        }
        sum &= 0xff;
        if (sum != 0) {
            warn(BAD_CHECKSUM + " (0x" + (sum < 16 ? "0" : "") + Integer.toHexString(sum)
                    + "), ROM info may not be displayed correctly.");
        }
        return "";
    }

    private void warn(String text) {
        if (warning.length() == 0) {
            warning.append(text);
        }
    }

    private static String leadingNumber(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end == 0 ? "0" : text.substring(0, end);
    }
}
