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
    private String warning = "";
    private int deviceId;
    private boolean checksum = true;

    private RomParser(Bytes rom) {
        this.rom = rom;
    }

    static RomInfo parse(Bytes rom) {
        RomParser parser = new RomParser(rom);
        String error = parser.run();
        return new RomInfo(parser.records, error.isEmpty() ? Optional.empty() : Optional.of(error),
                parser.warning.isEmpty() ? Optional.empty() : Optional.of(parser.warning),
                parser.deviceId);
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
                warning = "Number of exp ROMs exceeds the maximum allowed number ("
                        + RomInfo.MAX_RECORDS + ")";
                return "";
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
        if (product == UEFI || product == FCODE) {
            checksum = false;
        }
        if (product == CLP) {
            return clp(at, (int) (w0 & 0xff));
        }
        long w1 = word(at + 4);
        String version = (w0 & 0xff) + "." + (w1 >> 16 & 0xff) + "." + (w1 & 0xffff);
        if (product < 0x10) {
            records.add(new RomRecord(product, version, 0, 0, 0, 0xff));
            return "";
        }
        long w2 = word(at + 8);
        int device = (int) (w2 >> 16);
        compare(device);
        boolean plain = product == CLP_PLAIN;
        records.add(new RomRecord(product, version, device, plain ? 0 : (int) (w2 >> 12 & 15),
                (int) (w2 >> 8 & 15), plain ? 0xff : (int) (w2 & 0xff)));
        return "";
    }

    private String clp(int at, int plainVersion) {
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
        int ids = (rom.length() >= 0x1a ? rom.u8(0x18) | rom.u8(0x19) << 8 : 0) + 4;
        if (ids >= rom.length()) {
            return "The device ID offset 0x" + Integer.toHexString(ids)
                    + " is out of range. ROM size: 0x" + Integer.toHexString(rom.length());
        }
        long vendor = word(ids) & 0xffff;
        if (vendor != VENDOR) {
            warning = "The Exp-ROM PCI vendor ID: " + (vendor == 0 ? "0"
                    : "0x" + Long.toHexString(vendor))
                    + " does not match the expected value: 0x15b3.";
        }
        int device = (int) (word(ids) >> 16);
        compare(device);
        records.add(new RomRecord(CLP, Integer.toString(leadingNumber(text, plainVersion)),
                device, 0, 0, 0xff));
        return "";
    }

    /** Of several warnings the stock tool shows the last one only. */
    private void compare(int device) {
        if (deviceId == 0) {
            deviceId = device;
        } else if (device != 0 && device != deviceId) {
            warning = "The device IDs of the ROMs mismatched.";
            deviceId = 0xffff;
        }
    }

    private String checkSum() {
        int blocks = rom.u8(2);
        if (blocks == 0) {
            return "ROM size field is 0. Unknown ROM format or corrupted ROM.";
        }
        int length = blocks * 512;
        if (length > rom.length()) {
            return "ROM size field (0x" + Integer.toHexString(length)
                    + ") is larger than actual ROM size (0x" + Integer.toHexString(rom.length())
                    + ")";
        }
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += rom.u8(i);
        }
        sum &= 0xff;
        if (sum != 0) {
            warning = BAD_CHECKSUM + " (0x" + (sum < 16 ? "0" : "") + Integer.toHexString(sum)
                    + "), ROM info may not be displayed correctly.";
        }
        return "";
    }

    /** As strtol and a 16-bit field: blanks and a sign may lead, no digits leave the default. */
    private static int leadingNumber(String text, int otherwise) {
        int at = 0;
        while (at < text.length() && (text.charAt(at) == ' '
                || text.charAt(at) >= '\t' && text.charAt(at) <= '\r')) {
            at++;
        }
        boolean negative = at < text.length() && text.charAt(at) == '-';
        if (negative || at < text.length() && text.charAt(at) == '+') {
            at++;
        }
        int first = at;
        long value = 0;
        boolean overflow = false;
        for (; at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9'; at++) {
            int digit = text.charAt(at) - '0';
            overflow |= value > (Long.MAX_VALUE - digit) / 10;
            value = overflow ? 0 : value * 10 + digit;
        }
        if (at == first) {
            return otherwise;
        }
        return overflow ? negative ? 0 : 0xffff : (int) (negative ? -value : value) & 0xffff;
    }
}
