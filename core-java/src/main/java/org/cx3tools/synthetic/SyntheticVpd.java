// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.synthetic;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;

/**
 * Vital product data as seen on cards (nv-config 7): name, read-only fields that end with the
 * checksum field RV, read-write fields, end tag; the rest of the 4 KiB is zero. Serial numbers are
 * obviously invented.
 */
final class SyntheticVpd {
    static final int SIZE = 4096;

    private static final int TAG_NAME = 0x82;
    private static final int TAG_READ_ONLY = 0x90;
    private static final int TAG_READ_WRITE = 0x91;
    private static final int TAG_END = 0x78;
    private static final int FIELD_HEADER = 3;
    private static final int TAG_HEADER = 3;
    private static final int USUAL_FIELD = 253;
    private static final int LONGEST_FIELD = 255;

    private SyntheticVpd() {
    }

    static Bytes of(CardModel model) {
        return switch (model) {
            case HP_764285_B21 -> layOut(model.facts().description(), List.of(
                    field("PN", "764285-B21"), field("EC", "A3"), field("SN", "ZZ00000001"),
                    field("V0", "Alom FDR x8 13W")), false);
            case MCX354A_FCBT -> layOut("CX354A - ConnectX-3 QSFP", List.of(
                    field("PN", "MCX354A-FCBT"), field("EC", "A5"), field("SN", "MT0000X00001"),
                    field("V0", "PCIe Gen3 x8")), true);
            case MCX311A_XCAT -> layOut("CX311A - ConnectX-3 SFP+", List.of(
                    field("PN", "MCX311A-XCAT"), field("EC", "A5"), field("SN", "MT0000X00002"),
                    field("V0", "PCIe Gen3 x4")), true);
        };
    }

    private static Bytes layOut(String name, List<Bytes> readOnly, boolean readWrite) {
        BytesBuilder out = new BytesBuilder(SIZE);
        addTag(out, TAG_NAME, ascii(name));
        BytesBuilder fields = new BytesBuilder();
        readOnly.forEach(fields::add);
        int checksumAt = out.length() + TAG_HEADER + fields.length() + FIELD_HEADER;
        fields.add(field("RV", "\0"));
        addTag(out, TAG_READ_ONLY, fields.build());
        int sum = 0;
        Bytes sofar = out.build();
        for (int i = 0; i < checksumAt; i++) {
            sum += sofar.u8(i);
        }
        out.setU8(checksumAt, -sum);
        if (readWrite) {
            addTag(out, TAG_READ_WRITE, readWriteFields(SIZE - out.length() - TAG_HEADER - 1));
        }
        out.addU8(TAG_END);
        return out.fill(0, SIZE - out.length()).build();
    }

    /** V1 and YA, then free space in as many fields as it takes, as retail cards have it. */
    private static Bytes readWriteFields(int room) {
        BytesBuilder out = new BytesBuilder();
        out.add(field("V1", "N/A")).add(field("YA", "N/A"));
        List<Integer> lengths = new ArrayList<>();
        int left = room - out.length();
        while (left > LONGEST_FIELD + FIELD_HEADER) {
            lengths.add(USUAL_FIELD);
            left -= USUAL_FIELD + FIELD_HEADER;
        }
        lengths.add(left - FIELD_HEADER);
        for (int length : lengths) {
            out.add(field("RW", "\0".repeat(length)));
        }
        return out.build();
    }

    private static void addTag(BytesBuilder out, int tag, Bytes content) {
        out.addU8(tag).addU8(content.length()).addU8(content.length() >> 8).add(content);
    }

    private static Bytes field(String keyword, String data) {
        return new BytesBuilder().add(ascii(keyword)).addU8(data.length()).add(ascii(data))
                .build();
    }

    private static Bytes ascii(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.US_ASCII));
    }
}
