// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.cx3tools.device.VirtualCard;
import org.junit.jupiter.api.DynamicTest;

/** Stock and ours, told the same, on pairs of cards of the same content: what they say, and what they leave, is compared. */
final class Matrix {
    private static final String ANY_CARD = "01:00.0";

    /** Whose tool, and whose card. */
    enum Tool {
        STOCK, OURS
    }

    /**
     * A way to a pair of cards.
     *
     * @param label name in the tables
     * @param prefix of the address, such as pciconf-
     * @param pair the cards 2 n and 2 n + 1 of the machine, the first for stock
     * @param rows what is done
     */
    record Way(String label, String prefix, int pair, List<MatrixRow> rows) {
        int card(Tool owner) {
            return pair * Tool.values().length + owner.ordinal();
        }

        String device(Tool owner) {
            return prefix + Guest.address(card(owner));
        }

        /** The same cards by way of BAR0, where an access is one and not two in configuration space. */
        Way fast() {
            return new Way(label, "", pair, rows);
        }
    }

    private final Guest guest;
    private final List<Path> cards;
    private final TrafficTable traffic;

    /** The machine with its cards; they go on when it is closed. */
    Matrix(List<Path> cards, String tables) throws Exception {
        this.cards = List.copyOf(cards);
        traffic = new TrafficTable(tables);
        guest = Machines.start(GuestSetup.of(cards.toArray(new Path[0])).faster(4));
        Files.writeString(Machines.host(guest, "yes"), "y\n");
        Files.writeString(Machines.host(guest, "no"), "n\n");
    }

    Guest guest() {
        return guest;
    }

    void close() throws Exception {
        guest.close();
        traffic.print();
    }

    List<DynamicTest> tests(List<Way> ways) {
        List<DynamicTest> tests = new ArrayList<>();
        for (Way way : ways) {
            for (MatrixRow row : way.rows()) {
                tests.add(DynamicTest.dynamicTest(way.label() + ": " + row.name(), () -> check(way, row)));
            }
        }
        return tests;
    }

    private void check(Way way, MatrixRow row) throws Exception {
        boolean changes = row.kind() == MatrixRow.Kind.CHANGES;
        // What only reads is done on one card.
        Tool ourCard = changes ? Tool.OURS : Tool.STOCK;
        Ran stock = run(Tool.STOCK, way, Tool.STOCK, row, row.words());
        Ran ours = run(Tool.OURS, way, ourCard, row, row.words());
        same(stock, ours);
        assertThat(stock.code()).as(stock.toString()).isEqualTo(row.code());
        traffic.add(way.label(), row.name(), stock.traffic().get(way.card(Tool.STOCK)), ours.traffic().get(way.card(ourCard)));
        if (row.kind() == MatrixRow.Kind.READS_FILE) {
            assertThat(file(Tool.OURS)).hasSameBinaryContentAs(file(Tool.STOCK));
        }
        if (changes) {
            // What is on the card is asked, however it came there; the other rows ask by this way.
            for (String words : row.program().questions()) {
                Ran byStock = run(Tool.STOCK, way.fast(), Tool.OURS, row, words);
                same(byStock, run(Tool.OURS, way.fast(), Tool.STOCK, row, words));
                assertThat(byStock.code()).as(byStock.toString()).isZero();
            }
        }
        for (Path card : cards) {
            VirtualCard.State state = VirtualCard.state(card);
            assertThat(state.traffic().violations()).as(state.lastViolation()).isZero();
            // Semaphore 32 orders reads behind writes and locks nothing.
            assertThat(state.semaphoresHeld() & ~(1L << 32)).isZero();
        }
    }

    private Ran run(Tool tool, Way way, Tool owner, MatrixRow row, String words) throws Exception {
        Files.deleteIfExists(file(tool));
        return guest.run(row.program().command(tool, way.device(owner), words.replace("@", "/host/" + tool.name())));
    }

    private Path file(Tool tool) {
        return Machines.host(guest, tool.name());
    }

    private static void same(Ran stock, Ran ours) {
        assertThat(text(ours)).as("%s%n%nand stock: %s", ours, stock).isEqualTo(text(stock));
        assertThat(ours.code()).as("%s%n%nand stock: %s", ours, stock).isEqualTo(stock.code());
    }

    /**
     * Stock overwrites its percentages with carriage returns, also in a file (documented difference): what a terminal would show
     * in the end counts, and blanks at the end of a line do not. Each has a card of its own, so the address is no difference.
     */
    static String text(Ran ran) {
        return Arrays.stream(ran.all().split("\n")).map(line -> line.substring(line.lastIndexOf('\r') + 1).stripTrailing())
            .filter(line -> !line.matches(".*\\d+%")).map(line -> line.replaceAll("\\b0[1-9]:00\\.0\\b", ANY_CARD))
            .collect(Collectors.joining("\n"));
    }
}
