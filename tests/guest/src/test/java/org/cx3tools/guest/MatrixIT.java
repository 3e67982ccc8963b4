// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cx3tools.device.VirtualCard;
import org.cx3tools.image.Fs2Image;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * {ours, stock} x {operations of {@link MatrixRow}} x {BAR0, configuration space, vendor capability}, on cards of the same content. The judge is
 * stock mstflint 4.21: texts and exit codes are equal, files are equal, each reads what the other wrote.
 */
class MatrixIT {
    private enum Tool {
        STOCK("mstflint"), OURS("cx3 flint");

        private final String command;

        Tool(String command) {
            this.command = command;
        }
    }

    private enum Way {
        BAR("BAR0", "", MatrixRow.ALL),
        CONFIG("config", "pciconf-", MatrixRow.OPERATIONS),
        /** Configuration space of a card that has the vendor capability, as newer firmware does: stock prefers it then. */
        VENDOR("vendor", "pciconf-", MatrixRow.FEW);

        private final String label;
        private final String prefix;
        private final List<MatrixRow> rows;

        Way(String label, String prefix, List<MatrixRow> rows) {
            this.label = label;
            this.prefix = prefix;
            this.rows = rows;
        }

        /** Each way has a card for stock and one for ours. */
        int card(Tool tool) {
            return ordinal() * Tool.values().length + tool.ordinal();
        }

        String device(Tool owner) {
            return prefix + Guest.address(card(owner));
        }
    }

    @TempDir
    static Path folder;

    private static final TrafficTable TRAFFIC = new TrafficTable();
    private static final List<Path> CARDS = new ArrayList<>();
    private static Guest guest;

    @BeforeAll
    static void equalCards() throws Exception {
        for (int i = 0; i < Way.values().length * Tool.values().length; i++) {
            CARDS.add(GuestCards.create(folder.resolve("card" + i + ".sim")));
        }
        for (Tool tool : Tool.values()) {
            VirtualCard.setOptions(CARDS.get(Way.VENDOR.card(tool)), Map.of(VirtualCard.Option.VENDOR_CAPABILITY, 1L));
        }
        guest = Machines.start(GuestSetup.of(CARDS.toArray(new Path[0])).faster(4));
        Fs2Image image = GuestCards.image(GuestCards.NEW).build();
        GuestCards.write(Machines.host(guest, "new.bin"), image);
        Files.write(Machines.host(guest, "rom.bin"), image.romPayload().orElseThrow().toArray());
    }

    @AfterAll
    static void end() throws Exception {
        if (guest != null) {
            guest.close();
            TRAFFIC.print();
        }
    }

    @TestFactory
    List<DynamicTest> bothToolsAgree() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Way way : Way.values()) {
            for (MatrixRow row : way.rows) {
                tests.add(DynamicTest.dynamicTest(way.label + ": " + row.name(), () -> check(way, row)));
            }
        }
        return tests;
    }

    private static void check(Way way, MatrixRow row) throws Exception {
        boolean changes = row.kind() == MatrixRow.Kind.CHANGES;
        Ran stock = run(Tool.STOCK, way, Tool.STOCK, row.words());
        // What only reads is done on one card.
        Ran ours = run(Tool.OURS, way, changes ? Tool.OURS : Tool.STOCK, row.words());
        same(stock, ours);
        assertThat(stock.code()).as(stock.toString()).isZero();
        TRAFFIC.add(way.label, row.name(), stock.traffic().get(way.card(Tool.STOCK)),
            ours.traffic().get(way.card(changes ? Tool.OURS : Tool.STOCK)));
        if (row.kind() == MatrixRow.Kind.READS_FILE) {
            assertThat(file(Tool.OURS)).hasSameBinaryContentAs(file(Tool.STOCK));
        }
        if (changes) {
            for (String words : List.of("verify", "query full")) {
                Ran byOther = run(Tool.STOCK, way, Tool.OURS, words);
                same(byOther, run(Tool.OURS, way, Tool.STOCK, words));
                assertThat(byOther.code()).as(byOther.toString()).isZero();
            }
        }
        for (Path card : CARDS) {
            VirtualCard.State state = VirtualCard.state(card);
            assertThat(state.traffic().violations()).as(state.lastViolation()).isZero();
            // Semaphore 32 orders reads behind writes and locks nothing.
            assertThat(state.semaphoresHeld() & ~(1L << 32)).isZero();
        }
    }

    private static Ran run(Tool tool, Way way, Tool owner, String words) throws Exception {
        Files.deleteIfExists(file(tool));
        return guest.run(tool.command + " -d " + way.device(owner) + " " + words.replace("@", "/host/" + tool.name()));
    }

    private static Path file(Tool tool) {
        return Machines.host(guest, tool.name());
    }

    private static void same(Ran stock, Ran ours) {
        assertThat(text(ours)).as("%s%n%nand stock: %s", ours, stock).isEqualTo(text(stock));
        assertThat(ours.code()).isEqualTo(stock.code());
    }

    /**
     * Stock overwrites its percentages with carriage returns, also in a file (documented difference): what a terminal would show
     * in the end counts, and blanks at the end of a line do not.
     */
    private static String text(Ran ran) {
        return Arrays.stream(ran.all().split("\n")).map(line -> line.substring(line.lastIndexOf('\r') + 1).stripTrailing())
            .filter(line -> !line.matches(".*\\d+%")).collect(Collectors.joining("\n"));
    }
}
