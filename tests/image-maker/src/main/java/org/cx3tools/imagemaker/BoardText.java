// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.imagemaker;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.Deflater;

/** Random board files in the loose style that real ones have, and their compressed form. */
final class BoardText {
    private static final List<String> KNOWN_KEYS = List.of("eth_xfi_en", "sriov_en", "num_pfs",
            "total_vfs", "dpdp_en", "port1_802_3ap_56kr4_enable", "port2_802_3ap_56kr4_enable",
            "port1_802_3ap_kr4_ability", "cx3_spec1_3_ib_support_port0", "lbist_shift_freq");

    private final Random random;
    private final String lineEnd;

    BoardText(Random random) {
        this.random = random;
        this.lineEnd = random.nextInt(5) == 0 ? "\r\n" : "\n";
    }

    String make(String psid, boolean large) {
        StringBuilder text = new StringBuilder();
        line(text, ";; synthetic board file, nothing in it is meant for a card");
        line(text, "[ADAPTER]");
        line(text, "PSID" + equalsSign() + psid);
        line(text, "Name" + equalsSign() + "SYNTHETIC-" + random.nextInt(1000));
        for (String section : List.of("[HCA]", "[IB]", "[PLL]")) {
            line(text, section);
            for (String key : KNOWN_KEYS) {
                if (random.nextBoolean()) {
                    line(text, key + equalsSign() + value() + comment());
                }
            }
        }
        int filler = large ? 1000 + random.nextInt(2000) : random.nextInt(20);
        for (int i = 0; i < filler; i++) {
            line(text, "key_" + i + equalsSign() + "0x" + Long.toHexString(random.nextLong()));
        }
        if (random.nextInt(4) == 0) {
            text.setLength(text.length() - lineEnd.length());
        }
        return text.toString();
    }

    /** A zlib stream of the text, of random effort, padded to whole words. */
    byte[] compressed(String text) {
        Deflater deflater = new Deflater(random.nextInt(10));
        try {
            deflater.setInput(text.getBytes(StandardCharsets.ISO_8859_1));
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[4096];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return Words.padded(out.toByteArray());
        } finally {
            deflater.end();
        }
    }

    private void line(StringBuilder text, String content) {
        text.append(content).append(lineEnd);
        if (random.nextInt(15) == 0) {
            text.append(lineEnd);
        }
    }

    private String equalsSign() {
        return List.of(" = ", "=", " =", "\t= ").get(random.nextInt(4));
    }

    private String comment() {
        return random.nextInt(8) == 0 ? " ; remark" : "";
    }

    private String value() {
        return switch (random.nextInt(4)) {
            case 0 -> Boolean.toString(random.nextBoolean());
            case 1 -> String.format(Locale.ROOT, "0x%x", random.nextInt(256));
            default -> Integer.toString(random.nextInt(2));
        };
    }
}
