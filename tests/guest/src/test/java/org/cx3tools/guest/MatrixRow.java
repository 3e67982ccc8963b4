// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.guest;

import java.util.List;

/**
 * One operation of a matrix: what stock and ours are told, word for word the same but for the card. {@code /host/new.bin} is a
 * newer image, {@code /host/rom.bin} a boot ROM, {@code /host/yes} and {@code /host/no} answers, {@code @} a file of the one who runs it, {@code %} the card.
 *
 * @param name name in the tables
 * @param program which tool
 * @param words options, command, parameters
 * @param kind what is looked at afterwards
 * @param code the exit code of both
 */
record MatrixRow(String name, Program program, String words, Kind kind, int code) {
    /** What an operation is about. */
    enum Kind {
        /** Both tools run it on one card; the texts are compared. */
        READS,
        /** The same, and the file {@code @} of both is equal. */
        READS_FILE,
        /** Each tool runs it on a card of its own; each then asks the card of the other. */
        CHANGES
    }

    /** A tool of the vendor, which ours has under the same name, and how it is told its card. */
    enum Program {
        FLINT("mstflint", "cx3 flint", "-d % ", List.of("verify", "query full")),
        CONFIG("mstconfig", "cx3 mstconfig", "-d % ", List.of("-e q")),
        VPD("mstvpd", "cx3 mstvpd", "", List.of());

        private final String stock;
        private final String ours;
        private final String first;
        private final List<String> questions;

        Program(String stock, String ours, String first, List<String> questions) {
            this.stock = stock;
            this.ours = ours;
            this.first = first;
            this.questions = questions;
        }

        String command(Matrix.Tool tool, String device, String words) {
            return (tool == Matrix.Tool.STOCK ? stock : ours) + " " + (first + words).replace("%", device);
        }

        /** What each asks the card of the other after a change. */
        List<String> questions() {
            return questions;
        }
    }

    private static MatrixRow flint(String name, String words, Kind kind) {
        return new MatrixRow(name, Program.FLINT, words, kind, 0);
    }

    private static MatrixRow config(String name, String words, Kind kind) {
        return new MatrixRow(name, Program.CONFIG, words, kind, 0);
    }

    private static MatrixRow config(String name, String words, int code) {
        return new MatrixRow(name, Program.CONFIG, words, Kind.READS, code);
    }

    private static MatrixRow vpd(String name, String words, Kind kind) {
        return new MatrixRow(name, Program.VPD, words, kind, 0);
    }

    /** In this order on the same cards: later rows work on what earlier ones left. See README, "Adding rows". */
    static final List<MatrixRow> FLINT = List.of(
        flint("hw query", "hw query", Kind.READS),
        flint("query", "query", Kind.READS),
        flint("query full", "query full", Kind.READS),
        flint("dc", "dc", Kind.READS),
        flint("dc to a file", "dc @", Kind.READS_FILE),
        flint("verify", "verify", Kind.READS),
        flint("rrom", "rrom @", Kind.READS_FILE),
        flint("ri", "ri @", Kind.READS_FILE),
        flint("burn", "-i /host/new.bin -y burn", Kind.CHANGES),
        flint("query after a burn", "query full", Kind.READS),
        flint("drom", "-y --allow_rom_change drom", Kind.CHANGES),
        flint("verify without a ROM", "verify", Kind.READS),
        flint("brom", "-y --allow_rom_change brom /host/rom.bin", Kind.CHANGES),
        flint("sg", "-y -guid 0x2c90300123450 -mac 0x2c9123450 sg", Kind.CHANGES),
        flint("sv", "-vsd rack_7 sv", Kind.CHANGES),
        flint("ri after all that", "ri @", Kind.READS_FILE));

    /** Every operation once. */
    static final List<MatrixRow> FLINT_OPERATIONS = FLINT.stream().filter(row -> List.of("hw query", "query", "dc",
        "verify", "ri", "burn", "drom", "brom", "sg", "sv").contains(row.name())).toList();

    /** Enough to see that a way works. */
    static final List<MatrixRow> FLINT_FEW = FLINT.stream().filter(row -> List.of("query", "ri").contains(row.name())).toList();

    /** Of settings and VPD; {@code LINK_TYPE} comes with {@code PHY_TYPE}, since stock refuses one without the other. */
    static final List<MatrixRow> SETTINGS = List.of(
        config("q", "q", Kind.READS),
        config("-e q", "-e q", Kind.READS),
        config("q of two", "q CQ_TIMESTAMP SRIOV_EN", Kind.READS),
        config("q of an unknown name", "q NOSUCH", 3),
        config("q of a later name", "q PORT_OWNER", 3),
        config("q of both ports", "q WOL_MAGIC_EN_P1 WOL_MAGIC_EN_P2", 3),
        config("set, declined", "set SRIOV_EN=0 </host/no", 2),
        config("set of no value", "-y set SRIOV_EN=maybe", 3),
        config("set, a rule broken", "-y set NUM_OF_VFS=128", 3),
        config("set, agreed", "set NUM_OF_VFS=4 SRIOV_EN=0 </host/yes", Kind.CHANGES),
        config("set of many records", "-y -e set LINK_TYPE_P1=2 PHY_TYPE_P1=2 LINK_TYPE_P2=eth PHY_TYPE_P2=XFI WOL_MAGIC_EN_P2=0"
            + " BOOT_PKEY_P1=0xffff BOOT_VLAN_P2=7 LEGACY_BOOT_PROTOCOL_P1=None BOOT_OPTION_ROM_EN_P1=0 IP_VER_P1=ipv6_IPV4"
            + " CQ_TIMESTAMP=0", Kind.CHANGES),
        config("reset, declined", "reset </host/no", 2),
        config("reset", "reset </host/yes", Kind.CHANGES),
        config("set of the BAR", "-y set LOG_BAR_SIZE=3", Kind.CHANGES),
        vpd("vpd", "%", Kind.READS),
        vpd("vpd, read-only", "-r %", Kind.READS),
        vpd("vpd of two", "% -- PN SN", Kind.READS));

    /** Of a retail card: no wake on LAN, no PHY; its VPD fills all 4 KiB, so that stock's dump is all VPD. */
    static final List<MatrixRow> RETAIL_SETTINGS = List.of(
        config("-e q", "-e q", Kind.READS),
        config("q of a missing name", "q PHY_TYPE_P1", 3),
        config("set of a missing name", "-y set WOL_MAGIC_EN_P1=1", 3),
        config("set of link types", "-y set LINK_TYPE_P1=ETH LINK_TYPE_P2=ETH", Kind.CHANGES),
        config("set, both rules", "-y set SRIOV_EN=1 NUM_OF_VFS=100", 3),
        config("reset", "-y reset", Kind.CHANGES),
        vpd("vpd", "%", Kind.READS),
        vpd("vpd dump", "-m % >@", Kind.READS_FILE));

    /** Enough to see that a way works. */
    static final List<MatrixRow> SETTINGS_FEW = SETTINGS.stream().filter(row -> List.of("-e q", "set, agreed", "reset", "vpd")
        .contains(row.name())).toList();
}
