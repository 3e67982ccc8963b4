// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import java.util.ArrayList;
import java.util.List;

/** The words in which the stock tool tells about a ROM (fs2-image 6.2). */
final class RomText {
    private RomText() {
    }

    static List<String> lines(RomInfo rom) {
        List<String> lines = new ArrayList<>();
        if (rom.error().isPresent() && rom.records().isEmpty()) {
            lines.add("N/A (-E- " + rom.error().get() + ")");
            return lines;
        }
        for (RomRecord record : rom.records()) {
            lines.add(line(record));
        }
        if (rom.warning().isPresent() && !lines.isEmpty()) {
            int last = lines.size() - 1;
            lines.set(last, lines.get(last) + " (-W- " + rom.warning().get() + ")");
        }
        return lines;
    }

    private static String line(RomRecord r) {
        String name = productName(r.product());
        if (name.isEmpty()) {
            return "0x" + Integer.toHexString(r.product()) + " - Unknown ROM product ID\n";
        }
        if (r.product() == RomParser.CLP) {
            return "version_id=" + r.version() + " type=" + name + " ";
        }
        StringBuilder line = new StringBuilder(64);
        line.append("type=").append(name).append(" version=").append(r.version());
        if (r.product() >= 0x10) {
            if (r.port() != 0) {
                line.append(" port=").append(r.port());
            }
            if (r.protocol() != 0xff) {
                line.append(" proto=").append(protocolName(r.protocol()));
            }
            if (r.cpu() != 0) {
                line.append(" cpu=").append(cpuName(r.cpu()));
            }
        }
        return line.toString();
    }

    static String productName(int product) {
        return switch (product) {
            case 1 -> "CLP1";
            case 2 -> "CLP2";
            case 3 -> "CLP3";
            case 4 -> "CLP4";
            case RomParser.CLP, RomParser.CLP_PLAIN -> "CLP";
            case 0x10 -> "PXE";
            case RomParser.UEFI -> "UEFI";
            case 0x13 -> "NVMe";
            case 0x14 -> "UEFI Virtio net";
            case 0x15 -> "UEFI Virtio blk";
            case 0x16 -> "PXE Virtio net";
            case RomParser.FCODE -> "FCODE";
            default -> "";
        };
    }

    static String protocolName(int protocol) {
        return switch (protocol) {
            case 0 -> "IB";
            case 1 -> "ETH";
            case 2 -> "VPI";
            default -> "N/A";
        };
    }

    static String cpuName(int cpu) {
        return switch (cpu) {
            case 1 -> "AMD64";
            case 2 -> "AARCH64";
            case 3 -> "AMD64,AARCH64";
            case 4 -> "IA32";
            default -> "N/A";
        };
    }
}
