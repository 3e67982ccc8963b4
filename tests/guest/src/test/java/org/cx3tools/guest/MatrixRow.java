// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.guest;

import java.util.List;

/**
 * One operation of the matrix: the words after {@code mstflint -d DEVICE} or {@code cx3 flint -d DEVICE}. {@code /host/new.bin} is
 * a newer image, {@code /host/rom.bin} a boot ROM, {@code @} a file of the one who runs it.
 *
 * @param name name in the tables
 * @param words options, command, parameters
 * @param kind what is looked at afterwards
 */
record MatrixRow(String name, String words, Kind kind) {
    /** What an operation is about. */
    enum Kind {
        /** Both tools run it on one card; the texts are compared. */
        READS,
        /** The same, and the file {@code @} of both is equal. */
        READS_FILE,
        /** Each tool runs it on a card of its own; each then verifies and queries the card of the other. */
        CHANGES
    }

    /** In this order on the same cards: later rows work on what earlier ones left. See README, "Adding rows". */
    static final List<MatrixRow> ALL = List.of(
        new MatrixRow("hw query", "hw query", Kind.READS),
        new MatrixRow("query", "query", Kind.READS),
        new MatrixRow("query full", "query full", Kind.READS),
        new MatrixRow("dc", "dc", Kind.READS),
        new MatrixRow("dc to a file", "dc @", Kind.READS_FILE),
        new MatrixRow("verify", "verify", Kind.READS),
        new MatrixRow("rrom", "rrom @", Kind.READS_FILE),
        new MatrixRow("ri", "ri @", Kind.READS_FILE),
        new MatrixRow("burn", "-i /host/new.bin -y burn", Kind.CHANGES),
        new MatrixRow("query after a burn", "query full", Kind.READS),
        new MatrixRow("drom", "-y --allow_rom_change drom", Kind.CHANGES),
        new MatrixRow("verify without a ROM", "verify", Kind.READS),
        new MatrixRow("brom", "-y --allow_rom_change brom /host/rom.bin", Kind.CHANGES),
        new MatrixRow("sg", "-y -guid 0x2c90300123450 -mac 0x2c9123450 sg", Kind.CHANGES),
        new MatrixRow("sv", "-vsd rack_7 sv", Kind.CHANGES),
        new MatrixRow("ri after all that", "ri @", Kind.READS_FILE));

    /** Every operation once. */
    static final List<MatrixRow> OPERATIONS = ALL.stream().filter(row -> List.of("hw query", "query", "dc", "verify", "ri",
        "burn", "drom", "brom", "sg", "sv").contains(row.name())).toList();

    /** Enough to see that a way works. */
    static final List<MatrixRow> FEW = ALL.stream().filter(row -> List.of("query", "ri").contains(row.name())).toList();
}
